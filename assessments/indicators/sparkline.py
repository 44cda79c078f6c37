"""A line of a few years in a table cell: own values, target dashed. Fifty stand on a page."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.translation import gettext as _

from assessments.indicators.explaining import plain
from assessments.indicators.reading import ResultRow

WIDTH, HEIGHT, EDGE = 84.0, 26.0, 4.0
_SVG = (
    '<svg class="ir-spark" viewBox="0 0 84 26" width="84" height="26" role="img">'
    "<title>{}</title>{}{}{}</svg>"
)
_TARGET = '<path class="ir-spark__target" d="M0 {}H84"/>'
_LINE = '<path class="ir-spark__line" d="{}"/>'
_END = '<circle class="ir-spark__end" cx="{}" cy="{}" r="2.6"/>'


def sparkline(row: ResultRow) -> str:
    """Return the drawing of the years before and this round's value; "" without two points.

    A year without a value is passed over on an axis that keeps its place.
    """
    points = [(year, value) for year, value in row.history if value is not None]
    if row.value is not None:
        points.append((row.year, row.value))
    if len(points) < 2:
        return ""
    target = row.indicator.target
    low, high = _range([value for _year, value in points], target)
    first, last = points[0][0], points[-1][0]

    def place(year: int, value: Decimal) -> tuple[str, str]:
        x = EDGE + (WIDTH - 2 * EDGE) * (year - first) / (last - first)
        return f"{x:.1f}", _y(value, low, high)

    placed = [place(*point) for point in points]
    words = ", ".join(f"{year}: {plain(value)}" for year, value in points)
    title = _("%(values)s; target %(target)s") % {"values": words, "target": plain(target)}
    dashes = "" if target is None else format_html(_TARGET, _y(target, low, high))
    line = "M" + "L".join(f"{x} {y}" for x, y in placed)
    return format_html(
        _SVG, title, dashes, format_html(_LINE, line), format_html(_END, *placed[-1])
    )


def _range(values: list[Decimal], target: Decimal | None) -> tuple[float, float]:
    known = [float(value) for value in (*values, *([] if target is None else [target]))]
    low, high = min(known), max(known)
    return (low, high) if high > low else (low - 1, high + 1)


def _y(value: Decimal, low: float, high: float) -> str:
    return f"{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (float(value) - low) / (high - low):.1f}"
