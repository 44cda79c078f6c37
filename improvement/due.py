"""What improvement asks of people: returned plans to mend, actions to finish, rounds to report.

All of it comes from one query, since the home page asks every provider.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.roles import is_officer
from improvement.due_rows import COLUMNS, columns
from improvement.enums import UNDER_WAY, ActionStatus, PlanStatus
from improvement.models import ImprovementPlan
from improvement.monitoring import due as rounds
from notifications.due_items import DueItem
from workflows.enums import CycleStatus

OPEN_ACTIONS = (ActionStatus.PLANNED, ActionStatus.RUNNING)


def work_due(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield returned plans for the officers, running actions for who is responsible, and what
    open rounds ask; 1 query.

    A returned plan is told even where it has lost all its actions meanwhile.
    """
    parts = [rounds.open_rounds(agency), rounds.followed_now(agency, user), rounds.told(agency)]
    found = defaultdict(list)
    for row in (
        _plans(agency, user)
        .union(*parts, all=True)
        .order_by("what", "year", "key", "part")
        .values(*COLUMNS)
    ):
        found[row["what"]].append(row)
    returned = set()
    for row in found["plan"]:
        if row["state"] in UNDER_WAY:
            yield _running(agency, row)
        elif row["key"] not in returned:
            returned.add(row["key"])
            yield _to_correct(agency, row, user)
    yield from rounds.rounds_due(agency, found, user)


def _plans(agency: Agency, user: User | None) -> QuerySet:
    owned = Q(actions__owner=user) if user else Q(actions__owner__isnull=False)
    wanted = Q(status__in=UNDER_WAY, actions__status__in=OPEN_ACTIONS) & owned
    if user is None or is_officer(user, agency):
        wanted |= Q(status=PlanStatus.RETURNED)
    rows = ImprovementPlan.objects.filter(
        wanted, cycle__agency=agency, cycle__status=CycleStatus.OPEN
    )
    return rows.order_by().values(
        **columns(
            "plan",
            key=F("pk"),
            state=F("status"),
            year=F("cycle__fiscal_year"),
            part=F("actions__pk"),
            words=F("actions__title"),
            day=F("actions__ends_on"),
            due=F("decision_due_on"),
            person=F("actions__owner"),
        )
    )


def _running(agency: Agency, row: dict) -> DueItem:
    return DueItem(
        object_type="improvement.action",
        object_id=str(row["part"]),
        title=row["words"],
        why=_("Action of the improvement plan"),
        due_on=row["day"],
        url=reverse(
            "improvement:action-detail",
            args=[agency.code, row["year"], row["part"]],
        ),
        action=_("Open"),
        people=(row["person"],),
        icon="signpost-2",
    )


def _to_correct(agency: Agency, row: dict, user: User | None) -> DueItem:
    return DueItem(
        object_type="improvement.improvementplan",
        object_id=str(row["key"]),
        title=_("Correct the improvement plan and submit it again"),
        why=_("The director returned it with a reason"),
        due_on=row["due"],
        url=reverse("improvement:plan", args=[agency.code, row["year"]]),
        action=_("Correct"),
        people=rounds.officers(agency, user),
        icon="arrow-counterclockwise",
    )
