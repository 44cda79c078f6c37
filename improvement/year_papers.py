"""Which papers of the plan, its monitoring and good practice a year can give."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments.enums import RoundStatus
from assessments.models import MonitoringRound
from assessments.rounds.queries import rounds_visible_to
from assessments.rounds.words import round_label
from core.thai_text import sort_key
from documents import year_list
from documents.enums import PaperGroup
from documents.year_list import ListedRow, YearPaper
from improvement.enums import DECIDED, PracticeStatus
from improvement.practices.queries import practices_visible_to
from improvement.queries import plans_visible_to


def plan(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the improvement plan with what it lacks; one query."""
    rows = plans_visible_to(user).filter(cycle__agency=agency, cycle__fiscal_year=year)
    found = rows.order_by("cycle_id").first()
    lacks = []
    if found is None:
        lacks = [_("The plan has not started.")]
    elif found.status not in DECIDED:
        lacks = [_("The director has not approved the plan yet.")]
    yield YearPaper(
        "improvement-plan",
        _("Improvement plan"),
        reverse("improvement:plan", args=[agency.code, year]),
        found.cycle_id if found else None,
        _("Actions with owners, time, measures and budget"),
        lacks,
    )


def round_rows(user: User, agency: Agency, year: int) -> QuerySet:
    """Return the rounds that were opened."""
    rows = rounds_visible_to(user).filter(cycle__agency=agency, cycle__fiscal_year=year)
    return rows.exclude(status=RoundStatus.PLANNED)


def rounds(agency: Agency, year: int, rows: list[ListedRow]) -> Iterator[YearPaper]:
    """Yield report and memo of each round."""
    for row in sorted(rows, key=lambda row: (row.number, row.pk)):
        is_accepted = row.status == RoundStatus.ACCEPTED
        lacks = [] if is_accepted else [_("The director has not accepted the report yet.")]
        label = round_label(MonitoringRound(name=row.title, months=row.number))
        url = reverse("rounds:round", args=[agency.code, year, row.number])
        for kind in ("round-report", "round-memo"):
            yield YearPaper(kind, label, url, row.pk, "", lacks)


def practice_rows(user: User, agency: Agency, year: int) -> QuerySet:
    return practices_visible_to(user).filter(agency=agency, fiscal_year=year)


def practices(agency: Agency, year: int, rows: list[ListedRow]) -> Iterator[YearPaper]:
    """Yield the best practices written for the year."""
    for row in sorted(rows, key=lambda row: sort_key(row.title)):
        url = reverse("practices:practice", args=[agency.code, year, row.pk])
        yield YearPaper("best-practice", row.title, url, row.pk, PracticeStatus(row.status).label)


year_list.register(PaperGroup.PLAN, ["improvement-plan"], plan, is_main=True)
year_list.register_rows(
    PaperGroup.PLAN,
    ["round-report", "round-memo"],
    round_rows,
    rounds,
    title="name",
    status="status",
    number="months",
)
year_list.register_rows(
    PaperGroup.AWARD,
    ["best-practice"],
    practice_rows,
    practices,
    title="title",
    status="status",
)
