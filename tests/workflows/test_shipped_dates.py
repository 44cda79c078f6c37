"""Every window of the five shipped SOPs in fiscal year 2570, and the edges of years: literal days.

Worked out by hand from the calendar of 2026–2028 and the holidays of the national table.
"""

import pytest
from django.conf import settings

from tests.agencies.factories import AgencyFactory, make_office
from tests.workflows.factories import day, lasting, make_version, months
from workflows.dates import dated_windows
from workflows.enums import DurationUnit, VersionStatus
from workflows.models import ProcedureVersion, StepWindow
from workflows.opening import open_cycle
from workflows.sop.files import import_sop
from workflows.sop.reading import read_sop

pytestmark = pytest.mark.django_db
DAYS, WEEKS, MONTHS = DurationUnit.WORKING_DAYS, DurationUnit.WEEKS, DurationUnit.MONTHS
SHIPPED = settings.BASE_DIR / "workflows" / "sop" / "shipped"
# 31 December 2026 is a Thursday; Songkran, 13 to 15 April 2027, is Tuesday to Thursday.
CLOSED = {
    day(text): "วันหยุด"
    for text in ("2026-12-31", "2027-01-01", "2027-04-13", "2027-04-14", "2027-04-15")
}


def _days(cycle):
    return [
        (row.step.number, *map(str, (row.starts_on, row.ends_on, row.due_on)))
        for row in StepWindow.objects.filter(step__cycle=cycle)
        .select_related("step")
        .order_by("step__number", "order")
    ]


def _shipped(office, slug):
    version = import_sop(read_sop((SHIPPED / f"{slug}.yaml").read_text()), office.agency)
    ProcedureVersion.objects.filter(pk=version.pk).update(status=VersionStatus.IN_USE)
    version.refresh_from_db()
    return open_cycle(office.agency, version, 2570, office.officer)


PMQA = [
    # March to December after the year; 31 December 2027 to 3 January 2028 are closed.
    (1, "2027-03-01", "2027-12-31", "2028-01-04"),
    (2, "2027-05-01", "2027-05-31", "2027-05-31"),
    (3, "2027-05-01", "2027-06-30", "2027-06-30"),
    (4, "2027-06-01", "2027-06-30", "2027-06-30"),
    (5, "2027-06-01", "2027-06-30", "2027-06-30"),
    (6, "2027-07-01", "2027-09-30", "2027-09-30"),
    (7, "2027-07-01", "2027-09-30", "2027-09-30"),
    (8, "2027-07-01", "2027-09-30", "2027-09-30"),
]
HEALTH = [
    (1, "2026-09-01", "2026-09-30", "2026-09-30"),  # the month before the year
    *[(number, "2026-12-01", "2026-12-31", "2027-01-04") for number in range(2, 7)],
    (7, "2026-12-01", "2027-01-31", "2027-02-01"),  # over new year; 31 January is a Sunday
    (8, "None", "None", "None"),
    (8, "2027-03-01", "2027-04-30", "2027-04-30"),
    (8, "2027-06-01", "2027-07-31", "2027-08-02"),  # Saturday to Monday
    (9, "2027-09-01", "2027-09-30", "2027-09-30"),
    (10, "2027-09-01", "2027-09-30", "2027-09-30"),
]
SERVICE = [
    (1, "2026-10-01", "2026-10-07", "2026-10-07"),  # one week from Thursday
    (2, "2026-10-08", "2026-10-21", "2026-10-21"),
    (3, "2026-10-22", "2026-10-26", "2026-10-26"),  # Friday 23 October is a holiday
    (4, "2026-10-27", "2026-12-26", "2026-12-28"),  # two months, to a Saturday
    (5, "2026-12-28", "2027-01-10", "2027-01-11"),
]
ITA = [
    (1, "2026-10-01", "2026-10-07", "2026-10-07"),
    (2, "2026-10-08", "2026-10-09", "2026-10-09"),
    (3, "2026-10-12", "2026-10-12", "2026-10-12"),
    (6, "2026-10-14", "2026-10-20", "2026-10-20"),  # Tuesday 13 October is a holiday
]


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("sisaket-pmqa", PMQA),
        ("doh-pmqa", HEALTH),
        ("phetchabun-2-1", []),  # the source gives no time
        ("phetchabun-2-2", SERVICE),
        ("phetchabun-2-3", ITA),
    ],
)
def test_windows_of_the_shipped_sops_in_2570(slug, expected):
    assert _days(_shipped(make_office(), slug)) == expected


@pytest.mark.parametrize(
    ("year", "window", "expected"),
    [
        (2571, months(4, 4), ("2028-02-01", "2028-02-29", "2028-02-29")),  # a leap year
        (2570, months(4, 4), ("2027-02-01", "2027-02-28", "2027-03-01")),
        (2570, months(2, 3), ("2026-12-01", "2027-01-31", "2027-02-01")),
        (2570, months(0, 0), ("2026-10-01", "2026-10-31", "2026-11-02")),  # Saturday
        (2570, months(11, 11), ("2027-09-01", "2027-09-30", "2027-09-30")),
        (2570, months(-1, -1), ("2026-09-01", "2026-09-30", "2026-09-30")),
        (2570, months(12, 12), ("2027-10-01", "2027-10-31", "2027-11-01")),
        (2570, months(11, 12), ("2027-09-01", "2027-10-31", "2027-11-01")),
        # The last day of the year is a Saturday: due in the next year, the end stays.
        (2571, months(11, 11), ("2028-09-01", "2028-09-30", "2028-10-02")),
        (2571, months(11, 11, is_fixed=True), ("2028-09-01", "2028-09-30", "2028-09-30")),
    ],
)
def test_months_at_the_edges_of_years(year, window, expected):
    (step,) = dated_windows(make_version(AgencyFactory(), [[window]]), year, None, CLOSED)
    (dated,) = step.windows
    assert (dated.starts_on, dated.ends_on, dated.due_on) == tuple(map(day, expected))


@pytest.mark.parametrize(
    ("start", "window", "expected", "following"),
    [
        # Over new year: 29 and 30 December, then 4, 5 and 6 January.
        ("2026-12-29", lasting(5, DAYS), ("2026-12-29", "2027-01-06", "2027-01-06"), "2027-01-07"),
        ("2026-12-28", lasting(1, WEEKS), ("2026-12-28", "2027-01-03", "2027-01-04"), "2027-01-04"),
        # Across Songkran: 9, 12, 16, 19 and 20 April.
        ("2027-04-09", lasting(5, DAYS), ("2027-04-09", "2027-04-20", "2027-04-20"), "2027-04-21"),
        (
            "2027-03-15",
            lasting(1, MONTHS),
            ("2027-03-15", "2027-04-14", "2027-04-16"),
            "2027-04-16",
        ),
        # Over 29 February, which is a Tuesday.
        ("2028-02-28", lasting(3, DAYS), ("2028-02-28", "2028-03-01", "2028-03-01"), "2028-03-02"),
        (
            "2028-02-29",
            lasting(12, MONTHS),
            ("2028-02-29", "2029-02-28", "2029-02-28"),
            "2029-03-01",
        ),
        # From September into October: the chain does not stop at the end of the year.
        ("2027-09-30", lasting(1, DAYS), ("2027-09-30", "2027-09-30", "2027-09-30"), "2027-10-01"),
        ("2027-09-30", lasting(2, DAYS), ("2027-09-30", "2027-10-01", "2027-10-01"), "2027-10-04"),
    ],
)
def test_durations_over_closed_days_and_the_step_after_them(start, window, expected, following):
    version = make_version(AgencyFactory(), [[window], [lasting(1, DAYS)]])
    first, second = dated_windows(version, 2570, day(start), CLOSED)
    (dated,) = first.windows
    assert (dated.starts_on, dated.ends_on, dated.due_on) == tuple(map(day, expected))
    assert second.windows[0].starts_on == day(following)
