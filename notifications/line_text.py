"""What a LINE message says: the office, then one thing after another with its link."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.thai_dates import format_long
from notifications.models import Delivery, Notification

# LINE counts UTF-16 units; the rest of the limit is for the closing line.
LIMIT = 5000
_ROOM_FOR_END = 200


def line_text(delivery: Delivery) -> str:
    """Return the message in Thai, at most 5,000 UTF-16 units; what does not fit is counted."""
    with translation.override("th"):
        notices = list(delivery.notifications.order_by("due_on", "pk"))
        text = "PMQA " + (delivery.agency.short_name or delivery.agency.name_th)
        for number, notice in enumerate(notices):
            part = "\n\n" + _part(notice)
            if _length(text + part) > LIMIT - _ROOM_FOR_END:
                left = len(notices) - number
                return text + "\n\n" + _more(left)
            text += part
        return text


def _part(notice: Notification) -> str:
    lines = [notice.title]
    if notice.is_reminder:
        lines.append(_("Due %(day)s") % {"day": format_long(notice.due_on)})
    if notice.body:
        lines.append(notice.body[:1000])
    lines.append(settings.BASE_URL + notice.url)
    return "\n".join(lines)


def _more(count: int) -> str:
    words = ngettext(
        "%(count)s more thing is in the portal: %(url)s",
        "%(count)s more things are in the portal: %(url)s",
        count,
    )
    return words % {"count": count, "url": settings.BASE_URL}


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
