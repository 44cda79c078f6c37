"""Times as people write them in an SOP's table: Thai months, years and durations, as windows.

“มีนาคม-ธันวาคม”, “ธันวาคม 2564 - มกราคม 2565”, “ขั้นตอนที่ 2 : มี.ค. – เม.ย. 65”, “๕ วันทำการ”.
What is not understood stays as printed words.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from core.fiscal_year import FIRST_MONTH
from core.thai_dates import MONTHS, SHORT_MONTHS
from core.thai_numerals import to_arabic_digits
from core.thai_text import normalize
from workflows.enums import DurationUnit, WindowKind
from workflows.sop.data import YEAR, WindowData, month_of_year

MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(MONTHS, 1)},
    **{name: number for number, name in enumerate(SHORT_MONTHS, 1)},
    **{name.replace(".", ""): number for number, name in enumerate(SHORT_MONTHS, 1)},
    **{name.removesuffix("."): number for number, name in enumerate(SHORT_MONTHS, 1)},
}
_NAMES = "|".join(sorted(map(re.escape, MONTH_NUMBERS), key=len, reverse=True))
_MONTH = (
    rf"(?P<day{{0}}>\d{{{{1,2}}}}\s*)?(?:เดือน\s*)?(?P<month{{0}}>{_NAMES})"
    r"(?:\s*(?:พ\.?ศ\.?)?\s*(?P<year{0}>25\d{{2}}|\d{{2}}))?"
)
_TO = r"\s*(?:-|–|—|~|ถึง)\s*"
_RANGE = re.compile(rf"{_MONTH.format(1)}(?:{_TO}{_MONTH.format(2)})?")
_DAYS = re.compile(
    rf"(?P<day1>\d{{1,2}}){_TO}\d{{1,2}}\s*(?P<month1>{_NAMES})(?:\s*(?P<year1>25\d\d))?"
)
_DURATION = re.compile(r"(\d{1,3})\s*(วันทำการ|วัน|สัปดาห์|อาทิตย์|เดือน)")
_BEFORE = re.compile(r"^(?:ภายในวันที่|ภายในเดือน|ภายใน|ไม่เกิน|ประมาณ|ช่วงเดือน|ช่วง|วันที่)\s*")
_LABEL = re.compile(r"^(?P<label>[^:]{1,60}?)\s*:\s*(?P<rest>.+)$")
_WHOLE_YEAR = {"ตลอดปี", "ตลอดทั้งปี", "ตลอดปีงบประมาณ", "ทั้งปี"}
UNITS = {
    "วันทำการ": DurationUnit.WORKING_DAYS,
    "วัน": DurationUnit.WORKING_DAYS,
    "สัปดาห์": DurationUnit.WEEKS,
    "อาทิตย์": DurationUnit.WEEKS,
    "เดือน": DurationUnit.MONTHS,
}


@dataclass
class ReadTime:
    """What a cell of the time column says.

    `windows` is empty when it was not understood; `is_guess` when something was added to the
    words; `drops_words` when some of them are in no window, so that they must be kept beside it.
    """

    text: str
    windows: list[WindowData] = field(default_factory=list)
    is_guess: bool = False
    drops_words: bool = False
    # B.E. fiscal years of the months that name a year.
    years: list[int] = field(default_factory=list)


def read_times(text: str, year: int | None) -> ReadTime:
    """Return the windows that the words of a cell mean, one for each line.

    `year` is the B.E. fiscal year the SOP was written for; months that name a year become dated
    windows counted from it. Either all lines are understood or none.
    """
    read = ReadTime(text)
    for line in text.split("\n"):
        line = normalize(to_arabic_digits(line)).strip(" .,;")
        if not line:
            continue
        label, words = _label(line)
        window = _read_line(words, year, read)
        if window is None:
            return ReadTime(text, years=read.years)
        window.label = label
        read.windows.append(window)
    return read


def likely_year(texts: list[str]) -> int | None:
    """Return the B.E. fiscal year in which most of the named months lie, or None."""
    years = Counter(year for text in texts for year in read_times(text, None).years)
    return max(years, key=lambda year: (years[year], year)) if years else None


def _label(line: str) -> tuple[str, str]:
    found = _LABEL.match(line)
    return (found["label"].strip(), found["rest"].strip()) if found else ("", line)


def _read_line(words: str, year: int | None, read: ReadTime) -> WindowData | None:
    bare = _BEFORE.sub("", words)
    read.drops_words |= bare != words
    if bare in _WHOLE_YEAR:
        read.is_guess = read.drops_words = True
        return WindowData(WindowKind.MONTHS, start_month=0, end_month=YEAR - 1)
    if found := _DURATION.fullmatch(bare):
        return _duration(found, read)
    if found := _DAYS.fullmatch(bare) or _RANGE.fullmatch(bare):
        return _months(found.groupdict(), year, read)
    return None


def _duration(found: re.Match, read: ReadTime) -> WindowData | None:
    number = int(found[1])
    if not number:
        return None
    if found[2] == "วัน":  # days are counted as working days
        read.is_guess = True
    return WindowData(WindowKind.DURATION, duration=number, duration_unit=UNITS[found[2]])


def _months(found: dict[str, str | None], year: int | None, read: ReadTime) -> WindowData | None:
    first = MONTH_NUMBERS[found["month1"]]
    last = MONTH_NUMBERS[found["month2"]] if found.get("month2") else first
    if found.get("day1") or found.get("day2"):
        read.drops_words = True
    first_year, last_year = _be(found.get("year1")), _be(found.get("year2"))
    if first_year or last_year:
        return _dated(first, first_year, last, last_year, year, read, bool(found.get("month2")))
    start, end = _place(first), _place(last)
    if end < start:  # runs on into the next fiscal year
        end += YEAR
        read.is_guess = True
    return WindowData(WindowKind.MONTHS, start_month=start, end_month=end)


def _dated(first, first_year, last, last_year, year, read: ReadTime, is_range) -> WindowData | None:
    if not last_year:
        last_year = first_year + (1 if is_range and last < first else 0)
    if not first_year:
        first_year = last_year - (1 if first > last else 0)
    for month, be_year in ((first, first_year), (last, last_year)):
        read.years.append(be_year + (1 if month >= FIRST_MONTH else 0))
    start = month_of_year(first_year, first, year or read.years[0])
    end = month_of_year(last_year, last, year or read.years[0])
    if end < start or not -YEAR <= start <= end < 2 * YEAR:
        return None
    return WindowData(WindowKind.DATED, start_month=start, end_month=end)


def _be(text: str | None) -> int:
    return 0 if not text else int(text) if len(text) == 4 else 2500 + int(text)


def _place(month: int) -> int:
    return (month - FIRST_MONTH) % YEAR
