"""Which kinds of papers the book of a year binds, and who may have it.

The book holds what its readers may each see alone; so it is for those who see everything that
the office writes: officer, director and deputy.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import role_of
from core import clock
from documents import papers, year_list
from documents.enums import PaperGroup
from reports.models import YearBook
from workflows.models import Cycle

KIND = "year-book"
READERS = (OfficeRole.OFFICER, OfficeRole.DIRECTOR, OfficeRole.DEPUTY)
# They repeat what another paper of the book says, or are only used up on the day.
LEFT_OUT = frozenset(
    {
        "agenda",
        "attendance",
        "category-report",
        "executive-page",
        "invitation",
        "manual",
        "meeting-pack",
        "round-memo",
        "self-assessment",
        "site-visit-briefing",
    }
)


@dataclass(frozen=True)
class Choice:
    """The kinds that a year's book binds; version 0 and nobody as long as no one has chosen."""

    kinds: set[str]
    version: int = 0
    by: User | None = None
    at: dt.datetime | None = None


class ChoiceChanged(Exception):
    """Somebody has chosen other kinds since; `current` is the choice as it now stands."""

    def __init__(self, current: Choice):
        super().__init__("a newer choice was saved")
        self.current = current


def can_have_book(user: User, agency: Agency) -> bool:
    """Return whether the person reads papers of everybody there: officer, director, deputy."""
    return role_of(user, agency) in READERS


def kinds_by_group() -> list[tuple[PaperGroup, list[papers.PaperKind]]]:
    """Return the kinds that a book can bind, in the order of the book."""
    listed = set(year_list.listed_kinds()) - {KIND}
    known = {kind.kind: kind for kind in papers.kinds() if kind.kind in listed}
    order = [known[name] for name in year_list.listed_kinds() if name in known]
    found = [(group, [kind for kind in order if kind.group == group]) for group in PaperGroup]
    return [(group, kinds) for group, kinds in found if kinds]


def chosen_kinds(cycle: Cycle) -> set[str]:
    """Return the kinds that the office binds for this year; one query."""
    return choice_of(cycle).kinds


def choice_of(cycle: Cycle) -> Choice:
    """Return what the office binds for this year; one query."""
    offered = _offered()
    row = YearBook.objects.filter(cycle=cycle).select_related("changed_by").first()
    if row is None:
        return Choice(offered - LEFT_OUT)
    return Choice(offered & set(row.kinds), row.version, row.changed_by, row.changed_at)


def choose_kinds(cycle: Cycle, kinds: Iterable[str], by: User, *, version: int) -> bool:
    """Remember the choice; names of kinds that no book can bind are passed over.

    `version` is that of the choice which was read. False when nothing is left to bind: then the
    choice before stays. Raises ChoiceChanged when somebody has chosen otherwise meanwhile.
    """
    wanted = _offered() & set(kinds)
    if not wanted:
        return False
    row = {"kinds": sorted(wanted), "changed_by": by, "changed_at": clock.now()}
    if version:
        known = YearBook.objects.filter(cycle=cycle, version=version)
        is_stored = bool(known.update(**row, version=F("version") + 1))
    else:
        is_stored = YearBook.objects.get_or_create(cycle=cycle, defaults=row)[1]
    if not is_stored:
        current = choice_of(cycle)
        if current.kinds != wanted:
            raise ChoiceChanged(current)
    return True


def _offered() -> set[str]:
    return {kind.kind for _group, kinds in kinds_by_group() for kind in kinds}
