"""เอกสารประกอบการประชุม: everything a committee reads before it meets, as one book.

Agenda, the minutes to confirm, where the year stands, and the papers laid on the table.
"""

from typing import Any

from assessments.models import Assessment
from assessments.overview import Scale
from assessments.progress import load
from committees import roles
from committees.meetings import agendas
from committees.meetings import papers_words as words
from committees.meetings.numbering import number_words
from committees.meetings.papers_agenda import agenda_context
from committees.meetings.papers_minutes import minutes_context
from committees.models import Meeting, Minutes
from core import clock
from core.thai_text import wrap_protected
from improvement.enums import ActionStatus
from improvement.models import Action, ImprovementPlan
from improvement.queries import actions_of, totals
from reports.application_report import PLAN_WORDS
from reports.meeting_pack_files import attached_to, page_id, printed_pages
from workflows.calendar import load_rows
from workflows.models import Cycle
from workflows.queries import main_cycle

SETTLED_WORDS = {ActionStatus.DONE: "แล้วเสร็จ", ActionStatus.CANCELLED: "ยกเลิก"}


def pack_title(meeting: Meeting) -> str:
    """Return the Thai title of the meeting's papers in one book."""
    return f"เอกสารประกอบ{words.gathering(meeting)} {number_words(meeting)}".strip()


def pack_context(meeting: Meeting) -> dict[str, Any]:
    """Return everything that the pack prints; the number of queries is fixed."""
    digits = words.digits_of(meeting.agency)
    today = clock.today()
    cycle = main_cycle(meeting.agency, meeting.fiscal_year)
    attached = attached_to(meeting, agendas.numbered(meeting))
    head = words.head_lines(meeting, words.gathering(meeting))
    return {
        "agency": meeting.agency,
        "year": meeting.fiscal_year,
        "cover": [wrap_protected(digits(line), 44, ("ภาครัฐ",)) for line in head],
        "read_on": words.long_day(today),
        "agenda": agenda_context(meeting),
        "previous": _previous(meeting),
        "steps": _steps(meeting, today),
        **_assessment(meeting, cycle),
        **_plan(cycle, today),
        "attached": [
            {"title": digits(f"{row.words} {row.paper.title}"), "page": page_id(row, 1)}
            for row in attached
        ],
        "attached_pages": printed_pages(meeting, attached, digits),
    }


def _previous(meeting: Meeting) -> dict | None:
    """Return the minutes that this meeting confirms, for print; None where there are none."""
    earlier = meeting.previous
    if earlier is None or not Minutes.objects.filter(meeting=earlier).exists():
        return None
    title = f"รายงาน{words.gathering(earlier)} {number_words(earlier)}".strip()
    return {"title": words.digits_of(meeting.agency)(title), "minutes": minutes_context(earlier)}


def _steps(meeting: Meeting, today) -> list[dict]:
    """Return the year's cycles with the state of their steps."""
    groups, _resolver = load_rows(meeting.agency, meeting.fiscal_year, today)
    return [
        {
            "name": group.cycle.version.procedure.name,
            "done": group.done,
            "rows": group.rows,
        }
        for group in groups
        if not group.is_of_other_year
    ]


def _assessment(meeting: Meeting, cycle: Cycle | None) -> dict[str, Any]:
    """Return the categories with their scores, and the indicators with what they reached."""
    rows = Assessment.objects.filter(cycle=cycle).select_related("edition", "cycle__agency")
    assessment = rows.first() if cycle else None
    if assessment is None:
        return {"categories": [], "indicators": [], "total": None, "maximum": None, "edition": ""}
    state = load(assessment)[assessment.pk]
    scale = Scale.of(state.edition)
    champions = roles.champions(meeting.agency, meeting.fiscal_year)
    return {
        "edition": state.edition.title_th,
        "maximum": scale.maximum,
        "total": scale.shown(state.total),
        "categories": [
            {
                "number": row.number,
                "title": row.category_assessment.category.title_th,
                "champion": champions.get(row.number),
                "status": row.category_assessment.get_status_display(),
                "written": row.written,
                "items": len(row.items),
                "score": scale.shown(row.score),
                "maximum": None if row.maximum is None else row.maximum / scale.divisor,
            }
            for row in state.categories
        ],
        "indicators": [
            {
                "code": item.answer.item.code,
                "name": scored.indicator.name,
                "unit": scored.indicator.unit,
                "target": scored.indicator.target,
                "value": scored.value,
                "percent": scored.result.success_pct,
                "score": scored.result.score,
            }
            for item in state.items
            for scored in item.indicators
        ],
    }


def _plan(cycle: Cycle | None, today) -> dict[str, Any]:
    """Return the improvement plan's actions, each with where it stands by its days."""
    plan = ImprovementPlan.objects.filter(cycle=cycle).first() if cycle else None
    if plan is None:
        return {"plan_status": "", "actions": [], "totals": None}
    actions = [{"action": row, "stands": _stands(row, today)} for row in actions_of(plan)]
    return {"plan_status": PLAN_WORDS[plan.status], "actions": actions, "totals": totals(plan)}


def _stands(action: Action, today) -> str:
    if action.status in SETTLED_WORDS:
        return SETTLED_WORDS[action.status]
    if today < action.starts_on:
        return "ยังไม่ถึงกำหนดเริ่ม"
    return "อยู่ในระยะเวลา" if today <= action.ends_on else "สิ้นสุดระยะเวลาแล้ว"
