"""What follows on a cycle: the SOP's version in use now, and the cycle of the next year."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from agencies.models import User
from workflows.enums import IN_WORK, CycleStatus, VersionStatus
from workflows.models import Cycle, ProcedureVersion
from workflows.permissions import can_update_cycle
from workflows.transitions import cycle_url


@dataclass(frozen=True)
class Following:
    """next_url opens the next year from the version in use, or shows the year already open.

    in_work: the SOP's version that somebody works on. newer: the version in use, where the open
    cycle runs another.
    """

    next_year: int
    next_url: str
    is_open: bool
    in_work: ProcedureVersion | None
    newer: ProcedureVersion | None


def following_of(cycle: Cycle) -> Following:
    """Return what follows on the cycle; two queries."""
    year, procedure = cycle.fiscal_year + 1, cycle.version.procedure_id
    versions = list(
        ProcedureVersion.objects.filter(
            procedure=procedure, status__in=[VersionStatus.IN_USE, *IN_WORK]
        )
    )
    version = next((row for row in versions if row.status == VersionStatus.IN_USE), None)
    in_work = next((row for row in versions if row.status in IN_WORK), None)
    is_open = Cycle.objects.filter(version__procedure=procedure, fiscal_year=year).exists()
    place = {"agency_code": cycle.agency.code, "year": year}
    if is_open:
        url = reverse("workflows:calendar", kwargs=place)
    elif version:
        url = reverse("workflows:cycle-open", kwargs=place) + "?" + urlencode({"sop": version.pk})
    else:
        url = ""
    return Following(year, url, is_open, in_work, _newer(cycle, version))


def cycle_links(user: User, cycles: list[Cycle]) -> list[dict]:
    """Return what the calendar offers of each of the year's cycles: its record, a newer version.

    One query at any number of cycles.
    """
    in_use = versions_in_use(cycles)
    return [
        {
            "cycle": cycle,
            "url": cycle_url(cycle),
            "is_closed": cycle.status == CycleStatus.CLOSED,
            "newer": _newer(cycle, in_use.get(cycle.version.procedure_id))
            if can_update_cycle(user, cycle)
            else None,
        }
        for cycle in cycles
    ]


def versions_in_use(cycles: Iterable[Cycle]) -> dict[int, ProcedureVersion]:
    """Return the version in use of each cycle's SOP by the SOP's key; one query."""
    procedures = {cycle.version.procedure_id for cycle in cycles}
    rows = ProcedureVersion.objects.filter(
        procedure__in=procedures, status=VersionStatus.IN_USE
    ).order_by("pk")
    return {version.procedure_id: version for version in rows}


def _newer(cycle: Cycle, version: ProcedureVersion | None) -> ProcedureVersion | None:
    if version is None or cycle.status != CycleStatus.OPEN or version.pk == cycle.version_id:
        return None
    return version
