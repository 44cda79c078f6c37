"""What a log may not keep: the secret part of the address of a calendar or an invitation."""

import logging
import re

_SECRET = re.compile(r"(/calendar/|/meetings/(?:reply|door)/)[^\s/?\"']+")


class HideCalendarTokens(logging.Filter):
    """Writes three dots where an address that is logged names a calendar's or meeting's token."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if "/calendar/" in text or "/meetings/" in text:
            record.msg, record.args = _SECRET.sub(r"\1…", text), ()
        return True
