"""Why the director returned single actions of a plan.

The reasons are typed on the decision page beside each action and stand or fall with the return of
the whole. They show at the actions until the plan is submitted again, and stay as history.
"""

from collections.abc import Callable, Mapping

from django.contrib.contenttypes.models import ContentType

from approvals.models import TransitionLog
from core.thai_text import normalize
from improvement.models import ActionReturn, ImprovementPlan

PREFIX = "action-"
LONGEST = 1000


def read(plan: ImprovementPlan, sent: Mapping[str, str]) -> tuple[str, Callable]:
    """Return the typed reasons as one text ("" for none), and what keeps them with the return."""
    typed = {
        action: normalize(sent.get(f"{PREFIX}{action.pk}", "")).strip()[:LONGEST]
        for action in plan.actions.order_by("order", "pk")
    }
    given = {action: text for action, text in typed.items() if text}
    lines = [f"{action.title}: {text}" for action, text in given.items()]

    def keep(log: TransitionLog) -> None:
        ActionReturn.objects.bulk_create(
            ActionReturn(log=log, action=action, text=text) for action, text in given.items()
        )

    return "\n".join(lines), keep


def reasons_of(plan: ImprovementPlan) -> dict[int, str]:
    """Return action → reason of the plan's last return; two queries."""
    last = TransitionLog.objects.filter(
        content_type=ContentType.objects.get_for_model(plan),
        object_id=plan.pk,
        transition="return_",
    ).first()
    return dict(ActionReturn.objects.filter(log=last).values_list("action", "text")) if last else {}
