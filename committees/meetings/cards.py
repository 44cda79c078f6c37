"""Cards beside the agenda on a meeting's page; each part adds what its own card shows.

A card is (template, function); the function gets the meeting and the person who reads, and
returns the card's context, or None to leave the card out.
"""

from collections.abc import Callable

from agencies.models import User
from committees.models import Meeting

Card = tuple[str, Callable[[Meeting, User], dict | None]]

CARDS: list[Card] = []


def cards_of(meeting: Meeting, user: User) -> list[tuple[str, dict]]:
    """Return the templates and contexts of the cards that the person sees, in order."""
    found = ((template, context_of(meeting, user)) for template, context_of in CARDS)
    return [(template, context) for template, context in found if context is not None]
