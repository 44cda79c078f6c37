"""An official result beside our own figures: both on the scale of the announcement."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from agencies.models import Agency
from assessments import scoring
from assessments.models import Assessment, OfficialResult
from assessments.official.checks import MAXIMA, check, whole_of
from assessments.official.results import scores_of
from assessments.progress import AssessmentState, CategoryState, load


def states_of(agency: Agency, years: Iterable[int]) -> dict[int, AssessmentState]:
    """Return year → state of the office's assessment, for the years that have one; 3 queries."""
    rows = (
        Assessment.objects.filter(cycle__agency=agency, cycle__fiscal_year__in=set(years))
        .select_related("edition", "cycle__agency")
        .defer("snapshot")
        .order_by("cycle_id")
    )
    found: dict[int, Assessment] = {}
    for row in rows:
        found.setdefault(row.cycle.fiscal_year, row)
    if not found:
        return {}
    states = load(*found.values())
    return {year: states[row.pk] for year, row in found.items()}


def own_total(result: OfficialResult, state: AssessmentState | None) -> Decimal | None:
    """Return our total on the result's scale; only its showing is converted, nothing stored."""
    if state is None:
        return None
    return _on_scale(result.scale, state.total, state.edition.total_points)


def own_category(result: OfficialResult, state: CategoryState) -> Decimal | None:
    """Return our score of a category on the result's scale.

    On the scale of 0–1,000 categories of a points edition are points; else the share of the
    category's full points is shown. None where those are unknown.
    """
    maximum = state.maximum
    if not maximum:
        return None
    if not state.is_by_levels and MAXIMA[result.scale] == state.edition.total_points:
        return scoring.to_five(state.score)
    return _on_scale(result.scale, state.score, maximum)


def _on_scale(scale: str, score: Fraction, maximum: Decimal) -> Decimal:
    return scoring.to_five(Fraction(score) * Fraction(MAXIMA[scale]) / Fraction(maximum))


def present(result: OfficialResult, state: AssessmentState | None) -> dict:
    """Return the result's rows with own figures and differences; no query."""
    scores = scores_of(result)
    categories = {row.number: row for row in state.categories} if state else {}
    rows = []
    for number in range(1, 8):
        category = categories.get(number)
        own = own_category(result, category) if category else None
        title = category.category_assessment.category.title if category else ""
        rows.append({"number": number, "title": title} | _pair(own, scores.get(number)))
    checks = check(result.scale, result.total, scores)
    whole = whole_of(result.scale, scores)
    own_whole = own_total(result, state)
    return {
        "result": result,
        "rows": rows,
        "checks": checks,
        "is_flagged": any(row.is_flag for row in checks),
        "whole": _pair(own_whole, whole),
        "total": _pair(own_whole, result.total),
        "differs_from_whole": None
        if whole is None or result.total is None
        else result.total - whole,
        "maximum": MAXIMA[result.scale],
    }


def _pair(own: Decimal | None, received: Decimal | None) -> dict:
    known = own is not None and received is not None
    return {"own": own, "received": received, "difference": received - own if known else None}


def card(agency: Agency, states: dict[int, AssessmentState | None]) -> dict | None:
    """Return the newest result of the years given, for the overview; 2 queries, 1 without one."""
    result = (
        OfficialResult.objects.filter(agency=agency, fiscal_year__in=set(states))
        .select_related("entered_by")
        .prefetch_related("scores")
        .order_by("-fiscal_year", "body", "pk")
        .first()
    )
    return present(result, states.get(result.fiscal_year)) if result else None
