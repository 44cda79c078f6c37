"""Two steps, where the office wants them: the deputy endorses, then the director decides.

A setting names a kind of matter, or all; who endorses is a named person, else the deputies. What
its own app gives to a named person to decide (the chair checks the minutes) knows no such step:
the director has no part in it.
"""

from dataclasses import dataclass

from django.db import transaction

from agencies import audit, roles
from agencies.enums import OfficeRole
from agencies.models import Agency, User
from approvals.addressees import Desk
from approvals.enums import RequestStage, Waiver
from approvals.models import ApprovalChain, ApprovalRequest

ALL_KINDS = ""


def chain_for(agency: Agency, kind: str) -> ApprovalChain | None:
    """Return the endorsement that the office wants of the kind, None when it wants none."""
    rows = {
        row.kind: row
        for row in ApprovalChain.objects.filter(agency=agency, kind__in=[ALL_KINDS, kind])
    }
    chain = rows.get(kind) or rows.get(ALL_KINDS)
    return chain if chain and chain.is_endorsed else None


def place_first(row: ApprovalRequest, kind: str) -> None:
    """Give a new request (not yet saved) to who endorses, or say why it needs none.

    Who submits cannot endorse the own matter: with nobody else to do so it goes to the director.
    """
    chain = None if row.addressed_to_id else chain_for(row.agency, kind)
    if chain is None:
        return
    row.stage, row.endorser = RequestStage.ENDORSE, chain.endorser
    desk = Desk(row.agency)
    if desk.endorsers(row):
        return
    own = row.requested_by_id in desk.all_endorsers(row)
    row.waiver = Waiver.OWN if own else Waiver.NOBODY
    row.stage, row.endorser = RequestStage.DECIDE, None


@dataclass(frozen=True)
class ChainSetting:
    """What the settings screen says of one kind: endorsed or not, and by whom."""

    kind: str
    is_endorsed: bool
    endorser: User | None = None


@transaction.atomic
def save_chains(agency: Agency, by: User, settings: list[ChainSetting]) -> None:
    """Write the office's settings anew; requests already open keep their way.

    The endorsers named must be people of the office (the form sees to it).
    """
    ApprovalChain.objects.filter(agency=agency).delete()
    ApprovalChain.objects.bulk_create(
        ApprovalChain(
            agency=agency, kind=row.kind, is_endorsed=row.is_endorsed, endorser=row.endorser
        )
        for row in settings
    )
    audit.record(
        agency,
        by,
        "approvals.chains",
        agency,
        summary=", ".join(row.kind or "*" for row in settings if row.is_endorsed),
        after={
            row.kind or "*": f"{row.is_endorsed} {row.endorser.pk if row.endorser else ''}"
            for row in settings
        },
    )


def endorsers_exist(agency: Agency) -> bool:
    """Return whether the office has a deputy at all, for the settings screen's warning."""
    return any(seat.role == OfficeRole.DEPUTY for seat in roles.active_memberships(agency))
