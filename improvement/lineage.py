"""Where an action came from and what it led to: OFI → action, year by year → later result.

The result is read from the years after the OFI: the score of the same item in the assessments,
or the values of the same indicator. Nothing is stored; a fixed number of queries reads it all.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.models import Assessment, Indicator, IndicatorValue
from assessments.progress import load
from assessments.scoring import to_five
from improvement.models import Action, ImprovementPlan, PlanPoint

# How many plans back an action is followed.
MOST_YEARS = 3


@dataclass
class Result:
    """What a year shows: an item's score or an indicator's value."""

    year: int
    value: Decimal | None


@dataclass
class Line:
    """One row of the history: the point with its year, the action year by year, the results."""

    point: PlanPoint | None
    point_year: int
    actions: list[Action]
    measured: str = ""
    results: list[Result] = field(default_factory=list)

    @property
    def action(self) -> Action:
        return self.actions[-1]

    @property
    def change(self) -> Decimal | None:
        """Return last minus first result, where both are known."""
        known = [row.value for row in self.results if row.value is not None]
        return known[-1] - known[0] if len(known) > 1 else None


def history_of(plan: ImprovementPlan) -> list[Line]:
    """Return a line for each action of the plan, in its order."""
    path = ["carried_from" + "__carried_from" * step for step in range(MOST_YEARS - 1)]
    actions = plan.actions.select_related(
        "owner",
        "plan__cycle",
        "indicator",
        "point__finding__item_answer__item",
        "point__finding__item_answer__category_assessment__assessment__cycle",
        "point__indicator",
        *(f"{step}__plan__cycle" for step in path),
    )
    lines = [_line(action) for action in actions]
    year = plan.cycle.fiscal_year
    first = min([line.point_year for line in lines], default=year)
    years = range(first, year + 2)
    scores = _item_scores(plan, years)
    values = _values(lines, years)
    for line in lines:
        _measure(line, scores, values, year + 1)
    return lines


def _line(action: Action) -> Line:
    chain = [action]
    while len(chain) <= MOST_YEARS and chain[0].carried_from_id:
        chain.insert(0, chain[0].carried_from)
    point = action.point
    year = chain[0].plan.cycle.fiscal_year
    if point and point.finding:
        assessment = point.finding.item_answer.category_assessment.assessment
        year = assessment.cycle.fiscal_year
    return Line(point, year, chain)


def _item_scores(plan: ImprovementPlan, years: range) -> dict[tuple[str, int], Decimal | None]:
    """Return (item, year) → score of the office's self-assessments."""
    assessments = Assessment.objects.filter(
        cycle__agency=plan.agency, cycle__fiscal_year__in=years
    ).select_related("edition", "cycle__agency")
    rows = list(assessments)
    states = load(*rows) if rows else {}
    found = {}
    for assessment in rows:
        for item in states[assessment.pk].items:
            key = (item.answer.item.code, assessment.cycle.fiscal_year)
            found[key] = None if item.score is None else to_five(item.score)
    return found


def _values(lines: list[Line], years: range) -> dict[int, dict[int, Decimal]]:
    """Return indicator → year → value of the whole year, copies counted with their source."""
    wanted = {_indicator_of(line) for line in lines} - {None}
    if not wanted:
        return {}
    copies = Indicator.objects.filter(copied_from__in=wanted).values_list("pk", "copied_from_id")
    source = dict(copies) | {row.pk: row.pk for row in wanted}
    found: dict[int, dict[int, Decimal]] = {}
    rows = IndicatorValue.objects.filter(
        indicator__in=source, fiscal_year__in=years, value__isnull=False
    )
    for row in rows.order_by("fiscal_year", "months", "pk"):
        found.setdefault(source[row.indicator_id], {})[row.fiscal_year] = row.value
    return found


def _indicator_of(line: Line) -> Indicator | None:
    return line.action.indicator or (line.point.indicator if line.point else None)


def _measure(line: Line, scores: dict, values: dict, last: int) -> None:
    """Give the line its results: the indicator's where it names one, else the item's."""
    years = range(line.point_year, last + 1)
    indicator = _indicator_of(line)
    if indicator:
        line.measured = indicator.name
        by_year = values.get(indicator.pk, {})
        line.results = [Result(year, by_year.get(year)) for year in years]
    elif line.point and line.point.finding:
        item = line.point.finding.item_answer.item
        line.measured = _("Score of item %(code)s") % {"code": item.code}
        line.results = [Result(year, scores.get((item.code, year))) for year in years]
