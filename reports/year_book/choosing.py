"""Which kinds of papers the book of a year binds, and who may have it.

The book holds what its readers may each see alone; so it is for those who see everything that
the office writes: officer, director and deputy.
"""

from collections.abc import Iterable

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
    offered = {kind.kind for _group, kinds in kinds_by_group() for kind in kinds}
    chosen = YearBook.objects.filter(cycle=cycle).values_list("kinds", flat=True).first()
    return offered - LEFT_OUT if chosen is None else offered & set(chosen)


def choose_kinds(cycle: Cycle, kinds: Iterable[str], by: User) -> bool:
    """Remember the choice; names of kinds that no book can bind are passed over.

    False when nothing is left to bind: then the choice before stays.
    """
    offered = {kind.kind for _group, found in kinds_by_group() for kind in found}
    if not offered & set(kinds):
        return False
    YearBook.objects.update_or_create(
        cycle=cycle,
        defaults={
            "kinds": sorted(offered & set(kinds)),
            "changed_by": by,
            "changed_at": clock.now(),
        },
    )
    return True
