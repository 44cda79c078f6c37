"""Which resolutions somebody may see, and the lists of those to be followed up."""

from django.db.models import F, Prefetch, Q, QuerySet

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from committees.enums import ResolutionStatus
from committees.models import Committee, Resolution
from core import clock

FILTERS = ("open", "overdue", "done", "dropped", "all")


def resolutions_visible_to(user: User) -> QuerySet[Resolution]:
    """Return the resolutions of the person's offices, with what their pages read."""
    return Resolution.objects.filter(
        item__meeting__agency__in=agencies_visible_to(user)
    ).select_related("item__meeting__agency", "owner", "owner_unit__head", "closed_by")


def followed(agency: Agency, year: int) -> QuerySet[Resolution]:
    """Return the tasks that meetings of the fiscal year gave, earliest day first.

    Resolutions that only noted or approved something are no tasks and are left out.
    """
    committees = Prefetch("item__meeting__committees", queryset=Committee.objects.order_by("pk"))
    return (
        Resolution.objects.filter(item__meeting__agency=agency, item__meeting__fiscal_year=year)
        .exclude(status=ResolutionStatus.DRAFT)
        .filter(
            Q(owner__isnull=False)
            | Q(owner_unit__isnull=False)
            | Q(due_on__isnull=False)
            | Q(status=ResolutionStatus.OPEN)
        )
        .select_related("item__meeting", "owner", "owner_unit")
        .prefetch_related(committees)
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def in_state(rows: QuerySet[Resolution], state: str) -> QuerySet[Resolution]:
    """Narrow to open, overdue, done or dropped ones; anything else leaves all."""
    if state == "open":
        return rows.filter(status=ResolutionStatus.OPEN)
    if state == "overdue":
        return rows.filter(status=ResolutionStatus.OPEN, due_on__lt=clock.today())
    if state == "done":
        return rows.filter(status=ResolutionStatus.DONE)
    if state == "dropped":
        return rows.filter(status=ResolutionStatus.DROPPED)
    return rows


def of_person(rows: QuerySet[Resolution], user: User) -> QuerySet[Resolution]:
    """Narrow to those the person carries out, as named or as head of the unit named."""
    return rows.filter(Q(owner=user) | Q(owner=None, owner_unit__head=user))


def matching(rows: QuerySet[Resolution], words: str) -> QuerySet[Resolution]:
    """Narrow to those whose wording, matter, meeting or owner holds the words."""
    return rows.filter(
        Q(text__icontains=words)
        | Q(item__title__icontains=words)
        | Q(item__meeting__title__icontains=words)
        | Q(owner__first_name__icontains=words)
        | Q(owner__last_name__icontains=words)
        | Q(owner_unit__name__icontains=words)
    )
