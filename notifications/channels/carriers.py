"""Which module carries the messages of which channel."""

from types import ModuleType

from notifications.channels import email, line, webhook
from notifications.enums import Channel

CARRIERS: dict[str, ModuleType] = {
    Channel.EMAIL: email,
    Channel.LINE: line,
    Channel.WEBHOOK: webhook,
}


def carrier_of(channel: str) -> ModuleType:
    """Return the module with `hand_over(delivery)` and `MAY_REPEAT` of the channel."""
    return CARRIERS[channel]
