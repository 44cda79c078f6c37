"""How long a paper, or a section of it, may be in a year.

Who receives a paper sets its limits, so the portal ships none: offices enter what they were told
(`PaperLimit`). Limits are shown and warned of; they never keep anybody from saving or printing.
"""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, Subquery

from agencies.models import Agency
from core.shared_reads import read_once
from documents.models import PaperLimit

# From this share of a limit on, a text is near it.
NEAR_PERCENT = 90


@dataclass(frozen=True)
class Limit:
    """Pages and letters at most (None: no limit), and where that is said."""

    pages: int | None = None
    letters: int | None = None
    source: str = ""


NONE = Limit()
Limits = dict[tuple[str, str], Limit]


@read_once
def limits_of(agency: Agency, year: int) -> Limits:
    """Return (kind, section) → limit of the year; section "" is the whole paper. 1 query.

    The office's own row stands in the place of the one for all offices.
    """
    rows = PaperLimit.objects.filter(Q(agency=agency) | Q(agency=None), fiscal_year=year)
    found: Limits = {}
    for row in sorted(rows, key=lambda row: row.agency_id is not None):
        found[row.kind, row.section] = Limit(row.most_pages, row.most_letters, row.source)
    return found


def letters_in_query(agency: str, year: str, kind: str, section: str) -> Subquery:
    """Return the limit of letters as a column of another query; `agency` and `year` name its own.

    It says what `limits_of` says.
    """
    rows = PaperLimit.objects.filter(
        Q(agency=OuterRef(agency)) | Q(agency=None),
        fiscal_year=OuterRef(year),
        kind=kind,
        section=section,
    ).order_by(F("agency").desc(nulls_last=True))
    return Subquery(rows.values("most_letters")[:1])


def limit_of(limits: Limits, kind: str, section: str = "") -> Limit:
    """Return the limit of a paper or of one of its sections, without any where none is known."""
    return limits.get((kind, section), NONE)


def is_near(amount: int, most: int | None) -> bool:
    """Return whether an amount is near its limit but not beyond it."""
    return bool(most) and most * NEAR_PERCENT <= amount * 100 <= most * 100


def is_over(amount: int | None, most: int | None) -> bool:
    """Return whether an amount is known and beyond its limit."""
    return most is not None and amount is not None and amount > most
