"""How handing a message over can end; `deliveries.send` alone decides what follows.

A channel's `hand_over(delivery)` returns when the other side has taken the message, or raises
one of these.
"""


class NotHandedOver(Exception):
    """The message did not go out, or nobody knows."""


class Passing(NotHandedOver):
    """Trouble that may pass: the message is tried again.

    `retry_after` are the seconds that the other side asks to wait. `is_our_fault` says that a
    setting of the portal is wrong, so that every message of the channel would fail.
    """

    def __init__(self, text: str, retry_after: int | None = None, is_our_fault: bool = False):
        super().__init__(text)
        self.retry_after = retry_after
        self.is_our_fault = is_our_fault


class Lasting(NotHandedOver):
    """A refusal of this message. `address_is_bad` stops further messages to the address."""

    def __init__(self, text: str, address_is_bad: bool = True):
        super().__init__(text)
        self.address_is_bad = address_is_bad


class Unclear(NotHandedOver):
    """The message was handed over, and no answer came: never sent again on its own."""


class Unwanted(NotHandedOver):
    """There is nobody any more to hand the message to: it is left out, which is no fault."""
