"""The screens that shift a step: preview, confirm, stale preview, and the way back."""

import pytest

from tests.agencies.factories import make_office
from tests.workflows.factories import day, lasting, make_cycle, months
from workflows.enums import DurationUnit
from workflows.models import StepShift, StepWindow
from workflows.steps import finish_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2026-11-16"))
    return make_office()


@pytest.fixture
def cycle(office):
    days = DurationUnit.WORKING_DAYS
    return make_cycle(office.agency, [[lasting(3, days)], [lasting(2, days)], [months(5, 5)]])


def _url(office, step, path="shift/1/"):
    return office.url(f"2570/calendar/steps/{step.pk}/{path}")


DATA = {"starts_on": "8/10/2569", "ends_on": "12/10/2569", "reason": "ผู้อำนวยการติดราชการ"}


def _hidden(response):
    form = response.context["form"]
    return {"seen": form["seen"].value(), "token": form["token"].value()}


def test_shift_is_shown_first_and_written_on_confirmation(office, cycle, client_for):
    step = cycle.steps.get(number=1)
    browser = client_for(office.officer)
    preview = browser.post(_url(office, step), DATA)
    text = preview.content.decode()
    assert preview.status_code == 200
    assert "8 – 12 ต.ค. 2569" in text
    assert 'value="8/10/2569"' in text
    assert ">\nผู้อำนวยการติดราชการ</textarea>" in text
    assert "14 – 15 ต.ค. 2569" in text
    assert not StepShift.objects.exists()
    done = browser.post(_url(office, step), DATA | _hidden(preview) | {"apply": "1"})
    assert (done.status_code, done.url) == (302, _url(office, step, ""))
    assert StepShift.objects.count() == 2
    page = browser.get(_url(office, step, "")).content.decode()
    assert "ผู้อำนวยการติดราชการ" in page
    assert _url(office, step, "shift-undo/") in page


def test_shift_with_other_days_than_seen_is_shown_again(office, cycle, client_for):
    step = cycle.steps.get(number=1)
    browser = client_for(office.officer)
    seen = _hidden(browser.post(_url(office, step), DATA))
    other = DATA | seen | {"ends_on": "15/10/2569", "apply": "1"}
    response = browser.post(_url(office, step), other)
    assert response.status_code == 200
    assert "8 – 15 ต.ค. 2569" in response.content.decode()
    assert not StepShift.objects.exists()


def test_shift_after_a_change_by_others_is_a_conflict(office, cycle, client_for):
    step = cycle.steps.get(number=1)
    browser = client_for(office.officer)
    seen = _hidden(browser.post(_url(office, step), DATA))
    finish_step(cycle.steps.get(number=2), office.officer, day("2026-11-02"), 1)
    response = browser.post(_url(office, step), DATA | seen | {"apply": "1"})
    assert response.status_code == 409
    assert not StepShift.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": "7/10/2569"}, "ends_on"),
        ({"starts_on": "31/2/2570"}, "starts_on"),
        ({"reason": ""}, "reason"),
        ({"starts_on": "1/10/2569", "ends_on": "5/10/2569"}, "ends_on"),
    ],
)
def test_shift_refuses_bad_input_at_its_field_and_loses_nothing(
    office, cycle, client_for, change, field
):
    step = cycle.steps.get(number=1)
    data = DATA | change
    response = client_for(office.officer).post(_url(office, step), data | {"apply": "1"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert f'value="{data["starts_on"]}"' in response.content.decode()
    assert data["reason"] in response.content.decode()


def test_shift_is_for_the_officer_and_open_steps(office, cycle, client_for):
    step = cycle.steps.get(number=1)
    assert client_for(office.director).get(_url(office, step)).status_code == 403
    finish_step(step, office.officer, day("2026-11-02"), 1)
    assert client_for(office.officer).get(_url(office, step)).status_code == 403
    other = cycle.steps.get(number=2)
    assert client_for(office.officer).get(_url(office, other, "shift/9/")).status_code == 404


def test_undo_shows_the_days_and_takes_them_back(office, cycle, client_for):
    step = cycle.steps.get(number=1)
    browser = client_for(office.officer)
    seen = _hidden(browser.post(_url(office, step), DATA))
    browser.post(_url(office, step), DATA | seen | {"apply": "1"})
    page = browser.get(_url(office, step, "shift-undo/"))
    assert "1 – 5 ต.ค. 2569" in page.content.decode()
    assert StepShift.objects.count() == 2
    token = page.context["form"]["token"].value()
    empty = browser.post(_url(office, step, "shift-undo/"), {"reason": "", "token": token})
    assert empty.status_code == 422
    done = browser.post(_url(office, step, "shift-undo/"), {"reason": "กลับเดิม", "token": token})
    assert done.status_code == 302
    ends = StepWindow.objects.filter(step__cycle=cycle).order_by("step__number")
    assert [str(row.ends_on) for row in ends] == ["2026-10-05", "2026-10-07", "2027-03-31"]
    again = browser.post(_url(office, step, "shift-undo/"), {"reason": "x", "token": token})
    assert again.status_code == 409
