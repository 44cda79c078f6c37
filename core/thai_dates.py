"""Dates as Thai offices write them: day, month, Buddhist Era year.

Understood on input: 1/10/2567, 1-10-67, ๑ ต.ค. ๖๗, 1 ตุลาคม พ.ศ. 2567, 2024-10-01.
"""

import datetime as dt
import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock
from core.fiscal_year import to_be, to_ce
from core.thai_numerals import to_arabic_digits

MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
SHORT_MONTHS = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
FIRST_YEAR, LAST_YEAR = 1950, 2150
FIRST_BE_YEAR = 2400

LONGEST = 60

_NUMERIC = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,4})$")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$")
_WORDS = re.compile(
    r"(\d{1,2})\s*([ก-๎.]+?|[A-Za-z]+)\.?,?\s*(?:พ\.?\s*ศ\.?|ค\.?\s*ศ\.?|B\.?E\.?)?\s*(\d{1,4})$"
)


class ThaiDateError(ValueError):
    """The text is no date; `repairs` are days (C.E.) the writer may have meant."""

    def __init__(self, message: str, repairs: list[dt.date] | None = None):
        super().__init__(message)
        self.message = message
        self.repairs = repairs or []


def _is_english(language: str | None) -> bool:
    return (language or get_language() or "th").startswith("en")


def format_long(day: dt.date, language: str | None = None) -> str:
    """Return "1 ตุลาคม 2567" (English: "1 October 2567"; the year stays B.E.)."""
    names = MONTHS_EN if _is_english(language) else MONTHS
    return f"{day.day} {names[day.month - 1]} {to_be(day.year)}"


def format_short(day: dt.date, language: str | None = None) -> str:
    """Return "1 ต.ค. 2567" (English: "1 Oct 2567")."""
    return f"{day.day} {short_month(day, language)} {to_be(day.year)}"


def short_month(day: dt.date, language: str | None = None) -> str:
    """Return the short name of the day's month."""
    if _is_english(language):
        return MONTHS_EN[day.month - 1][:3]
    return SHORT_MONTHS[day.month - 1]


def format_with_weekday(day: dt.date, language: str | None = None) -> str:
    """Return "วันอังคารที่ 1 ตุลาคม 2567" (English: "Tuesday 1 October 2567")."""
    if _is_english(language):
        return f"{WEEKDAYS_EN[day.weekday()]} {format_long(day, language)}"
    return f"วัน{WEEKDAYS[day.weekday()]}ที่ {format_long(day, language)}"


def format_month_year(day: dt.date, language: str | None = None) -> str:
    """Return "ตุลาคม 2567"."""
    names = MONTHS_EN if _is_english(language) else MONTHS
    return f"{names[day.month - 1]} {to_be(day.year)}"


def format_range(start: dt.date, end: dt.date, language: str | None = None) -> str:
    """Return a compact range: "1 – 15 ต.ค. 2567", "1 ต.ค. – 3 พ.ย. 2567", or both in full."""
    if start == end:
        return format_short(start, language)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} – {format_short(end, language)}"
    if start.year == end.year:
        return f"{start.day} {short_month(start, language)} – {format_short(end, language)}"
    return f"{format_short(start, language)} – {format_short(end, language)}"


def parse_thai_date(text: str) -> dt.date:
    """Return the C.E. date that the text names.

    Years from 2400 are B.E., 1900–2199 C.E., two digits mean 25xx. Raises ThaiDateError with a
    message for the person and, where the day does not exist, days that may be meant.
    """
    plain = to_arabic_digits(text).strip()[:LONGEST]
    plain = re.sub(r"^(วัน\S*ที่|วันที่)\s*", "", plain)
    if year_first := _YEAR_FIRST.match(plain):
        year, month, day = year_first.groups()
        return _read(int(day), int(month), year)
    if numeric := _NUMERIC.match(plain):
        day, month, year = numeric.groups()
        return _read(int(day), int(month), year)
    if words := _WORDS.match(plain):
        day, name, year = words.groups()
        if month := _month_number(name):
            return _read(int(day), month, year)
    raise ThaiDateError(_("This is not a date. Write it like 1/10/2567 or 1 ต.ค. 2567."))


def _month_number(name: str) -> int | None:
    bare = name.replace(".", "").lower()
    for number in range(1, 13):
        forms = {
            MONTHS[number - 1],
            SHORT_MONTHS[number - 1].replace(".", ""),
            MONTHS_EN[number - 1].lower(),
            MONTHS_EN[number - 1][:3].lower(),
        }
        if bare in forms:
            return number
    return None


def _read(day: int, month: int, year: str) -> dt.date:
    number = int(year)
    if len(year) == 2:
        return _build(day, month, to_ce(2500 + number))
    if len(year) < 4:
        raise ThaiDateError(
            _("The B.E. year has not 4 digits. Write the year in full, like 2570."),
            _completed(day, month, number),
        )
    ce_year = to_ce(number) if number >= FIRST_BE_YEAR else number
    if not FIRST_YEAR <= ce_year <= LAST_YEAR:
        raise ThaiDateError(
            _("The year %(year)s is not possible. Write a B.E. year, like 2570.") % {"year": year}
        )
    return _build(day, month, ce_year)


def _completed(day: int, month: int, year: int) -> list[dt.date]:
    """Return the day in the year nearest to today whose last digit was left out (257 → 2570)."""
    this_year = clock.today().year
    years = [to_ce(year * 10 + digit) for digit in range(10)]
    nearest = min(years, key=lambda candidate: abs(candidate - this_year))
    if not FIRST_YEAR <= nearest <= LAST_YEAR:
        return []
    try:
        return [dt.date(nearest, month, day)]
    except ValueError:
        return []


def _build(day: int, month: int, year: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        pass
    if not 1 <= month <= 12:
        raise ThaiDateError(_("There is no month %(month)s.") % {"month": month})
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    last = following - dt.timedelta(days=1)
    if not 1 <= day <= 31:
        raise ThaiDateError(_("There is no day %(day)s in a month.") % {"day": day})
    name = (MONTHS_EN if _is_english(None) else MONTHS)[month - 1]
    raise ThaiDateError(
        _("There is no %(day)s %(month)s; the month has %(days)s days.")
        % {"day": day, "month": name, "days": last.day},
        [last, following],
    )
