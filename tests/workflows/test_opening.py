"""Opening a year: what is written, what is refused, what is warned of."""

import pytest

from agencies.models import AuditEntry, Holiday
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.workflows.factories import UNKNOWN, day, lasting, make_cycle, make_version, months
from workflows.enums import DurationUnit, VersionStatus
from workflows.models import Cycle
from workflows.opening import OpeningRefused, open_cycle, overdue_at_opening, plan_opening

pytestmark = pytest.mark.django_db


def test_open_cycle_writes_steps_windows_and_document_slots(frozen_today):
    frozen_today(day("2026-10-05"))
    office = make_office()
    version = make_version(
        office.agency,
        [
            [{"title": "แต่งตั้งคณะทำงาน", "documents": ["คำสั่ง", "ไม่มี", "-"]}, months(7, 7)],
            [UNKNOWN, months(5, 6)],
            [],
        ],
    )
    cycle = open_cycle(office.agency, version, 2570, office.officer)
    assert (cycle.fiscal_year, cycle.starts_on, cycle.opened_by) == (
        2570,
        day("2026-10-01"),
        office.officer,
    )
    steps = list(cycle.steps.all())
    assert [(step.number, step.due_on) for step in steps] == [
        (1, day("2027-05-31")),
        (2, day("2027-04-30")),
        (3, None),
    ]
    assert steps[0].title == "แต่งตั้งคณะทำงาน"
    assert [slot.name for slot in steps[0].documents.all()] == ["คำสั่ง"]
    assert [window.ends_on for window in steps[1].windows.all()] == [None, day("2027-04-30")]
    assert list(steps[2].windows.all()) == []
    assert AuditEntry.objects.filter(agency=office.agency, action="cycle.open").count() == 1


def test_open_cycle_moves_due_days_over_the_holidays_of_the_table():
    office = make_office()
    cycle = make_cycle(office.agency, [[months(5, 14)], [months(6, 6, is_fixed=True)]])
    window = cycle.steps.get(number=1).windows.get()
    # 31 December 2027 is a holiday (Friday); 3 January 2028 stands for Saturday's new year.
    assert (window.starts_on, window.ends_on, window.due_on) == (
        day("2027-03-01"),
        day("2027-12-31"),
        day("2028-01-04"),
    )
    assert window.moved_because == str(Holiday.objects.get(date=day("2027-12-31"), agency=None))


def test_open_cycle_refuses_a_second_opening_of_the_sop_and_year():
    office = make_office()
    version = make_version(office.agency, [[months(0, 0)]])
    open_cycle(office.agency, version, 2570, office.officer)
    with pytest.raises(OpeningRefused) as refusal:
        open_cycle(office.agency, version, 2570, office.officer)
    assert refusal.value.field == "year"
    assert Cycle.objects.count() == 1
    # Another year of the same SOP may be open beside it.
    assert open_cycle(office.agency, version, 2571, office.officer).fiscal_year == 2571


@pytest.mark.parametrize("status", [VersionStatus.DRAFT, VersionStatus.RETIRED])
def test_open_cycle_refuses_a_version_not_in_use(status):
    office = make_office()
    version = make_version(office.agency, [[months(0, 0)]], status=status)
    with pytest.raises(OpeningRefused) as refusal:
        open_cycle(office.agency, version, 2570, office.officer)
    assert refusal.value.field == "sop"
    assert not Cycle.objects.exists()


def test_open_cycle_refuses_the_sop_of_another_office():
    office, other = make_office(), make_office("other")
    version = make_version(other.agency, [[months(0, 0)]])
    with pytest.raises(OpeningRefused):
        open_cycle(office.agency, version, 2570, office.officer)


@pytest.mark.parametrize("start", ["2025-09-30", "2027-10-01", "3113-03-01"])
def test_open_cycle_refuses_a_start_far_from_the_year(start):
    office = make_office()
    version = make_version(office.agency, [[lasting(1, DurationUnit.WEEKS)]])
    with pytest.raises(OpeningRefused) as refusal:
        open_cycle(office.agency, version, 2570, office.officer, day(start))
    assert refusal.value.field == "start"


def test_plan_opening_warns_of_years_without_holidays_and_writes_nothing():
    office = make_office()
    version = make_version(office.agency, [[months(5, 14)]])
    Holiday.objects.filter(date__year=2028).delete()
    plan = plan_opening(office.agency, version, 2570)
    assert [line for line in plan.warnings if "2571" in line] != []
    assert not Cycle.objects.exists()


def test_plan_opening_does_not_warn_of_announced_years():
    office = make_office()
    version = make_version(office.agency, [[months(-1, 2)]])
    Holiday.objects.update(is_provisional=False)
    assert plan_opening(office.agency, version, 2570).warnings == []


def test_open_cycle_leaves_the_warnings_on_the_cycle():
    office = make_office()
    Holiday.objects.filter(date__year=2028).delete()
    assert any("2571" in line for line in make_cycle(office.agency, [[months(5, 14)]]).warnings)


def test_overdue_at_opening_lists_open_steps_due_before_the_day(frozen_today):
    frozen_today(day("2026-11-16"))
    office = make_office()
    cycle = make_cycle(office.agency, [[months(-1, -1)], [months(0, 0)], [months(1, 1)], []])
    assert [step.number for step in overdue_at_opening(cycle)] == [1, 2]
    frozen_today(day("2027-08-01"))
    assert [step.number for step in overdue_at_opening(cycle)] == [1, 2]


@pytest.mark.parametrize("count", [1, 200])
def test_open_cycle_queries_do_not_grow_with_the_steps(django_assert_max_num_queries, count):
    office = make_office()
    version = make_version(office.agency, [[months(0, 0)] for _number in range(count)])
    with django_assert_max_num_queries(40):
        make = open_cycle(office.agency, version, 2570, office.officer)
    assert make.steps.count() == count


def test_people_are_told_once_what_the_year_gives_them():
    office = make_office()
    step = {"responsible_kind": "office_role", "responsible_value": "director"}
    version = make_version(office.agency, [[step, months(0, 0)], [step, months(1, 1)], []])
    open_cycle(office.agency, version, 2570, office.officer)
    told = Notification.objects.filter(rule="steps_assigned")
    assert [(row.recipient, row.kind) for row in told] == [(office.director, "assigned")]
    assert told[0].title.startswith("ท่านรับผิดชอบ 2 ขั้นตอนของ")
