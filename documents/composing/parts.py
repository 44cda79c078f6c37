"""Where a paper may be cut: `{% part %}` leaves marks in its HTML, which any reader passes over.

A part begins on a new page and is drawn without knowing what stands before it. What surrounds
the parts (head, wrappers) belongs to each of them; between parts stands nothing.
"""

import re
from dataclasses import dataclass
from html import escape, unescape
from itertools import pairwise

from documents.drawing.sheets import PaperFailed

_PART = re.compile(
    r'<!--part name="([\w-]+)" numbering="(\w+)" title="([^"]*)"-->(.*?)<!--/part-->', re.DOTALL
)
_SEAL = re.compile(r"<!--seal-->.*?<!--/seal-->", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """One part; `numbering` says which row of page numbers it counts in (composing.labels)."""

    name: str
    title: str
    numbering: str
    html: str


@dataclass(frozen=True)
class Parted:
    """A paper's HTML, cut: what stands before and after the parts, and the parts."""

    before: str
    parts: tuple[Part, ...]
    after: str

    def alone(self, part: Part) -> str:
        """Return the part as a paper of its own; the seal is laid over it later."""
        return _SEAL.sub("", self.before) + part.html + self.after

    def around(self, html: str) -> str:
        """Return other HTML in the place of the parts, with the seal."""
        return self.before + html + self.after

    def named(self, name: str) -> Part:
        """Return the part of that name; LookupError when there is none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise LookupError(f"the paper has no part {name!r}")


def part_marks(name: str, numbering: str, title: str, html: str) -> str:
    """Return the HTML of a part between its marks."""
    head = f'<!--part name="{name}" numbering="{numbering}" title="{escape(title)}"-->'
    return f"{head}{html}<!--/part-->"


def cut(html: str) -> Parted | None:
    """Return the paper cut into its parts; None where it has no marks.

    Raises PaperFailed when something stands between two parts: it would be lost.
    """
    found = list(_PART.finditer(html))
    if not found:
        return None
    for one, other in pairwise(found):
        if html[one.end() : other.start()].strip():
            raise PaperFailed(f"text between the parts {one[1]!r} and {other[1]!r}")
    parts = tuple(Part(row[1], unescape(row[3]), row[2], row[4]) for row in found)
    return Parted(html[: found[0].start()], parts, html[found[-1].end() :])
