"""How long a text is: characters as people see them, and about how many printed pages."""

import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.thai_text import normalize
from documents.paper_limits import is_near

# An A4 page of the report (TH Sarabun 16, 16 × 24.7 cm) holds about 35 lines of 72 characters.
CHARACTERS_PER_PAGE = 2500
# Marks above and below a letter take no place; control and format characters are not seen.
_UNSEEN = ("Mn", "Me", "Cc", "Cf")


@dataclass(frozen=True)
class Length:
    """Characters and pages of a text, and what is left of the limit (None without one)."""

    characters: int
    pages: Decimal
    limit: int | None

    @property
    def left(self) -> int | None:
        return None if self.limit is None else self.limit - self.characters

    @property
    def excess(self) -> int:
        """Return by how many characters the text is too long."""
        return max(0, -(self.left or 0))

    @property
    def is_near(self) -> bool:
        return is_near(self.characters, self.limit)

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left < 0


def characters(text: str) -> int:
    """Return how many characters are seen: "น้ำ" is 2, a space is 1, a line break is none."""
    return sum(unicodedata.category(letter) not in _UNSEEN for letter in normalize(text))


def length_of(text: str, limit: int | None = None) -> Length:
    """Return the text's length; pages to one decimal, half up."""
    count = characters(text)
    pages = Decimal(count) / CHARACTERS_PER_PAGE
    return Length(count, pages.quantize(Decimal("0.1"), ROUND_HALF_UP), limit)
