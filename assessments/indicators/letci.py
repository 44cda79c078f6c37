"""What the figures of a result say under LeTCI: level, trend, comparison, integration.

Facts beside which a person judges; none of them is a score.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.indicators.explaining import plain
from assessments.indicators.reading import ResultRow
from assessments.item.levels import trend_words
from assessments.models import ItemLink

LEAST_YEARS = 3


@dataclass(frozen=True)
class Facts:
    """The four readings of one result, in words; "" = nothing to go by yet."""

    row: ResultRow
    level: str
    trend: str
    comparison: str
    integration: str


def facts_of(row: ResultRow, proves: Iterable[str] = ()) -> Facts:
    """Return the four readings; `proves` are the codes of process items linked with the result."""
    return Facts(row, _level(row), _trend(row), _comparison(row), ", ".join(proves))


def proofs_of(rows: Iterable[ResultRow]) -> dict[int, list[str]]:
    """Return indicator → codes of the items that lean on it; 1 query."""
    found: dict[int, list[str]] = {}
    links = ItemLink.objects.filter(indicator__in=[row.indicator.pk for row in rows])
    for indicator, code in links.order_by("item_answer__item__code", "pk").values_list(
        "indicator", "item_answer__item__code"
    ):
        found.setdefault(indicator, []).append(code)
    return found


def _level(row: ResultRow) -> str:
    if row.value is None:
        return ""
    if row.meets_target is None:
        return _("%(value)s, without a target") % {"value": plain(row.value)}
    words = (
        _("%(value)s, at the target %(target)s or better")
        if row.meets_target
        else _("%(value)s, short of the target %(target)s")
    )
    return words % {"value": plain(row.value), "target": plain(row.indicator.target)}


def _trend(row: ResultRow) -> str:
    values = [value for _year, value in row.history if value is not None]
    if row.value is not None:
        values.append(row.value)
    return trend_words(values, row.is_lower_better) if len(values) >= LEAST_YEARS else ""


def _comparison(row: ResultRow) -> str:
    other = row.indicator.comparator_value
    if row.value is None or other is None:
        return ""
    difference = row.value - other
    if not difference:
        words = _("equal to %(name)s (%(other)s)")
    elif (difference < 0) == row.is_lower_better:
        words = _("better than %(name)s (%(other)s)")
    else:
        words = _("worse than %(name)s (%(other)s)")
    name = row.indicator.comparator_name or _("the comparator")
    return words % {"name": name, "other": plain(other)}
