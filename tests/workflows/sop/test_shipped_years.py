"""The five shipped SOPs opened for fiscal year 2570, with the real holidays: literal days."""

import pytest

from tests.agencies.factories import make_office
from tests.workflows.factories import day
from workflows.opening import open_cycle
from workflows.sop.files import import_sop, read_sop, shipped_files

pytestmark = pytest.mark.django_db


def _days(slug: str, start: str | None = None) -> list[list[tuple]]:
    """Return [(starts, ends, due)] by step; an undated window is ()."""
    office = make_office()
    version = import_sop(read_sop(shipped_files()[slug].read_text(encoding="utf-8")), office.agency)
    cycle = open_cycle(office.agency, version, 2570, office.officer, day(start) if start else None)
    return [
        [
            (str(window.starts_on), str(window.ends_on), str(window.due_on))
            if window.ends_on
            else ()
            for window in step.windows.all()
        ]
        for step in cycle.steps.all()
    ]


def test_sisaket_first_step_ends_on_31_december_after_the_year():
    june = [("2027-06-01", "2027-06-30", "2027-06-30")]
    third_quarter = [("2027-07-01", "2027-09-30", "2027-09-30")]
    assert _days("sisaket-pmqa") == [
        # 31 December 2027 to 3 January 2028 offices are closed: due on Tuesday 4 January.
        [("2027-03-01", "2027-12-31", "2028-01-04")],
        [("2027-05-01", "2027-05-31", "2027-05-31")],
        [("2027-05-01", "2027-06-30", "2027-06-30")],
        june,
        june,
        third_quarter,
        third_quarter,
        third_quarter,
    ]


def test_department_of_health_windows_move_from_2565_to_2570():
    december = [("2026-12-01", "2026-12-31", "2027-01-04")]
    september = [("2027-09-01", "2027-09-30", "2027-09-30")]
    assert _days("doh-pmqa") == [
        [("2026-09-01", "2026-09-30", "2026-09-30")],
        december,
        december,
        december,
        december,
        december,
        [("2026-12-01", "2027-01-31", "2027-02-01")],
        [
            (),
            ("2027-03-01", "2027-04-30", "2027-04-30"),
            ("2027-06-01", "2027-07-31", "2027-08-02"),
        ],
        september,
        september,
    ]


def test_phetchabun_2_1_has_no_times_and_stays_undated():
    assert _days("phetchabun-2-1") == [[], [], [], [], []] or _days("phetchabun-2-1") == [
        [()],
        [()],
        [()],
        [()],
        [()],
    ]


def test_phetchabun_2_2_chains_from_1_october():
    assert _days("phetchabun-2-2") == [
        [("2026-10-01", "2026-10-07", "2026-10-07")],
        [("2026-10-08", "2026-10-21", "2026-10-21")],
        # Thursday 22, then Monday 26: Friday 23 October is a holiday.
        [("2026-10-22", "2026-10-26", "2026-10-26")],
        [("2026-10-27", "2026-12-26", "2026-12-28")],
        [("2026-12-28", "2027-01-10", "2027-01-11")],
    ]


def test_phetchabun_2_2_chains_from_the_start_given():
    assert _days("phetchabun-2-2", "2027-03-01") == [
        [("2027-03-01", "2027-03-07", "2027-03-08")],
        [("2027-03-08", "2027-03-21", "2027-03-22")],
        [("2027-03-22", "2027-03-23", "2027-03-23")],
        [("2027-03-24", "2027-05-23", "2027-05-24")],
        [("2027-05-24", "2027-06-06", "2027-06-07")],
    ]


def test_phetchabun_2_3_passes_the_chain_over_its_two_gaps():
    days = _days("phetchabun-2-3")
    assert [step for step in days if step and step != [()]] == [
        [("2026-10-01", "2026-10-07", "2026-10-07")],
        [("2026-10-08", "2026-10-09", "2026-10-09")],
        [("2026-10-12", "2026-10-12", "2026-10-12")],
        # Tuesday 13 October is a holiday: the week begins on Wednesday.
        [("2026-10-14", "2026-10-20", "2026-10-20")],
    ]
    assert [bool(step and step != [()]) for step in days] == [True, True, True, False, False, True]
