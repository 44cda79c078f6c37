"""Actions of the plan shown where they are to change something: on an indicator's page."""

from django.db.models import Q

from agencies.models import User
from assessments.models import Indicator
from improvement.queries import actions_visible_to


def indicator_panel(indicator: Indicator, user: User) -> tuple[str, dict] | None:
    """Return the actions that name the indicator, or that answer a point about it; one query.

    Nothing where the plan has none.
    """
    rows = list(
        actions_visible_to(user)
        .filter(Q(indicator=indicator) | Q(point__indicator=indicator))
        .filter(plan__cycle=indicator.cycle_id)
    )
    return ("improvement/_indicator_panel.html", {"actions": rows}) if rows else None
