"""Which digits a paper prints: as its office has set, unless this copy was asked for in others.

Source: the cabinet's resolution of 2 May 2543 asks offices to use Thai digits; Arabic ones are
accepted for tables of figures and for links.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from agencies.enums import Digits
from agencies.models import Agency

_asked_for: ContextVar[str] = ContextVar("digits of this copy", default="")


@contextmanager
def printing_in(digits: str) -> Iterator[None]:
    """Print in these digits ("thai", "arabic") inside the block; "" leaves it to the office."""
    token = _asked_for.set(digits)
    try:
        yield
    finally:
        _asked_for.reset(token)


def digits_asked_for() -> str:
    """Return the digits that this copy was asked for in; "" where nobody asked."""
    return _asked_for.get()


def digits_of(agency: Agency) -> str:
    """Return the digits in which the office's paper is printed now."""
    return digits_asked_for() or agency.paper_digits


def uses_thai_digits(agency: Agency) -> bool:
    """Return whether papers of the office print Thai digits here; see `digits_of`."""
    return digits_of(agency) == Digits.THAI


def other_digits(digits: str) -> str:
    """Return Arabic for Thai digits and Thai for Arabic ones."""
    return Digits.ARABIC if digits == Digits.THAI else Digits.THAI
