"""Titles of another generation of the criteria in a text. Pure functions, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

# Shorter titles ("กระบวนการทำงาน") are words of every day.
SHORTEST = 16
_FILE = Path(__file__).parent / "old_titles.yaml"


@dataclass(frozen=True)
class OldTitle:
    """A title found in a text and the present one that is proposed."""

    old: str
    new: str


def folded(text: str) -> str:
    """Return the text without spaces: line breaks and double spaces change no title."""
    return "".join(text.split())


def old_titles(present: Mapping[str, str], others: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return old title → the present one to propose.

    `present`: "1", "1.1" → title in the assessment's edition; `others`: (number or code, title)
    of the other editions. The same title, one that is part of a present title, and a short one
    of an item are no faults. What people still write from before the editions known to the portal
    is in old_titles.yaml.
    """
    known = [folded(title) for title in present.values()]
    found: dict[str, str] = {}
    for key, title in [*_habits(), *others]:
        bare = folded(title)
        is_item = "." in key
        if key not in present or (is_item and len(bare) < SHORTEST):
            continue
        if not any(bare in title_now for title_now in known):
            found.setdefault(title, present[key])
    return found


def found_in(text: str, titles: Mapping[str, str]) -> list[OldTitle]:
    """Return the old titles that stand in the text; of two where one holds the other, the longer.

    A title that goes on into the present one ("การนำองค์การ…") is no old title.
    """
    bare = folded(text)
    hits = [old for old in titles if folded(old) in bare]
    longest = [
        old for old in hits if not any(old != one and folded(old) in folded(one) for one in hits)
    ]
    return [OldTitle(old, titles[old]) for old in longest]


@cache
def _habits() -> tuple[tuple[str, str], ...]:
    rows = YAML(typ="safe").load(_FILE.read_text(encoding="utf-8"))["titles"]
    return tuple((str(row.get("category") or row["item"]), row["old"]) for row in rows)
