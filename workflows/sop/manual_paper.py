"""The paper `manual`: covers, foreword, contents, introduction, then every SOP with its table.

Each stretch of pages has a page name of its own, so that landscape tables stand between upright
pages and the numbers restart once, at the first page of the body. The SOPs' pages are those of
the paper `sop`: the first pass measures their rows, the second cuts their tables.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.enums import Digits
from core import clock
from core.fiscal_year import fiscal_year_of
from documents.enums import PaperGroup
from documents.paper_digits import uses_thai_digits
from documents.papers import PaperKind, register
from documents.pdf_rendering import Layout as PageLayout
from workflows.models import Manual
from workflows.queries import manuals_visible_to
from workflows.sop.manuals import BoundSop, Part, paragraphs, parts_of
from workflows.sop.paper import paper_context, refined

KIND = "manual"


@dataclass(frozen=True)
class Entry:
    """A line of the contents: level 1 (parts) to 3 (sections of an SOP), and where it leads."""

    level: int
    text: str
    target: str
    is_front: bool = False


@dataclass
class PrintedSop:
    """An SOP of the manual with everything that its pages print."""

    bound: BoundSop
    prefix: str
    context: dict[str, Any]
    # Title of the part, at its first SOP only.
    part: Part | None = None


def manual_context(manual: Manual) -> dict[str, Any]:
    """Return what the template prints, as the first pass needs it."""
    parts = parts_of(manual)
    thai = uses_thai_digits(manual.agency)
    sops = [
        _printed(bound, thai, part if place == 0 else None)
        for part in parts
        for place, bound in enumerate(part.sops)
    ]
    introduction = next((part for part in parts if part.sections), None)
    return {
        "manual": manual,
        "office_name": manual.agency.name_th,
        "unit_name": manual.unit.name if manual.unit else "",
        "thai_digits": thai,
        "foreword": paragraphs(manual.foreword),
        "introduction": introduction,
        "entries": _entries(manual, parts, sops),
        "sops": sops,
        "is_draft": True,
        "first_page": "introduction" if introduction else _first_page(sops),
    }


def refine(manual: Manual, context: dict[str, Any], layout: PageLayout) -> dict[str, Any]:
    """Return the context of the second pass: tables and charts of each SOP cut by page."""
    for sop in context["sops"]:
        sop.context = refined(sop.context, layout.places)
    return {**context, "is_draft": False}


def _printed(bound: BoundSop, thai: bool, part: Part | None) -> PrintedSop:
    """Return the SOP's paper with ids of its own, numbered and in the digits of the manual."""
    prefix = f"sop-{bound.version.pk}-"
    digits = Digits.THAI if thai else Digits.ARABIC
    # Only for this paper; the version is never saved from here.
    bound.version.print_options |= {"digits": str(digits), "title": ""}
    context = paper_context(bound.version, prefix)
    context |= {"sop_title": f"{bound.number} {bound.name}", "part": part}
    return PrintedSop(bound, prefix, context, part)


def _entries(manual: Manual, parts: list[Part], sops: list[PrintedSop]) -> list[Entry]:
    entries = [Entry(1, "คำนำ", "foreword", is_front=True)] if manual.foreword.strip() else []
    by_number = {sop.bound.number: sop for sop in sops}
    for part in parts:
        entries.append(Entry(1, f"ส่วนที่ {part.number} {part.title}", f"part-{part.number}"))
        for place, section in enumerate(part.sections, start=1):
            text = f"{section['number']} {section['title']}"
            entries.append(Entry(2, text, f"introduction-{place}"))
        for bound in part.sops:
            entries += _sop_entries(by_number[bound.number])
    return entries


def _sop_entries(sop: PrintedSop) -> list[Entry]:
    """Return the lines of an SOP: its title, its sections, the table, what follows it."""
    context, prefix = sop.context, sop.prefix
    entries = [Entry(2, f"{sop.bound.number} {sop.bound.name}", f"{prefix}title")]
    for place, section in enumerate(context["sections"], start=1):
        entries.append(_section_entry(section, f"{prefix}section-{place}"))
    if context["table_section"]:
        entries.append(_section_entry(context["table_section"], f"{prefix}table"))
    for place, section in enumerate(context["closing_sections"], start=1):
        entries.append(_section_entry(section, f"{prefix}closing-{place}"))
    for place, section in enumerate(context["last_sections"], start=1):
        entries.append(_section_entry(section, f"{prefix}last-{place}"))
    return entries


def _section_entry(section: dict[str, Any], target: str) -> Entry:
    number = section.get("number") or "-"
    return Entry(3, f"{number} {section['title']}", target)


def _first_page(sops: list[PrintedSop]) -> str:
    """Return the page name on which the body begins when there is no introduction."""
    if not sops:
        return ""
    kind = "text" if sops[0].context["sections"] else "table"
    return f"{sops[0].prefix}{kind}"


register(
    PaperKind(
        kind=KIND,
        group=PaperGroup.SOP,
        model=Manual,
        label=_("Manual of SOPs"),
        template="pdf/manual.html",
        stylesheets=("pdf/sop.css", "pdf/manual.css"),
        context=manual_context,
        title=lambda manual: manual.title,
        agency_of=lambda manual: manual.agency,
        fiscal_year_of=lambda manual: fiscal_year_of(clock.today()),
        visible_to=manuals_visible_to,
        refine=refine,
    )
)
