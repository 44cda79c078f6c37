"""What an item's page shows: checklist by level, texts, last year's answer. Plain rows."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import get_language

from agencies.models import User
from assessments import scoring
from assessments.answering import WRITABLE
from assessments.enums import AssessmentStatus, FindingKind, Level
from assessments.models import (
    ChecklistLine,
    EvidenceLink,
    Finding,
    ItemAnswer,
    LineAnswer,
    Measure,
)
from assessments.overview import item_state_label
from assessments.permissions import can_write
from assessments.progress import ItemState, fetch_values, states_of
from workflows.enums import CycleStatus

BAR_WIDTH, BAR_GAP = 1000, 12


def with_neighbours(answers: QuerySet[ItemAnswer]) -> QuerySet[ItemAnswer]:
    """Fetch with each answer the item before and after it (pk and code), in one query."""
    same = ItemAnswer.objects.filter(
        category_assessment__assessment=OuterRef("category_assessment__assessment")
    )
    before = same.filter(item__code__lt=OuterRef("item__code")).order_by("-item__code")
    after = same.filter(item__code__gt=OuterRef("item__code")).order_by("item__code")
    return answers.annotate(
        previous_pk=Subquery(before.values("pk")[:1]),
        previous_code=Subquery(before.values("item__code")[:1]),
        next_pk=Subquery(after.values("pk")[:1]),
        next_code=Subquery(after.values("item__code")[:1]),
    )


def state_of(answers: QuerySet[ItemAnswer], pk: int) -> ItemState | None:
    """Return the state of the answer with this pk among the visible ones, or None; 1 query
    (2 for an item of category 7).
    """
    categories = states_of(with_neighbours(answers.filter(pk=pk)), with_history=True)
    return categories[0].items[0] if categories else None


def is_open(answer: ItemAnswer) -> bool:
    """Return whether the answer's category may be written now (the page's view of it)."""
    category_assessment = answer.category_assessment
    assessment = category_assessment.assessment
    return (
        category_assessment.status in WRITABLE
        and assessment.status == AssessmentStatus.IN_PROGRESS
        and assessment.cycle.status == CycleStatus.OPEN
    )


@dataclass(frozen=True)
class ItemPage:
    """Whose page of which item it is; every card makes its context from it."""

    state: ItemState
    user: User
    is_writer: bool
    can_edit: bool

    @property
    def answer(self) -> ItemAnswer:
        return self.state.answer


def present(state: ItemState, user: User) -> dict:
    """Return the context of the item's page: each card adds its own part."""
    writer = can_write(user, state.category_assessment)
    page = ItemPage(state, user, writer, writer and is_open(state.answer))
    context: dict = {}
    for card in CARDS:
        context |= card(page)
    return context


def head(page: ItemPage) -> dict:
    """Return what the head and the card of what is asked show (_head.html)."""
    state = page.state
    return {
        "answer": state.answer,
        "item": state.answer.item,
        "category": state.category_assessment.category,
        "category_assessment": state.category_assessment,
        "edition": state.edition,
        "is_writer": page.is_writer,
        "is_locked": not is_open(state.answer),
        "can_edit": page.can_edit,
        "state_label": item_state_label(state.state),
        "dimensions": _dimensions(state),
    }


def levels_card(page: ItemPage) -> dict:
    """Return the checklist by level, or the indicators of category 7 (_levels.html)."""
    return checklist(page.state, page.can_edit)


def percent_card(page: ItemPage) -> dict:
    """Return the steps of a percentage edition (_percent.html)."""
    return {"percents": _percents(page.state)}


def findings_card(page: ItemPage) -> dict:
    """Return strengths and OFIs (_findings.html)."""
    return {"findings": _findings(page.answer)}


def evidence_card(page: ItemPage) -> dict:
    """Return the evidence of the whole item (_evidence.html)."""
    return {
        "item_links": _links_of_whole_item(page.answer),
        "attach_url": f"{_attach_url(page.answer)}?item={page.answer.pk}",
    }


def last_year_card(page: ItemPage) -> dict:
    """Return last year's answer (_last_year.html)."""
    year = page.answer.category_assessment.assessment.cycle.fiscal_year - 1
    return {"last": last_year(page.answer), "last_year": year}


def side_card(page: ItemPage) -> dict:
    """Return what is left in the item (_side.html)."""
    return {"missing": page.state.missing()}


def checklist(state: ItemState, can_edit: bool) -> dict:
    """Return score bar, levels and lines: what one answer changes and htmx swaps."""
    levels = _levels(state) if state.has_checklist else []
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
        "indicators": state.indicators,
        "measures": _measures(state) if state.is_result else [],
    }


def _measures(state: ItemState) -> list[Measure]:
    """Return the measures of a category 7 item that no indicator shows yet."""
    shown = [row.indicator.measure_id for row in state.indicators]
    return list(Measure.objects.filter(item=state.answer.item_id).exclude(pk__in=shown))


def _obec(state: ItemState):
    if not state.is_by_levels or state.score is None:
        return None
    return scoring.to_five(scoring.obec_view(state.score))


def _levels(state: ItemState) -> list[dict]:
    own = LineAnswer.objects.filter(item_answer=state.answer, line=OuterRef("pk"))
    rows = ChecklistLine.objects.filter(item=state.answer.item_id).annotate(
        given=Subquery(own.values("answer")[:1])
    )
    links = EvidenceLink.objects.filter(item_answer=state.answer).select_related("evidence")
    by_line: dict[int | None, list] = {}
    for link in links:
        by_line.setdefault(link.line_id, []).append(link)
    emphasis = state.answer.item.emphasis
    language = "en" if get_language() == "en" else "th"
    attach = _attach_url(state.answer)
    lines: dict[str, list] = {}
    for line in rows:
        lines.setdefault(line.level, []).append(
            {
                "line": line,
                "number": len(lines.get(line.level, [])) + 1,
                "given": line.given or "",
                "links": by_line.get(line.pk, []),
                "attach_url": f"{attach}?item={state.answer.pk}&line={line.pk}",
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
            "is_folded": score.is_complete or not score.counts,
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
                "x": round(x, 2),
                "width": round(width, 2),
                "filled": round(filled, 2) if level.counts else 0,
                "counts": level.counts,
                "label": Level(level.code).label,
                "adds": level.adds,
                "is_complete": level.is_complete and level.counts,
            }
        )
        x += width + BAR_GAP
    return found


def _attach_url(answer: ItemAnswer) -> str:
    cycle = answer.category_assessment.assessment.cycle
    return reverse("evidence:attach", args=[cycle.agency.code, cycle.fiscal_year])


def _links_of_whole_item(answer: ItemAnswer) -> list[EvidenceLink]:
    """Return the evidence linked to the item itself, not to one of its lines."""
    rows = EvidenceLink.objects.filter(item_answer=answer, line=None)
    return list(rows.select_related("evidence"))


def _findings(answer: ItemAnswer) -> dict[str, list[Finding]]:
    rows = list(Finding.objects.filter(item_answer=answer))
    return {
        "strengths": [row for row in rows if row.kind == FindingKind.STRENGTH],
        "ofis": [row for row in rows if row.kind == FindingKind.OFI],
    }


def last_year(answer: ItemAnswer) -> dict | None:
    """Return last year's answer to the item of the same number, with its score."""
    assessment = answer.category_assessment.assessment
    before = ItemAnswer.objects.filter(
        category_assessment__assessment__cycle__agency=assessment.cycle.agency_id,
        category_assessment__assessment__cycle__fiscal_year=assessment.cycle.fiscal_year - 1,
        item__code=answer.item.code,
        category_assessment__assessment__edition__scoring=assessment.edition.scoring,
    )
    categories = states_of(before)
    if not categories:
        return None
    state = categories[0].items[0]
    found = state.answer
    return {
        "narrative": found.narrative,
        "score": None if state.score is None else scoring.to_five(state.score),
        "complete": sum(level.is_complete and level.counts for level in state.levels),
        "pk": found.pk,
    }


def _percents(state: ItemState) -> list[int]:
    if state.is_by_levels:
        return []
    return scoring.allowed_percents(state.edition.scoring_data["bands"])


def _dimensions(state: ItemState) -> list[dict]:
    if state.is_by_levels:
        return []
    kind = "letci" if state.is_result else "adli"
    rows = state.edition.scoring_data.get("dimensions", {}).get(kind, [])
    language = "en" if get_language() == "en" else "th"
    return [{"code": row["code"], "title": row[language]} for row in rows]


# What the page is made of, in the order of the templates in assessments/item/. A further card is
# one function here and one template included in assessments/item.html.
CARDS: tuple[Callable[[ItemPage], dict], ...] = (
    head,
    levels_card,
    percent_card,
    evidence_card,
    findings_card,
    side_card,
    last_year_card,
)
