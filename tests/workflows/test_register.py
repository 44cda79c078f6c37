"""The process register: states of the SOP, the share of manuals, what is saved and refused."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import AuditEntry
from core.drawing.bars import bars_svg
from documents.revisions import SaveConflict
from tests.agencies.factories import UnitFactory, make_office
from tests.workflows.factories import ProcedureFactory, VersionFactory
from workflows import register
from workflows.models import Process
from workflows.register import Share, Wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


def make_process(office, name="งานหนึ่ง", **fields):
    fields = {"kind": "law", "unit": office.unit} | fields
    return Process.objects.create(agency=office.agency, name=name, **fields)


def sop(office, *statuses):
    procedure = ProcedureFactory(agency=office.agency)
    for number, status in enumerate(statuses, start=1):
        VersionFactory(procedure=procedure, number=number, status=status)
    return procedure


def found(office, **wanted):
    return register.found_processes(office.officer, office.agency, Wanted(**wanted))


@pytest.mark.parametrize(
    ("statuses", "state", "used"),
    [
        ((), "none", None),
        (("draft",), "draft", None),
        (("returned",), "draft", None),
        (("submitted",), "waiting", None),
        (("approved",), "waiting", None),
        (("retired",), "retired", None),
        (("retired", "draft"), "draft", None),
        (("in_use",), "in_use", 1),
        (("retired", "in_use", "submitted"), "in_use", 2),
    ],
)
def test_state_of_a_process_follows_the_versions_of_its_sop(office, statuses, state, used):
    make_process(office, procedure=sop(office, *statuses))
    process = found(office)[0]
    assert (process.sop_state, process.used_number) == (state, used)


def test_process_without_sop_has_none(office):
    make_process(office)
    assert found(office)[0].sop_state == "none"


def test_share_of_manuals_counts_active_processes_with_a_version_in_use(office):
    other = UnitFactory(agency=office.agency, name="กลุ่มแผน", order=office.unit.order + 1)
    used, draft = sop(office, "in_use"), sop(office, "draft")
    make_process(office, "ก", procedure=used)
    make_process(office, "ข", procedure=used, kind="routine", unit=other)
    make_process(office, "ค", procedure=draft)
    make_process(office, "ง", unit=None)
    make_process(office, "จ", procedure=used, is_active=False)
    make_process(make_office("other"), "ฉ")
    coverage = register.sop_coverage(office.agency)
    assert (coverage.whole.having, coverage.whole.total) == (2, 4)
    assert coverage.whole.percent == Decimal("50.00")
    assert [(share.having, share.total, share.percent) for share in coverage.by_unit] == [
        (1, 2, Decimal("50.00")),
        (1, 1, Decimal("100.00")),
        (0, 1, Decimal("0.00")),
    ]
    assert [share.label for share in coverage.by_unit][:2] == ["กลุ่มอำนวยการ", "กลุ่มแผน"]
    assert [(share.having, share.total, share.percent) for share in coverage.by_kind] == [
        (1, 3, Decimal("33.33")),
        (1, 1, Decimal("100.00")),
        (0, 0, None),
    ]


@pytest.mark.parametrize(
    ("having", "total", "percent"),
    [
        (0, 0, None),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 32, "3.13"),  # 3.125 is rounded up
        (1, 800, "0.13"),
        (199, 200, "99.50"),
        (7, 7, "100.00"),
    ],
)
def test_per_cent_has_two_decimals_half_rounded_up(having, total, percent):
    assert Share("", having, total).percent == (percent and Decimal(percent))


def test_search_and_filters_narrow_the_register(office):
    plan = UnitFactory(agency=office.agency, name="กลุ่มแผน")
    make_process(office, "งานสารบรรณ", code="อก-1", procedure=sop(office, "in_use"))
    make_process(office, "งานแผนปฏิบัติราชการ", unit=plan, kind="policy", owner=office.deputy)
    make_process(office, "งานเลิกแล้ว", is_active=False)

    def names(**wanted):
        return [row.name for row in found(office, **wanted)]

    assert names(words="สารบรร ณ") == ["งานสารบรรณ"]
    assert names(words="อก-1") == ["งานสารบรรณ"]
    assert names(words=office.deputy.first_name) == ["งานแผนปฏิบัติราชการ"]
    assert names(unit=plan.pk) == ["งานแผนปฏิบัติราชการ"]
    assert names(kind="policy") == ["งานแผนปฏิบัติราชการ"]
    assert names(sop="in_use") == ["งานสารบรรณ"]
    assert names(sop="none") == ["งานแผนปฏิบัติราชการ"]
    assert names(is_active=False) == ["งานเลิกแล้ว"]
    assert len(names(is_active=None)) == 3


def test_sorting_puts_two_before_ten_and_knows_thai_order(office):
    make_process(office, "เก็บเอกสาร", code="10", kind="policy")
    make_process(office, "ขอใช้รถ", code="2", kind="law")
    make_process(office, "กำหนดแผน", code="", kind="routine", procedure=sop(office, "draft"))

    def names(sort):
        return [row.name for row in found(office, sort=sort)]

    assert names("code") == ["ขอใช้รถ", "เก็บเอกสาร", "กำหนดแผน"]
    assert names("name") == ["กำหนดแผน", "เก็บเอกสาร", "ขอใช้รถ"]
    assert names("kind") == ["ขอใช้รถ", "กำหนดแผน", "เก็บเอกสาร"]
    assert names("sop") == ["ขอใช้รถ", "เก็บเอกสาร", "กำหนดแผน"]
    assert names("nonsense") == names("code")


def test_change_of_an_outdated_process_is_refused(office):
    process = make_process(office)
    register.change_process(process, {"note": "ก"}, version=1, by=office.officer)
    with pytest.raises(SaveConflict):
        register.change_process(process, {"note": "ข"}, version=1, by=office.officer)
    process.refresh_from_db()
    assert (process.note, process.version) == ("ก", 2)


def test_name_stands_once_in_an_office(office):
    make_process(office, "ก")
    second = make_process(office, "ข")
    with pytest.raises(register.NameTaken):
        register.change_process(second, {"name": "ก"}, version=1, by=office.officer)
    with pytest.raises(register.NameTaken):
        register.add_process(office.agency, {"name": "ก", "kind": "law"}, office.officer)
    register.add_process(make_office("other").agency, {"name": "ก", "kind": "law"}, office.officer)


def test_end_and_undo_are_audited_once(office):
    process = make_process(office)
    assert register.set_active(process, False, office.officer)
    assert not register.set_active(process, False, office.officer)
    assert register.set_active(process, True, office.officer)
    assert list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True)) == [
        "process.end",
        "process.resume",
    ]


def test_draft_of_an_sop_is_begun_and_linked(office):
    process = make_process(office, "งานพัสดุ", code="FN 01", owner=office.staff)
    draft = register.begin_sop(process, office.officer)
    process.refresh_from_db()
    assert (draft.procedure.name, draft.procedure.slug, draft.status) == (
        "งานพัสดุ",
        "fn-01",
        "draft",
    )
    assert process.procedure == draft.procedure
    with pytest.raises(register.SopThere):
        register.begin_sop(process, office.officer)
    assert draft.procedure.versions.count() == 1
    assert process.agency.procedures.count() == 1


def test_list_asks_as_often_at_one_as_at_two_hundred(office, client_for):
    client, counts = client_for(office.officer), []
    used = sop(office, "in_use")
    for numbers in (range(1), range(1, 200)):
        Process.objects.bulk_create(
            Process(
                agency=office.agency,
                name=f"งาน {number}",
                kind="law",
                unit=office.unit,
                owner=office.deputy,
                procedure=used,
            )
            for number in numbers
        )
        client.get(office.url("2570/processes/"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(office.url("2570/processes/")).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
    assert "100.00" in page


def test_register_of_another_office_is_not_listed(office, client_for):
    other = make_office("other")
    make_process(other, "งานของที่อื่น")
    page = client_for(office.officer).get(office.url("2570/processes/")).content.decode()
    assert "งานของที่อื่น" not in page


def test_empty_register_tells_who_may_what_to_do(office, client_for):
    page = client_for(office.officer).get(office.url("2570/processes/")).content.decode()
    assert office.url("2570/processes/import/") in page
    page = client_for(office.observer).get(office.url("2570/processes/")).content.decode()
    assert office.url("2570/processes/import/") not in page
    assert office.url("2570/processes/add/") not in page


def test_form_keeps_what_was_typed_and_names_the_fault(office, client_for):
    make_process(office, "งานซ้ำ")
    response = client_for(office.officer).post(
        office.url("2570/processes/add/"), {"name": " งานซ้ำ ", "kind": "law", "note": "บันทึกไว้"}
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]
    assert "บันทึกไว้" in response.content.decode()
    assert Process.objects.count() == 1


def test_officer_adds_edits_and_links_a_process(office, client_for):
    client, procedure = client_for(office.officer), sop(office, "in_use")
    client.post(
        office.url("2570/processes/add/"),
        {"code": "อก-๐๑", "name": "งานใหม่", "kind": "routine", "unit": office.unit.pk},
    )
    process = Process.objects.get()
    assert (process.code, process.name, process.unit) == ("อก-01", "งานใหม่", office.unit)
    response = client.post(
        office.url(f"2570/processes/{process.pk}/edit/"),
        {"name": "งานใหม่", "kind": "law", "procedure": procedure.pk, "version": 1},
    )
    assert response.status_code == 302
    process.refresh_from_db()
    assert (process.kind, process.procedure, process.unit, process.version) == (
        *("law", procedure, None),
        2,
    )


def test_outdated_edit_keeps_both_texts_and_can_be_repeated(office, client_for):
    process, client = make_process(office), client_for(office.officer)
    address = office.url(f"2570/processes/{process.pk}/edit/")
    register.change_process(process, {"note": "ของคนอื่น"}, version=1, by=office.deputy)
    fields = {"name": "งานหนึ่ง", "kind": "law", "note": "ของเรา", "version": 1}
    response = client.post(address, fields)
    page = response.content.decode()
    assert response.status_code == 409
    assert "ของคนอื่น" in page and "ของเรา" in page
    assert 'name="version" value="2"' in page
    assert client.post(address, fields | {"version": 2}).status_code == 302
    process.refresh_from_db()
    assert process.note == "ของเรา"


def test_units_and_people_of_another_office_are_no_choice(office, client_for):
    other = make_office("other")
    foreign = sop(other, "in_use")
    response = client_for(office.officer).post(
        office.url("2570/processes/add/"),
        {
            "name": "ก",
            "kind": "law",
            "unit": other.unit.pk,
            "owner": other.officer.pk,
            "procedure": foreign.pk,
        },
    )
    assert sorted(response.context["form"].errors) == ["owner", "procedure", "unit"]
    assert not Process.objects.exists()


def test_ended_process_leaves_the_list_and_is_taken_back(office, client_for):
    process, client = make_process(office), client_for(office.officer)
    switch = office.url(f"2570/processes/{process.pk}/switch/")
    page = client.post(switch, {"active": "0"}, follow=True).content.decode()
    assert f'action="{switch}"' in page
    client.post(switch, {"active": "1"})
    process.refresh_from_db()
    assert process.is_active


def test_writing_the_sop_leads_to_its_draft(office, client_for):
    process, client = make_process(office), client_for(office.officer)
    address = office.url(f"2570/processes/{process.pk}/write-sop/")
    response = client.post(address, follow=True)
    assert response.status_code == 200
    process.refresh_from_db()
    assert process.procedure.slug in response.redirect_chain[-1][0]
    assert client.post(address).status_code == 409


def test_print_view_lists_all_and_the_share(office, client_for):
    for number in range(40):
        make_process(office, f"งาน {number}")
    page = client_for(office.observer).get(office.url("2570/processes/print/")).content.decode()
    assert page.count("<tr>") == 41
    assert "0.00" in page


def test_chart_has_a_name_and_words_for_every_bar():
    drawn = bars_svg(
        [("กลุ่ม <ก>", Decimal("50.00"), "50.00 %"), ("ข", None, "–")], title="ร้อยละรายกลุ่ม"
    )
    assert drawn.count("<rect") == 3
    assert "<title>ร้อยละรายกลุ่ม</title><desc>กลุ่ม &lt;ก&gt; 50.00 %, ข –</desc>" in drawn


def test_demo_register_is_loaded_once(settings):
    settings.DEMO = True
    call_command("load_demo")
    before = Process.objects.count()
    call_command("load_demo")
    assert before == Process.objects.count() == 24
    shares = register.sop_coverage(Process.objects.first().agency)
    assert (shares.whole.having, shares.whole.total) == (5, 23)
    assert shares.whole.percent == Decimal("21.74")
