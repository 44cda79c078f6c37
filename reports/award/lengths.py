"""How long a form and its topics are, beside what the receiver allows.

Letters are counted as everywhere (assessments.item.counting): marks above and below take no
place, a space is one, a line break is none.
"""

from dataclasses import dataclass

from assessments.item.counting import characters
from documents.paper_limits import Limit, is_near, is_over


@dataclass(frozen=True)
class Count:
    """Letters of a text beside the limit."""

    letters: int
    limit: Limit

    @property
    def most(self) -> int | None:
        return self.limit.letters

    @property
    def is_near(self) -> bool:
        return is_near(self.letters, self.most)

    @property
    def is_over(self) -> bool:
        return is_over(self.letters, self.most)

    @property
    def excess(self) -> int:
        return max(0, self.letters - (self.most or self.letters))


def count_of(texts: list[str], limit: Limit) -> Count:
    """Return the letters of the texts together, beside the limit."""
    return Count(sum(characters(text) for text in texts), limit)
