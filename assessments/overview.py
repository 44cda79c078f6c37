"""What the overview and a category's page show, as plain rows for their templates."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q, QuerySet
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments import permissions, scoring
from assessments.enums import AssessmentStatus, CategoryStatus
from assessments.models import Assessment, CriteriaEdition
from assessments.official.shown import card
from assessments.progress import RESULTS, AssessmentState, CategoryState, ItemState, load
from committees import roles
from core import clock
from core.drawing.radar import Series, radar_svg

CHIPS = {
    CategoryStatus.WRITING: "in_progress",
    CategoryStatus.SUBMITTED: "waiting",
    CategoryStatus.RETURNED: "returned",
    CategoryStatus.ACCEPTED: "done",
}


@dataclass(frozen=True)
class Scale:
    """How scores are shown: on the first view the edition names (PMQA 4.0 as OBEC's 0–5), else
    as its points.
    """

    divisor: int | Decimal
    maximum: Decimal
    title: str = ""

    @classmethod
    def of(cls, edition: CriteriaEdition) -> "Scale":
        view = next(iter(edition.scoring_data.get("views", ())), None)
        if view is None:
            return cls(1, edition.total_points)
        divisor, words = Decimal(view["divisor"]), view["title"]
        title = words.get("en") if get_language() == "en" else ""
        return cls(divisor, edition.total_points / divisor, title or words["th"])

    def shown(self, score: Fraction) -> Decimal:
        return scoring.to_five(Fraction(score) / Fraction(self.divisor))


def present(agency: Agency, year: int, user: User) -> dict | None:
    """Return the overview's context, or None when the year has no assessment. 6 queries."""
    this, last = _states(agency, year)
    if this is None:
        return None
    scale = Scale.of(this.edition)
    comparable = last if last and _same_scale(this, last) else None
    champions = roles.champions(agency, year)
    rows = [_row(category, scale, comparable, champions) for category in this.categories]
    items = this.items
    return {
        "assessment": this.assessment,
        "edition": this.edition,
        "scale": scale,
        "rows": rows,
        "total": scale.shown(this.total),
        "last_total": scale.shown(comparable.total) if comparable else None,
        "last_year": year - 1,
        "item_count": len(items),
        "written_count": sum(item.state == "written" for item in items),
        "unproved": sum(item.answer.unproved_count for item in items if item.has_checklist),
        "ofi_count": sum(item.answer.ofi_count for item in items),
        "due_on": _last_due(this),
        "first_look": _first_look(this),
        "radar": _radar(rows, scale, year, comparable is not None),
        "is_accepted": this.assessment.status == AssessmentStatus.ACCEPTED,
        "can_manage": permissions.can_manage(user, this.assessment),
        "can_accept": _may_accept(user, this),
        # Asked for by the overview alone, not by the home page that shows its figures.
        "official": SimpleLazyObject(lambda: card(agency, {year: this, year - 1: last})),
        "unscored": [code for category in this.categories for code in category.unscored],
    }


def present_category(state: CategoryState, scale: Scale) -> dict:
    """Return figures and item rows of one category's page."""
    return {
        "rows": [_item_row(item) for item in state.items],
        "score": scale.shown(state.score),
        "maximum": None if state.maximum is None else state.maximum / scale.divisor,
        "written": state.written,
        "chip": chip_of(state),
        "segments": segments_of(state),
    }


def segments_of(state: CategoryState) -> list[dict]:
    """Return one segment an item: x in the drawing, its state and the item's code."""
    return [
        {"x": index * 22, "state": item.state, "code": item.answer.item.code}
        for index, item in enumerate(state.items)
    ]


def chip_of(state: CategoryState) -> dict:
    """Return the category's state as chip kind and words; work overdue says by how long."""
    row = state.category_assessment
    open_still = row.status in (CategoryStatus.WRITING, CategoryStatus.RETURNED)
    late = (clock.today() - row.due_on).days if row.due_on and open_still else 0
    if late > 0:
        words = ngettext("%(count)d day overdue", "%(count)d days overdue", late)
        return {"kind": "overdue", "label": words % {"count": late}}
    if row.status == CategoryStatus.WRITING and all(item.state == "empty" for item in state.items):
        return {"kind": "not_started", "label": _("Not started")}
    return {"kind": CHIPS[row.status], "label": row.get_status_display()}


def _states(agency: Agency, year: int) -> tuple[AssessmentState | None, AssessmentState | None]:
    found: dict[int, Assessment] = {}
    for assessment in _of_years(agency, year, year - 1):
        found.setdefault(assessment.cycle.fiscal_year, assessment)
    if year not in found:
        return None, None
    states = load(*found.values())
    last = found.get(year - 1)
    return states[found[year].pk], states[last.pk] if last else None


def _of_years(agency: Agency, *years: int) -> QuerySet[Assessment]:
    return (
        Assessment.objects.filter(Q(cycle__agency=agency), cycle__fiscal_year__in=years)
        .select_related("edition", "cycle__agency")
        .defer("snapshot")
        .order_by("cycle_id")
    )


def _same_scale(this: AssessmentState, last: AssessmentState) -> bool:
    return (this.edition.scoring, this.edition.total_points) == (
        last.edition.scoring,
        last.edition.total_points,
    )


def _row(
    state: CategoryState, scale: Scale, last: AssessmentState | None, champions: dict[int, User]
) -> dict:
    before = {row.number: row for row in last.categories} if last else {}
    last_state = before.get(state.number)
    return {
        "category_assessment": state.category_assessment,
        "category": state.category_assessment.category,
        "number": state.number,
        "champion": champions.get(state.number),
        "is_shared": state.number == RESULTS,
        "segments": segments_of(state),
        "segments_width": len(state.items) * 22,
        "shown_width": len(state.items) * 18,
        "words": _segment_words(state),
        "unproved": sum(item.answer.unproved_count for item in state.items if item.has_checklist),
        "score": scale.shown(state.score),
        "maximum": None if state.maximum is None else state.maximum / scale.divisor,
        "last_score": scale.shown(last_state.score) if last_state else None,
        "chip": chip_of(state),
    }


def _segment_words(state: CategoryState) -> str:
    return _("%(written)d of %(total)d items written") % {
        "written": state.written,
        "total": len(state.items),
    }


def _item_row(item: ItemState) -> dict:
    levels = item.levels
    return {
        "answer": item.answer,
        "item": item.answer.item,
        "state": item.state,
        "chip": _ITEM_CHIPS[item.state],
        "label": item_state_label(item.state),
        "score": None if item.score is None else scoring.to_five(item.score),
        "points": item.points,
        "answered": sum(level.answered for level in levels),
        "lines": sum(level.lines for level in levels),
        "indicators": len(item.indicators),
        "findings": item.answer.findings_count,
        "evidence": item.answer.evidence_count,
        "missing": item.missing(),
        "remark": "",
    }


_ITEM_CHIPS = {
    "written": "done",
    "writing": "in_progress",
    "returned": "returned",
    "empty": "not_started",
}


def item_state_label(state: str) -> str:
    return {
        "written": _("Written"),
        "writing": _("Being written"),
        "returned": _("Returned for correction"),
        "empty": _("Not started"),
    }[state]


def _last_due(state: AssessmentState):
    days = [row.category_assessment.due_on for row in state.categories]
    return max((day for day in days if day), default=None)


def _first_look(state: AssessmentState) -> list[dict]:
    """Return what deserves a look first: overdue, returned, not started."""
    looks = []
    for category in state.categories:
        words = []
        chip = chip_of(category)
        empty = sum(item.state == "empty" for item in category.items)
        is_open = chip["kind"] in ("overdue", "returned", "in_progress", "not_started")
        if chip["kind"] in ("overdue", "returned"):
            words.append(chip["label"])
        if empty and is_open and (words or empty < len(category.items)):
            words.append(
                ngettext("%(count)d item not started", "%(count)d items not started", empty)
                % {"count": empty}
            )
        if words:
            looks.append({"number": category.number, "words": " · ".join(words)})
    return looks[:4]


def _radar(rows: list[dict], scale: Scale, year: int, has_last: bool) -> str:
    """Return the drawing: each category on the shown scale, or in per cent of its points."""
    by_levels = scale.divisor != 1
    maximum = float(scale.maximum) if by_levels else 100.0
    columns = [("score", year, False)]
    if has_last:
        columns.append(("last_score", year - 1, True))
    series = [
        Series(
            str(number),
            [_share(row[column], row["maximum"], scale) * maximum for row in rows],
            is_dashed,
        )
        for column, number, is_dashed in columns
    ]
    return radar_svg(
        [row["number"] for row in rows],
        series,
        maximum,
        title=_("Scores of the seven categories in %(year)d") % {"year": year},
    )


def _share(score: Decimal | None, maximum: Decimal | None, scale: Scale) -> float:
    full = maximum or scale.maximum
    return 0.0 if score is None else min(1.0, float(score / full))


def _may_accept(user: User, state: AssessmentState) -> bool:
    """Ask for the right only where it matters: when the whole is ready to be accepted."""
    is_ready = all(
        row.category_assessment.status == CategoryStatus.ACCEPTED for row in state.categories
    )
    in_progress = state.assessment.status == AssessmentStatus.IN_PROGRESS
    return in_progress and is_ready and permissions.can_accept(user, state.assessment)
