"""Written sections of an SOP as rich text: what structured ones from a file become when edited.

A list whose numbers count up becomes a numbered list, whose numbers are drawn; other numbers
stay as words before the text, so that nothing of the source is lost.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import escape

from core.rich_text import clean_html

# static/css/rich-text.css has one class for each.
COUNTERS = frozenset(str(number) for number in range(1, 16))


def section_html(section: Mapping[str, Any]) -> str:
    """Return the section's text as clean rich text, whichever way it is stored."""
    if section.get("html"):
        return clean_html(section["html"])
    paragraphs = "".join(f"<p>{_words(text)}</p>" for text in section.get("paragraphs") or [])
    return clean_html(paragraphs + _list_html(section.get("items") or []))


def section_counter(section: Mapping[str, Any]) -> str:
    """Return the number that inner numbers begin with on the screen: “3” of “3.”, else ""."""
    number = str(section.get("number") or "").strip(". ")
    return number if number in COUNTERS else ""


def _list_html(items: Sequence[Mapping[str, Any]]) -> str:
    if not items:
        return ""
    counts = all(
        re.fullmatch(rf"(\d+\.)*{place}\.?", item.get("number") or "")
        for place, item in enumerate(items, start=1)
    )
    tag = "ol" if counts else "ul"
    rows = []
    for item in items:
        number = "" if counts or not item.get("number") else f"{item['number']} "
        inner = _list_html(item.get("items") or [])
        rows.append(f"<li>{_words(number + item.get('text', ''))}{inner}</li>")
    return f"<{tag}>{''.join(rows)}</{tag}>"


def _words(text: str) -> str:
    return escape(text).replace("\n", "<br>")
