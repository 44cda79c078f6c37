"""สรุปสำหรับผู้บริหาร: the year on exactly one page, as the record stands today.

Own figures and announced ones stand in boxes of their own and are never put together.
"""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from assessments.enums import RoundStatus
from assessments.models import OfficialResult
from assessments.rounds.words import round_label
from core import clock
from core.drawing.radar import Series, lines_of, radar_svg
from documents.paper_digits import uses_thai_digits
from reports.award.readiness import to_two
from reports.briefing.clipping import clip_list, clip_text
from reports.dashboards.action_lines import action_lines
from reports.dashboards.director import opened
from reports.dashboards.indicator_lines import indicator_lines, states
from reports.dashboards.money import budget
from reports.dashboards.red import red_items
from reports.dashboards.score_now import score_now
from reports.dashboards.the_year import the_year
from workflows.award_stages import stages_in
from workflows.enums import StepStatus
from workflows.models import Cycle

RED, DATES, RESULTS = 6, 6, 2
LONG_TITLE, LONG_OWNER, LONG_DATE = 62, 34, 60


def page_context(cycle: Cycle) -> dict:
    """Return what the page prints; the queries do not grow with items, actions or indicators."""
    year = the_year(cycle.agency, cycle.fiscal_year)
    actions, indicators = action_lines(year), indicator_lines(year)
    score, state = score_now(year)
    money = budget(actions, opened(year))
    return {
        "agency": cycle.agency,
        "year": cycle.fiscal_year,
        "today": year.today,
        "round": round_label(year.round) if year.round else "",
        "score": score,
        "categories": _categories(state) if state else [],
        "radar": _radar(state, cycle) if state else "",
        "announced": _announced(cycle),
        "actions": {"all": len(actions), "done": sum(row.is_done for row in actions)},
        "indicators": states(indicators),
        "money": money,
        "spent_percent": _percent(money.spent, money.total),
        "red": _red(red_items(year, actions, indicators)),
        "dates": clip_list(_dates(cycle, year), DATES),
    }


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
        names={row["number"]: "\n".join(lines_of(row["title"], 21)) for row in rows},
        for_print=True,
        thai_digits=uses_thai_digits(cycle.agency),
    )


def _announced(cycle: Cycle) -> list[OfficialResult]:
    rows = OfficialResult.objects.filter(agency=cycle.agency, fiscal_year=cycle.fiscal_year)
    return list(rows.order_by("body", "pk")[:RESULTS])


def _red(items: list):
    found = clip_list(items, RED)
    rows = [
        {
            "kind": "กิจกรรม" if item.is_action else "ตัวชี้วัด",
            "title": clip_text(item.title, LONG_TITLE),
            "owner": clip_text(item.owner, LONG_OWNER),
            "word": "เลยกำหนด" if item.is_overdue else "ต่ำกว่าแผน",
            "days": item.days,
            "share": item.share,
        }
        for item in found.rows
    ]
    return {"rows": rows, "more": found.more}


def _dates(cycle: Cycle, year) -> list[dict]:
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
    return [{"day": day, "words": clip_text(words, LONG_DATE)} for day, words in sorted(found)]
