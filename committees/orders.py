"""Appointment orders: drafting, what a signature freezes, and signing with number and day."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from agencies import audit, roles
from agencies.models import Agency, User
from approvals.models import TransitionLog
from approvals.registry import workflow_of
from approvals.transitions import (
    AlreadyChanged,
    ContentChanged,
    PaperSignature,
    perform,
    void,
)
from committees.appointing import appoint
from committees.composition import open_warnings
from committees.enums import OrderStatus
from committees.models import AppointmentOrder, Committee
from committees.queries import orders_of, with_members
from core.fiscal_year import to_be
from core.thai_dates import format_long
from notifications.enums import NoticeKind
from notifications.notices import notify

# Wording as the offices' own orders print it; the officer edits it in the draft.
TITLE = "แต่งตั้งคณะกรรมการพัฒนาคุณภาพการบริหารจัดการภาครัฐ (PMQA) ประจำปีงบประมาณ พ.ศ. {year}"
REASON = (
    "เพื่อให้การพัฒนาคุณภาพการบริหารจัดการภาครัฐของ{office} ประจำปีงบประมาณ พ.ศ. {year} "
    "เป็นไปด้วยความเรียบร้อย ต่อเนื่อง และบรรลุเป้าหมายตามตัวชี้วัดการเป็นระบบราชการ 4.0"
)
LEGAL_BASIS = (
    "อาศัยอำนาจตามความในมาตรา 37 แห่งพระราชบัญญัติระเบียบบริหารราชการกระทรวงศึกษาธิการ "
    "พ.ศ. 2546 และที่แก้ไขเพิ่มเติม"
)


class NumberTaken(Exception):
    """Another order of the office has this number in this calendar year."""


def draft_order(agency: Agency, year: int, *, by: User) -> AppointmentOrder:
    """Start an order over all committees of the year, with the usual wording filled in.

    When the year already has a signed order, the new one is drafted to supersede it.
    """
    with transaction.atomic():
        earlier = orders_of(agency, year).filter(status=OrderStatus.SIGNED).first()
        order = AppointmentOrder.objects.create(
            agency=agency,
            fiscal_year=year,
            title=TITLE.format(year=year),
            reason=REASON.format(office=agency.name_th, year=year),
            legal_basis=LEGAL_BASIS,
            supersedes=earlier,
        )
        order.committees.set(Committee.objects.filter(agency=agency, fiscal_year=year))
        audit.record(agency, by, "appointmentorder.create", order, summary=order.title)
    return order


def discard_draft(order: AppointmentOrder, *, by: User) -> bool:
    """Delete an order that is still a draft; False when it is not one any more."""
    with transaction.atomic():
        rows = AppointmentOrder.objects.select_for_update().filter(
            pk=order.pk, status=OrderStatus.DRAFT
        )
        if not rows.exists():
            return False
        audit.record(order.agency, by, "appointmentorder.discard", order, summary=order.title)
        rows.delete()
    return True


def order_data(
    order: AppointmentOrder, committees: list[Committee] | None = None
) -> dict[str, Any]:
    """Return what the order says, JSON-able: the data that is decided on and later frozen.

    `committees` with their members, where the caller has them already.

    {"title", "reason", "legal_basis", "cancels", "effective_on", "committees": [{"name",
    "duties": [str], "members": [{"name", "position", "role", "champion_of", "team_of"}]}]}
    """
    if committees is None:
        committees = committees_in(order)
    return {
        "title": order.title,
        "reason": order.reason,
        "legal_basis": order.legal_basis,
        "cancels": cancelled_order(order),
        "effective_on": order.effective_on.isoformat() if order.effective_on else None,
        "committees": [_committee_data(item) for item in committees],
    }


def committees_in(order: AppointmentOrder) -> list[Committee]:
    """Return the committees the order names, with their members in order of precedence."""
    return list(with_members(order.committees.all()))


def _committee_data(committee: Committee) -> dict[str, Any]:
    return {
        "name": committee.name,
        "duties": [line.strip() for line in committee.duties.splitlines() if line.strip()],
        "members": [
            {
                "name": seat.name,
                "position": seat.position,
                "role": seat.role,
                "champion_of": seat.champion_of,
                "team_of": seat.team_of,
            }
            for seat in committee.members.all()
        ],
    }


def decided_data(order: AppointmentOrder) -> dict[str, Any]:
    """Return what was or will be decided on: a signed order says what it said when signed."""
    return order.snapshot or order_data(order)


def cancelled_order(order: AppointmentOrder) -> str:
    """Return which order this one cancels, as it is printed, or ""."""
    if order.supersedes_id:
        earlier = order.supersedes
        day = format_long(earlier.signed_on, "th")
        return f"คำสั่งที่ {earlier.number}/{earlier.calendar_year} ลงวันที่ {day}"
    return order.supersedes_text.strip()


def signer_of(agency: Agency, day: dt.date) -> tuple[str, str]:
    """Return name and position lines of who signs on the day, acting periods heeded.

    The position of an acting person has two lines: the own one, and whose place is taken.
    """
    kind = AppointmentOrder._meta.label_lower
    period = roles.acting_director(agency, day, kind)
    if period:
        words = roles.ACTING_WORDS[period.kind]
        position = f"{period.acting.position}\n{words}{agency.head_position}"
        return period.acting.get_full_name(), position
    director = roles.director_of(agency)
    return director.get_full_name() if director else "", agency.head_position


def _position_of(agency: Agency, log: TransitionLog) -> str:
    if log.on_behalf_of_id is None:
        return agency.head_position
    words = roles.ACTING_WORDS[log.acting_kind]
    return f"{log.by.position}\n{words}{agency.head_position}"


def ready_for_signature(order: AppointmentOrder) -> list[str]:
    """Return what is missing before the director may be asked to sign."""
    missing = open_warnings(order.agency, order.fiscal_year)
    committees = list(order.committees.annotate(seats=Count("members")).order_by("order", "pk"))
    if not committees:
        missing.append(_("Choose at least one committee for the order"))
    for committee in committees:
        if not committee.seats:
            missing.append(_("%(name)s has no members yet") % {"name": committee.name})
    return missing


def sign_order(
    order: AppointmentOrder,
    by: User,
    *,
    number: str,
    signed_on: dt.date,
    expected_hash: str = "",
) -> TransitionLog:
    """Sign in the portal as director; number and day (C.E.) come from the office's register.

    Raises NumberTaken, and what `approvals.transitions.perform` raises.
    """
    return _signed(order, "sign", by, number, signed_on, expected_hash=expected_hash)


def record_signed_order(
    order: AppointmentOrder, by: User, *, number: str, signature: PaperSignature
) -> TransitionLog:
    """Record an order that was signed on paper, with its day and scan.

    Raises NumberTaken, and what `approvals.transitions.perform` raises.
    """
    day = signature.signed_on
    return _signed(order, "record_signature", by, number, day, signature=signature)


def _signed(order, name, by, number, signed_on, *, expected_hash="", signature=None):
    """Number the order and change its state in one transaction: all of it or nothing."""
    try:
        with transaction.atomic():
            claimed = AppointmentOrder.objects.filter(
                pk=order.pk, status=OrderStatus.FOR_SIGNATURE
            ).update(
                number=number,
                calendar_year=to_be(signed_on.year),
                signed_on=signed_on,
                scan=signature.scan if signature else None,
            )
            if not claimed and order.status == OrderStatus.FOR_SIGNATURE:
                raise AlreadyChanged(order)
            return perform(order, name, by, signature=signature, expected_hash=expected_hash)
    except ContentChanged:
        # The engine's own voiding fell with this transaction.
        order.refresh_from_db()
        void(order, by)
        raise
    except IntegrityError as error:
        raise NumberTaken from error


def freeze(order: AppointmentOrder, log: TransitionLog) -> None:
    """Keep names and positions as they stood at the signature: people move, the paper stays.

    The seats so printed are given from the day the order takes effect.
    """
    name, position = signer_of(order.agency, order.signed_on)
    if log.signed_on is None:
        # Signed in the portal: who did it is known, whoever else might have signed that day.
        name, position = log.by.get_full_name(), _position_of(order.agency, log)
    committees = committees_in(order)
    order.snapshot = order_data(order, committees)
    order.signer_name, order.signer_position = name, position
    order.save(update_fields=["snapshot", "signer_name", "signer_position"])
    appoint(order, committees)


def supersede_earlier(order: AppointmentOrder, log: TransitionLog) -> None:
    """Take the order that this one cancels out of force."""
    earlier = order.supersedes
    if earlier and earlier.status == OrderStatus.SIGNED:
        perform(earlier, "supersede", log.by, comment=f"{order.number}/{order.calendar_year}")


def tell_members(order: AppointmentOrder, log: TransitionLog) -> None:
    """Tell everybody whom the order appoints."""
    people = User.objects.filter(is_active=True, appointments__order=order).distinct()
    number = f"{order.number}/{order.calendar_year}"
    notify(
        order.agency,
        people,
        rule="order-signed",
        kind=NoticeKind.ASSIGNED,
        obj=order,
        title=_("Order %(number)s appoints you to a committee") % {"number": number},
        body=order.title,
        url=workflow_of(order).url_of(order),
    )


def tell_officers(order: AppointmentOrder, log: TransitionLog) -> None:
    """Tell the officers that the order came back, with the reason."""
    notify(
        order.agency,
        roles.officers_of(order.agency),
        rule="order-returned",
        kind=NoticeKind.RETURNED,
        obj=order,
        title=_("The director returned the appointment order"),
        body=log.comment,
        url=workflow_of(order).url_of(order),
        occurrence=str(log.pk),
    )
