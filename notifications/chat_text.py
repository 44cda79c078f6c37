"""Texts to paste into the office's LINE group, in Thai: what is due or happened, with its link.

A link by which the person would be answered for is left out.
"""

from collections.abc import Iterable

from django.conf import settings

from core.thai_dates import format_short
from notifications.links import for_others
from notifications.models import Notification


def chat_text(notices: Iterable[Notification]) -> str:
    """Return the notices as one message, an entry each; "" without any."""
    return "\n\n".join(_entry(notice) for notice in notices)


def _entry(notice: Notification) -> str:
    due = f"กำหนด {format_short(notice.due_on, 'th')}" if notice.is_reminder else ""
    path = for_others(notice.url)
    address = f"{settings.BASE_URL}{path}" if path else ""
    return "\n".join(line for line in (notice.title, notice.body, due, address) if line)
