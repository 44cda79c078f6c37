"""The portal's messages, one function each. Headers never carry people's text."""

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from notifications.attachments import attachments_of
from notifications.models import Delivery
from notifications.urgency import by_urgency, subject_of


def notification_email(delivery: Delivery) -> EmailMessage:
    """Return the message that carries the delivery's notifications and their files, in Thai.

    Text and HTML say the same, grouped by urgency; no picture is fetched from anywhere. People
    with an account are led to where they choose what is mailed to them.
    """
    with translation.override("th"):
        notices = list(delivery.notifications.order_by("due_on", "pk"))
        preferences = settings.BASE_URL + reverse("account-notices")
        values = {
            "person": delivery.recipient,
            "agency": delivery.agency,
            "groups": by_urgency(notices),
            "base_url": settings.BASE_URL,
            "preferences_url": preferences if delivery.recipient_id else "",
        }
        message = EmailMultiAlternatives(
            subject_of(notices),
            render_to_string("emails/notifications.txt", values),
            settings.DEFAULT_FROM_EMAIL,
            [delivery.to_address],
            headers={"Message-ID": f"<{delivery.message_id}>"},
            attachments=[
                (item.name, item.content, item.content_type) for item in attachments_of(notices)
            ],
        )
        message.attach_alternative(
            render_to_string("emails/notifications.html", values), "text/html"
        )
    if delivery.recipient_id:
        message.extra_headers["List-Unsubscribe"] = f"<{preferences}>"
    return message
