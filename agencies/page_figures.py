"""Figures that every page of an office shows, fetched together with the person's memberships.

A higher app registers its figure in `ready()`, so that the layout asks the database no more often
than the person is looked up anyway.
"""

from collections.abc import Callable

from django.db.models import Expression

from agencies.models import User

_figures: dict[str, Callable[[User], Expression]] = {}


def register(name: str, expression: Callable[[User], Expression]) -> None:
    """Have `expression(user)`, for AgencyMembership rows, as `request.membership.<name>`."""
    _figures[name] = expression


def figures(user: User) -> dict[str, Expression]:
    """Return name → expression of all figures for the person."""
    return {name: expression(user) for name, expression in _figures.items()}
