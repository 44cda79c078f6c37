"""The comparison of all scores, and the what-if page of a category. Both only read."""

from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments import queries, scoring
from assessments.enums import Level
from assessments.progress import load
from assessments.scores import comparing
from assessments.scores import what_if as supposing
from core.address_values import whole_number
from core.form_fields import ThaiDecimalField
from core.shared_reads import shared_reads
from core.thai_numerals import plain_decimal


@require_GET
def comparison(request, agency_code, year):
    """Show self, consensus and outside scores of the whole year side by side."""
    assessment = _assessment_or_404(request, year)
    with shared_reads():
        context = comparing.present(assessment, request.GET.get("scale", ""))
    return render(request, "assessments/scores/compare.html", context)


@require_GET
def what_if(request, agency_code, year, number):
    """Show what other answers in a category would score; nothing is stored."""
    state = load(_assessment_or_404(request, year))
    state = next(iter(state.values()))
    category = next((row for row in state.categories if row.number == number), None)
    if category is None:
        raise Http404
    lines = supposing.lines_of(category)
    now = supposing.as_it_stands(category)
    supposed = _supposed(request.GET, category, lines) if request.GET.get("on") else now
    scores = [
        supposing.item_score(item, lines.get(item.answer.item_id, []), supposed)
        for item in category.items
    ]
    whole = supposing.category_score(category, scores)
    total = supposing.total_with(state, number, whole)
    context = {
        "category": category.category_assessment.category,
        "categories": [row.category_assessment.category for row in state.categories],
        "edition": state.edition,
        "maximum": state.edition.total_points,
        "category_maximum": category.maximum,
        "items": [
            _item(item, lines.get(item.answer.item_id, []), supposed, score)
            for item, score in zip(category.items, scores, strict=True)
        ],
        "figures": [
            _figure("category", whole, category.score),
            _figure("total", total, state.total),
        ],
        "next_steps": supposing.next_steps(category, lines, supposed),
        "is_changed": supposed != now,
    }
    return render(request, "assessments/scores/what_if.html", context)


def _assessment_or_404(request, year):
    rows = queries.assessments_visible_to(request.user).filter(
        cycle__agency=request.agency, cycle__fiscal_year=year
    )
    first = rows.order_by("cycle_id").first()
    if first is None:
        raise Http404
    return first


def _supposed(data, category, lines) -> supposing.Supposed:
    """Return what the address supposes; anything unknown in it counts for nothing."""
    known = {line.pk for rows in lines.values() for line in rows}
    had = {whole_number(text) for text in data.getlist("have")} & known
    steps = scoring.allowed_percents(category.edition.scoring_data.get("bands", []))
    percents, figures = {}, {}
    for item in category.items:
        pk = item.answer.pk
        percent = whole_number(data.get(f"percent-{pk}"))
        percents[pk] = percent if percent in steps else None
        figures[pk] = _figure_of(data.get(f"score-{pk}", ""), item.edition.total_points)
    return supposing.Supposed(frozenset(had), percents, figures)


def _figure_of(text: str, maximum: Decimal) -> Fraction | None:
    field = ThaiDecimalField(
        required=False, min_value=0, max_value=maximum, decimal_places=5, max_digits=12
    )
    try:
        value = field.clean(text)
    except ValidationError:
        return None
    return None if value is None else Fraction(value)


def _item(item, lines, supposed, score) -> dict:
    pk = item.answer.pk
    levels: dict[str, list] = {}
    for line in lines:
        levels.setdefault(line.level, []).append({"line": line, "has": line.pk in supposed.lines})
    bands = item.edition.scoring_data.get("bands", [])
    figure = supposed.figures.get(pk)
    return {
        "answer": item.answer,
        "item": item.answer.item,
        "points": item.points,
        "levels": [{"label": Level(code).label, "rows": rows} for code, rows in levels.items()],
        "score": None if score is None else scoring.to_five(score),
        "before": None if item.score is None else scoring.to_five(item.score),
        "steps": scoring.allowed_percents(bands),
        "percent": supposed.percents.get(pk),
        "figure": "" if figure is None else plain_decimal(scoring.to_five(figure)),
        "takes_figure": item.is_by_levels and item.is_result,
    }


def _figure(kind: str, then: Fraction, now: Fraction) -> dict:
    then, now = scoring.to_five(then), scoring.to_five(now)
    return {"kind": kind, "then": then, "now": now, "difference": then - now}
