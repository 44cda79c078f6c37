"""The portal's messages, one function each. Headers never carry people's text."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from notifications.attachments import attachments_of
from notifications.models import Delivery


def notification_email(delivery: Delivery) -> EmailMessage:
    """Return the message that carries the delivery's notifications and their files, in Thai."""
    with translation.override("th"):
        notices = list(delivery.notifications.order_by("due_on", "pk"))
        subject = ngettext(
            "PMQA: %(count)s thing waits for you",
            "PMQA: %(count)s things wait for you",
            len(notices),
        ) % {"count": len(notices)}
        body = render_to_string(
            "emails/notifications.txt",
            {
                "person": delivery.recipient,
                "agency": delivery.agency,
                "notices": notices,
                "base_url": settings.BASE_URL,
            },
        )
        attachments = [
            (item.name, item.content, item.content_type) for item in attachments_of(notices)
        ]
    return EmailMessage(
        subject,
        body,
        settings.DEFAULT_FROM_EMAIL,
        [delivery.to_address],
        headers={"Message-ID": f"<{delivery.message_id}>"},
        attachments=attachments,
    )
