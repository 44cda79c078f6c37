"""Stages of awards: written by the officer, never moved, taken over from last year."""

import pytest
from django.core.exceptions import PermissionDenied

from agencies.models import AuditEntry
from approvals.transitions import AlreadyChanged
from tests.agencies.factories import make_office
from tests.workflows.factories import day
from workflows.award_stages import (
    add_stage,
    change_stage,
    copy_stages,
    mark_of,
    plan_copies,
    stages_in,
)
from workflows.models import AwardStage

pytestmark = pytest.mark.django_db
DATA = {
    "award": "รางวัลเลิศรัฐ",
    "title": "ยื่นใบสมัคร",
    "starts_on": "29/2/2571",
    "ends_on": "31/3/2571",
    "note": "",
}


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2027-02-15"))
    return make_office()


def _add(office, year=2571, **fields):
    values = {
        "award": "รางวัลเลิศรัฐ",
        "title": "ยื่นใบสมัคร",
        "starts_on": day("2028-02-29"),
        "ends_on": day("2028-03-31"),
        "note": "",
    }
    return add_stage(office.agency, year, office.officer, **values | fields)


def test_stage_is_added_changed_and_removed_through_the_pages(office, client_for):
    browser = client_for(office.officer)
    assert browser.post(office.url("2571/calendar/awards/add/"), DATA).status_code == 302
    stage = AwardStage.objects.get()
    assert (stage.fiscal_year, stage.starts_on) == (2571, day("2028-02-29"))
    url = office.url(f"2571/calendar/awards/{stage.pk}/")
    seen = browser.get(url).context["form"]["seen"].value()
    assert browser.post(url, DATA | {"ends_on": "5/4/2571", "seen": seen}).status_code == 302
    assert AwardStage.objects.get().ends_on == day("2028-04-05")
    assert browser.post(url, DATA | {"seen": seen}).status_code == 409
    assert AwardStage.objects.get().ends_on == day("2028-04-05")
    assert browser.post(f"{url}remove/").status_code == 302
    assert not AwardStage.objects.exists()
    actions = AuditEntry.objects.filter(action__startswith="award.").order_by("sequence")
    assert [entry.action for entry in actions] == ["award.add", "award.edit", "award.remove"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": "1/2/2571"}, "ends_on"),
        ({"starts_on": "30/2/2571"}, "starts_on"),
        ({"award": ""}, "award"),
        ({"title": "ก" * 201}, "title"),
    ],
)
def test_bad_stage_is_refused_at_its_field_and_kept_in_the_form(office, client_for, change, field):
    data = DATA | change
    response = client_for(office.officer).post(office.url("2571/calendar/awards/add/"), data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert f'value="{data["ends_on"]}"' in response.content.decode()
    assert not AwardStage.objects.exists()


def test_change_refuses_a_stage_read_before_somebody_changed_it(office):
    stage = _add(office)
    seen = mark_of(stage)
    fields = {"award": "ก", "title": "ข", "starts_on": stage.starts_on, "ends_on": stage.ends_on}
    change_stage(stage, office.officer, seen=seen, note="หนังสือ", **fields)
    with pytest.raises(AlreadyChanged):
        change_stage(stage, office.officer, seen=seen, note="อื่น", **fields)
    assert AwardStage.objects.get().note == "หนังสือ"


def test_only_officers_write_stages(office):
    with pytest.raises(PermissionDenied):
        add_stage(office.agency, 2571, office.director, award="ก", title="ข")


def test_copies_stand_a_year_later_and_29_february_on_the_28th(office, client_for):
    first = _add(office)
    second = _add(office, title="ตรวจเยี่ยม", starts_on=day("2028-06-01"), ends_on=day("2028-06-30"))
    _add(office, year=2572, title="ตรวจเยี่ยม")
    assert [
        (row.stage.pk, row.starts_on, row.ends_on) for row in plan_copies(office.agency, 2572)
    ] == [(first.pk, day("2029-02-28"), day("2029-03-31"))]
    browser = client_for(office.officer)
    url = office.url("2572/calendar/awards/copy/")
    assert "28 ก.พ. – 31 มี.ค. 2572" in browser.get(url).content.decode()
    assert not AwardStage.objects.filter(fiscal_year=2572, title="ยื่นใบสมัคร").exists()
    assert browser.post(url, {"stage": [first.pk, second.pk, "x"]}).status_code == 302
    copied = AwardStage.objects.get(fiscal_year=2572, title="ยื่นใบสมัคร")
    assert (copied.starts_on, copied.ends_on) == (day("2029-02-28"), day("2029-03-31"))
    assert copy_stages(office.agency, 2572, office.officer, {first.pk}) == 0


def test_stage_that_reaches_over_the_year_stands_in_both(office):
    stage = _add(office, year=2570, starts_on=day("2027-09-15"), ends_on=day("2027-10-15"))
    assert list(stages_in(office.agency, 2570)) == [stage]
    assert list(stages_in(office.agency, 2571)) == [stage]
    assert list(stages_in(office.agency, 2572)) == []
    assert list(stages_in(make_office("other").agency, 2570)) == []
