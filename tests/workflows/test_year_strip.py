"""The year strip: steps by state, the current step, years and months; two queries."""

import pytest

from tests.agencies.factories import make_office
from tests.workflows.factories import day, make_cycle, months
from workflows.models import Step
from workflows.steps import finish_step, start_step
from workflows.year_strip import MOST_STEPS, strip

pytestmark = pytest.mark.django_db


def test_strip_shows_states_current_step_and_months(frozen_today):
    frozen_today(day("2027-06-15"))
    office = make_office()
    cycle = make_cycle(
        office.agency,
        [[months(5, 14)], [months(7, 7)], [months(8, 8)], [months(8, 8)], [months(9, 11)]],
    )
    first, second, third, fourth, _fifth = cycle.steps.all()
    start_step(first, office.officer, day("2027-03-08"), 1)
    finish_step(second, office.officer, day("2027-05-24"), 1)
    start_step(third, office.officer, day("2027-06-01"), 1)
    start_step(fourth, office.officer, day("2027-06-07"), 1)
    shown = strip(office.agency, 2570)
    assert [(step["number"], step["state"]) for step in shown["steps"]] == [
        (1, "running"),
        (2, "done"),
        (3, "running"),
        (4, "now"),
        (5, "future"),
    ]
    assert (shown["current"]["number"], shown["current"]["due_on"]) == (4, day("2027-06-30"))
    assert (shown["total"], shown["today"], shown["year"]) == (5, day("2027-06-15"), 2570)
    assert [month["filled"] for month in shown["months"]] == [98] * 8 + [47] + [0] * 3
    assert [month["is_now"] for month in shown["months"]].index(True) == 8
    assert [year["number"] for year in shown["years"]] == [2570]


def test_strip_of_a_year_without_cycle_says_so(frozen_today):
    frozen_today(day("2027-06-15"))
    office = make_office()
    make_cycle(office.agency, [[months(0, 0)]], 2569)
    shown = strip(office.agency, 2571)
    assert (shown["steps"], shown["current"], shown["total"]) == ([], None, 0)
    assert shown["note"]
    assert [year["number"] for year in shown["years"]] == [2571, 2570, 2569]
    assert [month["filled"] for month in shown["months"]] == [0] * 12
    assert [month["filled"] for month in strip(office.agency, 2569)["months"]] == [98] * 12


@pytest.mark.parametrize("count", [1, 3, 200])
def test_strip_makes_two_queries_and_stays_short(django_assert_num_queries, count):
    office = make_office()
    make_cycle(office.agency, [[months(0, 0)] for _number in range(count)])
    with django_assert_num_queries(2):
        shown = strip(office.agency, 2570)
    assert len(shown["steps"]) == min(count, MOST_STEPS)
    assert shown["total"] == count == Step.objects.count()
