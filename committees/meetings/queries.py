"""Which meetings, agenda items and papers somebody may see: those of the person's offices."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from committees.enums import CommitteeKind, MeetingKind, MeetingStatus, MinutesStatus
from committees.models import AgendaItem, AgendaTemplate, Committee, Meeting, MeetingPaper


def meetings_visible_to(user: User) -> QuerySet[Meeting]:
    return Meeting.objects.filter(agency__in=agencies_visible_to(user))


def items_visible_to(user: User) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting__agency__in=agencies_visible_to(user))


def papers_visible_to(user: User) -> QuerySet[MeetingPaper]:
    return MeetingPaper.objects.filter(meeting__agency__in=agencies_visible_to(user))


def templates_visible_to(user: User) -> QuerySet[AgendaTemplate]:
    return AgendaTemplate.objects.filter(agency__in=agencies_visible_to(user))


def meetings_of(agency: Agency, year: int) -> QuerySet[Meeting]:
    """Return the meetings that serve the fiscal year, with their committees, newest first."""
    committees = Prefetch("committees", queryset=Committee.objects.order_by("order", "pk"))
    return Meeting.objects.filter(agency=agency, fiscal_year=year).prefetch_related(committees)


def of_same(committees: Iterable[Committee]) -> Q:
    """Return the condition on meetings of one of these committees, in whatever year.

    Committees are named anew each year: the same is who is of the same kind (others: same name).
    """
    each = list(committees)
    kinds = [row.kind for row in each if row.kind != CommitteeKind.OTHER]
    names = [row.name for row in each if row.kind == CommitteeKind.OTHER]
    return Q(committees__kind__in=kinds) | Q(
        committees__kind=CommitteeKind.OTHER, committees__name__in=names
    )


def minutes_typed(path: str = "") -> Q:
    """Return the condition that a meeting's minutes may be typed: none begun, or being written.

    `path` leads from the rows to their meeting ("meeting__").
    """
    return Q(**{f"{path}minutes": None}) | Q(**{f"{path}minutes__status": MinutesStatus.WRITING})


def waiting_for_confirmation(agency: Agency) -> QuerySet[Meeting]:
    """Return held committee meetings whose minutes nobody has confirmed, newest first."""
    return Meeting.objects.filter(
        agency=agency, status=MeetingStatus.HELD, kind=MeetingKind.COMMITTEE
    ).exclude(minutes__status=MinutesStatus.CONFIRMED)


def unconfirmed_before(meeting: Meeting, committees: Iterable[Committee]) -> QuerySet[Meeting]:
    """Return earlier held meetings of the same committees whose minutes wait, newest first."""
    return (
        waiting_for_confirmation(meeting.agency)
        .filter(of_same(committees), starts_at__lt=meeting.starts_at)
        .exclude(pk=meeting.pk)
        .distinct()
    )
