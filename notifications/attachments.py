"""Files that travel with a message: the app that owns a notification's object gives them.

Each app registers one provider per type of object in its `ready()`. Files are made when the
message is sent, so that they tell the newest state; making them changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from notifications.models import Notification


@dataclass(frozen=True)
class Attachment:
    """A file of a message. The name is the app's own, never people's text."""

    name: str
    content: bytes
    content_type: str


Provider = Callable[[Notification], Iterable[Attachment]]
_providers: dict[str, Provider] = {}


def register(object_type: str, provider: Provider) -> None:
    """Let the provider give the files of notifications about this type ("committees.attendee")."""
    _providers[object_type] = provider


def attachments_of(notices: Iterable[Notification]) -> list[Attachment]:
    """Return the files that belong to the notifications, in their order, each name once."""
    found: dict[str, Attachment] = {}
    for notice in notices:
        provider = _providers.get(notice.object_type)
        for attachment in provider(notice) if provider else ():
            found[attachment.name] = attachment
    return list(found.values())
