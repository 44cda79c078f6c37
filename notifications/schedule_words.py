"""Schedules in words, for the operations page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.models import Schedule
from notifications.schedules import DONE, NOT_QUEUED, QUEUED

_NAMES = {
    "send-reminders": gettext_lazy("Reminders"),
    "sweep-deliveries": gettext_lazy("Messages that wait"),
    "sweep-paper-jobs": gettext_lazy("Papers that wait"),
    "sweep-freezes": gettext_lazy("Approved papers that wait"),
    "open-rounds": gettext_lazy("Opening of monitoring rounds"),
    "start-plans": gettext_lazy("Start of approved improvement plans"),
}
_RESULTS = {
    DONE: gettext_lazy("done"),
    QUEUED: gettext_lazy("in the queue"),
    NOT_QUEUED: gettext_lazy("the queue did not answer"),
    "": "",
}


def name_of(row: Schedule) -> str:
    """Return what the schedule does, or its own name where no words are known."""
    return str(_NAMES.get(row.name, row.name))


def how_often(row: Schedule) -> str:
    """Return "every hour", "daily at 8.30" and the like."""
    if row.at_time:
        words = _("working days at %(time)s") if row.working_days_only else _("daily at %(time)s")
        return words % {"time": row.at_time.strftime("%H.%M")}
    seconds = row.every_seconds or 0
    if seconds % 3600 == 0:
        count = seconds // 3600
        return ngettext("every %(count)s hour", "every %(count)s hours", count) % {"count": count}
    if seconds % 60 == 0:
        count = seconds // 60
        words = ngettext("every %(count)s minute", "every %(count)s minutes", count)
        return words % {"count": count}
    return ngettext("every %(count)s second", "every %(count)s seconds", seconds) % {
        "count": seconds
    }


def result_of(row: Schedule) -> str:
    return str(_RESULTS.get(row.last_result, row.last_result))


def has_failed(row: Schedule) -> bool:
    return row.last_result not in _RESULTS
