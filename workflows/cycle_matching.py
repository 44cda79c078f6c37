"""Which step of a newer SOP version is which step of the running cycle."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from workflows.models import ProcedureStep, Step

# Titles this much alike name the same step, when the numbers in them are equal.
ALIKE = 0.7
_NUMBERS = re.compile(r"\d+")


def matched_steps(
    steps: Iterable[Step], newer: Iterable[ProcedureStep]
) -> dict[int, ProcedureStep]:
    """Return the newer SOP step of each cycle step by the cycle step's key; some have none.

    Equal titles first, in their order; then, of what is left, the most alike titles.
    """
    found: dict[int, ProcedureStep] = {}
    left = list(newer)
    unmatched = []
    for step in sorted(steps, key=lambda step: step.number):
        same = next((row for row in left if _plain(row.title) == _plain(step.title)), None)
        if same is None:
            unmatched.append(step)
        else:
            found[step.pk] = same
            left.remove(same)
    pairs = [(_alike(step, row), step, row) for step in unmatched for row in left]
    for likeness, step, row in sorted(
        pairs, key=lambda pair: (-pair[0], pair[1].number, pair[2].number)
    ):
        if likeness >= ALIKE and step.pk not in found and row in left:
            found[step.pk] = row
            left.remove(row)
    return found


def _plain(title: str) -> str:
    return "".join(title.split())


def _alike(step: Step, row: ProcedureStep) -> float:
    if _NUMBERS.findall(step.title) != _NUMBERS.findall(row.title):
        return 0.0
    matcher = SequenceMatcher(None, _plain(step.title), _plain(row.title), autojunk=False)
    # The quick ratios are upper bounds: most pairs need no more.
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < ALIKE:
        return 0.0
    return matcher.ratio()
