"""Windows of an SOP in Thai words, as its printed table and the screen show them."""

from core import thai_dates
from workflows.enums import DurationUnit, WindowKind
from workflows.models import ProcedureStep, ProcedureWindow
from workflows.sop.data import year_and_month

UNIT_WORDS = {
    DurationUnit.WORKING_DAYS: "วัน",
    DurationUnit.WEEKS: "สัปดาห์",
    DurationUnit.MONTHS: "เดือน",
}
ANY_YEAR = 2570


def window_words(window: ProcedureWindow, written_for_year: int | None) -> list[str]:
    """Return the window's words in parts that a line break must not cut.

    “มีนาคม–ธันวาคม” of a window without a year, “ธันวาคม 2564–มกราคม 2565” of a dated one,
    “2 สัปดาห์” of a duration; nothing for an undated one. The label is not part of it.
    """
    if window.kind == WindowKind.DURATION:
        return [f"{window.duration} {UNIT_WORDS[window.duration_unit]}"]
    if window.start_month is None or window.end_month is None:
        return []
    # The year matters for dated windows only; any year gives the month of an undated one.
    year = written_for_year if window.kind == WindowKind.DATED else None
    first_year, first = year_and_month(window.start_month, year or ANY_YEAR)
    last_year, last = year_and_month(window.end_month, year or ANY_YEAR)
    end = thai_dates.MONTHS[last - 1] + (f" {last_year}" if year else "")
    if window.start_month == window.end_month:
        return [end]
    tells_year = year and first_year != last_year
    start = thai_dates.MONTHS[first - 1] + (f" {first_year}" if tells_year else "")
    return [f"{start}–", end]


def window_text(window: ProcedureWindow, written_for_year: int | None) -> str:
    """Return label and words of a window on one line."""
    words = "".join(window_words(window, written_for_year))
    return " ".join(part for part in (window.label, words) if part)


def step_time(step: ProcedureStep, written_for_year: int | None) -> str:
    """Return all of a step's time, one line a window; the printed words win when given."""
    if step.time_text:
        return step.time_text
    return "\n".join(window_text(window, written_for_year) for window in step.windows.all())
