"""Parts of a page that higher apps bring along: a lower app's page never imports them."""

from collections.abc import Callable
from typing import Generic, TypeVar

Row = TypeVar("Row")


class Panels(Generic[Row]):
    """The panels on the page of one kind of row.

    A panel is called with the row and the person who looks, and returns (template, context) as
    that person may see it, or None for nothing.
    """

    def __init__(self):
        self._panels: list[Callable] = []

    def register(self, panel: Callable) -> None:
        """Add a panel to every such page (called in `ready()`)."""
        if panel not in self._panels:
            self._panels.append(panel)

    def of(self, row: Row, user) -> list[dict]:
        """Return the panels to show, in order of registration."""
        found = [panel(row, user) for panel in self._panels]
        return [{"template": one[0], "context": one[1]} for one in found if one is not None]
