"""A step's page: what it tells, what can be downloaded there, and remarks."""

import pytest

from agencies.enums import OfficeRole
from agencies.models import AuditEntry
from documents.stored_files import store_bytes
from tests.agencies.factories import make_office
from tests.workflows.factories import day, lasting, make_cycle, months
from workflows.closing import close_cycle
from workflows.enums import DurationUnit, Phase, ResponsibleKind, SopFileKind
from workflows.models import ProcedureFile, Step
from workflows.steps import finish_step, start_step

pytestmark = pytest.mark.django_db

OWN = {
    "title": "จัดทำรายงาน",
    "detail": "รวบรวมแล้วเขียน",
    "control_point": "ครบทุกหมวด",
    "standard": "ถูกต้องครบถ้วน",
    "phase": Phase.DO,
    "documents": ["รายงาน", "หนังสือนำส่ง"],
    "responsible_text": "ผู้อำนวยการ",
    "responsible_kind": ResponsibleKind.OFFICE_ROLE,
    "responsible_value": OfficeRole.DIRECTOR,
    "accountable_text": "รองผู้อำนวยการ",
}


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2027-06-15"))
    return make_office()


def _page(client, step):
    return client.get(f"/o/office/2570/calendar/steps/{step.pk}/")


def _file(office, version, title, kind, step=None, order=1):
    stored = store_bytes(
        office.agency, f"{title}.pdf", f"%PDF {title}".encode(), "application/pdf", None
    )
    return ProcedureFile.objects.create(
        version=version, step=step, kind=kind, title=title, file=stored, order=order
    )


def test_page_tells_what_to_do_by_whom_and_in_which_phase(office, client_for):
    step = make_cycle(office.agency, [[OWN, months(7, 7)]]).steps.get()
    text = _page(client_for(office.observer), step).content.decode()
    for words in (
        "รวบรวมแล้วเขียน",
        "ครบทุกหมวด",
        "ถูกต้องครบถ้วน",
        "รองผู้อำนวยการ",
        "แนบแล้ว 0 จาก 2",
        Phase.DO.label,
    ):
        assert str(words) in text


def test_page_shows_standard_beside_what_was_used(office, client_for):
    cycle = make_cycle(
        office.agency, [[lasting(15, DurationUnit.WORKING_DAYS)]], start=day("2027-05-03")
    )
    step = cycle.steps.get()
    finish_step(step, office.officer, day("2027-05-28"), 1, started_on=day("2027-05-03"))
    response = _page(client_for(office.member), step)
    assert response.context["measure_parts"] == [
        "มาตรฐาน 15 วันทำการ",
        "ใช้จริง 18 วันทำการ",
        "ช้า 3 วัน",
    ]
    assert "pmqa-measure--late" in response.content.decode()


def test_page_offers_the_forms_of_the_step_and_the_annexes(office, client_for):
    cycle = make_cycle(office.agency, [[OWN, months(7, 7)], [months(8, 8)]])
    step = cycle.steps.get(number=1)
    version, other = cycle.version, cycle.steps.get(number=2).procedure_step
    _file(office, version, "ภาคผนวก ก", SopFileKind.ANNEX)
    form = _file(office, version, "แบบสรุป", SopFileKind.FORM, step.procedure_step)
    _file(office, version, "แบบของขั้นอื่น", SopFileKind.FORM, other)
    browser = client_for(office.observer)
    response = _page(browser, step)
    assert [row.title for row in response.context["downloads"]] == ["แบบสรุป", "ภาคผนวก ก"]
    address = f"/o/office/2570/documents/files/{form.file_id}/"
    assert f'href="{address}"' in response.content.decode()
    assert b"".join(browser.get(address)) == "%PDF แบบสรุป".encode()
    stranger = client_for(make_office("other").officer)
    assert stranger.get(address).status_code == 404


def test_page_leads_to_the_steps_beside_it(office, client_for):
    cycle = make_cycle(office.agency, [[months(5, 5)], [months(6, 6)], [months(7, 7)]])
    first, second, third = cycle.steps.all()
    browser = client_for(office.member)
    context = _page(browser, second).context
    assert (context["previous"]["step"], context["next"]["step"]) == (first, third)
    assert _page(browser, first).context["previous"] is None
    assert _page(browser, third).context["next"] is None


def test_every_label_of_the_page_finds_a_field_of_its_own(office, client_for):
    step = make_cycle(office.agency, [[OWN, months(7, 7)]]).steps.get()
    text = _page(client_for(office.officer), step).content.decode()
    ids = [part.partition('"')[0] for part in text.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))


def test_remark_is_saved_once_and_kept_in_the_audit_log(office, client_for):
    step = make_cycle(office.agency, [[OWN, months(7, 7)]]).steps.get()
    browser, url = client_for(office.director), f"/o/office/2570/calendar/steps/{step.pk}/note/"
    assert browser.post(url, {"version": 1, "remark": " รอผล "}).status_code == 302
    assert Step.objects.get().remark == "รอผล"
    assert browser.post(url, {"version": 1, "remark": "อื่น"}).status_code == 409
    assert Step.objects.get().remark == "รอผล"
    assert client_for(office.member).post(url, {"version": 2, "remark": "x"}).status_code == 403
    refused = browser.post(url, {"version": 2, "remark": "ก" * 2001})
    assert refused.status_code == 422
    assert "ก" * 2001 in refused.content.decode()
    assert AuditEntry.objects.filter(action="step.note").count() == 1


def test_page_of_a_closed_cycle_offers_nothing_to_change(office, client_for):
    step = make_cycle(office.agency, [[OWN, months(7, 7)]]).steps.get()
    start_step(step, office.officer, day("2027-06-01"), 1)
    close_cycle(step.cycle, office.officer, {step: "ยกไปปีหน้า"})
    text = _page(client_for(office.officer), step).content.decode()
    assert "ขั้นตอนนี้แก้ไขไม่ได้อีก" in text
    assert f"/steps/{step.pk}/finish/" not in text
    assert f"/steps/{step.pk}/note/" not in text


@pytest.mark.parametrize("count", [1, 40])
def test_page_makes_at_most_fifteen_queries(
    office, client_for, django_assert_max_num_queries, count
):
    cycle = make_cycle(office.agency, [[OWN, months(7, 7)] for _number in range(count)])
    step = cycle.steps.first()
    for number in range(count):
        _file(office, cycle.version, f"ภาคผนวก {number}", SopFileKind.ANNEX, order=number)
    browser = client_for(office.officer)
    with django_assert_max_num_queries(15):
        assert _page(browser, step).status_code == 200
