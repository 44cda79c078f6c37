"""What a log may not keep: the secret part of a calendar's address."""

import logging
import re

_CALENDAR = re.compile(r"(/calendar/)[^\s/?\"']+")


class HideCalendarTokens(logging.Filter):
    """Writes three dots where an address that is logged names a calendar's token."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if "/calendar/" in text:
            record.msg, record.args = _CALENDAR.sub(r"\1…", text), ()
        return True
