"""What the page "the assessment in depth" shows: bars, years, levels, heat map, themes."""

from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.models import Agency
from assessments import scoring
from assessments.enums import FindingKind, Level
from assessments.insight.themes import Said, themes_of
from assessments.insight.years import NUMBERS, Years, years_of
from assessments.models import Finding
from assessments.progress import AssessmentState, CategoryState, ItemState
from core.drawing.bars import bars_svg
from core.drawing.trend import trend_svg
from core.thai_numerals import format_decimal

MOST_OFI_ITEMS = 5
MOST_TYPICAL = 3


def present(agency: Agency, year: int) -> dict | None:
    """Return the page's context, or None when the year has no assessment. 5 queries."""
    years = years_of(agency, year)
    if years is None:
        return None
    state = years.state
    addresses = _Addresses(agency, year)
    findings = _findings(state, addresses)
    themes, rest = themes_of([said for rows in findings.values() for said in rows])
    return {
        "assessment": state.assessment,
        "edition": state.edition,
        "scale": years.scale,
        "bars": bars_of(state, years),
        "trend": _trend(years),
        "year_table": _year_table(years, addresses),
        "levels": levels_of(state, addresses),
        "bands": bands_of(state),
        "heat": heat_of(state, years, addresses),
        "themes": themes,
        "rest": rest,
        "finding_rows": _by_category(state, findings, addresses),
        "gaps": gaps_of(state, years, addresses),
    }


class _Addresses:
    """Addresses of the year's pages, each pattern reversed once."""

    def __init__(self, agency: Agency, year: int):
        here = [agency.code, year]
        self._item = reverse("assessments:item-detail", args=[*here, 0])
        self._category = reverse("assessments:category-detail", args=[*here, 0])
        self._overview = reverse("assessments:overview", args=here)
        self._year = f"/{year}/"

    def item(self, pk: int, part: str = "") -> str:
        return self._item.replace("/0/", f"/{pk}/") + (f"#{part}" if part else "")

    def category(self, number: int) -> str:
        return self._category.replace("/0/", f"/{number}/")

    def of_year(self, year: int) -> str:
        return self._overview.replace(self._year, f"/{year}/", 1)


def share_of(score: Fraction | None, maximum: Decimal | None) -> Decimal | None:
    """Return the score in per cent of its full points; None where either is not known."""
    if score is None or not maximum:
        return None
    return scoring.to_five(score * 100 / Fraction(maximum))


def bars_of(state: AssessmentState, years: Years, **drawn) -> str:
    """Return the drawing of the categories in per cent of their points, and last year's words."""
    before = {row.year: row for row in years.comparable}.get(years.this.year - 1)
    rows = []
    for category in state.categories:
        title = category.category_assessment.category.title_th
        if get_language() == "en":
            title = category.category_assessment.category.title
        share = share_of(category.score, category.maximum or state.edition.total_points)
        words = _shown(years, scoring.to_five(category.score))
        if before and category.number in before.categories:
            words += f" ({_shown(years, before.categories[category.number])})"
        rows.append((f"{category.number} {title}", share, words))
    title = _("Scores of the seven categories in %(year)d") % {"year": years.this.year}
    return bars_svg(rows, title=title, **drawn)


def _shown(years: Years, score: Decimal) -> str:
    return format_decimal(years.scale.shown(Fraction(score)), 2)


def _trend(years: Years) -> str:
    """Return the line of the totals; "" where there is one year only."""
    if len(years.comparable) < 2:
        return ""
    points = [(row.year, years.scale.shown(Fraction(row.total))) for row in years.comparable]
    return trend_svg(points, title=_("Total over the years"))


def _year_table(years: Years, addresses: _Addresses) -> dict:
    """Return years × categories of the comparable years, with the addresses of their pages."""
    heads = [
        {
            "year": row.year,
            "address": addresses.of_year(row.year),
            "is_accepted": row.is_accepted,
            "edition": row.edition,
        }
        for row in years.comparable
    ]

    def cells(scores: list[Decimal | None]) -> list[str]:
        return ["–" if score is None else _shown(years, score) for score in scores]

    names = {row.number: row.category_assessment.category for row in years.state.categories}
    rows = [
        {
            "number": number,
            "title": names[number].title,
            "address": addresses.category(number),
            "cells": cells([row.categories.get(number) for row in years.comparable]),
        }
        for number in NUMBERS
        if number in names
    ]
    return {
        "heads": heads,
        "rows": rows,
        "total": cells([row.total for row in years.comparable]),
        "others": [
            {
                "year": row.year,
                "address": addresses.of_year(row.year),
                "edition": row.edition,
                "total": row.total,
                "full": row.total_points,
            }
            for row in years.others
        ],
    }


def levels_of(state: AssessmentState, addresses: _Addresses) -> list[dict]:
    """Return the lines with “yes” by category and level; empty in an edition by percentages."""
    rows = []
    for category in state.categories:
        items = [item.levels for item in category.items if item.has_checklist]
        if not items:
            continue
        cells = []
        for place in range(len(Level.values)):
            yes = sum(levels[place].yes for levels in items)
            lines = sum(levels[place].lines for levels in items)
            whole = sum(levels[place].is_complete for levels in items)
            share = round(yes * 100 / lines) if lines else 0
            cells.append({"yes": yes, "lines": lines, "whole": whole, "tint": tint_of(share)})
        rows.append(_head(category, addresses) | {"cells": cells, "items": len(items)})
    return rows


def bands_of(state: AssessmentState) -> list[dict]:
    """Return how many items stand in each band of an edition by percentages."""
    bands = state.edition.scoring_data.get("bands", [])
    percents = [item.answer.percent for item in state.items]
    return [
        {"low": min(band), "high": max(band), "count": sum(value in band for value in percents)}
        for band in bands
    ]


def _head(category: CategoryState, addresses: _Addresses) -> dict:
    return {
        "number": category.number,
        "title": category.category_assessment.category.title,
        "address": addresses.category(category.number),
    }


def heat_of(state: AssessmentState, years: Years, addresses: _Addresses) -> list[dict]:
    """Return the categories with their items: score and levels, each with tint and figure."""
    rows = []
    for category in state.categories:
        items = [_heat_row(item, years, addresses) for item in category.items]
        rows.append(_head(category, addresses) | {"items": items})
    return rows


def _heat_row(item: ItemState, years: Years, addresses: _Addresses) -> dict:
    share = share_of(item.score, item.points)
    return {
        "code": item.answer.item.code,
        "title": item.answer.item.title,
        "address": addresses.item(item.answer.pk),
        "score": None if item.score is None else _shown(years, scoring.to_five(item.score)),
        "tint": tint_of(share),
        "percent": None if share is None else round(share),
        "levels": [
            {
                "words": f"{level.yes}/{level.lines}",
                "tint": tint_of(round(level.yes * 100 / level.lines) if level.lines else None),
            }
            for level in item.levels
        ],
    }


def tint_of(percent) -> int | None:
    """Return the step of the heat map, 0 to 5; None where there is no score."""
    if percent is None:
        return None
    if percent <= 0:
        return 0
    return 5 if percent >= 100 else min(4, int(percent // 25) + 1)


def _findings(state: AssessmentState, addresses: _Addresses) -> dict[int, list[Said]]:
    """Return answer → its findings; 1 query."""
    items = {item.answer.pk: item.answer.item.code for item in state.items}
    found: dict[int, list[Said]] = {pk: [] for pk in items}
    rows = Finding.objects.filter(item_answer__in=items).values_list("item_answer", "kind", "text")
    for pk, kind, text in rows:
        found[pk].append(Said(kind, text, items[pk], addresses.item(pk, "findings")))
    return found


def _by_category(
    state: AssessmentState, findings: dict[int, list[Said]], addresses: _Addresses
) -> list[dict]:
    rows = []
    for category in state.categories:
        said = [row for item in category.items for row in findings[item.answer.pk]]
        ofis = sum(row.kind == FindingKind.OFI for row in said)
        rows.append(_head(category, addresses) | {"strengths": len(said) - ofis, "ofis": ofis})
    return rows


def gaps_of(state: AssessmentState, years: Years, addresses: _Addresses) -> list[dict]:
    """Return the items furthest from their full points, with the OFIs typical of them."""
    shares = [(share_of(item.score, item.points) or Decimal(0), item) for item in state.items]
    english = get_language() == "en"
    rows = []
    for share, item in sorted(shares, key=lambda row: row[0])[:MOST_OFI_ITEMS]:
        if share >= 100:
            continue
        source = item.answer.item
        typical = source.typical_ofi_en if english and source.typical_ofi_en else source.typical_ofi
        rows.append(
            {
                "code": source.code,
                "title": source.title,
                "address": addresses.item(item.answer.pk, "findings"),
                "percent": round(share),
                "typical": typical[:MOST_TYPICAL],
            }
        )
    return rows
