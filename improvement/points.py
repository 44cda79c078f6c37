"""Points: what the plan may answer. Gathered from where a year shows what is weak, or typed.

Sources: OFI and strengths of the self-assessment, indicators below their target, open
resolutions of the year's meetings, and what other bodies announced with words. A point keeps
its own wording; gathering again adds what is new and never doubles or changes a point.
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import User
from assessments.indicators.reading import meets
from assessments.models import Finding, Indicator, IndicatorValue, OfficialResult
from committees.enums import ResolutionStatus
from committees.models import Resolution
from core.thai_numerals import plain_decimal
from documents.revisions import NotEditable, save_text
from improvement.enums import PointKind
from improvement.models import ImprovementPlan, PlanPoint
from improvement.planning import OPEN_PLAN, PlanLocked, claim_open
from workflows.models import Cycle


class PointInUse(Exception):
    """An action answers the point, so it cannot be left out."""


def gather(plan: ImprovementPlan, by: User) -> int:
    """Add every point that is not in the plan yet; return how many. Raises PlanLocked.

    The claim of the plan comes first, so that two who gather at once do not double a point.
    """
    with transaction.atomic():
        claim_open(plan)
        found = missing_points(plan)
        last = plan.points.aggregate(last=Max("order"))["last"] or 0
        for order, point in enumerate(found, start=last + 1):
            point.order = order
        PlanPoint.objects.bulk_create(found)
        if found:
            audit.record(plan.agency, by, "plan.gather", plan, after={"points": len(found)})
    return len(found)


def missing_points(plan: ImprovementPlan) -> list[PlanPoint]:
    """Return the points that gathering would add, not saved yet; five queries."""
    rows = plan.points.values_list(
        "finding_id", "indicator_id", "resolution_id", "official_result_id"
    )
    known = [set(column) for column in zip(*rows, strict=True)] or [set()] * 4
    findings, indicators, resolutions, results = known
    cycle = plan.cycle
    return [
        PlanPoint(plan=plan, **fields)
        for fields in (
            *_of_findings(cycle, findings),
            *_of_gaps(cycle, indicators),
            *_of_resolutions(cycle, resolutions),
            *_of_feedback(cycle, results),
        )
    ]


def _of_findings(cycle: Cycle, known: set) -> Iterator[dict]:
    rows = (
        Finding.objects.filter(item_answer__category_assessment__assessment__cycle=cycle)
        .select_related("item_answer__item__category")
        .order_by("kind", "item_answer__item__category__number", "item_answer__item__order", "pk")
    )
    for row in rows:
        if row.pk not in known:
            number = row.item_answer.item.category.number
            yield {
                "kind": row.kind,
                "finding": row,
                "text": row.text,
                "category_number": number,
            }


def _of_gaps(cycle: Cycle, known: set) -> Iterator[dict]:
    """Yield the indicators whose newest value of the year misses the target."""
    indicators = Indicator.objects.filter(cycle=cycle, target__isnull=False)
    values = IndicatorValue.objects.filter(
        indicator__cycle=cycle, fiscal_year=cycle.fiscal_year, value__isnull=False
    )
    newest = {row.indicator_id: row.value for row in values.order_by("months", "pk")}
    for row in indicators:
        value = newest.get(row.pk)
        if row.pk not in known and meets(row, value) is False:
            words = _("%(name)s: result %(value)s, target %(target)s %(unit)s")
            yield {
                "kind": PointKind.GAP,
                "indicator": row,
                "category_number": int(row.group[0]) if row.group[:1].isdigit() else None,
                "text": words
                % {
                    "name": row.name,
                    "value": plain_decimal(value, commas=True),
                    "target": plain_decimal(row.target, commas=True),
                    "unit": row.unit,
                },
            }


def _of_resolutions(cycle: Cycle, known: set) -> Iterator[dict]:
    rows = (
        Resolution.objects.filter(
            item__meeting__agency=cycle.agency,
            item__meeting__fiscal_year=cycle.fiscal_year,
            status=ResolutionStatus.OPEN,
        )
        .select_related("item")
        .order_by("item__meeting__starts_at", "item", "order", "pk")
    )
    for row in rows:
        if row.pk not in known:
            text = row.text or row.item.title
            yield {"kind": PointKind.RESOLUTION, "resolution": row, "text": text}


def _of_feedback(cycle: Cycle, known: set) -> Iterator[dict]:
    """Yield what a body wrote with a result of this year or of the year before."""
    rows = OfficialResult.objects.filter(
        ~Q(note=""),
        agency=cycle.agency,
        fiscal_year__in=(cycle.fiscal_year, cycle.fiscal_year - 1),
    )
    for row in rows:
        if row.pk not in known:
            text = f"{row.body} {row.fiscal_year}: {row.note}"
            yield {"kind": PointKind.FEEDBACK, "official_result": row, "text": text}


def add_point(plan: ImprovementPlan, fields: dict, by: User) -> PlanPoint:
    """Add a typed point at the end. Raises PlanLocked."""
    with transaction.atomic():
        claim_open(plan)
        last = plan.points.aggregate(last=Max("order"))["last"] or 0
        point = PlanPoint.objects.create(plan=plan, order=last + 1, **fields)
        audit.record(plan.agency, by, "point.add", point, summary=point.text[:200])
    return point


def save_point(point: PlanPoint, fields: dict, version: int, by: User):
    """Save wording, kind or category by one conditional UPDATE.

    Raises documents.revisions.SaveConflict when somebody saved since `version`, NotEditable when
    the plan is locked.
    """
    with transaction.atomic():
        _claim_or_refuse(point.plan)
        return save_text(
            point, fields, version=version, by=by, agency=point.plan.agency, editable=OPEN_PLAN
        )


def leave_out(point: PlanPoint, reason: str, by: User) -> None:
    """Leave the point for another year, with the reason. Raises PointInUse, PlanLocked."""
    with transaction.atomic():
        claim_open(point.plan)
        if point.actions.exists():
            raise PointInUse
        PlanPoint.objects.filter(pk=point.pk).update(is_left_out=True, left_out_reason=reason)
        audit.record(point.plan.agency, by, "point.leave_out", point, summary=reason)


def bring_back(point: PlanPoint, by: User) -> None:
    """Take a point that was left out into the plan again. Raises PlanLocked."""
    with transaction.atomic():
        claim_open(point.plan)
        PlanPoint.objects.filter(pk=point.pk).update(is_left_out=False, left_out_reason="")
        audit.record(point.plan.agency, by, "point.bring_back", point)


def _claim_or_refuse(plan: ImprovementPlan) -> None:
    try:
        claim_open(plan)
    except PlanLocked as error:
        raise NotEditable from error
