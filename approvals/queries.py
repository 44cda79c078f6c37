"""Which requests for a decision somebody may see."""

from django.db.models import Q, QuerySet

from agencies.enums import OfficeRole
from agencies.models import ActingPeriod, Agency, User
from agencies.queries import agencies_visible_to
from agencies.roles import periods_in_force
from approvals.enums import RequestStatus
from approvals.models import ApprovalRequest, PaperFreeze
from core import clock

_SEES_ALL = (OfficeRole.DIRECTOR, OfficeRole.DEPUTY, OfficeRole.OFFICER)
_PENS = (OfficeRole.DIRECTOR, OfficeRole.DEPUTY)


def requests_visible_to(user: User) -> QuerySet[ApprovalRequest]:
    """Return the requests that the person decides, endorses, made, or keeps the books of.

    Who acts in somebody's place sees what the place is lent for, on the days of the period.
    """
    offices = agencies_visible_to(user)
    leads = offices.filter(
        memberships__user=user, memberships__is_active=True, memberships__role__in=_SEES_ALL
    )
    seen = Q(agency__in=leads) | Q(requested_by=user) | Q(addressed_to=user) | Q(endorser=user)
    for period in _periods_of(user):
        seen |= _lent_by(period)
    return (
        ApprovalRequest.objects.filter(seen)
        .filter(agency__in=offices)
        .select_related("agency", "requested_by", "addressed_to", "decided_by", "endorsed_by")
        .select_related("content_type", "endorser", "endorsed_for")
    )


def _periods_of(user: User) -> QuerySet[ActingPeriod]:
    in_force = periods_in_force(clock.today())
    return in_force.filter(acting=user, agency__in=agencies_visible_to(user))


def _lent_by(period: ActingPeriod) -> Q:
    lent = Q(agency=period.agency_id)
    if period.absent_role not in _PENS:
        lent &= Q(endorser=period.absent_id)
    if period.scopes:
        kinds = Q()
        for app, _dot, model in (scope.partition(".") for scope in period.scopes):
            kinds |= Q(content_type__app_label=app, content_type__model=model)
        lent &= kinds
    return lent


def pending(user: User, agency: Agency) -> QuerySet[ApprovalRequest]:
    """Return the visible requests that still wait, longest first, whatever year they belong to."""
    rows = requests_visible_to(user).filter(agency=agency, status=RequestStatus.PENDING)
    return rows.order_by("requested_at", "pk")


def papers_visible_to(user: User) -> QuerySet[PaperFreeze]:
    """Return the papers of decisions made in the person's offices."""
    return PaperFreeze.objects.filter(log__agency__in=agencies_visible_to(user))
