"""Which papers of the self-assessment a year can give."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments.enums import CategoryStatus
from assessments.queries import assessments_visible_to, category_assessments_visible_to
from core.shared_reads import read_once
from documents import year_list
from documents.enums import PaperGroup
from documents.year_list import YearPaper
from workflows.year_papers import first_cycle


@read_once
def first_assessment(user: User, agency: Agency, year: int) -> Any:
    """Return the year's self-assessment or None, with what it lacks; the lists share one query.

    The row has pk, cycle_id, `unaccepted` categories and `unwritten` topics of the profile.
    """
    rows = assessments_visible_to(user).filter(cycle__agency=agency, cycle__fiscal_year=year)
    unaccepted = ~Q(categories__status=CategoryStatus.ACCEPTED)
    counted = rows.annotate(
        unaccepted=Count("categories", filter=unaccepted, distinct=True),
        unwritten=Count("profile_answers", filter=Q(profile_answers__text=""), distinct=True),
    ).order_by("cycle_id")
    return counted.values_list("pk", "cycle_id", "unaccepted", "unwritten", named=True).first()


def of_assessment(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield what is made of the whole self-assessment."""
    assessment = first_assessment(user, agency, year)
    here = [agency.code, year]
    yield _whole(
        "self-assessment",
        _("Self-assessment report"),
        assessment,
        reverse("assessments:overview", args=here),
        _("Scores, texts, strengths and OFI of the seven categories"),
    )
    yield _whole(
        "evidence-index",
        _("Evidence index"),
        assessment,
        reverse("evidence:library", args=here),
        _("Code, title, kind, pages and where each piece is used"),
    )


def of_categories(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield a report for each category; one query."""
    rows = category_assessments_visible_to(user).filter(
        assessment__cycle__agency=agency, assessment__cycle__fiscal_year=year
    )
    for row in rows.order_by("assessment__cycle_id", "category__number", "pk"):
        number = row.category.number
        label = _("Category %(number)s") % {"number": number}
        url = reverse("assessments:category-detail", args=[agency.code, year, number])
        yield YearPaper("category-report", f"{label} {row.category.title_th}", url, row.pk)


def profile_summary(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the profile of the award forms."""
    yield _whole(
        "profile-summary",
        _("Summary of the organisational profile"),
        first_assessment(user, agency, year),
        reverse("profile:overview", args=[agency.code, year]),
        _("The award's form: landscape, three columns"),
    )


def indicator_report(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the results of the year's indicators."""
    cycle = first_cycle(user, agency, year)
    yield YearPaper(
        "indicator-report",
        _("Indicator report"),
        reverse("indicators:list", args=[agency.code, year]),
        cycle.pk if cycle else None,
        _("Results, targets and forecasts with charts"),
        [] if cycle else [_("The year has no cycle yet.")],
    )


def _whole(kind: str, label: str, row: Any, url: str, words: str) -> YearPaper:
    lacks = [] if row else [_("The self-assessment has not started.")]
    return YearPaper(kind, label, url, row.pk if row else None, words, lacks)


year_list.register(
    PaperGroup.ASSESSMENT, ["self-assessment", "evidence-index"], of_assessment, is_main=True
)
year_list.register(PaperGroup.ASSESSMENT, ["category-report"], of_categories)
year_list.register(PaperGroup.RESULTS, ["indicator-report"], indicator_report, is_main=True)
year_list.register(PaperGroup.AWARD, ["profile-summary"], profile_summary)
