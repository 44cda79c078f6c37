"""What rounds ask of people: reports of their actions, and of the officers to close in time."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import active_memberships, is_officer
from assessments.enums import RoundStatus
from assessments.models import MonitoringRound
from assessments.rounds.words import round_label
from core import clock
from core import fiscal_year as fiscal
from improvement.due_rows import columns
from improvement.models import ActionReport
from improvement.monitoring.queries import followed
from notifications.due_items import DueItem
from workflows.enums import CycleStatus


def open_rounds(agency: Agency) -> QuerySet:
    """Return the office's open rounds in the columns of `due_rows`."""
    rows = _open(agency)
    return rows.order_by().values(
        **columns(
            "round",
            key=F("pk"),
            year=F("cycle__fiscal_year"),
            part=F("months"),
            words=F("name"),
            day=F("ends_on"),
            due=F("due_on"),
        )
    )


def followed_now(agency: Agency, user: User | None) -> QuerySet:
    """Return the actions that an open round may follow, of one owner or of all."""
    touching = _open(agency).filter(
        starts_on__lte=OuterRef("ends_on"), ends_on__gte=OuterRef("starts_on")
    )
    rows = followed(agency).filter(Exists(touching))
    rows = rows.filter(owner=user) if user else rows.filter(owner__isnull=False)
    return rows.order_by().values(
        **columns(
            "action",
            key=F("pk"),
            begins=F("starts_on"),
            day=F("ends_on"),
            done=F("done_on"),
            person=F("owner"),
        )
    )


def told(agency: Agency) -> QuerySet:
    """Return which actions have a figure in which open round."""
    rows = ActionReport.objects.filter(round__in=_open(agency), actual_pct__isnull=False)
    return rows.order_by().values(**columns("told", key=F("round"), part=F("action")))


def rounds_due(agency: Agency, found: dict[str, list[dict]], user: User | None):
    """Yield one item a person and open round with actions to report, and late rounds to close.

    `found`: the rows of `open_rounds`, `followed_now` and `told`, by what they are.
    """
    reported = {(row["key"], row["part"]) for row in found["told"]}
    for round_ in found["round"]:
        owing = Counter(
            row["person"]
            for row in found["action"]
            if _is_owed(row, round_) and (round_["key"], row["key"]) not in reported
        )
        yield from _reports(agency, round_, owing)
        if round_["due"] < clock.today():
            yield _to_close(agency, round_, user)


def _open(agency: Agency) -> QuerySet[MonitoringRound]:
    return MonitoringRound.objects.filter(
        cycle__agency=agency, cycle__status=CycleStatus.OPEN, status=RoundStatus.OPEN
    )


def officers(agency: Agency, user: User | None) -> tuple[int, ...]:
    """Return the officers' ids; of one person only whether it is one, which asks nothing."""
    if user is not None:
        return (user.pk,) if is_officer(user, agency) else ()
    return tuple(
        each.user_id for each in active_memberships(agency) if each.role == OfficeRole.OFFICER
    )


def _is_owed(row: dict, round_: dict) -> bool:
    """Return whether the action wants a report in the round.

    What ended before the round's year, begins after the round or was done by then does not.
    """
    is_done = row["done"] and row["done"] <= round_["day"]
    is_later = row["begins"] > round_["day"]
    is_earlier = row["day"] < fiscal.first_day(round_["year"])
    return not (is_done or is_later or is_earlier)


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


def _to_close(agency: Agency, row: dict, user: User | None) -> DueItem:
    return _item(
        agency,
        row,
        part="close",
        title=_("Close %(round)s and hand the report to the director") % {"round": _label(row)},
        why=_("The day on which reports were due has passed"),
        action=_("Close"),
        people=officers(agency, user),
    )


def _label(row: dict) -> str:
    label = round_label(MonitoringRound(months=row["part"], name=row["words"]))
    return f"{label} {row['year']}"


def _item(agency: Agency, row: dict, *, part: str, **said) -> DueItem:
    here = [agency.code, row["year"], row["part"]]
    return DueItem(
        object_type="assessments.monitoringround",
        object_id=f"{row['key']}:{part}",
        due_on=row["due"],
        url=reverse("rounds:round", args=here),
        icon="clipboard-data",
        **said,
    )
