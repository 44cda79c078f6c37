"""Which papers of the plan, its monitoring and good practice a year can give."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments.enums import RoundStatus
from assessments.rounds.queries import rounds_visible_to
from assessments.rounds.words import round_label
from documents import year_list
from documents.enums import PaperGroup
from documents.year_list import YearPaper
from improvement.enums import DECIDED
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


def rounds(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield report and memo of each round that was opened; one query."""
    rows = rounds_visible_to(user).filter(cycle__agency=agency, cycle__fiscal_year=year)
    rows = rows.exclude(status=RoundStatus.PLANNED)
    for row in rows.order_by("cycle_id", "months"):
        is_accepted = row.status == RoundStatus.ACCEPTED
        lacks = [] if is_accepted else [_("The director has not accepted the report yet.")]
        url = reverse("rounds:round", args=[agency.code, year, row.months])
        for kind in ("round-report", "round-memo"):
            yield YearPaper(kind, round_label(row), url, row.pk, "", lacks)


def practices(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the best practices written for the year; one query."""
    for row in practices_visible_to(user).filter(agency=agency, fiscal_year=year):
        url = reverse("practices:practice", args=[agency.code, year, row.pk])
        yield YearPaper("best-practice", row.title, url, row.pk, row.get_status_display())


year_list.register(PaperGroup.PLAN, ["improvement-plan"], plan, is_main=True)
year_list.register(PaperGroup.PLAN, ["round-report", "round-memo"], rounds)
year_list.register(PaperGroup.AWARD, ["best-practice"], practices)
