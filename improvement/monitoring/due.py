"""What rounds ask of people: reports of their actions, and of the officers to close in time."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import active_memberships
from assessments.enums import RoundStatus
from assessments.models import MonitoringRound
from assessments.rounds.words import round_label
from core import clock
from improvement.enums import ActionStatus
from improvement.models import ActionReport
from improvement.monitoring.queries import REPORTED_PLANS
from notifications.due_items import DueItem
from workflows.enums import CycleStatus

PLAN = "cycle__improvement_plan"
ACTION = f"{PLAN}__actions"


def rounds_due(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield one item a person and open round with actions to report, and late rounds to close.

    One query: open rounds with the actions of their plan, whether reported or not.
    """
    reported = ActionReport.objects.filter(
        round=OuterRef("pk"), action=OuterRef(ACTION), actual_pct__isnull=False
    )
    rows = (
        MonitoringRound.objects.filter(
            cycle__agency=agency, cycle__status=CycleStatus.OPEN, status=RoundStatus.OPEN
        )
        .annotate(is_reported=Exists(reported))
        .order_by("cycle__fiscal_year", "months", "pk", f"{ACTION}__order", f"{ACTION}__pk")
        .values(
            *("pk", "months", "name", "due_on", "ends_on", "cycle__fiscal_year", "is_reported"),
            *(f"{PLAN}__status", f"{ACTION}__owner", f"{ACTION}__starts_on"),
            *(f"{ACTION}__status", f"{ACTION}__done_on"),
        )
    )
    owing: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rounds = {}
    for row in rows:
        rounds[row["pk"]] = row
        if _is_owed(row):
            owing[row["pk"]][row[f"{ACTION}__owner"]] += 1
    for pk, row in rounds.items():
        yield from _reports(agency, row, owing[pk], user)
        if row["due_on"] < clock.today():
            yield _to_close(agency, row)


def _is_owed(row: dict) -> bool:
    """Return whether the row's action wants a report of somebody; what begins later does not."""
    done_on = row[f"{ACTION}__done_on"]
    return (
        row[f"{ACTION}__owner"] is not None
        and row[f"{PLAN}__status"] in REPORTED_PLANS
        and row[f"{ACTION}__status"] != ActionStatus.CANCELLED
        and not (done_on and done_on <= row["ends_on"])
        and row[f"{ACTION}__starts_on"] <= row["ends_on"]
        and not row["is_reported"]
    )


def _reports(agency: Agency, row: dict, owing: dict[int, int], user) -> Iterator[DueItem]:
    for person, count in owing.items():
        if user is not None and user.pk != person:
            continue
        title = ngettext(
            "Report %(count)s action, %(round)s",
            "Report %(count)s actions, %(round)s",
            count,
        ) % {"count": count, "round": _label(row)}
        yield _item(
            agency,
            row,
            part=f"reports-{person}",
            title=title,
            why=_("Actions of the improvement plan"),
            action=_("Report"),
            people=(person,),
        )


def _to_close(agency: Agency, row: dict) -> DueItem:
    officers = tuple(
        each.user_id for each in active_memberships(agency) if each.role == OfficeRole.OFFICER
    )
    return _item(
        agency,
        row,
        part="close",
        title=_("Close %(round)s and hand the report to the director") % {"round": _label(row)},
        why=_("The day on which reports were due has passed"),
        action=_("Close"),
        people=officers,
    )


def _label(row: dict) -> str:
    label = round_label(MonitoringRound(months=row["months"], name=row["name"]))
    return f"{label} {row['cycle__fiscal_year']}"


def _item(agency: Agency, row: dict, *, part: str, **said) -> DueItem:
    here = [agency.code, row["cycle__fiscal_year"], row["months"]]
    return DueItem(
        object_type="assessments.monitoringround",
        object_id=f"{row['pk']}:{part}",
        due_on=row["due_on"],
        url=reverse("rounds:round", args=here),
        icon="clipboard-data",
        **said,
    )
