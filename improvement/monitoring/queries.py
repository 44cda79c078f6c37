"""What a round reads of the plan: the actions that are reported, their reports, the evidence."""

from django.db.models import Count, Exists, OuterRef, QuerySet

from assessments.enums import Answer
from assessments.models import EvidenceLink, LineAnswer, MonitoringRound
from improvement.enums import ActionStatus, PlanStatus
from improvement.models import Action, ActionReport, ReportEvidence
from workflows.models import Cycle

# Only what the director approved is reported on.
REPORTED_PLANS = (PlanStatus.APPROVED, PlanStatus.IN_PROGRESS, PlanStatus.CLOSED)


def reported_actions(cycle: Cycle) -> QuerySet[Action]:
    """Return the actions of the year's approved plan in order, without those cancelled."""
    return (
        Action.objects.filter(plan__cycle=cycle, plan__status__in=REPORTED_PLANS)
        .exclude(status=ActionStatus.CANCELLED)
        .select_related("owner", "unit")
        .order_by("order", "pk")
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
