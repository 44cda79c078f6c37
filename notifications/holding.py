"""What keeps a message back at the moment of sending: hours, days off, or nobody left to tell."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

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
    with translation.override(settings.LANGUAGE_CODE):  # kept on the row
        reason = _reason_to_skip(delivery)
    if reason:
        return Hold(DeliveryStatus.SKIPPED, reason)
    if delivery.recipient_id is None:
        return None
    until = _first_moment(delivery)
    return Hold(DeliveryStatus.PENDING, until=until) if until > clock.now() else None


def _reason_to_skip(delivery: Delivery) -> str:
    if not delivery.carriages.exists():
        return _("nothing is left to tell")
    if delivery.recipient_id is not None and not _is_present(delivery):
        return _("the person has left the office")
    if is_flagged(delivery):
        return _("the address is flagged as not accepting messages")
    return ""


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
    contact = contact_settings_of(delivery.recipient)
    return not_before(moment, contact.quiet_from, contact.quiet_until)
