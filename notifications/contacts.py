"""How a person can be reached now: addresses that work, wishes, quiet hours.

Who has left the office (or may no longer sign in) cannot be reached at all.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from agencies.models import Agency, AgencyMembership, User
from notifications.address_flags import flagged
from notifications.digests import DIGEST_KINDS
from notifications.enums import Channel
from notifications.models import ContactSettings
from notifications.preferences import Choices, choices_of, is_wanted
from notifications.quiet_hours import not_before


@dataclass(frozen=True)
class Contact:
    """One person's working channels and wishes."""

    user_id: int
    channels: tuple[str, ...]
    choices: Choices
    settings: ContactSettings

    def wants(self, kind: str, channel: str) -> bool:
        return is_wanted(self.choices, kind, channel)

    def waits_for_digest(self, kind: str) -> bool:
        return self.settings.wants_digest and kind in DIGEST_KINDS

    def not_before(self, instant: dt.datetime) -> dt.datetime:
        """Return the instant, or the end of the quiet hours around it."""
        return not_before(instant, self.settings.quiet_from, self.settings.quiet_until)


def present_people(agency: Agency, user_ids: Iterable[int]):
    """Return those people who may sign in and have not left the office.

    Somebody who never was a member (a guest of a meeting) has not left.
    """
    left = AgencyMembership.objects.filter(agency=agency, is_active=False).values("user")
    return User.objects.filter(pk__in=set(user_ids), is_active=True).exclude(pk__in=left)


def contacts_of(agency: Agency, user_ids: Iterable[int]) -> dict[int, Contact]:
    """Return how the people still there can be reached, by user id. Three queries."""
    people = list(
        present_people(agency, user_ids).select_related("contact_settings").order_by("pk")
    )
    if not people:
        return {}
    choices = choices_of(person.pk for person in people)
    addresses = {person.pk: _addresses(person) for person in people}
    bad = flagged(address for places in addresses.values() for address in places.values())
    return {
        person.pk: Contact(
            user_id=person.pk,
            channels=tuple(
                channel
                for channel, address in addresses[person.pk].items()
                if address and (channel, address) not in bad
            ),
            choices=choices.get(person.pk, {}),
            settings=contact_settings_of(person),
        )
        for person in people
    }


def contact_settings_of(person: User) -> ContactSettings:
    """Return the person's settings, or an unsaved row with the defaults."""
    return getattr(person, "contact_settings", None) or ContactSettings(user=person)


def _addresses(person: User) -> dict[str, str]:
    settings = contact_settings_of(person)
    return {Channel.EMAIL: person.email, Channel.LINE: settings.line_user_id}
