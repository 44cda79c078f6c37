"""Days an office adds or corrects itself, on a screen or from a CSV file."""

import csv
import datetime as dt
import io

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies import audit
from agencies.enums import HolidayKind
from agencies.models import Agency, Holiday, User
from core.form_fields import BuddhistDateField

SOURCE = "office"
MAX_LINES = 500


@transaction.atomic
def set_day(agency: Agency, by: User, date: dt.date, **fields) -> Holiday:
    """Make the office's own row for the date say `fields`; the national row stays as it is."""
    row, is_new = Holiday.objects.update_or_create(
        agency=agency, date=date, defaults={"source": SOURCE, **fields}
    )
    audit.record(
        agency,
        by,
        "holiday.add" if is_new else "holiday.edit",
        row,
        summary=f"{date.isoformat()} {row.name_th}",
        after={name: str(value) for name, value in fields.items()},
    )
    return row


@transaction.atomic
def change_day(holiday: Holiday, agency: Agency, by: User, date: dt.date, **fields) -> Holiday:
    """Change a day as the office sees it; an own row that moves to another date leaves no copy.

    Raises ValidationError when an own row would move onto another own row.
    """
    moves = holiday.agency_id is not None and holiday.date != date
    if moves:
        if Holiday.objects.filter(agency=agency, date=date).exists():
            raise ValidationError({"date": _("The office already has a row for this date.")})
        Holiday.objects.filter(pk=holiday.pk, agency=agency).update(date=date)
    if holiday.agency_id is None and holiday.date != date:
        # The national day is not moved: it becomes a working day here, the new date a holiday.
        set_day(
            agency,
            by,
            holiday.date,
            name_th=holiday.name_th,
            name_en=holiday.name_en,
            kind=holiday.kind,
            is_provisional=False,
            is_observed=False,
        )
    return set_day(agency, by, date, **fields)


@transaction.atomic
def remove_day(holiday: Holiday, agency: Agency, by: User) -> None:
    """Delete the office's own row; where it corrected a national day, that day holds again."""
    audit.record(
        agency,
        by,
        "holiday.delete",
        holiday,
        summary=f"{holiday.date.isoformat()} {holiday.name_th}",
    )
    Holiday.objects.filter(pk=holiday.pk, agency=agency).delete()


def read_csv(text: str) -> list[dict]:
    """Return the days of a CSV text (date, Thai name, English name; a head line is allowed).

    Raises ValidationError with one message for every bad line, naming the line.
    """
    days, faults = [], []
    seen: dict[dt.date, int] = {}
    try:
        lines = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise ValidationError(_("This is not a readable CSV file.")) from error
    if len(lines) > MAX_LINES:
        raise ValidationError(_("The file has more than %(count)s lines.") % {"count": MAX_LINES})
    for number, cells in enumerate(lines, start=1):
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if number == 1 and not any(ch.isdecimal() for ch in cells[0]):
            continue
        try:
            day = _day_of_line(cells, seen)
        except ValidationError as error:
            fault = error.messages[0]
            faults.append(_("Line %(line)s: %(fault)s") % {"line": number, "fault": fault})
            continue
        seen[day["date"]] = number
        days.append(day)
    if not days and not faults:
        faults = [_("The file has no days.")]
    if faults:
        raise ValidationError(faults)
    return days


def _day_of_line(cells: list[str], seen: dict[dt.date, int]) -> dict:
    """Return the day of one line; `seen` holds earlier days with their lines."""
    date = BuddhistDateField().clean(cells[0])
    name_th, name_en, *_rest = [*cells[1:], "", ""]
    if not name_th:
        raise ValidationError(_("the name is missing"))
    if max(len(name_th), len(name_en)) > 160:
        raise ValidationError(_("the name is longer than 160 characters"))
    if date in seen:
        raise ValidationError(_("the date stands already on line %(line)s") % {"line": seen[date]})
    return {"date": date, "name_th": name_th, "name_en": name_en}


@transaction.atomic
def import_days(agency: Agency, by: User, days: list[dict]) -> int:
    """Write the days of `read_csv` as rows of the office; return how many."""
    for day in days:
        set_day(
            agency,
            by,
            day["date"],
            name_th=day["name_th"],
            name_en=day["name_en"],
            kind=HolidayKind.OFFICE,
            is_provisional=False,
            is_observed=True,
        )
    return len(days)
