"""What each person wants to be told where. The portal's own list always holds everything."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from agencies.models import User
from notifications.enums import Channel, NoticeKind
from notifications.models import ContactSettings, NoticePreference

# Channels that reach one person; the portal's own list is none of them, it cannot be muted.
PERSONAL_CHANNELS = (Channel.EMAIL, Channel.LINE)
# LINE counts messages by the month: what can wait is wanted there only by whoever asks for it.
LINE_KINDS = frozenset(
    {
        NoticeKind.ASSIGNED,
        NoticeKind.DECISION,
        NoticeKind.RETURNED,
        NoticeKind.DUE_SOON,
        NoticeKind.OVERDUE,
        NoticeKind.MEETING,
    }
)
# Whoever asked for a paper sits at the portal: its own list tells it, mail only on request.
PORTAL_KINDS = frozenset({NoticeKind.PAPER})

Choices = Mapping[tuple[str, str], bool]


def default_of(kind: str, channel: str) -> bool:
    """Return whether the kind travels over the channel for whoever has not chosen."""
    if channel == Channel.EMAIL:
        return kind not in PORTAL_KINDS
    return kind in LINE_KINDS


def is_wanted(choices: Choices, kind: str, channel: str) -> bool:
    """Return the person's choice by (kind, channel), or the default."""
    return choices.get((kind, channel), default_of(kind, channel))


def choices_of(users: Iterable[int]) -> dict[int, dict[tuple[str, str], bool]]:
    """Return what each of the people chose, by (kind, channel). One query."""
    found: dict[int, dict[tuple[str, str], bool]] = {}
    for row in NoticePreference.objects.filter(user__in=list(users)).order_by("pk"):
        found.setdefault(row.user_id, {})[row.kind, row.channel] = row.is_wanted
    return found


def matrix_of(user: User) -> list[tuple[NoticeKind, list[tuple[Channel, bool]]]]:
    """Return every kind with whether it is wanted over each personal channel."""
    choices = choices_of([user.pk]).get(user.pk, {})
    return [
        (kind, [(channel, is_wanted(choices, kind, channel)) for channel in PERSONAL_CHANNELS])
        for kind in NoticeKind
    ]


def save_matrix(user: User, wanted: set[tuple[str, str]], channels: Iterable[str]) -> None:
    """Keep exactly `wanted` ((kind, channel) pairs) for the channels that were shown.

    Only what differs from the default gets a row, so that a better default reaches people.
    """
    channels = list(channels)
    rows = [
        NoticePreference(user=user, kind=kind, channel=channel, is_wanted=(kind, channel) in wanted)
        for kind in NoticeKind
        for channel in channels
        if ((kind, channel) in wanted) != default_of(kind, channel)
    ]
    with transaction.atomic():
        NoticePreference.objects.filter(user=user, channel__in=channels).delete()
        NoticePreference.objects.bulk_create(rows, ignore_conflicts=True)


def save_hours(user: User, hours: ContactSettings) -> None:
    """Keep quiet hours and the wish for a digest; a LINE link made meanwhile stays as it is."""
    names = ("quiet_from", "quiet_until", "wants_digest")
    ContactSettings.objects.update_or_create(
        user=user, defaults={name: getattr(hours, name) for name in names}
    )
