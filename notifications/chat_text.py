"""Texts to paste into the office's LINE group, in Thai: what is due or happened, with its link."""

from collections.abc import Iterable

from django.conf import settings

from core.thai_dates import format_short
from notifications.models import Notification


def chat_text(notices: Iterable[Notification]) -> str:
    """Return the notices as one message, an entry each; "" without any."""
    return "\n\n".join(_entry(notice) for notice in notices)


def _entry(notice: Notification) -> str:
    due = f"กำหนด {format_short(notice.due_on, 'th')}" if notice.is_reminder else ""
    address = f"{settings.BASE_URL}{notice.url}" if notice.url.startswith("/") else notice.url
    return "\n".join(line for line in (notice.title, notice.body, due, address) if line)
