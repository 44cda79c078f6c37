"""Due days after the holidays changed: what moves, what never does, and who hears of it."""

import pytest

from agencies.models import AuditEntry, Holiday
from agencies.office_holidays import set_day
from notifications.models import Notification
from tests.agencies.factories import HolidayFactory, make_office
from tests.workflows.factories import day, make_cycle, months
from workflows.enums import CycleStatus
from workflows.models import Cycle, Step, StepWindow
from workflows.postponing import plan_postponements
from workflows.steps import finish_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2027-02-15"))
    return make_office()


def _url(office):
    return office.url("2570/calendar/postpone/")


def _close(office, date, name="วันหยุดพิเศษ"):
    fields = {"name_th": name, "name_en": "", "kind": "special", "is_provisional": False}
    set_day(office.agency, office.admin, day(date), is_observed=True, **fields)


def _seen(office):
    return [
        (row.step.number, str(row.window.due_on), str(row.due_on), row.because)
        for row in plan_postponements(office.agency, 2570)
    ]


def test_due_day_moves_off_a_new_holiday_and_the_window_end_stays(office, client_for):
    make_cycle(office.agency, [[months(5, 5)], [months(8, 8)], [months(5, 5, is_fixed=True)]])
    assert _seen(office) == []
    _close(office, "2027-03-31")  # Wednesday
    assert _seen(office) == [(1, "2027-03-31", "2027-04-01", "วันหยุดพิเศษ")]
    browser = client_for(office.officer)
    page = browser.get(_url(office))
    assert "เลื่อนจาก 31 มี.ค. 2570" in page.content.decode()
    assert Step.objects.get(number=1).due_on == day("2027-03-31")
    done = browser.post(_url(office), {"token": page.context["token"]})
    assert done.status_code == 302
    assert list(StepWindow.objects.order_by("step__number").values_list("ends_on", "due_on")) == [
        (day("2027-03-31"), day("2027-04-01")),
        (day("2027-06-30"), day("2027-06-30")),
        (day("2027-03-31"), day("2027-03-31")),
    ]
    assert Step.objects.get(number=1).due_on == day("2027-04-01")
    assert AuditEntry.objects.get(action="cycle.postpone").summary == (
        "1: 31 มี.ค. 2570 → 1 เม.ย. 2570"
    )
    notice = Notification.objects.get(rule="step_postponed")
    assert (notice.recipient, notice.title) == (
        office.officer,
        "ขั้นตอน 1. ขั้นตอน 1 ครบกำหนดวันที่ 1 เม.ย. 2570",
    )
    assert _seen(office) == []


def test_due_day_returns_when_the_holiday_is_taken_away(office):
    _close(office, "2027-03-31")
    make_cycle(office.agency, [[months(5, 5)]])
    assert Step.objects.get().due_on == day("2027-04-01")
    Holiday.objects.filter(agency=office.agency).delete()
    assert _seen(office) == [(1, "2027-04-01", "2027-03-31", "")]


def test_done_steps_and_closed_years_keep_their_due_days(office):
    cycle = make_cycle(office.agency, [[months(5, 5)], [months(5, 5)]])
    finish_step(cycle.steps.get(number=1), office.officer, day("2027-02-10"), 1)
    _close(office, "2027-03-31")
    assert [row[0] for row in _seen(office)] == [2]
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.CLOSED)
    assert _seen(office) == []


def test_days_of_another_office_do_not_count(office):
    make_cycle(office.agency, [[months(5, 5)]])
    _close(make_office("other"), "2027-03-31")
    assert _seen(office) == []


def test_list_that_changed_since_it_was_seen_is_refused(office, client_for):
    make_cycle(office.agency, [[months(5, 5)]])
    _close(office, "2027-03-31")
    browser = client_for(office.officer)
    token = browser.get(_url(office)).context["token"]
    _close(office, "2027-04-01")
    assert browser.post(_url(office), {"token": token}).status_code == 409
    assert Step.objects.get().due_on == day("2027-03-31")
    assert client_for(office.director).post(_url(office), {"token": token}).status_code == 403


@pytest.mark.parametrize("count", [1, 20])
def test_plan_reads_a_fixed_number_of_times(office, django_assert_num_queries, count):
    make_cycle(office.agency, [[months(5, 5)] for _number in range(count)])
    HolidayFactory(date=day("2027-03-31"), name_th="วันหยุดพิเศษ")
    with django_assert_num_queries(4):
        assert len(plan_postponements(office.agency, 2570)) == count
