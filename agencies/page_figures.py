"""Figures that every page of an office shows, fetched together with the person's memberships.

A higher app registers its figure in `ready()`, so that the layout asks the database no more often
than the person is looked up anyway. Requests that change something (a save while writing, a button)
mostly show no page, so they go without; a form that comes back with its faults asks `of`.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Expression

from agencies.models import Agency, AgencyMembership, User

_figures: dict[str, Callable[[User], Expression]] = {}


def register(name: str, expression: Callable[[User], Expression]) -> None:
    """Have `expression(user)`, for AgencyMembership rows, as `request.membership.<name>`."""
    _figures[name] = expression


def figures(user: User) -> dict[str, Expression]:
    """Return name → expression of all figures for the person."""
    return {name: expression(user) for name, expression in _figures.items()}


def of(membership: AgencyMembership, name: str) -> Any:
    """Return the figure of the office: as the page began with it, else by one query."""
    if not hasattr(membership, name):
        own = AgencyMembership.objects.filter(pk=membership.pk)
        for key, value in own.annotate(**figures(membership.user)).values(*_figures)[0].items():
            setattr(membership, key, value)
    return getattr(membership, name)


def remember(user: User, membership: AgencyMembership) -> None:
    """Keep the figures of an office page for the rules that it asks."""
    known = user.__dict__.setdefault("_page_figures", {})
    known[membership.agency_id] = {name: getattr(membership, name) for name in _figures}


def known(user: User, agency: Agency, name: str) -> Any:
    """Return the figure that the office page began with; None outside a page."""
    return user.__dict__.get("_page_figures", {}).get(agency.pk, {}).get(name)
