"""What rounds ask of people: reports of their actions, and of the officers to close in time."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from django.db.models import Exists, F, OuterRef
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
from improvement.models import ActionReport
from improvement.monitoring.queries import followed
from notifications.due_items import DueItem
from workflows.enums import CycleStatus


def rounds_due(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield one item a person and open round with actions to report, and late rounds to close.

    One query, and a second for each year with open rounds.
    """
    rounds = list(
        MonitoringRound.objects.filter(
            cycle__agency=agency, cycle__status=CycleStatus.OPEN, status=RoundStatus.OPEN
        )
        .order_by("cycle__fiscal_year", "months", "pk")
        .values("pk", "months", "name", "due_on", "ends_on", year=F("cycle__fiscal_year"))
    )
    for year, rows in groupby(rounds, key=lambda row: row["year"]):
        yield from _of_year(agency, year, list(rows), user)


def _of_year(agency: Agency, year: int, rounds: list[dict], user) -> Iterator[DueItem]:
    actions = followed(agency, year).filter(owner__isnull=False)
    if user is not None:
        actions = actions.filter(owner=user)
    is_reported = {
        f"in_{row['pk']}": Exists(
            ActionReport.objects.filter(
                round=row["pk"], action=OuterRef("pk"), actual_pct__isnull=False
            )
        )
        for row in rounds
    }
    rows = list(
        actions.annotate(**is_reported).values("owner", "starts_on", "done_on", *is_reported)
    )
    for round_ in rounds:
        owing = Counter(row["owner"] for row in rows if _is_owed(row, round_))
        yield from _reports(agency, round_, owing)
        if round_["due_on"] < clock.today():
            yield _to_close(agency, round_)


def _is_owed(row: dict, round_: dict) -> bool:
    """Return whether the action wants a report; what begins later or was done by then does not."""
    is_done = row["done_on"] and row["done_on"] <= round_["ends_on"]
    is_later = row["starts_on"] > round_["ends_on"]
    return not (row[f"in_{round_['pk']}"] or is_done or is_later)


def _reports(agency: Agency, row: dict, owing: dict[int, int]) -> Iterator[DueItem]:
    for person, count in owing.items():
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
    return f"{label} {row['year']}"


def _item(agency: Agency, row: dict, *, part: str, **said) -> DueItem:
    here = [agency.code, row["year"], row["months"]]
    return DueItem(
        object_type="assessments.monitoringround",
        object_id=f"{row['pk']}:{part}",
        due_on=row["due_on"],
        url=reverse("rounds:round", args=here),
        icon="clipboard-data",
        **said,
    )
