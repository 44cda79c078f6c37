"""A remark's or answer's words on the page: escaped, and only web addresses become links."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_ADDRESS = re.compile(r"https?://[^\s<>\"'|\\^`{}]+", re.IGNORECASE)
# What ends a sentence belongs to the sentence, not to the address.
_TRAILING = ".,;:!?)]ฯ"


def linked(text: str) -> SafeString:
    """Return the text as HTML: everything escaped, http(s) addresses as links, nothing else."""
    parts: list[str] = []
    place = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(_TRAILING)
        parts.append(text[place : found.start()])
        parts.append(
            format_html('<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>', address)
        )
        place = found.start() + len(address)
    parts.append(text[place:])
    return format_html_join("", "{}", ((part,) for part in parts))
