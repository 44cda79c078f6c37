"""Which papers a year can give: each app says which of its own, for the list of all papers.

A kind that no list names is reached from another page, which is named here as well, so that no
paper can be registered without a way to it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agencies.models import Agency, User
from documents.enums import PaperGroup


@dataclass(frozen=True)
class YearPaper:
    """One paper of a year: its kind, what it is made of and the page where that is kept.

    Without `pk` it cannot be made yet; `missing` says in words what is still to be done.
    """

    kind: str
    label: Any
    url: str
    pk: int | None = None
    description: Any = ""
    missing: Sequence[str] = ()


# Person, office, year → the papers. Rows come from `…_visible_to(user)` alone, by a fixed number
# of queries.
Lister = Callable[[User, Agency, int], Iterable[YearPaper]]


@dataclass(frozen=True)
class _List:
    group: PaperGroup
    kinds: tuple[str, ...]
    lister: Lister
    is_main: bool


_lists: dict[str, _List] = {}
_linked: dict[str, str] = {}


def register(
    group: PaperGroup, kinds: Sequence[str], lister: Lister, *, is_main: bool = False
) -> None:
    """Let the lister name papers of these kinds (called in `ready()`).

    `is_main`: it gives at most one paper of each kind; these stand on the list's first page too.
    """
    name = f"{lister.__module__}.{lister.__qualname__}"
    _lists[name] = _List(group, tuple(kinds), lister, is_main)


def register_linked(kind: str, url_name: str) -> None:
    """Say that papers of the kind are asked for on that page and are no papers of a year."""
    _linked[kind] = url_name


def groups() -> list[PaperGroup]:
    """Return the groups that have a list, in their order."""
    known = {row.group for row in _lists.values()}
    return [group for group in PaperGroup if group in known]


def papers_of_group(user: User, agency: Agency, year: int, group: PaperGroup) -> list[YearPaper]:
    """Return the year's papers of the group that the person may have."""
    chosen = [row for row in _lists.values() if row.group == group]
    return [paper for row in chosen for paper in row.lister(user, agency, year)]


def all_papers(user: User, agency: Agency, year: int) -> list[YearPaper]:
    """Return the year's papers of all groups that the person may have, by group."""
    return [paper for group in groups() for paper in papers_of_group(user, agency, year, group)]


def main_papers(user: User, agency: Agency, year: int) -> list[tuple[PaperGroup, YearPaper]]:
    """Return the papers of which a year has one, by group."""
    chosen = [row for group in PaperGroup for row in _lists.values() if row.group == group]
    return [
        (row.group, paper)
        for row in chosen
        if row.is_main
        for paper in row.lister(user, agency, year)
    ]


def listed_kinds() -> list[str]:
    """Return the kinds that the lists name, in their order."""
    return [kind for row in _lists.values() for kind in row.kinds]


def reachable_kinds() -> dict[str, str]:
    """Return each kind that has a way to it, with the list or page that has it."""
    listed = {kind: name for name, row in _lists.items() for kind in row.kinds}
    return listed | _linked
