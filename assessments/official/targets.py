"""The total an office wants announced in a year, and whether it was met and by how much."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, User
from assessments.models import OfficialResult, OfficialTarget
from assessments.official.checks import five, signed
from documents.revisions import NotEditable


@dataclass(frozen=True)
class Met:
    """A target beside the announced total: `by` is how much the total lies above it."""

    target: Decimal
    by: Decimal

    @property
    def is_met(self) -> bool:
        return self.by >= 0

    @property
    def words(self) -> str:
        given = {"target": five(self.target), "by": signed(self.by)}
        if self.is_met:
            return _("Target %(target)s met (%(by)s)") % given
        return _("Target %(target)s not met (%(by)s)") % given


def targets_of(agency: Agency) -> dict[tuple[int, str], Decimal]:
    """Return (year, scale) → target; one query."""
    rows = OfficialTarget.objects.filter(agency=agency)
    return {(row.fiscal_year, row.scale): row.target for row in rows}


def met(result: OfficialResult, targets: dict[tuple[int, str], Decimal]) -> Met | None:
    """Return how the announced total stands to the year's target on the same scale."""
    target = targets.get((result.fiscal_year, result.scale))
    if target is None or result.total is None:
        return None
    return Met(target, result.total - target)


def set_target(
    agency: Agency, year: int, scale: str, target: Decimal | None, *, version: int, by: User
) -> None:
    """Keep the target of the year and scale; None takes it away.

    `version` is what was read, 0 where there was none. Raises NotEditable when somebody else set
    it in the meantime; then nothing is written.
    """
    try:
        with transaction.atomic():
            audit.record(
                agency,
                by,
                "official.target",
                agency,
                summary=f"{year} ({scale}): {'–' if target is None else five(target)}",
            )
            _write(agency, year, scale, target, version)
    except IntegrityError as error:
        raise NotEditable from error


def _write(agency: Agency, year: int, scale: str, target: Decimal | None, version: int) -> None:
    names = {"agency": agency, "fiscal_year": year, "scale": scale}
    rows = OfficialTarget.objects.filter(**names, version=version)
    if target is None:
        if version and not rows.delete()[0]:
            raise NotEditable
    elif version:
        if not rows.update(target=target, version=F("version") + 1):
            raise NotEditable
    else:
        OfficialTarget.objects.create(**names, target=target)
