"""The picture of an indicator over the years, the same on pages and paper."""

from assessments.indicators.reading import ResultRow
from core.drawing.trend import trend_svg


def chart_of(row: ResultRow, **looks) -> str:
    """Return the years' values with target and comparator; "" without any value."""
    points = list(row.history)
    if row.value is not None:
        points.append((row.year, row.value))
    if not any(value is not None for _year, value in points):
        return ""
    other = row.indicator.comparator_value
    return trend_svg(
        points,
        title=row.indicator.name,
        target=row.indicator.target,
        comparator=[] if other is None else [(points[-1][0], other)],
        unit=row.indicator.unit,
        lower_is_better=row.is_lower_better,
        **looks,
    )
