"""Who signs an office's house papers, in what words (blocks of สายลายเซ็น at a paper's end).

Source: document-formats A4: name in full, position, and whose place is taken when acting.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from agencies import roles
from agencies.models import Agency
from core import clock
from documents.models import SignatureBlock

MOST_BLOCKS = 24
EVERY_PAPER = ""


@dataclass(frozen=True)
class Signatures:
    """The blocks that a paper prints, in order. `are_own`: set for this very kind of paper."""

    blocks: Sequence[SignatureBlock] = ()
    are_own: bool = False

    def __bool__(self) -> bool:
        return bool(self.blocks)


def signatures_of(agency: Agency, kind: str) -> Signatures:
    """Return the blocks set for the kind of paper, else those for every house paper. One query."""
    rows = SignatureBlock.objects.filter(agency=agency, kind__in=(kind, EVERY_PAPER))
    found = list(rows.order_by("order", "pk"))
    own = [block for block in found if block.kind == kind]
    return Signatures(own, True) if own else Signatures(found)


def head_in_office(agency: Agency) -> dict[str, str]:
    """Return name, position and acting words of who signs for the office today."""
    period = roles.acting_director(agency, clock.today())
    if period:
        words = f"{roles.ACTING_WORDS[period.kind]}{agency.head_position}"
        name = period.acting.get_full_name()
        return {"name": name, "position": period.acting.position, "acting": words}
    director = roles.director_of(agency)
    name = director.get_full_name() if director else ""
    return {"name": name, "position": agency.head_position, "acting": ""}
