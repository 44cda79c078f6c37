"""Linking a person with a LINE account: a code from the portal, sent to the office's LINE.

LINE tells the portal of messages by its webhook, signed with the channel's secret. A code works
once and for half an hour; a LINE account belongs to the person who linked it last.
https://developers.line.biz/en/reference/messaging-api/#webhooks
"""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from agencies.models import User
from core import clock, throttle
from notifications.models import ContactSettings

CODE_LIFETIME = dt.timedelta(minutes=30)
# Without letters and digits that are taken for one another.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 8
# Wrong codes that one LINE account may send within an hour.
_MOST_TRIES = 10


def new_code(user: User) -> str:
    """Give the person a new code to send to the office's LINE; the one before no longer works."""
    while True:
        code = "".join(secrets.choice(_LETTERS) for _place in range(_LENGTH))
        try:
            with transaction.atomic():
                ContactSettings.objects.update_or_create(
                    user=user, defaults={"line_link_code": code, "line_code_at": clock.now()}
                )
        except IntegrityError:  # somebody else has this very code
            continue
        return code


def live_code(contact: ContactSettings) -> str:
    """Return the person's code while it works, or ""."""
    given = contact.line_code_at
    is_fresh = given is not None and clock.now() - given < CODE_LIFETIME
    return contact.line_link_code if is_fresh else ""


def is_signed(body: bytes, signature: str) -> bool:
    """Return whether LINE signed the body (base64 of HMAC-SHA256 with the channel's secret)."""
    wanted = hmac.new(settings.LINE_CHANNEL_SECRET.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(wanted), signature.encode(errors="replace"))


def take_events(content: Any) -> None:
    """Do what the webhook's events say; unknown ones and broken parts are passed over."""
    events = content.get("events") if isinstance(content, dict) else None
    for event in events if isinstance(events, list) else ():
        source = event.get("source") if isinstance(event, dict) else None
        line_user = source.get("userId") if isinstance(source, dict) else None
        if not isinstance(line_user, str) or not 0 < len(line_user) <= 60:
            continue
        if event.get("type") == "unfollow":
            forget(line_user)
        elif event.get("type") == "message":
            message = event.get("message")
            text = message.get("text") if isinstance(message, dict) else None
            if isinstance(text, str):
                link(text, line_user)


def link(text: str, line_user: str) -> bool:
    """Link the LINE account to whoever holds the code in the text; False when nobody does."""
    code = "".join(text.split()).upper()
    if len(code) != _LENGTH or set(code) - set(_LETTERS):
        return False
    if throttle.counted(f"line-code:{line_user}") >= _MOST_TRIES:
        return False
    now = clock.now()
    holder = ContactSettings.objects.filter(
        line_link_code=code, line_code_at__gt=now - CODE_LIFETIME
    )
    with transaction.atomic():
        if not holder.exists():
            throttle.count(f"line-code:{line_user}", 3600)
            return False
        forget(line_user)
        return bool(holder.update(line_user_id=line_user, line_linked_at=now, line_link_code=""))


def forget(line_user: str) -> None:
    """Send nothing more to the LINE account: its owner has blocked the office's LINE."""
    rows = ContactSettings.objects.filter(line_user_id=line_user)
    rows.update(line_user_id="", line_linked_at=None)


def unlink(user: User) -> None:
    """End the person's own link and code."""
    rows = ContactSettings.objects.filter(user=user)
    rows.update(line_user_id="", line_linked_at=None, line_link_code="")
