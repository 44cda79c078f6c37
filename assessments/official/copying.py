"""Every field that an office types into another body's system, in the order of its own papers.

The figures are our own: categories and total of the self-assessment on the wanted scale, and each
indicator's value and score after some months. Figures carry no commas, so they paste as numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from agencies.models import Agency
from assessments.enums import Floor
from assessments.models import Indicator, IndicatorValue, MonitoringSettings
from assessments.official.shown import states_of, whole_points
from assessments.progress import AssessmentState
from assessments.scoring import score_indicator
from core.thai_numerals import plain_decimal


@dataclass(frozen=True)
class Field:
    """One field: `key` finds it again, `label` says it, `value` is pasted ("" when unknown)."""

    key: str
    label: str
    value: str
    group: str


def fields_to_copy(agency: Agency, year: int, scale: str, months: int) -> list[Field]:
    """Return the fields of the year; a fixed number of queries whatever the year holds."""
    state = states_of(agency, [year]).get(year)
    return [*_of_assessment(scale, state), *_of_indicators(agency, year, months)]


def _of_assessment(scale: str, state: AssessmentState | None) -> Iterable[Field]:
    if state is None:
        return
    group = _("Self-assessment")
    own = whole_points(scale, state)
    for category in state.categories:
        title = category.category_assessment.category.title
        yield Field(
            f"category-{category.number}",
            _("Category %(number)s %(title)s") % {"number": category.number, "title": title},
            _plain(own[category.number], 5),
            group,
        )
    yield Field("total", _("Total"), _plain(own[0], 5), group)


def _of_indicators(agency: Agency, year: int, months: int) -> Iterable[Field]:
    kept = MonitoringSettings.objects.filter(agency=agency).first()
    floor = kept.floor if kept else Floor.ONE
    rows = Indicator.objects.filter(cycle__agency=agency, cycle__fiscal_year=year)
    values = dict(
        IndicatorValue.objects.filter(
            indicator__cycle__agency=agency,
            indicator__cycle__fiscal_year=year,
            fiscal_year=year,
            months=months,
        ).values_list("indicator_id", "value")
    )
    for row in rows.order_by("group", "order", "pk"):
        value = values.get(row.pk)
        group = "" if row.code.startswith(row.group) else row.group
        name = " ".join(filter(None, [group, row.code, row.name]))
        words = {"name": name, "unit": row.unit}
        group = _("Indicators")
        yield Field(
            f"value-{row.pk}", _("%(name)s: value (%(unit)s)") % words, _plain(value), group
        )
        score = _score(row, value, floor)
        yield Field(f"score-{row.pk}", _("%(name)s: score") % words, _plain(score, 5), group)


def _score(row: Indicator, value: Decimal | None, floor: str) -> Decimal | None:
    return score_indicator(
        row.rule,
        row.direction,
        row.target,
        value,
        row.lower_bound,
        row.upper_bound,
        thresholds=row.thresholds,
        floor=floor,
    ).of_five


def _plain(value: Decimal | None, places: int | None = None) -> str:
    """Return a figure as a person types it: no commas; idle zeros only where `places` asks."""
    if value is None:
        return ""
    return plain_decimal(value) if places is None else f"{value:.{places}f}"
