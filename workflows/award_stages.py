"""The stages of an award in a fiscal year: dates that others set, so nothing ever moves them.

The officer writes, corrects and removes them, and may begin from last year's: the same stages a
year later, to be put right one by one when the new dates are announced.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from agencies import audit
from agencies.audit import canonical_hash
from agencies.models import Agency, User
from approvals.transitions import AlreadyChanged
from core import fiscal_year as fiscal
from workflows.dates import add_months
from workflows.models import AwardStage
from workflows.permissions import can_edit_awards

FIELDS = ("award", "title", "starts_on", "ends_on", "note")


@dataclass(frozen=True)
class Copy:
    """A stage of last year beside the days it would get."""

    stage: AwardStage
    starts_on: dt.date
    ends_on: dt.date


def stages_in(agency: Agency, year: int) -> QuerySet[AwardStage]:
    """Return the year's stages, and those of other years that reach into it."""
    first, last = fiscal.first_day(year), fiscal.last_day(year)
    own = AwardStage.objects.filter(agency=agency, fiscal_year=year)
    reaching = AwardStage.objects.filter(agency=agency, starts_on__lte=last, ends_on__gte=first)
    return (own | reaching).order_by("starts_on", "pk")


def mark_of(stage: AwardStage) -> str:
    """Return a mark of the stage as it was read."""
    return canonical_hash(_values(stage))


def add_stage(agency: Agency, year: int, by: User, **fields) -> AwardStage:
    """Add a stage to the year."""
    _refuse_others(by, agency)
    with transaction.atomic():
        stage = AwardStage.objects.create(agency=agency, fiscal_year=year, **fields)
        audit.record(agency, by, "award.add", stage, summary=str(stage), after=_values(stage))
    return stage


def change_stage(stage: AwardStage, by: User, *, seen: str, **fields) -> AwardStage:
    """Write the stage anew; AlreadyChanged when it is no longer what `seen` marks."""
    _refuse_others(by, stage.agency)
    stored = AwardStage.objects.get(pk=stage.pk)
    with transaction.atomic():
        rows = AwardStage.objects.filter(pk=stage.pk, **_values(stored))
        if mark_of(stored) != seen or not rows.update(**fields):
            raise AlreadyChanged(stored)
        before, changed = _values(stored), AwardStage.objects.get(pk=stage.pk)
        audit.record(
            stage.agency,
            by,
            "award.edit",
            changed,
            summary=str(changed),
            before=before,
            after=_values(changed),
        )
    return changed


def remove_stage(stage: AwardStage, by: User) -> bool:
    """Remove the stage; False when somebody else had removed it."""
    _refuse_others(by, stage.agency)
    with transaction.atomic():
        removed, _by_model = AwardStage.objects.filter(pk=stage.pk).delete()
        if removed:
            audit.record(
                stage.agency,
                by,
                "award.remove",
                stage,
                summary=str(stage),
                before=_values(stage),
            )
    return bool(removed)


def plan_copies(agency: Agency, year: int) -> list[Copy]:
    """Return last year's stages, a year later, that the year does not have yet."""
    there = {
        (row.award, row.title) for row in AwardStage.objects.filter(agency=agency, fiscal_year=year)
    }
    return [
        Copy(row, add_months(row.starts_on, 12), add_months(row.ends_on, 12))
        for row in AwardStage.objects.filter(agency=agency, fiscal_year=year - 1)
        if (row.award, row.title) not in there
    ]


def copy_stages(agency: Agency, year: int, by: User, chosen: set[int]) -> int:
    """Write the copies of the chosen stages (ids of last year's); returns how many.

    A stage that the year has by now is passed over.
    """
    _refuse_others(by, agency)
    with transaction.atomic():
        copies = [row for row in plan_copies(agency, year) if row.stage.pk in chosen]
        for row in copies:
            AwardStage.objects.create(
                agency=agency,
                fiscal_year=year,
                award=row.stage.award,
                title=row.stage.title,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
            )
        if copies:
            names = "; ".join(str(row.stage) for row in copies)
            audit.record(agency, by, "award.copy", agency, summary=f"{year}: {names}")
    return len(copies)


def _values(stage: AwardStage) -> dict:
    return {name: getattr(stage, name) for name in FIELDS}


def _refuse_others(by: User, agency: Agency) -> None:
    if not can_edit_awards(by, agency):
        raise PermissionDenied
