"""What higher apps show on a step's page: evidence of the step, an assessment's progress."""

from collections.abc import Callable

from agencies.models import User
from workflows.models import Step

# Returns (template, context) for the step as the person may see it, or None for nothing.
Panel = Callable[[Step, User], tuple[str, dict] | None]

_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a panel to every step's page (called in `ready()`)."""
    if panel not in _panels:
        _panels.append(panel)


def panels_for(step: Step, user: User) -> list[dict]:
    """Return the panels to show, in order of registration."""
    found = [panel(step, user) for panel in _panels]
    return [{"template": row[0], "context": row[1]} for row in found if row is not None]
