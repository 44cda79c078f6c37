"""Lessons shown where they help: on the page of a year's step."""

from django.db.models import QuerySet

from agencies.models import User
from improvement.models import Lesson
from improvement.practices.permissions import can_note
from improvement.practices.queries import lessons_visible_to
from workflows.models import Step

MOST = 5


def lessons_of_step(step: Step, user: User) -> QuerySet[Lesson]:
    """Return the lessons of the same step in any version of the SOP: number and SOP agree."""
    source = step.procedure_step
    return lessons_visible_to(user).filter(
        agency_id=step.cycle.agency_id,
        procedure_step__version__procedure_id=source.version.procedure_id,
        procedure_step__number=source.number,
    )


def step_panel(step: Step, user: User) -> tuple[str, dict]:
    """Return the panel of the step's lessons; two queries at most."""
    rows = list(lessons_of_step(step, user)[: MOST + 1])
    context = {
        "lessons": rows[:MOST],
        "has_more": len(rows) > MOST,
        "step": step.procedure_step_id,
        "can_note": can_note(user, step.cycle.agency),
    }
    return "practices/_step_panel.html", context
