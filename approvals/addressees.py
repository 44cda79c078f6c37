"""Whose turn an open request is: who endorses, then the director, or the person it names.

Decided for the day it is asked on: acting periods, delegations limited to kinds, and people who
left are heeded each time. Where nobody is left to endorse, the turn is the director's.
"""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Exists, Expression, ExpressionWrapper, OuterRef, Q

from agencies import roles
from agencies.enums import ActingKind, OfficeRole
from agencies.models import ActingPeriod, Agency, AgencyMembership, User
from approvals.enums import RequestStage, RequestStatus
from approvals.models import ApprovalRequest
from core import clock

# Whoever decides, by key: the period in which somebody's place is taken, None for the own.
Places = dict[int, ActingPeriod | None]


def kind_of(row: ApprovalRequest) -> str:
    """Return the model that a request is about, as chains and delegations name it."""
    kind = ContentType.objects.get_for_id(row.content_type_id)
    return f"{kind.app_label}.{kind.model}"


@dataclass
class Desk:
    """Who decides in an office today; two queries, asked when they are needed first."""

    agency: Agency

    @cached_property
    def periods(self) -> list[ActingPeriod]:
        return roles.acting_periods(self.agency)

    @cached_property
    def memberships(self) -> list[AgencyMembership]:
        return roles.active_memberships(self.agency)

    def turn(self, row: ApprovalRequest) -> Places:
        """Return who has to act on the open request now."""
        return self.endorsers(row) or self.deciders(row)

    def lies_with_endorser(self, row: ApprovalRequest) -> bool:
        """Return whether the request waits to be endorsed, and somebody may do so."""
        return row.stage == RequestStage.ENDORSE and bool(self.endorsers(row))

    def endorsers(self, row: ApprovalRequest) -> Places:
        """Return who may endorse: the person named, else the deputies, and who acts for them.

        Neither who submitted the matter nor the director, or who acts in his absence: they decide
        on it afterwards, and nobody takes both steps.
        """
        if row.stage != RequestStage.ENDORSE:
            return {}
        barred = self._with_role(OfficeRole.DIRECTOR) | {row.requested_by_id}
        barred |= {
            period.acting_id
            for period in self.periods
            if period.absent_role == OfficeRole.DIRECTOR and period.kind == ActingKind.ACTING_FOR
        }
        return {key: period for key, period in self.all_endorsers(row).items() if key not in barred}

    def all_endorsers(self, row: ApprovalRequest) -> Places:
        """Return as `endorsers`, with those who are barred from this one matter."""
        if row.endorser_id:
            here = any(seat.user_id == row.endorser_id for seat in self.memberships)
            own = {row.endorser_id} if here else set()
        else:
            own = self._with_role(OfficeRole.DEPUTY)
        return self._with_those_acting(own, kind_of(row))

    def deciders(self, row: ApprovalRequest) -> Places:
        """Return who may decide: the person named, else the director and who acts for him.

        Who endorsed does not decide by delegation too: that is left to the director.
        """
        if row.addressed_to_id:
            return {row.addressed_to_id: None}
        kind = kind_of(row)
        places: Places = dict.fromkeys(self._with_role(OfficeRole.DIRECTOR))
        for period in self.periods:
            is_second = row.endorsed_by_id == period.acting_id
            if is_second and period.kind == ActingKind.BY_DELEGATION:
                continue
            if period.absent_role == OfficeRole.DIRECTOR and roles.covers(period, kind):
                places.setdefault(period.acting_id, period)
        return places

    def people(self, places: Places) -> list[User]:
        """Return the people themselves, in order of their keys."""
        found = {seat.user_id: seat.user for seat in self.memberships if seat.user_id in places}
        found |= {period.acting_id: period.acting for period in places.values() if period}
        return [found[key] for key in sorted(found)]

    def _with_role(self, role: str) -> set[int]:
        return {seat.user_id for seat in self.memberships if seat.role == role}

    def _with_those_acting(self, own: set[int], kind: str) -> Places:
        places: Places = dict.fromkeys(own)
        for period in self.periods:
            if period.absent_id in own and roles.covers(period, kind):
                places.setdefault(period.acting_id, period)
        return places


def may_have_turns(user: User) -> Expression:
    """Say of a membership whether any open request can wait for the person at all.

    True for directors and deputies, for whoever may act for somebody today, and for whoever an open
    request names to endorse it: a figure of every page, so that others ask for no requests.
    """
    named = ApprovalRequest.objects.filter(
        agency=OuterRef("agency"), endorser=user, status=RequestStatus.PENDING
    )
    acts = roles.pens_lent_to(user, OuterRef("agency"), clock.today())
    leads = Q(role__in=(OfficeRole.DIRECTOR, OfficeRole.DEPUTY))
    return ExpressionWrapper(
        leads | Q(Exists(named)) | Q(Exists(acts)), output_field=BooleanField()
    )


def waits_for(user: User, row: ApprovalRequest, desk: Desk) -> bool:
    """Return whether it is the person's turn; the usual answers ask nothing of the database."""
    if row.stage == RequestStage.DECIDE:
        if row.addressed_to_id:
            return row.addressed_to_id == user.pk
        if roles.has_role(user, desk.agency, OfficeRole.DIRECTOR):
            return True
        if user.__dict__.get("_may_act", {}).get(desk.agency.pk) is False:
            return False
    return user.pk in desk.turn(row)


def place_of(user: User, row: ApprovalRequest, desk: Desk) -> ActingPeriod | None:
    """Return the period by which the person, whose turn it is, decides; None for the own place."""
    if row.stage == RequestStage.DECIDE and roles.has_role(user, desk.agency, OfficeRole.DIRECTOR):
        return None
    return desk.turn(row).get(user.pk)


def people_whose_turn(row: ApprovalRequest) -> list[User]:
    """Return the people who are told that the open request waits for them."""
    desk = Desk(row.agency)
    people = desk.people(desk.turn(row))
    if row.addressed_to_id and not people:
        return [row.addressed_to] if row.addressed_to.is_active else []
    return people
