"""The plan's money over the quarters of a fiscal year: planned, and spent as rounds reported it.

Rounds are cumulative, so what was spent by the end of a quarter is what the round that ends there
says; an action that it does not name keeps what an earlier round said. Without such a round the
quarter has no figure. What a plan did not share out by quarters counts in the sum only.
"""

from dataclasses import dataclass
from decimal import Decimal

from reports.dashboards.action_lines import ActionLine

MONTHS = (3, 6, 9, 12)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Quarter:
    """Money of a quarter: planned in it, planned and spent until its end (None: not reported)."""

    number: int
    months: int
    planned: Decimal
    planned_so_far: Decimal
    spent_so_far: Decimal | None
    # Whether the year has a round that ends with the quarter: its page is the source.
    has_round: bool = False


@dataclass(frozen=True)
class Budget:
    """A year's plan in baht: shared out to quarters or not, and what was spent (None: unknown)."""

    quarters: list[Quarter]
    total: Decimal
    unshared: Decimal
    spent: Decimal | None

    @property
    def has_quarters(self) -> bool:
        return any(row.planned for row in self.quarters)


def budget(lines: list[ActionLine], rounds: set[int]) -> Budget:
    """Return the money of the actions; `rounds` are the months of the rounds that were opened."""
    found, so_far = [], ZERO
    for number, months in enumerate(MONTHS, start=1):
        planned = sum((line.quarters[number - 1] or ZERO for line in lines), ZERO)
        so_far += planned
        spent = spent_until(lines, months) if months in rounds else None
        found.append(Quarter(number, months, planned, so_far, spent, months in rounds))
    unshared = (line.budget for line in lines if all(share is None for share in line.quarters))
    return Budget(
        quarters=found,
        total=sum((line.budget for line in lines), ZERO),
        unshared=sum(unshared, ZERO),
        spent=spent_until(lines, max(rounds, default=0)),
    )


def spent_until(lines: list[ActionLine], months: int) -> Decimal | None:
    """Return the sum of what each action's latest report up to the round says; None of none."""
    latest = [_latest(line, months) for line in lines]
    known = [amount for amount in latest if amount is not None]
    return sum(known, ZERO) if known else None


def _latest(line: ActionLine, months: int) -> Decimal | None:
    said = [at for at, row in line.reports.items() if at <= months and row.spent is not None]
    return line.reports[max(said)].spent if said else None
