"""What a step's page tells beside the step itself: neighbours, forms, time used, its version."""

import datetime as dt

from django.db.models import Q

from agencies.holidays import holiday_dates
from workflows.enums import SopFileKind, StepStatus
from workflows.models import ProcedureFile, Step
from workflows.sop.times import step_time
from workflows.standard_time import measure, measure_text
from workflows.transitions import step_url


def step_facts(step: Step, today: dt.date) -> dict:
    """Return what the page shows of the step; three queries.

    Keys: time_text, measure_text, phase, downloads (forms of the step, annexes of its SOP),
    papers_in of papers_all, previous and next (step and url, or None), other_version.
    """
    source = step.procedure_step
    documents = list(step.documents.all())
    days = [day for day in (step.started_on, step.due_on, step.done_on, today) if day]
    holidays = holiday_dates(step.cycle.agency, min(days), max(days))
    return {
        "time_text": step_time(source, source.version.written_for_year),
        "measure_text": measure_text(measure(step, holidays, today)),
        "phase": source.get_phase_display(),
        "downloads": downloads_of(step),
        "papers_in": sum(1 for slot in documents if slot.file_id),
        "papers_all": len(documents),
        "other_version": source.version if source.version_id != step.cycle.version_id else None,
        **neighbours(step),
    }


def downloads_of(step: Step) -> list[ProcedureFile]:
    """Return the forms and annexes of the SOP's step, and the annexes of the whole SOP."""
    source = step.procedure_step
    files = ProcedureFile.objects.filter(
        Q(step=source) | Q(step=None, kind=SopFileKind.ANNEX), version=source.version_id
    ).select_related("file")
    return sorted(files, key=lambda row: (row.step_id is None, row.order, row.pk))


def neighbours(step: Step) -> dict:
    """Return the steps before and after this one in its cycle. One query."""
    found = {}
    rows = Step.objects.filter(
        cycle=step.cycle_id, number__in=[step.number - 1, step.number + 1]
    ).only("number", "title", "status", "cycle")
    for row in rows:
        row.cycle = step.cycle
        key = "previous" if row.number < step.number else "next"
        found[key] = {"step": row, "url": step_url(row), "is_done": row.status == StepStatus.DONE}
    return {"previous": found.get("previous"), "next": found.get("next")}
