"""The due-item registry: what waits for whom, by when.

Each app registers one provider in its `ready()`. งานของฉัน, reminders and calendars all read
from here, so that a deadline can never be shown in one place and missing in another.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from agencies.models import Agency, User


@dataclass(frozen=True)
class DueItem:
    """One thing to do. `people` are the ids of those it waits for; due_on is a C.E. date."""

    object_type: str
    object_id: str
    title: str
    why: str
    due_on: dt.date | None
    url: str
    action: str
    people: tuple[int, ...]
    icon: str = "check2-square"
    # Nothing is reminded that was due before this day (a year opened late is backfilled).
    remind_from: dt.date | None = None
    extra: dict = field(default_factory=dict, compare=False)


Provider = Callable[[Agency, User | None], Iterable[DueItem]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider. It gets (agency, user); with a user it yields only that user's items.

    A provider makes a fixed number of queries whatever the number of items.
    """
    if provider not in _providers:
        _providers.append(provider)


def due_items(agency: Agency, user: User | None = None) -> list[DueItem]:
    """Return all open due items of the office (or of one person), earliest first, undated last."""
    items = [item for provider in _providers for item in provider(agency, user)]
    if user is not None:
        items = [item for item in items if user.pk in item.people]
    return sorted(items, key=lambda item: (item.due_on is None, item.due_on or dt.date.max))
