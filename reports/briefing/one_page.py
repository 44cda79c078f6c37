"""สรุปสำหรับผู้บริหาร: the year on exactly one page, as the record stands today.

Own figures and announced ones stand in boxes of their own and are never put together. What the
lists show is counted in lines before drawing (`clipping`), so that the page is full, not over.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.enums import RoundStatus
from assessments.models import WHOLE_YEAR, IndicatorValue, OfficialResult
from assessments.rounds.words import round_label
from core import clock
from core.drawing.radar import Series, radar_svg
from core.thai_dates import format_short
from core.thai_numerals import plain_decimal
from core.thai_text import shown_length
from documents.paper_digits import uses_thai_digits
from improvement.enums import ActionStatus
from improvement.models import Action
from reports.award.readiness import to_two
from reports.briefing.clipping import Clipped, clip_text, fit_rows, lines_of
from reports.briefing.spark import spark_svg
from reports.dashboards.action_lines import action_lines
from reports.dashboards.director import opened
from reports.dashboards.indicator_lines import IndicatorLine, indicator_lines, states
from reports.dashboards.money import budget
from reports.dashboards.red import red_items
from reports.dashboards.score_now import score_now
from reports.dashboards.the_year import TheYear, the_year
from workflows.award_stages import stages_in
from workflows.enums import StepStatus
from workflows.models import Cycle

ANNOUNCED, BEST, TREND_YEARS = 2, 5, 3
# Letters of an indicator in its column, and how many it has at most; a longer figure is small.
RESULT_LETTERS, LONG_RESULT, LONGEST_FIGURE = 38, 74, 8
LONG_TITLE, LONG_OWNER, LONG_TEXT = 90, 40, 200
# Heights in mm: the sheet, what stands on every page, one announcement, the radar, the results.
SHEET, HEAD, ANNOUNCEMENT, RADAR, RESULTS_HEAD = 268, 61, 6, 58, 19
# A heading of a list in lines.
HEADING = 1.5


@dataclass(frozen=True)
class Size:
    """A size of the lists: its class in the styles, a line in mm, the letters of a column."""

    name: str
    line: float
    letters: int


SIZES = (Size("large", 6.53, 39), Size("usual", 5.65, 45))


def page_context(cycle: Cycle) -> dict:
    """Return what the page prints; the queries do not grow with items, actions or indicators."""
    year = the_year(cycle.agency, cycle.fiscal_year)
    actions, indicators = action_lines(year), indicator_lines(year)
    score, state = score_now(year)
    money = budget(actions, opened(year))
    announced, best = _announced(cycle), _best(indicators, year)
    room = SHEET - HEAD - ANNOUNCEMENT * max(1, len(announced))
    room -= (RADAR if state else 8) + _height_of(best)
    return {
        "agency": cycle.agency,
        "year": cycle.fiscal_year,
        "years": _years(year),
        "today": year.today,
        "round": round_label(year.round) if year.round else "",
        "score": score,
        "categories": _categories(state) if state else [],
        "radar": _radar(state, cycle) if state else "",
        "announced": announced,
        "actions": {"all": len(actions), "done": sum(row.is_done for row in actions)},
        "indicators": states(indicators),
        "best": best,
        "money": money,
        "spent_percent": _percent(money.spent, money.total),
        **_lists(cycle, year, red_items(year, actions, indicators), room),
    }


def _years(year: TheYear) -> list[int]:
    return list(range(year.year - TREND_YEARS + 1, year.year + 1))


def _categories(state) -> list[dict]:
    """Return each category with its own score in per cent of its full points."""
    return [
        {
            "number": row.number,
            "title": row.category_assessment.category.title_th,
            "percent": _percent(row.score, row.maximum or state.edition.total_points),
        }
        for row in state.categories
    ]


def _percent(part, whole) -> Decimal | None:
    if part is None or not whole:
        return None
    return to_two(Fraction(part) * 100 / Fraction(whole))


def _radar(state, cycle: Cycle) -> str:
    rows = _categories(state)
    return radar_svg(
        [row["number"] for row in rows],
        [Series(str(cycle.fiscal_year), [float(row["percent"] or 0) for row in rows])],
        100,
        title=f"ผลการประเมินตนเองรายหมวด ปีงบประมาณ พ.ศ. {cycle.fiscal_year} (ร้อยละ)",
        for_print=True,
        thai_digits=uses_thai_digits(cycle.agency),
    )


def _announced(cycle: Cycle) -> list[OfficialResult]:
    rows = OfficialResult.objects.filter(agency=cycle.agency, fiscal_year=cycle.fiscal_year)
    return list(rows.order_by("body", "pk")[:ANNOUNCED])


def _best(indicators: list[IndicatorLine], year: TheYear) -> list[dict]:
    """Return the indicators that met their target, the longest known first; 1 query."""
    met = {line.pk: line for line in indicators if line.meets_target}
    values: dict[int, dict[int, Decimal]] = {}
    known = IndicatorValue.objects.filter(
        indicator__in=met, months=WHOLE_YEAR, fiscal_year__in=_years(year), value__isnull=False
    )
    for pk, number, value in known.order_by("pk").values_list("indicator", "fiscal_year", "value"):
        values.setdefault(pk, {})[number] = value
    rows = sorted(met.values(), key=lambda line: -len(values.get(line.pk, ())))
    return [_result(line, values.get(line.pk, {}), year) for line in rows[:BEST]]


def _result(line: IndicatorLine, values: dict[int, Decimal], year: TheYear) -> dict:
    points = [(number, values.get(number)) for number in _years(year)]
    points[-1] = (year.year, line.value)
    return {
        "name": clip_text(f"{line.name} ({line.unit})", LONG_RESULT),
        "is_lower": line.is_lower_better,
        "figures": [_figure(value) for value in (*(value for _year, value in points), line.target)],
        "spark": spark_svg(points, line.target, line.name),
    }


def _figure(value: Decimal | None) -> dict:
    shown = "–" if value is None else plain_decimal(value, commas=True)
    return {"shown": shown, "is_wide": len(shown) > LONGEST_FIGURE}


def _height_of(best: list[dict]) -> float:
    lines = sum(-(-shown_length(row["name"]) // RESULT_LETTERS) for row in best)
    return RESULTS_HEAD + 5.3 * lines + 1.8 * len(best) if best else 0


def _lists(cycle: Cycle, year: TheYear, red: list, room: float) -> dict:
    """Return what the two columns below show, in the larger size where all of it fits."""
    red_rows, dates = _red(red), _dates(cycle, year)
    done, steps = _improved(cycle), _steps(cycle)
    for size in SIZES:
        lines = room / size.line
        urgent, improved = _both([row["said"] for row in red_rows], done, lines, size)
        due, course = _both(dates, steps, lines, size)
        if not any(found.more for found in (urgent, improved, due, course)):
            break
    return {
        "size": size.name,
        "red": Clipped(red_rows[: len(urgent.rows)], urgent.more),
        "improved": improved,
        "dates": due,
        "steps": course,
    }


def _both(first: list[str], second: list[str], lines: float, size: Size) -> tuple:
    """Fit two lists one below the other; the first leaves the second at least a third."""
    needs = HEADING + lines_of([(text,) for text in second], size.letters) if second else 0
    above = max(lines - needs, lines * 2 / 3) - HEADING
    upper = fit_rows([(text,) for text in first], above, size.letters, LONG_TEXT)
    used = HEADING + max(1, lines_of(upper.rows, size.letters) + bool(upper.more))
    left = lines - used - HEADING
    return upper, fit_rows([(text,) for text in second], left, size.letters, LONG_TEXT)


def _red(items: list) -> list[dict]:
    """Return the red items; `said` is all that is printed of one."""
    rows = []
    for item in items:
        kind = "กิจกรรม" if item.is_action else "ตัวชี้วัด"
        title, owner = clip_text(item.title, LONG_TITLE), clip_text(item.owner, LONG_OWNER)
        word = "เลยกำหนด" if item.is_overdue else "ต่ำกว่าแผน"
        row = {"kind": kind, "title": title, "owner": owner, "word": word}
        row |= {"days": item.days, "share": item.share}
        rows.append(row | {"said": f"{word} {kind} {title} {owner} · ร้อยละ 00.00"})
    return rows


def _improved(cycle: Cycle) -> list[str]:
    """Return the actions of the plan that were done, with what came of them; 1 query."""
    rows = Action.objects.filter(plan__cycle=cycle, status=ActionStatus.DONE)
    return [
        f"{row.title}{f' ({format_short(row.done_on)})' if row.done_on else ''}"
        f"{f' ผล: {clip_text(row.outcome, 120)}' if row.outcome else ''}"
        for row in rows.order_by("order", "pk")
    ]


def _steps(cycle: Cycle) -> list[str]:
    return [f"{step.number}. {step.title} – {_state_of(step)}" for step in cycle.steps.all()]


def _state_of(step) -> str:
    if step.status == StepStatus.DONE:
        return f"แล้วเสร็จ {format_short(step.done_on)}"
    due = f" กำหนด {format_short(step.due_on)}" if step.due_on else ""
    running = step.status == StepStatus.IN_PROGRESS
    return f"{'กำลังดำเนินการ' if running else 'ยังไม่เริ่ม'}{due}"


def _dates(cycle: Cycle, year: TheYear) -> list[str]:
    """Return what is due from today on: steps, rounds, stages of the award; soonest first."""
    today = clock.today()
    found: list[tuple[dt.date, str]] = []
    steps = cycle.steps.exclude(status=StepStatus.DONE).filter(due_on__gte=today)
    found += [(step.due_on, f"ขั้นตอนที่ {step.number} {step.title}") for step in steps]
    found += [
        (row.due_on, f"รายงาน{round_label(row)}")
        for row in year.rounds
        if row.due_on >= today and row.status in (RoundStatus.PLANNED, RoundStatus.OPEN)
    ]
    stages = stages_in(cycle.agency, cycle.fiscal_year).filter(ends_on__gte=today)
    found += [(row.ends_on, f"{row.award} {row.title}") for row in stages]
    return [f"{format_short(day)} {words}" for day, words in sorted(found)]
