"""Which requests for a decision somebody may see."""

from django.db.models import Q, QuerySet

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from agencies.roles import acting_director
from approvals.enums import RequestStatus
from approvals.models import ApprovalRequest, TransitionLog
from core import clock

_SEES_ALL = (OfficeRole.DIRECTOR, OfficeRole.DEPUTY, OfficeRole.OFFICER)


def requests_visible_to(user: User) -> QuerySet[ApprovalRequest]:
    """Return the requests of the offices where the person decides, prepares or keeps the books."""
    leads = agencies_visible_to(user).filter(
        memberships__user=user, memberships__is_active=True, memberships__role__in=_SEES_ALL
    )
    today = clock.today()
    periods = agencies_visible_to(user).filter(
        acting_periods__acting=user,
        acting_periods__starts_on__lte=today,
        acting_periods__ends_on__gte=today,
    )
    acting = [
        agency.pk
        for agency in periods.distinct()
        if (period := acting_director(agency)) and period.acting_id == user.pk
    ]
    return (
        ApprovalRequest.objects.filter(
            Q(agency__in=leads) | Q(agency__in=acting) | Q(requested_by=user) | Q(addressed_to=user)
        )
        .filter(agency__in=agencies_visible_to(user))
        .select_related("requested_by", "addressed_to", "decided_by", "content_type")
    )


def pending(user: User, agency: Agency) -> QuerySet[ApprovalRequest]:
    """Return the visible requests that still wait, whatever year they belong to."""
    return requests_visible_to(user).filter(agency=agency, status=RequestStatus.PENDING)


def history_of(request: ApprovalRequest) -> QuerySet[TransitionLog]:
    """Return the steps that the request's object has gone through, oldest first."""
    return (
        TransitionLog.objects.filter(
            agency_id=request.agency_id,
            content_type_id=request.content_type_id,
            object_id=request.object_id,
        )
        .select_related("by", "on_behalf_of", "scan")
        .order_by("at", "pk")
    )
