"""Which themes the strengths and OFIs of an assessment speak of: words of a list, as data."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from ruamel.yaml import YAML

from assessments.enums import FindingKind
from core.thai_text import fold_for_search

THEMES = Path(__file__).with_name("themes.yaml")


@dataclass(frozen=True)
class Said:
    """A finding: its kind and text, its item's code and the address of its row."""

    kind: str
    text: str
    item: str
    address: str


@dataclass
class Theme:
    """A theme with the findings that speak of it."""

    title: str
    strengths: list[Said] = field(default_factory=list)
    ofis: list[Said] = field(default_factory=list)


@cache
def _known() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    rows = YAML(typ="safe").load(THEMES.read_text(encoding="utf-8"))
    return tuple(
        (row["th"], row["en"], tuple(fold_for_search(word) for word in row["words"]))
        for row in rows
    )


def themes_of(findings: list[Said]) -> tuple[list[Theme], list[Said]]:
    """Return the themes that findings speak of, most OFIs first, and findings without a theme."""
    place = 1 if get_language() == "en" else 0
    themes = [(Theme(row[place]), row[2]) for row in _known()]
    rest = []
    for said in findings:
        text = fold_for_search(said.text)
        fitting = [theme for theme, words in themes if any(word in text for word in words)]
        for theme in fitting:
            rows = theme.ofis if said.kind == FindingKind.OFI else theme.strengths
            rows.append(said)
        if not fitting:
            rest.append(said)
    found = [theme for theme, _words in themes if theme.strengths or theme.ofis]
    return sorted(found, key=lambda row: (-len(row.ofis), -len(row.strengths))), rest
