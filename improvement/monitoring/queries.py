"""What a round reads of the plan: the actions that are reported, their reports, the evidence."""

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from agencies.models import Agency
from assessments.enums import Answer
from assessments.models import EvidenceLink, Indicator, LineAnswer, MonitoringRound
from core import fiscal_year as fiscal
from improvement.enums import ActionStatus, PlanStatus
from improvement.models import Action, ActionReport, ReportEvidence
from workflows.models import Cycle

# Only what the director approved is reported on.
REPORTED_PLANS = (PlanStatus.APPROVED, PlanStatus.IN_PROGRESS, PlanStatus.CLOSED)


def followed(agency: Agency, *years: int) -> QuerySet[Action]:
    """Return the actions that the rounds of the fiscal years (B.E.) follow; of all years without.

    An action of an approved plan is followed in every year that its days touch: what answers
    the findings of one year is often done in the next. One that was cancelled is not, nor one
    that an approved plan of a later year carries on.
    """
    touches = [
        Q(starts_on__lte=fiscal.last_day(year), ends_on__gte=fiscal.first_day(year))
        for year in years
    ]
    return (
        Action.objects.filter(
            Q(*touches, _connector=Q.OR),
            plan__cycle__agency=agency,
            plan__status__in=REPORTED_PLANS,
        )
        .exclude(status=ActionStatus.CANCELLED)
        .exclude(carried_to__plan__status__in=REPORTED_PLANS)
        .order_by("plan__cycle__fiscal_year", "plan", "order", "pk")
    )


def reported_actions(cycle: Cycle) -> QuerySet[Action]:
    """Return the actions that the cycle's rounds follow, with what a report shows of each."""
    return followed(cycle.agency, cycle.fiscal_year).select_related("owner", "unit")


def indicators_in_order(cycle: Cycle) -> QuerySet[Indicator]:
    """Return the cycle's indicators as their own list shows them: items of category 7 first."""
    is_other = Case(When(group="", then=1), default=0)
    return cycle.indicators.select_related("owner", "owner_unit").order_by(
        is_other, "group", "order", "pk"
    )


def reports_up_to(row: MonitoringRound) -> QuerySet[ActionReport]:
    """Return the reports of the round and of the year's earlier rounds."""
    return ActionReport.objects.filter(
        round__cycle=row.cycle_id, round__months__lte=row.months
    ).order_by("round__months", "pk")


def evidence_codes(row: MonitoringRound) -> dict[int, list[str]]:
    """Return the codes of the evidence of each action of the round, by the action's id."""
    found: dict[int, list[str]] = {}
    rows = ReportEvidence.objects.filter(report__round=row).order_by("pk")
    for action, code in rows.values_list("report__action", "evidence__code"):
        found.setdefault(action, []).append(code)
    return found


def evidence_by_category(cycle: Cycle) -> list[dict]:
    """Return, for each category, how many checklist lines are claimed and how many are proven.

    A line is claimed when it is answered "Have it", proven when evidence is linked to it.
    """
    links = EvidenceLink.objects.filter(item_answer=OuterRef("item_answer"), line=OuterRef("line"))
    category = "item_answer__category_assessment__category"
    lines = LineAnswer.objects.filter(
        item_answer__category_assessment__assessment__cycle=cycle, answer=Answer.YES
    ).annotate(is_proven=Exists(links))
    rows = (
        lines.values(f"{category}__number", f"{category}__title_th", "is_proven")
        .annotate(count=Count("pk"))
        .order_by(f"{category}__number")
    )
    found: dict[int, dict] = {}
    for row in rows:
        number = row[f"{category}__number"]
        entry = found.setdefault(
            number, {"number": number, "name": row[f"{category}__title_th"], "wanted": 0, "got": 0}
        )
        entry["wanted"] += row["count"]
        entry["got"] += row["count"] if row["is_proven"] else 0
    return list(found.values())
