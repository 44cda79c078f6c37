"""What of the self-assessment waits for whom: categories to write, to mend, to review."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import BigIntegerField, CharField, Count, DateField, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import active_memberships
from assessments.enums import AssessmentStatus, CategoryStatus
from assessments.evidence.due import EXPIRING, expiring_evidence, expiring_item
from assessments.indicators.due import RESULT_ITEMS, waiting_results
from assessments.models import CategoryAssessment
from assessments.profile.due import topic_item, waiting_topics
from assessments.sharing.due import WORK_ITEMS, waiting_work
from committees import roles
from committees.enums import CommitteeRole
from committees.roles import seats_of_year
from core.unions import nothing
from notifications.due_items import DueItem
from workflows.enums import CycleStatus

NO_KEY, NO_DAY = nothing(BigIntegerField()), nothing(DateField())
OWNED_ITEMS = WORK_ITEMS | RESULT_ITEMS | {EXPIRING: expiring_item}


@dataclass(frozen=True)
class Row:
    """An open category, or what has an owner: a profile topic, an item handed to somebody, a
    question to a unit; as one query gives them.
    """

    pk: int
    status: str
    due_on: dt.date | None
    year: int
    number: int
    title_th: str
    title_en: str
    written_count: int
    item_count: int
    owner: int | None
    # Of a hand-out the item's answer.
    target: int | None = None

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_th


def due_categories(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield each open category once: to its champion (7: all champions) or its reviewers; and
    each profile topic without a text to its owner; each item handed to somebody, each question
    to a unit, evidence that expires, and the results of rounds.

    One query for all, one for the office's people and one a year for its seats.
    """
    rows = _rows(agency, user)
    for row in rows:
        if row.status in OWNED_ITEMS:
            yield OWNED_ITEMS[row.status](agency, row)
        elif row.owner:
            yield topic_item(agency, row.pk, row.year, row.number, row.title, row.owner)
    rows = [row for row in rows if not row.owner and row.status not in OWNED_ITEMS]
    if not rows:
        return
    officers = tuple(
        row.user_id for row in active_memberships(agency) if row.role == OfficeRole.OFFICER
    )
    seats = {year: seats_of_year(agency, year) for year in {row.year for row in rows}}
    for row in rows:
        item = _item(agency, row, seats[row.year], officers)
        if user is None or user.pk in item.people:
            yield item


def _rows(agency: Agency, user: User | None) -> list[Row]:
    categories = (
        CategoryAssessment.objects.filter(
            assessment__cycle__agency=agency,
            assessment__cycle__status=CycleStatus.OPEN,
            assessment__status=AssessmentStatus.IN_PROGRESS,
        )
        .exclude(status=CategoryStatus.ACCEPTED)
        .order_by()
        .annotate(
            written_count=Count("answers", filter=Q(answers__is_written=True)),
            item_count=Count("answers"),
            topic_owner=NO_KEY,
            target=NO_KEY,
        )
        .values_list(
            *("pk", "status", "due_on", "assessment__cycle__fiscal_year"),
            *("category__number", "category__title_th", "category__title_en"),
            *("written_count", "item_count", "topic_owner", "target"),
        )
    )
    space = Value(" ")
    topics = (
        waiting_topics(agency, user)
        .order_by()
        .annotate(
            status=Value("topic"),
            due_on=NO_DAY,
            title_th=Concat("topic__code", space, "topic__title_th", output_field=CharField()),
            title_en=Concat("topic__code", space, "topic__title_en", output_field=CharField()),
            written_count=Value(0),
            item_count=Value(0),
            target=NO_KEY,
        )
        .values_list(
            *("pk", "status", "due_on", "assessment__cycle__fiscal_year"),
            *("topic__number", "title_th", "title_en", "written_count", "item_count", "owner"),
            "target",
        )
    )
    owned = (
        *waiting_work(agency, user),
        *waiting_results(agency, user),
        expiring_evidence(agency, user),
    )
    found = categories.union(topics, *owned, all=True)
    rows = [Row(*values) for values in found]
    return sorted(rows, key=lambda row: (row.year, row.number, row.status, row.pk))


def _item(agency: Agency, row: Row, seats, officers) -> DueItem:
    number = row.number
    own = [seat for seat in seats if seat.committee.kind in roles.WORKING_KINDS]
    champions = tuple(
        seat.user_id
        for seat in own
        if seat.champion_of and number in (seat.champion_of, roles.SHARED_CATEGORY)
    )
    chairs = tuple(seat.user_id for seat in own if seat.role == CommitteeRole.CHAIR)
    words = {"number": number, "title": row.title}
    if row.status == CategoryStatus.SUBMITTED:
        title, people = _("Review category %(number)d %(title)s"), (*officers, *chairs)
        why, action, icon = _("Submitted by its champion"), _("Review"), "search"
    elif row.status == CategoryStatus.RETURNED:
        title, people = _("Correct category %(number)d %(title)s"), champions or officers
        why, action, icon = _("Returned with a reason"), _("Correct"), "arrow-return-left"
    else:
        title, people = _("Answer category %(number)d %(title)s"), champions or officers
        why = _("%(done)d of %(total)d items written") % {
            "done": row.written_count,
            "total": row.item_count,
        }
        action, icon = _("Continue writing"), "pencil"
    return DueItem(
        object_type=CategoryAssessment._meta.label_lower,
        object_id=str(row.pk),
        title=title % words,
        why=why,
        due_on=row.due_on,
        url=reverse("assessments:category-detail", args=[agency.code, row.year, number]),
        action=action,
        people=tuple(dict.fromkeys(people)),
        icon=icon,
    )
