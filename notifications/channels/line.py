"""LINE Messaging API: push messages to people who have linked their account.

The retry key makes a repeated push safe: LINE takes each key once within a day and answers the
second time with 409, so a push whose answer was lost is simply tried again.
https://developers.line.biz/en/reference/messaging-api/#send-push-message
"""

import json
import uuid

from django.conf import settings

from notifications.channels import http
from notifications.channels.outcomes import Lasting, Passing, Unwanted
from notifications.line_text import line_text
from notifications.models import ContactSettings, Delivery

MAY_REPEAT = True
PUSH = "/v2/bot/message/push"


def is_on() -> bool:
    """Return whether the portal has a LINE account to send from."""
    return bool(settings.LINE_CHANNEL_ACCESS_TOKEN)


def line_user_of(user_id: int) -> str:
    """Return the LINE id that the person linked, or ""."""
    linked = ContactSettings.objects.filter(user_id=user_id)
    return linked.values_list("line_user_id", flat=True).first() or ""


def retry_key(delivery: Delivery) -> str:
    """Return the UUID under which LINE knows this message, the same at every try."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, delivery.message_id))


def hand_over(delivery: Delivery) -> None:
    """Push the delivery's text to the person's LINE; raises as `channels.outcomes` says."""
    if not is_on():
        raise Unwanted("LINE is not set up")
    to = line_user_of(delivery.recipient_id) if delivery.recipient_id else ""
    if not to:
        raise Unwanted("the person has no linked LINE account")
    message = {"to": to, "messages": [{"type": "text", "text": line_text(delivery)}]}
    answer = http.post(
        settings.LINE_API_URL.rstrip("/") + PUSH,
        json.dumps(message, ensure_ascii=False).encode(),
        {
            "Authorization": f"Bearer {settings.LINE_CHANNEL_ACCESS_TOKEN}",
            "Content-Type": "application/json",
            "X-Line-Retry-Key": retry_key(delivery),
        },
        inside=True,  # an operator's setting, not a person's text
    )
    _read(answer)


def _read(answer: http.Answer) -> None:
    if answer.status == 200:
        return
    if answer.status == 409 and answer.headers.get("x-line-accepted-request-id"):
        return  # an earlier try of this very message was taken
    text = f"LINE {answer.status} {_reason(answer)}"
    if answer.status in (401, 403):
        raise Passing(text, is_our_fault=True)
    if answer.status in (408, 409, 429) or answer.status >= 500:
        raise Passing(text, retry_after=answer.retry_after)
    # 400: LINE does not know the account, or it belongs to another channel.
    raise Lasting(text, address_is_bad=answer.status == 400)


def _reason(answer: http.Answer) -> str:
    try:
        return str(json.loads(answer.text).get("message", ""))[:200]
    except (ValueError, AttributeError):
        return answer.text[:200]
