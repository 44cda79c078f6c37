"""Closing a cycle and opening it again. Of a closed cycle nothing changes any more.

A cycle closes when each of its steps is done, or has a remark that says why it is not.
"""

from collections.abc import Mapping

from django.db import transaction

from agencies.models import User
from approvals.models import TransitionLog
from approvals.transitions import perform
from workflows.models import Cycle, Step
from workflows.steps import note_step


def close_cycle(
    cycle: Cycle, by: User, explanations: Mapping[Step, str] | None = None
) -> TransitionLog:
    """Close the cycle, writing first why steps were not done; all of it or nothing.

    `explanations` are remarks by step, as it was seen. Raises what `perform` raises;
    RequirementsMissing names the steps that are neither done nor explained.
    """
    with transaction.atomic():
        for step, remark in (explanations or {}).items():
            if remark.strip() != step.remark:
                note_step(step, by, remark, step.version)
        return perform(cycle, "close", by)


def reopen_cycle(cycle: Cycle, by: User, reason: str) -> TransitionLog:
    """Take a closed cycle back into work; the reason is kept in the log."""
    return perform(cycle, "reopen", by, comment=reason)
