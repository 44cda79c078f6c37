"""How far an assessment is: what each item, category and the whole have, score and lack.

Everything comes from three queries, whatever the number of items: the answers with their
counts, the categories, and the indicators of category 7.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import (
    DecimalField,
    F,
    Func,
    Prefetch,
    QuerySet,
    TextField,
    prefetch_related_objects,
)
from django.utils.translation import gettext as _

from assessments import scoring
from assessments.demands import item_faults
from assessments.enums import CategoryStatus, Floor, Level, MissingRule, ScoringKind
from assessments.models import (
    WHOLE_YEAR,
    Assessment,
    CategoryAssessment,
    CriteriaEdition,
    Indicator,
    IndicatorValue,
    ItemAnswer,
    Measure,
)

RESULTS = 7
REVIEWED = (CategoryStatus.SUBMITTED, CategoryStatus.ACCEPTED)


@dataclass(frozen=True)
class ScoredIndicator:
    """An indicator with this year's value and what its rule makes of it."""

    indicator: Indicator
    value: Decimal | None
    result: scoring.IndicatorScore
    # What the office does with missing values.
    missing_rule: str = MissingRule.LEFT_OUT


@dataclass
class ItemState:
    """An item's answer with its counts; score is exact, None where it cannot be known."""

    answer: ItemAnswer
    category_assessment: CategoryAssessment
    edition: CriteriaEdition
    indicators: list[ScoredIndicator] = field(default_factory=list)

    @property
    def is_by_levels(self) -> bool:
        return self.edition.scoring == ScoringKind.LEVELS

    @property
    def is_result(self) -> bool:
        return self.category_assessment.category.number == RESULTS

    @property
    def has_checklist(self) -> bool:
        return self.is_by_levels and not self.is_result

    @cached_property
    def levels(self) -> list[scoring.LevelScore]:
        """Return the scores of the item's levels; empty where it has no checklist."""
        if not self.has_checklist:
            return []
        answer = self.answer
        tallies = {
            level: tuple(getattr(answer, f"{level}_{what}") for what in _TALLIES)
            for level in Level.values
        }
        return scoring.level_scores_of(self.edition.scoring_data["levels"], tallies)

    @property
    def points(self) -> Decimal | None:
        """Return the item's full points: known to the edition, or entered by the office."""
        if self.is_by_levels:
            return self.edition.total_points
        return (
            self.answer.item.points if self.answer.item.points is not None else (self.answer.points)
        )

    @cached_property
    def score(self) -> Fraction | None:
        if self.has_checklist:
            return scoring.item_by_levels(self.levels)
        if self.is_by_levels:
            return scoring.group_score(
                [row.result.score for row in self.indicators],
                [row.indicator.weight for row in self.indicators],
                next((row.missing_rule for row in self.indicators), MissingRule.LEFT_OUT),
            )
        bands = self.edition.scoring_data["bands"]
        return scoring.item_by_percent(self.answer.percent, self.points, bands)

    @property
    def unanswered(self) -> int:
        return sum(level.lines - level.answered for level in self.levels)

    @property
    def state(self) -> str:
        """Return written, returned, writing or empty: what the item's segment shows."""
        if self.category_assessment.status in REVIEWED or self.answer.is_written:
            return "written"
        if self.category_assessment.status == CategoryStatus.RETURNED:
            return "returned"
        has_any = (
            self.answer.narrative
            or self.answer.percent is not None
            or any(level.answered for level in self.levels)
            or self.indicators
        )
        return "writing" if has_any else "empty"

    def missing(self) -> list[str]:
        """Return what the item lacks before its category can be submitted, in words."""
        code = self.answer.item.code
        return [f"{code} {fault.words}" for fault in item_faults(self)]


@dataclass
class CategoryState:
    """A category with its items; score on the edition's scale."""

    category_assessment: CategoryAssessment
    items: list[ItemState]
    edition: CriteriaEdition

    @property
    def number(self) -> int:
        return self.category_assessment.category.number

    @property
    def is_by_levels(self) -> bool:
        return self.edition.scoring == ScoringKind.LEVELS

    @cached_property
    def score(self) -> Fraction:
        values = [item.score for item in self.items]
        if self.is_by_levels:
            return scoring.category_by_levels(values)
        return scoring.sum_of_points(values)

    @property
    def maximum(self) -> Decimal | None:
        if self.is_by_levels:
            return self.edition.total_points
        return self.category_assessment.category.points

    @property
    def written(self) -> int:
        return sum(item.state == "written" for item in self.items)

    @property
    def unscored(self) -> list[str]:
        """Return the codes of items that have no score and therefore count 0."""
        return [item.answer.item.code for item in self.items if item.score is None]

    def missing(self) -> list[str]:
        return [line for item in self.items for line in item.missing()]


@dataclass
class AssessmentState:
    """A whole assessment; `total` is exact, on the edition's scale."""

    assessment: Assessment
    categories: list[CategoryState]

    @property
    def edition(self) -> CriteriaEdition:
        return self.assessment.edition

    @cached_property
    def total(self) -> Fraction:
        scores = [category.score for category in self.categories]
        if self.edition.scoring == ScoringKind.LEVELS:
            return scoring.overall_by_levels(scores)
        return scoring.sum_of_points(scores)

    @property
    def items(self) -> list[ItemState]:
        return [item for category in self.categories for item in category.items]


def load(
    *assessments: Assessment, scored: Callable[[Iterable[int]], Iterable] | None = None
) -> dict[int, AssessmentState]:
    """Return assessment pk → state for assessments fetched with their edition and cycle.

    `scored`, given the answers' pks, takes the place of `scored_indicators` where a page needs
    no more of the indicators than their scores.
    """
    known = {row.pk: row for row in assessments}
    answers = ItemAnswer.objects.filter(category_assessment__assessment__in=known)
    categories = states_of(answers, known, scored=scored)
    return {
        pk: AssessmentState(
            assessment,
            [row for row in categories if row.category_assessment.assessment_id == pk],
        )
        for pk, assessment in known.items()
    }


def load_category(category_assessment: CategoryAssessment) -> CategoryState:
    """Return the state of one category (fetched with its assessment, edition and cycle)."""
    assessment = category_assessment.assessment
    answers = ItemAnswer.objects.filter(category_assessment=category_assessment)
    return states_of(answers, {assessment.pk: assessment})[0]


def load_item(answer: ItemAnswer) -> ItemState:
    """Return the state of one answer (fetched with its category, edition and cycle)."""
    assessment = answer.category_assessment.assessment
    answers = ItemAnswer.objects.filter(pk=answer.pk)
    return states_of(answers, {assessment.pk: assessment})[0].items[0]


def states_of(
    answers: QuerySet[ItemAnswer],
    assessments: dict[int, Assessment] | None = None,
    *,
    with_history: bool = False,
    scored: Callable[[Iterable[int]], Iterable] | None = None,
) -> list[CategoryState]:
    """Return the answers' categories in order, with counts and scored indicators.

    `assessments` (by pk, with edition and cycle) saves fetching them once more;
    `with_history` fetches the indicators' values of all years too (1 query more).
    """
    related = ["item", "category_assessment__category"]
    if assessments is None:
        whole = "category_assessment__assessment"
        related += [f"{whole}__edition", f"{whole}__cycle__agency"]
    rows = (
        answers.annotate(counts=_counts())
        .select_related(*related)
        .order_by("category_assessment__category__number", "category_assessment", "item__order")
    )
    found: dict[int, CategoryState] = {}
    results: dict[int, ItemState] = {}
    for answer in rows:
        _set_counts(answer)
        category_assessment = answer.category_assessment
        if assessments is not None:
            category_assessment.assessment = assessments[category_assessment.assessment_id]
        assessment = category_assessment.assessment
        category = found.setdefault(
            category_assessment.pk, CategoryState(category_assessment, [], assessment.edition)
        )
        item = ItemState(answer, category.category_assessment, assessment.edition)
        category.items.append(item)
        if item.is_by_levels and item.is_result:
            results[answer.pk] = item
    if results:
        found_rows = (
            scored(results) if scored else scored_indicators(results, with_history=with_history)
        )
        for row in found_rows:
            results[row.indicator.item_answer_id].indicators.append(row)
    return list(found.values())


def fetch_values(indicators: Iterable[ScoredIndicator]) -> None:
    """Fetch the yearly values of the indicators at once, for pages that list them; 1 query."""
    prefetch_related_objects([row.indicator for row in indicators], _values_of_years())


def _values_of_years() -> Prefetch:
    return Prefetch("values", IndicatorValue.objects.filter(months=WHOLE_YEAR))


_VALUE = DecimalField(max_digits=18, decimal_places=5)
# The value of the year that the indicator's assessment is of.
_THIS_YEAR = (
    "(SELECT v.value FROM assessments_indicatorvalue v"
    " JOIN assessments_indicator n ON n.id = v.indicator_id"
    " JOIN assessments_itemanswer a ON a.id = n.item_answer_id"
    " JOIN assessments_categoryassessment c ON c.id = a.category_assessment_id"
    " JOIN assessments_assessment s ON s.id = c.assessment_id"
    " JOIN workflows_cycle y ON y.id = s.cycle_id AND y.fiscal_year = v.fiscal_year"
    f" WHERE v.indicator_id = %(expressions)s AND v.months = {WHOLE_YEAR})"
)


def scored_indicators(
    answers: Iterable[int], *, with_history: bool = True
) -> list[ScoredIndicator]:
    """Return the indicators of the answers (pks) with this year's value and score; 1 query,
    2 with the values of all years.
    """
    settings = "cycle__agency__monitoring_settings"
    rows = Indicator.objects.filter(item_answer__in=list(answers)).annotate(
        current_value=Func(F("pk"), template=_THIS_YEAR, output_field=_VALUE),
        floor=F(f"{settings}__floor"),
        missing_rule=F(f"{settings}__missing"),
    )
    if with_history:
        rows = rows.prefetch_related(_values_of_years())
    return [
        ScoredIndicator(
            row,
            row.current_value,
            scoring.score_indicator(
                row.rule,
                row.direction,
                row.target,
                row.current_value,
                row.lower_bound,
                row.upper_bound,
                thresholds=row.thresholds,
                floor=row.floor or Floor.ONE,
            ),
            row.missing_rule or MissingRule.LEFT_OUT,
        )
        for row in rows
    ]


def missing_measures(category: CategoryState) -> list[str]:
    """Return which required measures of category 7 have no indicator yet, in words."""
    if category.number != RESULTS or not category.is_by_levels:
        return []
    covered = {row.indicator.measure_id for item in category.items for row in item.indicators}
    required = Measure.objects.filter(
        item__in=[item.answer.item_id for item in category.items], is_required=True
    ).order_by("item__order", "order")
    return [
        _("%(code)s has no indicator for “%(measure)s”")
        % {"code": measure.code.split("-")[0], "measure": measure.title}
        for measure in required
        if measure.pk not in covered
    ]


_TALLIES = ("lines", "answered", "yes")


def _rows_counted() -> dict[str, str]:
    """Return name → the rows counted for each answer, as SQL that ends in the answer's pk."""
    rows = {
        "findings_count": "assessments_finding r WHERE r.item_answer_id",
        "ofi_count": "assessments_finding r WHERE r.kind = 'ofi' AND r.item_answer_id",
        "evidence_count": "assessments_evidencelink r WHERE r.item_answer_id",
        "unproved_count": (
            "assessments_lineanswer r WHERE r.answer = 'yes' AND NOT EXISTS ("
            "SELECT 1 FROM assessments_evidencelink e"
            " WHERE e.item_answer_id = r.item_answer_id AND e.line_id = r.line_id"
            ") AND r.item_answer_id"
        ),
    }
    for level in Level.values:
        answers = (
            "assessments_lineanswer r JOIN assessments_checklistline l ON l.id = r.line_id"
            f" WHERE l.level = '{level}'"
        )
        rows[f"{level}_lines"] = (
            "assessments_checklistline r JOIN assessments_itemanswer a ON a.item_id = r.item_id"
            f" WHERE r.level = '{level}' AND a.id"
        )
        rows[f"{level}_answered"] = f"{answers} AND r.item_answer_id"
        rows[f"{level}_yes"] = f"{answers} AND r.answer = 'yes' AND r.item_answer_id"
    return rows


_COUNTED = tuple(_rows_counted())
# All counts of an answer in one column, "2,0,5,…": thirteen subqueries composed from querysets
# took longer than all else on a page. The SQL is read alike by SQLite and PostgreSQL.
_COUNTS = " || ',' || ".join(
    f"CAST((SELECT COUNT(*) FROM {rows} = %(expressions)s) AS text)"
    for rows in _rows_counted().values()
)


def _counts() -> Func:
    """Return the expression of the counts that each answer is fetched with."""
    return Func(F("pk"), template=f"({_COUNTS})", output_field=TextField())


def _set_counts(answer: ItemAnswer) -> None:
    """Give the answer its counts as attributes: findings_count, basic_yes, …"""
    for name, count in zip(_COUNTED, answer.counts.split(","), strict=True):
        setattr(answer, name, int(count))
