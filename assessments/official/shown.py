"""An official result beside our own figures: both on the scale of the announcement."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from agencies.models import Agency
from assessments import scoring
from assessments.models import Assessment, LevelBand, OfficialResult
from assessments.official.checks import MAXIMA, as_printed, check, check_printed, whole_of
from assessments.official.levels import check_level
from assessments.official.results import printed_of, scores_of
from assessments.official.targets import met
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


def own_category(scale: str, state: CategoryState) -> Decimal | None:
    """Return our score of a category on the scale.

    On the scale of 0–1,000 categories of a points edition are points; else the share of the
    category's full points is shown. None where those are unknown.
    """
    maximum = state.maximum
    if not maximum:
        return None
    if not state.is_by_levels and MAXIMA[scale] == state.edition.total_points:
        return scoring.to_five(state.score)
    return _on_scale(scale, state.score, maximum)


def whole_points(scale: str, state: AssessmentState) -> dict[int, Decimal | None]:
    """Return category number → our score on the scale; 0 → our total."""
    own = {row.number: own_category(scale, row) for row in state.categories}
    return own | {0: _on_scale(scale, state.total, state.edition.total_points)}


def _on_scale(scale: str, score: Fraction, maximum: Decimal) -> Decimal:
    return scoring.to_five(Fraction(score) * Fraction(MAXIMA[scale]) / Fraction(maximum))


def present(
    result: OfficialResult,
    state: AssessmentState | None,
    targets: dict | None = None,
    bands: Sequence[LevelBand] = (),
) -> dict:
    """Return the result's rows with own figures and differences; no query.

    `targets` as `targets_of`, `bands` of any scale: what is not given is not compared.
    """
    scores = scores_of(result)
    categories = {row.number: row for row in state.categories} if state else {}
    rows = []
    for number in range(1, 8):
        category = categories.get(number)
        own = own_category(result.scale, category) if category else None
        title = category.category_assessment.category.title if category else ""
        rows.append({"number": number, "title": title} | _pair(own, scores.get(number)))
    of_scale = [band for band in bands if band.scale == result.scale]
    checks = [
        *check(result.scale, result.total, scores),
        *check_printed(result.total, printed_of(result)),
        *check_level(result.total, result.level_name, of_scale),
    ]
    whole = whole_of(result.scale, scores)
    own_whole = own_total(result, state)
    return {
        "result": result,
        "rows": rows,
        "rank": rank_words(result),
        "printed": [
            {"place": place, "total": as_printed(total, decimals)}
            for place, total, decimals in printed_of(result)
        ],
        "met": met(result, targets or {}),
        "checks": sorted(checks, key=lambda row: not row.is_flag),
        "is_flagged": any(row.is_flag for row in checks),
        "whole": _pair(own_whole, whole),
        "total": _pair(own_whole, result.total),
        "differs_from_whole": None
        if whole is None or result.total is None
        else result.total - whole,
        "maximum": MAXIMA[result.scale],
    }


def rank_words(result: OfficialResult) -> str:
    """Return the rank with its base in words: of how many, or that nobody said so."""
    if not result.rank:
        return ""
    given = {"rank": result.rank, "total": result.rank_of, "among": result.rank_among}
    if result.rank_of and result.rank_among:
        return _("%(rank)s of %(total)s (%(among)s)") % given
    if result.rank_of:
        return _("%(rank)s of %(total)s") % given
    if result.rank_among:
        return _("%(rank)s of … (%(among)s; their number is not known)") % given
    return _("%(rank)s of … (number not known)") % given


def _pair(own: Decimal | None, received: Decimal | None) -> dict:
    known = own is not None and received is not None
    return {"own": own, "received": received, "difference": received - own if known else None}


def card(agency: Agency, states: dict[int, AssessmentState | None]) -> dict | None:
    """Return the newest result of the years given, for the overview; 3 queries, 1 without one."""
    result = (
        OfficialResult.objects.filter(agency=agency, fiscal_year__in=set(states))
        .select_related("entered_by")
        .prefetch_related("scores", "printed_totals")
        .order_by("-fiscal_year", "body", "pk")
        .first()
    )
    return present(result, states.get(result.fiscal_year)) if result else None
