"""ผลลัพธ์ตามตัวชี้วัด of a category: its table on turned pages, and a chart of each indicator.

The rule of the turned table: wherever a category has indicators, their table lies on landscape
pages of its own, as wide as five years, target, success and score need. It ends the category: the
text before it runs on, and what follows begins a new page anyway, so no sheet stays half empty.
"""

from decimal import Decimal

from assessments.enums import Direction
from assessments.indicators.writing import years_of
from assessments.models import Indicator, ItemAnswer
from assessments.progress import CategoryState, ScoredIndicator
from core.drawing.trend import trend_svg
from core.thai_numerals import plain_decimal

MOST_YEARS = 5
# A figure longer than this is printed smaller, so that it stays in its column.
LONGEST_FIGURE = 8


def years_printed(state: CategoryState) -> list[int]:
    """Return the years (B.E.) of the category's table, the oldest first.

    Those whose values are asked for, and before them the years that any indicator still knows,
    five in all at most; empty for a category without indicators.
    """
    rows = [(item.answer, row.indicator) for item in state.items for row in item.indicators]
    if not rows:
        return []
    asked = years_of(rows[0][0])
    known = {
        value.fiscal_year
        for _answer, indicator in rows
        for value in indicator.values.all()
        if value.value is not None
    }
    eldest = asked[-1] - MOST_YEARS + 1
    first = min([asked[0], *(year for year in known if year >= eldest)])
    return list(range(first, asked[-1] + 1))


def indicator_row(
    scored: ScoredIndicator, answer: ItemAnswer, years: list[int], *, thai_digits: bool
) -> dict:
    """Return what the table and the chart print of one indicator; two known values make a chart."""
    indicator = scored.indicator
    values = {row.fiscal_year: row.value for row in indicator.values.all()}
    points = [(number, values.get(number)) for number in years]
    known = sum(value is not None for _year, value in points)
    return {
        "code": answer.item.code,
        "indicator": indicator,
        "years": years,
        "values": [_figure(value) for _year, value in points],
        "target": _figure(indicator.target),
        "value": values.get(years[-1]),
        "success_pct": _figure(scored.result.success_pct),
        "score": scored.result.score,
        "chart": _chart(indicator, points, thai_digits) if known >= 2 else None,
    }


def _figure(value: Decimal | None) -> dict:
    """Return a value of the results' table, and whether it is too wide for its column."""
    length = 0 if value is None else len(plain_decimal(value, commas=True))
    return {"shown": value, "is_wide": length > LONGEST_FIGURE}


def _chart(indicator: Indicator, points: list, thai_digits: bool) -> dict:
    is_lower = indicator.direction == Direction.LOWER
    svg = trend_svg(
        points,
        title=indicator.name,
        target=indicator.target,
        unit=indicator.unit,
        lower_is_better=is_lower,
        thai_digits=thai_digits,
        for_print=True,
    )
    return {"svg": svg, "name": indicator.name, "is_lower": is_lower}
