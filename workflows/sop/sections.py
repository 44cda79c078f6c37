"""The sections of an SOP with every key, whatever wrote them.

A template that asks a dictionary for a missing `items` gets the dictionary's own method.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from workflows.models import ProcedureVersion


def sections_of(version: ProcedureVersion) -> list[dict[str, Any]]:
    """Return the version's sections, each with number, title, shows, html, paragraphs, items."""
    return [
        {
            "number": section.get("number", ""),
            "title": section.get("title", ""),
            "shows": section.get("shows", ""),
            "html": section.get("html", ""),
            "paragraphs": section.get("paragraphs") or [],
            "items": _items(section.get("items") or []),
        }
        for section in version.sections
    ]


def _items(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "number": item.get("number", ""),
            "text": item.get("text", ""),
            "items": _items(item.get("items") or []),
        }
        for item in items
    ]
