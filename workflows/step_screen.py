"""What a step's page tells beside the step itself: neighbours, forms, time used, its version."""

import datetime as dt

from django.db.models import F, FilteredRelation, Q, QuerySet

from agencies.holidays import holiday_dates
from workflows.enums import DurationUnit, SopFileKind, StepStatus
from workflows.models import ProcedureFile, Step
from workflows.sop.times import step_time
from workflows.standard_time import measure, measure_parts, standard_of
from workflows.transitions import step_url

NEIGHBOUR = ("pk", "number", "title", "status")


def step_facts(step: Step, today: dt.date) -> dict:
    """Return what the page shows of the step (of `with_neighbours`); two queries at most.

    Keys: time_text, measure_parts, phase, downloads (forms of the step, annexes of its SOP),
    papers_in of papers_all, previous and next (step and url, or None), other_version.
    """
    source = step.procedure_step
    documents = list(step.documents.all())
    _standard, unit = standard_of(source.windows.all())
    holidays = {}
    if unit == DurationUnit.WORKING_DAYS:
        days = [day for day in (step.started_on, step.due_on, step.done_on, today) if day]
        holidays = holiday_dates(step.cycle.agency, min(days), max(days))
    return {
        "time_text": step_time(source, source.version.written_for_year),
        "measure_parts": measure_parts(measure(step, holidays, today)),
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


def with_neighbours(steps: QuerySet[Step]) -> QuerySet[Step]:
    """Add to each step the keys, titles and states of the steps before and after it."""
    for name, place in (("previous", F("number") - 1), ("next", F("number") + 1)):
        steps = steps.alias(
            **{name: FilteredRelation("cycle__steps", condition=Q(cycle__steps__number=place))}
        ).annotate(**{f"{name}_{field}": F(f"{name}__{field}") for field in NEIGHBOUR})
    return steps


def neighbours(step: Step) -> dict:
    """Return the steps before and after this one (of `with_neighbours`), or None."""
    found = {}
    for name in ("previous", "next"):
        pk, number, title, status = (getattr(step, f"{name}_{field}") for field in NEIGHBOUR)
        row = Step(pk=pk, number=number, title=title, cycle=step.cycle)
        is_done = status == StepStatus.DONE
        found[name] = {"step": row, "url": step_url(row), "is_done": is_done} if pk else None
    return found
