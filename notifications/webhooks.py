"""Webhooks of an office: kept, given a new secret, switched, tried out.

The secret is shown once, when it is made; afterwards nobody can read it in the portal.
"""

import contextlib
import secrets
import uuid

from django.db import transaction

from agencies import audit
from agencies.models import User
from notifications.channels import webhook as channel
from notifications.channels.outcomes import NotHandedOver
from notifications.models import Webhook


def save_webhook(hook: Webhook, by: User) -> str:
    """Keep a new or changed webhook; return the secret of a new one, else ""."""
    is_new = hook.pk is None
    if is_new:
        hook.secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        # Secret and state are changed by their own buttons: a form read before must not undo them.
        hook.save(update_fields=None if is_new else ["name", "url", "kinds"])
        action = "webhook.add" if is_new else "webhook.edit"
        audit.record(hook.agency, by, action, hook, summary=hook.url)
    return hook.secret if is_new else ""


def renew_secret(hook: Webhook, by: User) -> str:
    """Give the webhook a new secret and return it; messages are signed with it from now on."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        Webhook.objects.filter(pk=hook.pk).update(secret=secret)
        audit.record(hook.agency, by, "webhook.secret", hook, summary=hook.url)
    return secret


def switch(hook: Webhook, is_active: bool, by: User) -> bool:
    """Switch the webhook on or off; False when it was so already."""
    with transaction.atomic():
        rows = Webhook.objects.filter(pk=hook.pk, is_active=not is_active)
        if not rows.update(is_active=is_active):
            return False
        action = "webhook.on" if is_active else "webhook.off"
        audit.record(hook.agency, by, action, hook, summary=hook.url)
    return True


def try_out(webhook_id: int) -> None:
    """Post a signed message without notices; the webhook's row tells how that went."""
    hook = Webhook.objects.select_related("agency").filter(pk=webhook_id).first()
    if hook is None:
        return
    delivery_id = f"test-{uuid.uuid4().hex}@pmqa-portal"
    with contextlib.suppress(NotHandedOver):
        channel.post(hook, delivery_id, channel.body_of(delivery_id, hook.agency, []))
