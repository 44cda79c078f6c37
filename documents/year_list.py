"""Which papers a year can give: each app says which of its own, for the list of all papers.

A kind that no list names is reached from another page, which is named here as well, so that no
paper can be registered without a way to it. What several lists read of the year is read once
(`core.shared_reads`), and rows that are named by a few columns come by one query for all lists.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from agencies.models import Agency, User
from core.shared_reads import shared_reads
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


class ListedRow(NamedTuple):
    """A row that is a paper, as far as the list of papers names it; columns not asked are empty."""

    pk: int
    kind: str
    title: str
    status: str
    words: str
    number: int


# Person, office, year → the visible rows that are papers of the year.
RowFinder = Callable[[User, Agency, int], QuerySet]
# Office, year, the rows in the order of their keys → the papers in theirs.
RowLister = Callable[[Agency, int, list[ListedRow]], Iterable[YearPaper]]


@dataclass(frozen=True)
class _List:
    name: str
    group: PaperGroup
    kinds: tuple[str, ...]
    is_main: bool = False
    lister: Lister | None = None
    finder: RowFinder | None = None
    row_lister: RowLister | None = None
    columns: tuple[tuple[str, str], ...] = ()


_TEXTS = ("kind", "title", "status", "words")
_lists: dict[str, _List] = {}
_linked: dict[str, str] = {}


def register(
    group: PaperGroup, kinds: Sequence[str], lister: Lister, *, is_main: bool = False
) -> None:
    """Let the lister name papers of these kinds (called in `ready()`).

    `is_main`: it gives at most one paper of each kind; these stand on the list's first page too.
    """
    name = f"{lister.__module__}.{lister.__qualname__}"
    _lists[name] = _List(name, group, tuple(kinds), is_main, lister=lister)


def register_rows(
    group: PaperGroup, kinds: Sequence[str], finder: RowFinder, lister: RowLister, **columns: str
) -> None:
    """As `register`, for rows that a few columns name: all such lists are read by one query.

    `columns` says which of the model's columns are a `ListedRow`'s kind, title, status and words
    (texts) and number; a kind that is not named is the first of `kinds`.
    """
    if unknown := set(columns) - {*_TEXTS, "number"}:
        raise KeyError(f"no columns of a listed row: {sorted(unknown)}")
    name = f"{lister.__module__}.{lister.__qualname__}"
    _lists[name] = _List(
        name,
        group,
        tuple(kinds),
        finder=finder,
        row_lister=lister,
        columns=tuple(columns.items()),
    )


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
    return [paper for _group, paper in _papers(user, agency, year, chosen)]


def all_papers(user: User, agency: Agency, year: int) -> list[tuple[PaperGroup, YearPaper]]:
    """Return the year's papers of all groups that the person may have, by group."""
    return _papers(user, agency, year, list(_lists.values()))


def main_papers(user: User, agency: Agency, year: int) -> list[tuple[PaperGroup, YearPaper]]:
    """Return the papers of which a year has one, by group."""
    return _papers(user, agency, year, [row for row in _lists.values() if row.is_main])


def _papers(
    user: User, agency: Agency, year: int, lists: list[_List]
) -> list[tuple[PaperGroup, YearPaper]]:
    order = {group: place for place, group in enumerate(PaperGroup)}
    found: list[tuple[PaperGroup, YearPaper]] = []
    with shared_reads():
        rows = _rows(user, agency, year, [row for row in lists if row.finder is not None])
        for each in sorted(lists, key=lambda row: order[row.group]):
            if each.lister is not None:
                papers = each.lister(user, agency, year)
            else:
                papers = each.row_lister(agency, year, rows[each.name])
            found += [(each.group, paper) for paper in papers]
    return found


def _rows(user: User, agency: Agency, year: int, lists: list[_List]) -> dict[str, list[ListedRow]]:
    """Return the rows of each of these lists, in the order of their keys; one query."""
    found: dict[str, list[ListedRow]] = {each.name: [] for each in lists}
    queries = [_named(each, each.finder(user, agency, year)) for each in lists]
    if queries:
        first, *others = queries
        for name, *columns in sorted(first.union(*others, all=True)):
            found[name].append(ListedRow(*columns))
    return found


def _named(each: _List, rows: QuerySet) -> QuerySet:
    """Return the rows as tuples of the list's name and the columns of a `ListedRow`."""
    columns = {"kind": Value(each.kinds[0])} | {name: F(at) for name, at in each.columns}
    asked = {
        "listed_by": _text(Value(each.name)),
        "listed_pk": F("pk"),
        **{f"listed_{name}": _text(columns.get(name, Value(""))) for name in _TEXTS},
        "listed_number": Cast(columns.get("number", Value(0)), IntegerField()),
    }
    return rows.order_by().annotate(**asked).values_list(*asked)


def _text(column) -> Cast:
    return Cast(column, CharField())


def listed_kinds() -> list[str]:
    """Return the kinds that the lists name, in their order."""
    return [kind for row in _lists.values() for kind in row.kinds]


def reachable_kinds() -> dict[str, str]:
    """Return each kind that has a way to it, with the list or page that has it."""
    listed = {kind: name for name, row in _lists.items() for kind in row.kinds}
    return listed | _linked
