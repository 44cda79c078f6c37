"""What of the self-assessment waits for whom: categories to write, to mend, to review."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import active_memberships
from assessments.addresses import category_address
from assessments.enums import AssessmentStatus, CategoryStatus
from assessments.models import CategoryAssessment
from committees import roles
from committees.enums import CommitteeRole
from committees.roles import seats_of_year
from notifications.due_items import DueItem
from workflows.enums import CycleStatus


def due_categories(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield each open category once: to its champion (7: all champions) or its reviewers.

    One query for the categories, one for the office's people and one a year for its seats.
    """
    rows = list(
        CategoryAssessment.objects.filter(
            assessment__cycle__agency=agency,
            assessment__cycle__status=CycleStatus.OPEN,
            assessment__status=AssessmentStatus.IN_PROGRESS,
        )
        .exclude(status=CategoryStatus.ACCEPTED)
        .select_related("assessment__cycle__agency", "category")
        .annotate(
            written_count=Count("answers", filter=Q(answers__is_written=True)),
            item_count=Count("answers"),
        )
        .order_by("assessment__cycle__fiscal_year", "category__number", "pk")
    )
    if not rows:
        return
    officers = tuple(
        row.user_id for row in active_memberships(agency) if row.role == OfficeRole.OFFICER
    )
    years = {row.assessment.cycle.fiscal_year for row in rows}
    seats = {year: seats_of_year(agency, year) for year in years}
    for row in rows:
        item = _item(row, seats[row.assessment.cycle.fiscal_year], officers)
        if user is None or user.pk in item.people:
            yield item


def _item(row: CategoryAssessment, seats, officers) -> DueItem:
    number = row.category.number
    own = [seat for seat in seats if seat.committee.kind in roles.WORKING_KINDS]
    champions = tuple(
        seat.user_id
        for seat in own
        if seat.champion_of and number in (seat.champion_of, roles.SHARED_CATEGORY)
    )
    chairs = tuple(seat.user_id for seat in own if seat.role == CommitteeRole.CHAIR)
    words = {"number": number, "title": row.category.title}
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
        object_type=row._meta.label_lower,
        object_id=str(row.pk),
        title=title % words,
        why=why,
        due_on=row.due_on,
        url=category_address(row),
        action=action,
        people=tuple(dict.fromkeys(people)),
        icon=icon,
    )
