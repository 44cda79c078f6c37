"""E-mail. A message whose fate is unknown is never sent again on its own."""

from email.errors import MessageError

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from notifications.channels import smtp
from notifications.channels.outcomes import Lasting, Passing
from notifications.emails import notification_email
from notifications.models import Delivery

# Nothing at the other end notices that the same message comes twice.
MAY_REPEAT = False


def hand_over(delivery: Delivery) -> None:
    """Send the delivery's message; raises as `channels.outcomes` says."""
    if not delivery.to_address:
        raise Lasting("no e-mail address", address_is_bad=False)
    connection = get_connection()
    try:
        message = notification_email(delivery)
        if isinstance(connection, EmailBackend):
            smtp.hand_over(connection, message)
        else:
            connection.send_messages([message])
    except (ValueError, MessageError) as error:  # not an address, a forged header
        raise Lasting(f"{type(error).__name__}: {error}") from error
    except OSError as error:
        raise Passing(f"{type(error).__name__}: {error}") from error
