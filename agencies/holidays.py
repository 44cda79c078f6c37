"""Days on which no deadline falls: one editable table, national rows and office rows.

Dates come from the `holidays` package for Thailand, without 1 May and Children's Day, on
which government offices work. Years not yet announced by the cabinet are provisional. An
office never changes a national row: its correction is a row of its own for the same date.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import holidays as package
from django.db import transaction
from django.db.models import Q

from agencies.enums import HolidayKind
from agencies.models import Agency, Holiday
from core import fiscal_year

# Special days of this year are in the package; later years are computed, not announced.
LAST_ANNOUNCED_YEAR_BE = 2569
SOURCE = "python-holidays (Thailand)"
_NOT_CIVIL_SERVICE = ("วันแรงงาน", "วันเด็ก")
_LUNAR = ("มาฆบูชา", "วิสาขบูชา", "อาสาฬหบูชา", "เข้าพรรษา")
_BY_CABINET = ("วันหยุดพิเศษ", "พืชมงคล")


@dataclass(frozen=True)
class PackageDay:
    """One holiday as the package knows it."""

    date: dt.date
    name_th: str
    name_en: str
    kind: str


def _tidy(name: str, prefix: str = "") -> str:
    parts = [part.strip() for part in name.split(";")]
    if prefix and parts[0].startswith(prefix):
        parts = [parts[0], *(part.removeprefix(prefix) for part in parts[1:])]
    return " · ".join(parts)[:160]


def _kind(name_th: str) -> str:
    if name_th.startswith("ชดเชย"):
        return HolidayKind.IN_LIEU
    if any(word in name_th for word in _LUNAR):
        return HolidayKind.LUNAR
    if any(word in name_th for word in _BY_CABINET):
        return HolidayKind.SPECIAL
    return HolidayKind.FIXED


def package_days(year_be: int) -> list[PackageDay]:
    """Return the civil-service holidays of a calendar year (B.E.) in order of date."""
    year = fiscal_year.to_ce(year_be)
    categories = ("public", "government")
    thai = package.country_holidays("TH", years=year, categories=categories, language="th")
    english = package.country_holidays("TH", years=year, categories=categories, language="en_US")
    return [
        PackageDay(day, _tidy(name, "ชดเชย"), _tidy(english.get(day, "")), _kind(name))
        for day, name in sorted(thai.items())
        if not any(word in name for word in _NOT_CIVIL_SERVICE)
    ]


@transaction.atomic
def fill_holidays(first_year_be: int, last_year_be: int | None = None) -> int:
    """Add the package's days of the calendar years (B.E., both ends) as national rows.

    Rows already there are left as they are. Returns how many days were added.
    """
    added = 0
    for year_be in range(first_year_be, (last_year_be or first_year_be) + 1):
        for day in package_days(year_be):
            _row, is_new = Holiday.objects.get_or_create(
                agency=None,
                date=day.date,
                defaults={
                    "name_th": day.name_th,
                    "name_en": day.name_en,
                    "kind": day.kind,
                    "source": SOURCE,
                    "is_provisional": year_be > LAST_ANNOUNCED_YEAR_BE,
                },
            )
            added += is_new
    return added


def rows_between(agency: Agency, start: dt.date, end: dt.date) -> list[Holiday]:
    """Return one row per date, the office's own row before the national one. One query."""
    rows: dict[dt.date, Holiday] = {}
    found = Holiday.objects.filter(
        Q(agency=None) | Q(agency=agency), date__gte=start, date__lte=end
    )
    for row in sorted(found, key=lambda row: (row.date, row.agency_id is not None)):
        rows[row.date] = row
    return list(rows.values())


def holiday_dates(agency: Agency, start: dt.date, end: dt.date) -> dict[dt.date, Holiday]:
    """Return the holidays the office observes from start to end, both included. One query."""
    return {row.date: row for row in rows_between(agency, start, end) if row.is_observed}


def is_working_day(day: dt.date, holidays: Mapping[dt.date, Holiday]) -> bool:
    """Return whether the office works on the day: Monday to Friday and no holiday."""
    return day.weekday() < 5 and day not in holidays


def next_working_day(
    day: dt.date, holidays: Mapping[dt.date, Holiday]
) -> tuple[dt.date, list[Holiday]]:
    """Return the first working day from `day` on, and the holidays passed over.

    A working day is returned as it is. `holidays` must reach far enough past the day
    (three weeks are ample). Source: พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539 มาตรา 64.
    """
    skipped = []
    while not is_working_day(day, holidays):
        if day in holidays:
            skipped.append(holidays[day])
        day += dt.timedelta(days=1)
    return day, skipped


def missing_years(start: dt.date, end: dt.date) -> list[int]:
    """Return the calendar years (B.E.) from start to end that have no national row at all."""
    present = set(
        Holiday.objects.filter(
            agency=None,
            date__gte=dt.date(start.year, 1, 1),
            date__lte=dt.date(end.year, 12, 31),
        ).values_list("date__year", flat=True)
    )
    return [
        fiscal_year.to_be(year) for year in range(start.year, end.year + 1) if year not in present
    ]
