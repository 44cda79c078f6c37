"""The matrix of impact and effort: where a point lies, and what the place advises.

Both are 1 (low) to 5 (high), 0 = not placed. Impact from 3 on counts as high; effort up to 3
counts as low. High impact with low effort: do at once; high with high: a large project; low with
low: when there is time; low with high: think again (the common four quadrants of a priority
matrix, as planning handbooks draw it).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from agencies.models import User
from documents.revisions import NotEditable, Saved, save_text
from improvement.enums import Quadrant
from improvement.models import PlanPoint
from improvement.planning import OPEN_PLAN, PlanLocked, claim_open

LEVELS = range(1, 6)
HIGH_IMPACT = 3
LOW_EFFORT = 3


def quadrant(impact: int | None, effort: int | None) -> Quadrant | None:
    """Return what the place advises; None for a point that is not placed."""
    if not impact or not effort:
        return None
    if impact >= HIGH_IMPACT:
        return Quadrant.NOW if effort <= LOW_EFFORT else Quadrant.PROJECT
    return Quadrant.SPARE if effort <= LOW_EFFORT else Quadrant.RETHINK


@dataclass
class Cell:
    """One field of the matrix with its points."""

    impact: int
    effort: int
    points: list = field(default_factory=list)

    @property
    def quadrant(self) -> Quadrant:
        return quadrant(self.impact, self.effort)


def grid(points: Iterable[PlanPoint]) -> list[list[Cell]]:
    """Return the rows of the matrix, highest impact first, lowest effort left."""
    cells = {(i, e): Cell(i, e) for i in LEVELS for e in LEVELS}
    for point in points:
        if point.impact and point.effort:
            cells[point.impact, point.effort].points.append(point)
    return [[cells[impact, effort] for effort in LEVELS] for impact in reversed(LEVELS)]


def place(
    point: PlanPoint, impact: int | None, effort: int | None, version: int, by: User
) -> Saved:
    """Put the point into the matrix (None, None takes it out) by one conditional UPDATE.

    Raises documents.revisions.SaveConflict when somebody moved it since `version`, NotEditable
    when the plan is locked.
    """
    with transaction.atomic():
        try:
            claim_open(point.plan)
        except PlanLocked as error:
            raise NotEditable from error
        return save_text(
            point,
            {"impact": impact, "effort": effort},
            version=version,
            by=by,
            agency=point.plan.agency,
            editable=OPEN_PLAN,
        )
