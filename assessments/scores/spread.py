"""How far members' scores lie apart: least, most, mean, and the lines they answer differently."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments import scoring
from assessments.enums import Answer
from assessments.models import ItemScore


@dataclass(frozen=True)
class Spread:
    """Figures over the scores handed in; None where no sheet has a score."""

    count: int
    least: Decimal | None
    most: Decimal | None
    mean: Decimal | None

    @property
    def width(self) -> Decimal | None:
        return None if self.most is None else self.most - self.least


@dataclass(frozen=True)
class Votes:
    """How many members answered a line yes and no."""

    yes: int
    no: int

    @property
    def differ(self) -> bool:
        return bool(self.yes and self.no)

    @property
    def agreed(self) -> str:
        """Return the answer that all gave; "" where they differ or nobody answered."""
        if self.differ or not (self.yes or self.no):
            return ""
        return Answer.YES if self.yes else Answer.NO


def spread_of(scores: Sequence[Decimal | None]) -> Spread:
    """Return the figures; the mean is rounded once, to 5 decimals."""
    known = [score for score in scores if score is not None]
    middle = scoring.mean(known)
    return Spread(
        len(scores),
        min(known, default=None),
        max(known, default=None),
        None if middle is None else scoring.to_five(middle),
    )


def votes_by_line(members: Sequence[ItemScore], codes: Sequence[str]) -> dict[str, Votes]:
    """Return line code → votes of the sheets given."""
    return {
        code: Votes(
            sum(row.lines.get(code) == Answer.YES for row in members),
            sum(row.lines.get(code) == Answer.NO for row in members),
        )
        for code in codes
    }
