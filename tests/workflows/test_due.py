"""Due items of steps: whom they wait for, by when, and from when they are reminded."""

import pytest

from agencies.enums import OfficeRole
from notifications.reminders import reminders_due
from tests.agencies.factories import make_office
from tests.workflows.factories import UNKNOWN, day, make_cycle, months
from workflows.due import due_items
from workflows.enums import ResponsibleKind
from workflows.steps import finish_step

pytestmark = pytest.mark.django_db

DIRECTOR = {
    "responsible_kind": ResponsibleKind.OFFICE_ROLE,
    "responsible_value": OfficeRole.DIRECTOR,
}


def test_due_items_name_people_day_and_opening(frozen_today):
    frozen_today(day("2026-11-16"))
    office = make_office()
    cycle = make_cycle(office.agency, [[DIRECTOR, months(7, 7)], [months(8, 8)], [UNKNOWN]])
    items = due_items(office.agency, None)
    assert [(item.title, item.due_on, item.people) for item in items] == [
        ("ขั้นตอน 1", day("2027-05-31"), (office.director.pk,)),
        ("ขั้นตอน 2", day("2027-06-30"), (office.officer.pk,)),
    ]
    assert items[0].remind_from == day("2026-11-16")
    assert items[0].url == (f"/o/office/2570/calendar/steps/{cycle.steps.get(number=1).pk}/")
    assert [item.title for item in due_items(office.agency, office.director)] == ["ขั้นตอน 1"]


def test_due_items_leave_out_done_steps_and_other_offices(frozen_today):
    frozen_today(day("2027-06-15"))
    office, other = make_office(), make_office("other")
    cycle = make_cycle(office.agency, [[months(7, 7)]])
    make_cycle(other.agency, [[months(7, 7)]])
    assert len(due_items(office.agency, None)) == 1
    finish_step(cycle.steps.get(), office.officer, day("2027-06-14"), 1)
    assert due_items(office.agency, None) == []


def test_due_item_of_several_windows_is_due_at_the_next_of_them(frozen_today):
    frozen_today(day("2026-11-16"))
    office = make_office()
    make_cycle(office.agency, [[UNKNOWN, months(5, 6), months(8, 9)]])
    assert due_items(office.agency, None)[0].due_on == day("2027-04-30")
    frozen_today(day("2027-05-01"))
    assert due_items(office.agency, None)[0].due_on == day("2027-08-02")
    frozen_today(day("2027-09-01"))
    assert due_items(office.agency, None)[0].due_on == day("2027-08-02")


def test_nothing_is_reminded_that_was_due_before_the_opening(frozen_today):
    frozen_today(day("2026-11-16"))
    office = make_office()
    make_cycle(office.agency, [[months(-1, -1)], [months(1, 1)]])
    late = day("2026-12-15")
    frozen_today(late)
    assert [(rule, item.title) for rule, item in reminders_due(office.agency, late)] == [
        ("overdue", "ขั้นตอน 2")
    ]


@pytest.mark.parametrize("count", [1, 3, 200])
def test_due_items_make_three_queries_at_any_number_of_steps(django_assert_num_queries, count):
    office = make_office()
    make_cycle(
        office.agency,
        [
            [
                {
                    "responsible_kind": ResponsibleKind.COMMITTEE,
                    "responsible_value": "steering",
                },
                months(7, 7),
            ]
            for _number in range(count)
        ],
    )
    with django_assert_num_queries(3):
        assert len(due_items(office.agency, None)) == count
