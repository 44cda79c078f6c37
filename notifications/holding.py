"""What keeps a message back at the moment of sending: hours, days off, or nobody left to tell."""

import datetime as dt
from dataclasses import dataclass

from agencies.holidays import is_working_day
from core import clock
from notifications.address_flags import is_flagged
from notifications.contacts import contact_settings_of, present_people
from notifications.digests import digest_days
from notifications.enums import DeliveryStatus
from notifications.models import Delivery
from notifications.quiet_hours import not_before


@dataclass(frozen=True)
class Hold:
    """Why a message does not leave now: for good (skipped), or until an instant (pending)."""

    status: str
    error: str = ""
    until: dt.datetime | None = None


def hold_of(delivery: Delivery) -> Hold | None:
    """Return what keeps the message back now, or None when it may leave.

    People who left after the message was written get nothing; quiet hours that began and a day
    that became a holiday are waited for.
    """
    if not delivery.carriages.exists():
        return Hold(DeliveryStatus.SKIPPED, "nothing is left to tell")
    if delivery.recipient_id is not None and not _is_present(delivery):
        return Hold(DeliveryStatus.SKIPPED, "the person has left the office")
    if is_flagged(delivery):
        return Hold(DeliveryStatus.SKIPPED, "the address is flagged as not accepting messages")
    if delivery.recipient_id is None:
        return None
    until = _first_moment(delivery)
    return Hold(DeliveryStatus.PENDING, until=until) if until > clock.now() else None


def _is_present(delivery: Delivery) -> bool:
    return present_people(delivery.agency, [delivery.recipient_id or 0]).exists()


def _first_moment(delivery: Delivery) -> dt.datetime:
    """Return now, or when quiet hours and days off are over."""
    now = moment = clock.now()
    if delivery.digest_on:
        days = digest_days(delivery.agency, now)
        today = clock.day_of(now)
        if not is_working_day(today, days.holidays):
            moment = days.moment(days.first_from(today))
    settings = contact_settings_of(delivery.recipient)
    return not_before(moment, settings.quiet_from, settings.quiet_until)
