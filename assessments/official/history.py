"""Announced totals over the years: a line a body and scale, with the target."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.models import OfficialResult
from core.drawing.trend import trend_svg

# More would not be told apart on a page.
MOST_DRAWN = 3


def trends_of(
    results: Sequence[OfficialResult], targets: dict[tuple[int, str], Decimal]
) -> list[dict]:
    """Return the drawings of what was announced in two years or more; no query.

    The dashed line is the newest target on the drawing's scale.
    """
    series: dict[tuple[str, str], dict[int, Decimal]] = {}
    for row in results:
        if row.total is not None:
            series.setdefault((row.body, row.scale), {})[row.fiscal_year] = row.total
    many = [(names, found) for names, found in series.items() if len(found) > 1]
    drawn = [_trend(body, scale, found, targets) for (body, scale), found in many[:MOST_DRAWN]]
    return drawn


def _trend(body: str, scale: str, found: dict[int, Decimal], targets) -> dict:
    years = range(min(found), max(found) + 1)
    aims = {year: aim for (year, of), aim in targets.items() if of == scale}
    target = aims[max(aims)] if aims else None
    title = _("Announced total over the years, %(body)s (%(scale)s)") % {
        "body": body,
        "scale": scale,
    }
    points = [(year, found.get(year)) for year in years]
    return {
        "title": title,
        "svg": trend_svg(points, title=title, target=target, places=5),
        "target": target,
        "target_year": max(aims) if aims else None,
    }
