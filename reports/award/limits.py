"""Which limits an office may enter, saving them, and taking over last year's.

The table is saved as a whole: `seen` marks what the page showed, so two people never write over
each other unknowingly.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from agencies import audit
from agencies.audit import canonical_hash
from agencies.models import Agency, User
from approvals.transitions import AlreadyChanged
from documents.models import PaperLimit
from reports.award.queries import own_limits
from reports.award.topics import READINESS, REPORT, forms

SELF_ASSESSMENT = "self-assessment"
CATEGORIES = range(1, 8)
FIELDS = ("most_pages", "most_letters", "source")


@dataclass(frozen=True)
class Place:
    """A paper or a section that may have a limit, and whether its letters are counted."""

    kind: str
    section: str
    has_letters: bool
    has_pages: bool

    @property
    def name(self) -> str:
        return f"{self.kind}--{self.section}"


def places() -> list[Place]:
    """Return everything that a limit can be entered for, in order of the papers."""
    found = []
    for form in forms():
        found.append(Place(form.kind, "", bool(form.topics), True))
        found += [Place(form.kind, topic.code, True, False) for topic in form.topics]
        if form.kind == READINESS:
            found.append(Place(form.kind, "reason", True, False))
        if form.kind == REPORT:
            found += [Place(form.kind, f"category-{number}", False, True) for number in CATEGORIES]
    whole = Place(SELF_ASSESSMENT, "", False, True)
    return [*found, whole, Place(SELF_ASSESSMENT, "item", True, False)]


def mark_of(agency: Agency, year: int) -> str:
    """Return a mark of the office's limits as they were read; 1 query."""
    return canonical_hash(_values(agency, year))


def save_limits(
    agency: Agency, year: int, rows: dict[tuple[str, str], dict], by: User, *, seen: str
) -> None:
    """Write the office's limits anew; those left empty are removed.

    `rows`: (kind, section) → {most_pages, most_letters, source}. Raises AlreadyChanged when they
    are no longer what `seen` marks.
    """
    try:
        with transaction.atomic():
            _write(agency, year, rows, by, seen)
    except IntegrityError:
        # Two people saved at the same moment; the other one was first.
        raise AlreadyChanged(agency) from None


def _write(agency: Agency, year: int, rows: dict, by: User, seen: str) -> None:
    before = _values(agency, year)
    if canonical_hash(before) != seen:
        raise AlreadyChanged(agency)
    own_limits(agency, year).delete()
    PaperLimit.objects.bulk_create(
        PaperLimit(agency=agency, fiscal_year=year, kind=kind, section=section, **fields)
        for (kind, section), fields in rows.items()
        if any(fields.values())
    )
    after = _values(agency, year)
    if after != before:
        summary = str(year)
        audit.record(agency, by, "limits.edit", agency, summary=summary, before=before, after=after)


def copy_limits(agency: Agency, year: int, by: User) -> int:
    """Take over last year's limits that the year does not have yet; returns how many."""
    with transaction.atomic():
        there = {(row.kind, row.section) for row in own_limits(agency, year)}
        copies = [
            row for row in own_limits(agency, year - 1) if (row.kind, row.section) not in there
        ]
        for row in copies:
            row.pk, row.fiscal_year, row._state.adding = None, year, True
        PaperLimit.objects.bulk_create(copies)
        if copies:
            after = _values(agency, year)
            audit.record(agency, by, "limits.copy", agency, summary=str(year), after=after)
    return len(copies)


def _values(agency: Agency, year: int) -> list[list]:
    rows = own_limits(agency, year).order_by("kind", "section", "pk")
    return [list(row) for row in rows.values_list("kind", "section", *FIELDS)]
