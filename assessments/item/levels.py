"""The checklist of an item by level, with explanations and evidence; indicators of category 7."""

from fractions import Fraction
from itertools import pairwise

from django.db.models import CharField, F, Func, IntegerField, TextField, Value
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments import scoring
from assessments.enums import Direction, Level
from assessments.item.proofs import Proofs
from assessments.models import ChecklistLine, ItemAnswer, Measure
from assessments.progress import ItemState, ScoredIndicator, fetch_values
from core.drawing.trend import trend_svg

BAR_WIDTH, BAR_GAP = 1000, 12


def checklist(
    state: ItemState,
    can_edit: bool,
    proofs: Proofs,
    typed: dict,
    proving: dict[int, list[str]] | None = None,
) -> dict:
    """Return score bar, levels and lines: what one answer changes and htmx swaps.

    `typed`: explanations that were not stored; `proving`: indicator → items that it proves.
    """
    levels = _levels(state, proofs, typed) if state.has_checklist else []
    fetch_values(state.indicators)
    return {
        "answer": state.answer,
        "item": state.answer.item,
        "levels": levels,
        "item_state": state,
        "score": None if state.score is None else scoring.to_five(state.score),
        "points": state.points,
        "obec": _obec(state),
        "bars": _bars(state),
        "can_edit": can_edit,
        "library_url": proofs.library_address() if levels else "",
        "indicators": [
            _indicator(row, (proving or {}).get(row.indicator.pk, [])) for row in state.indicators
        ],
        "measures": _measures(state) if state.is_result and can_edit else [],
        "letci": letci_prompts() if state.is_result else [],
    }


def letci_prompts() -> list[dict]:
    """Return what a result is read by: level, trend, comparison, integration."""
    return [
        {"code": "Le", "title": _("Level"), "asks": _("Is this year's value at its target?")},
        {"code": "T", "title": _("Trend"), "asks": _("Does it get better over three years?")},
        {
            "code": "C",
            "title": _("Comparison"),
            "asks": _("How does it stand beside other offices or the national figure?"),
        },
        {
            "code": "I",
            "title": _("Integration"),
            "asks": _("Which process does it prove, and which goal does it serve?"),
        },
    ]


def _measures(state: ItemState) -> list[Measure]:
    """Return the measures of a category 7 item that no indicator shows yet."""
    shown = [row.indicator.measure_id for row in state.indicators]
    measures = Measure.objects.filter(item=state.answer.item_id).order_by("order", "pk")
    return [measure for measure in measures if measure.pk not in shown]


def _obec(state: ItemState):
    if not state.is_by_levels or state.score is None:
        return None
    return scoring.to_five(scoring.obec_view(state.score))


def _indicator(row: ScoredIndicator, codes: list[str]) -> dict:
    """Return the indicator with its trend picture and what level and trend say."""
    indicator = row.indicator
    points = [(value.fiscal_year, value.value) for value in indicator.values.all()]
    lower = indicator.direction == Direction.LOWER
    return {
        "indicator": indicator,
        "result": row.result,
        "values": points,
        "trend": trend_words([value for _year, value in points], lower),
        "proves": codes,
        "svg": trend_svg(
            points,
            title=indicator.name,
            target=indicator.target,
            unit=indicator.unit,
            lower_is_better=lower,
            class_="as-trend",
        )
        if points
        else "",
    }


def trend_words(values: list, lower_is_better: bool) -> str:
    """Return what the yearly values (oldest first) say; "" below three years."""
    if len(values) < 3:
        return ""
    first, last = values[0], values[-1]
    steps = [after - before for before, after in pairwise(values)]
    if lower_is_better:
        steps = [-step for step in steps]
        first, last = -first, -last
    if all(step > 0 for step in steps):
        return _("better every year")
    if all(step == 0 for step in steps):
        return _("unchanged")
    if last > first:
        return _("better than at first, not every year")
    return _("worse than at first") if last < first else _("as at first, with ups and downs")


def _line_field(what: str, table: str, answer: ItemAnswer, output_field) -> Func:
    """Return a column that the line has in a table of its answer; NULL without a row."""
    return Func(
        Value(answer.pk),
        F("pk"),
        template=f"(SELECT r.{what} FROM {table} r WHERE r.item_answer_id = %(expressions)s)",
        arg_joiner=" AND r.line_id = ",
        output_field=output_field,
    )


def _lines_of(answer: ItemAnswer):
    """Return the item's lines with their answer and explanation; 1 query."""
    notes = "assessments_linenote"
    return (
        ChecklistLine.objects.filter(item=answer.item_id)
        .annotate(
            given=_line_field("answer", "assessments_lineanswer", answer, CharField()),
            note=_line_field("text", notes, answer, TextField()),
            note_version=_line_field("version", notes, answer, IntegerField()),
        )
        .order_by("order", "pk")
    )


def _levels(state: ItemState, proofs: Proofs, typed: dict) -> list[dict]:
    answer = state.answer
    emphasis = answer.item.emphasis
    language = "en" if get_language() == "en" else "th"
    cycle = answer.category_assessment.assessment.cycle
    pattern = reverse(
        "assessments:line-answer", args=[cycle.agency.code, cycle.fiscal_year, answer.pk, 0]
    ).removesuffix("0/")
    attach = proofs.attach_address()
    lines: dict[str, list] = {}
    for line in _lines_of(answer):
        rows = lines.setdefault(line.level, [])
        rows.append(
            {
                "line": line,
                "number": len(rows) + 1,
                "given": line.given or "",
                "note": typed.get(f"note-{line.pk}", line.note or ""),
                "note_error": typed.get(f"note-{line.pk}-error", ""),
                "note_other": typed.get(f"note-{line.pk}-other"),
                "note_version": line.note_version or 0,
                "proofs": proofs.of_line(line.pk),
                "attach_url": f"{attach}&line={line.pk}",
                "answer_url": f"{pattern}{line.pk}/",
            }
        )
    return [
        {
            "code": score.code,
            "label": Level(score.code).label,
            "emphasis": emphasis.get(score.code, {}).get(language)
            or emphasis.get(score.code, {}).get("th", ""),
            "score": score,
            "points": scoring.to_five(score.earned),
            "adds": score.adds,
            "left": score.lines - score.yes,
            "lines": lines.get(score.code, []),
            # Finished levels fold; the first unfinished one is where the work is.
            "is_folded": (score.is_complete or not score.counts)
            and not any(
                row["note_error"] or row["note_other"] for row in lines.get(score.code, [])
            ),
        }
        for score in state.levels
    ]


def _bars(state: ItemState) -> list[dict]:
    """Return the score bar's pieces; widths follow the levels' points."""
    levels = state.levels
    whole = sum((level.adds for level in levels), Fraction(0))
    usable = BAR_WIDTH - BAR_GAP * (len(levels) - 1)
    found, x = [], 0.0
    for level in levels:
        width = float(level.adds / whole) * usable
        filled = float(level.points / level.adds) * width
        found.append(
            {
                "x": f"{x:.2f}",
                "width": f"{width:.2f}",
                "filled": f"{filled:.2f}" if level.counts and filled else "",
                "counts": level.counts,
                "label": Level(level.code).label,
                "adds": level.adds,
                "is_complete": level.is_complete and level.counts,
            }
        )
        x += width + BAR_GAP
    return found
