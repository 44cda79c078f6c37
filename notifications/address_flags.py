"""Addresses that refused for good: nothing more is sent there until somebody clears the flag.

A flag holds for the address, so entering another one frees the person by itself.
"""

from collections.abc import Iterable

from django.db import transaction

from agencies import audit
from agencies.models import User
from core import clock
from notifications.enums import Channel
from notifications.models import AddressFlag, Delivery


def flag(delivery: Delivery, reason: str) -> None:
    """Flag where the delivery was to go; an address flagged already keeps its first reason.

    A webhook gets no flag, it has a state of its own.
    """
    address = address_of(delivery)
    if not address:
        return
    row = AddressFlag(
        agency=delivery.agency,
        user=delivery.recipient,
        channel=delivery.channel,
        address=address,
        reason=reason[:300],
        flagged_at=clock.now(),
    )
    AddressFlag.objects.bulk_create([row], ignore_conflicts=True)


def is_flagged(delivery: Delivery) -> bool:
    """Return whether messages must not go where the delivery goes. One query."""
    address = address_of(delivery)
    return (delivery.channel, address) in flagged([address])


def address_of(delivery: Delivery) -> str:
    """Return the e-mail address or LINE account that the delivery goes to now, or ""."""
    if delivery.channel == Channel.LINE:
        settings = getattr(delivery.recipient, "contact_settings", None)
        return settings.line_user_id if settings else ""
    return "" if delivery.channel == Channel.WEBHOOK else delivery.to_address


def flagged(addresses: Iterable[str]) -> set[tuple[str, str]]:
    """Return (channel, address) of those that are flagged now. One query."""
    rows = AddressFlag.objects.filter(address__in=set(addresses) - {""}, cleared_at=None)
    return set(rows.order_by().values_list("channel", "address"))


@transaction.atomic
def clear(flag: AddressFlag, by: User) -> bool:
    """Let messages go to the address again; False when the flag was cleared before."""
    changed = AddressFlag.objects.filter(pk=flag.pk, cleared_at=None).update(
        cleared_at=clock.now(), cleared_by=by
    )
    if changed and flag.agency:
        audit.record(flag.agency, by, "address.clear", flag, summary=flag.channel)
    return bool(changed)
