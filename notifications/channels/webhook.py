"""Signed webhooks: an office lets another system know of its notices.

The body is signed together with the time of sending, so that nobody can change or replay it; the
id of the delivery stays the same at every try, so that the receiver can tell a repetition.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Iterable

from django.conf import settings
from django.utils import translation

from core import clock
from notifications.channels import http
from notifications.channels.outcomes import Lasting, NotHandedOver, Passing, Unwanted
from notifications.links import for_others
from notifications.models import Delivery, Notification, Webhook

MAY_REPEAT = True
_MAY_PASS = (408, 425, 429)
GONE = 410


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return `sha256=…` over "timestamp.body"; receivers compute the same and compare."""
    signed = timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def body_of(delivery_id: str, agency, notices: Iterable[Notification]) -> bytes:
    """Return what is sent: the office and the notices, without names or addresses of people.

    Links that speak for one person are left out; the portal's own address stands there.
    """
    content = {
        "id": delivery_id,
        "agency": {"code": agency.code, "name": agency.name_th},
        "notices": [
            {
                "id": notice.pk,
                "kind": notice.kind,
                "rule": notice.rule,
                "title": notice.title,
                "url": settings.BASE_URL + for_others(notice.url),
                "due_on": notice.due_on.isoformat() if notice.is_reminder else None,
                "created_at": notice.created_at.isoformat(),
            }
            for notice in notices
        ],
    }
    return json.dumps(content, ensure_ascii=False).encode()


def hand_over(delivery: Delivery) -> None:
    """Post the delivery to its webhook and note there how it went; raises as `outcomes` says."""
    hook = delivery.webhook
    if hook is None or not hook.is_active:
        raise Unwanted("the webhook is switched off")
    with translation.override("th"):
        notices = list(delivery.notifications.order_by("pk"))
        body = body_of(delivery.message_id, delivery.agency, notices)
    post(hook, delivery.message_id, body)


def post(hook: Webhook, delivery_id: str, body: bytes) -> None:
    """Post a signed body and note on the webhook's row how it went; raises as `outcomes` says."""
    row = Webhook.objects.filter(pk=hook.pk)
    try:
        _post(hook, delivery_id, body)
    except NotHandedOver as fault:
        row.update(last_error=str(fault)[:300])
        raise
    row.update(last_error="", last_sent_at=clock.now())


def _post(hook: Webhook, delivery_id: str, body: bytes) -> None:
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-PMQA-Delivery": delivery_id,
        "X-PMQA-Timestamp": timestamp,
        "X-PMQA-Signature": signature(hook.secret, timestamp, body),
    }
    answer = http.post(hook.url, body, headers, inside=settings.WEBHOOKS_INSIDE)
    if 200 <= answer.status < 300:
        return
    text = f"HTTP {answer.status} {answer.text[:200]}"
    if answer.status == GONE:  # the receiver asks not to be called again
        Webhook.objects.filter(pk=hook.pk).update(is_active=False)
    if answer.status in _MAY_PASS or answer.status >= 500:
        raise Passing(text, retry_after=answer.retry_after)
    raise Lasting(text, address_is_bad=False)
