"""Which rows of workflows somebody may see: those of the person's own offices."""

from django.db.models import QuerySet

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from workflows.models import (
    AwardStage,
    Cycle,
    Manual,
    Procedure,
    ProcedureVersion,
    Process,
    SopLayout,
    Step,
)


def procedures_visible_to(user: User) -> QuerySet[Procedure]:
    return Procedure.objects.filter(agency__in=agencies_visible_to(user))


def versions_visible_to(user: User) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(procedure__agency__in=agencies_visible_to(user))


def layouts_visible_to(user: User) -> QuerySet[SopLayout]:
    return SopLayout.objects.filter(agency__in=agencies_visible_to(user))


def manuals_visible_to(user: User) -> QuerySet[Manual]:
    return Manual.objects.filter(agency__in=agencies_visible_to(user))


def processes_visible_to(user: User) -> QuerySet[Process]:
    return Process.objects.filter(agency__in=agencies_visible_to(user))


def cycles_visible_to(user: User) -> QuerySet[Cycle]:
    return Cycle.objects.filter(agency__in=agencies_visible_to(user))


def steps_visible_to(user: User) -> QuerySet[Step]:
    return Step.objects.filter(cycle__agency__in=agencies_visible_to(user))


def awards_visible_to(user: User) -> QuerySet[AwardStage]:
    return AwardStage.objects.filter(agency__in=agencies_visible_to(user))


def main_cycle(agency: Agency, year: int) -> Cycle | None:
    """Return the office's cycle of the year that carries the self-assessment (the first opened)."""
    return (
        Cycle.objects.filter(agency=agency, fiscal_year=year)
        .select_related("version__procedure")
        .order_by("pk")
        .first()
    )
