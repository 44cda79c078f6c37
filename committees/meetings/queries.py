"""Which meetings, agenda items and papers somebody may see: those of the person's offices."""

from django.db.models import Prefetch, QuerySet

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from committees.enums import MeetingStatus, MinutesStatus
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


def unconfirmed_before(meeting: Meeting, committees: list[Committee]) -> QuerySet[Meeting]:
    """Return earlier held meetings of the same committees whose minutes wait, newest first.

    The committees of last year count as the same when they are of the same kind, so that the
    first meeting of a year may confirm the last one's minutes.
    """
    kinds = {committee.kind for committee in committees if committee.kind != "other"}
    pks = {committee.pk for committee in committees}
    same = Committee.objects.filter(agency_id=meeting.agency_id, kind__in=kinds)
    return (
        Meeting.objects.filter(agency_id=meeting.agency_id, status=MeetingStatus.HELD)
        .filter(committees__in=[*pks, *same.values_list("pk", flat=True)])
        .filter(starts_at__lt=meeting.starts_at)
        .exclude(pk=meeting.pk)
        .exclude(minutes__status=MinutesStatus.CONFIRMED)
        .distinct()
    )
