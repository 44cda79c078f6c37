"""A manual (คู่มือ) binds several SOPs between two covers: what it holds and how it is saved.

SOPs that follow one another under the same title form a part. An SOP stands in it as the office
uses it now; while none is in use, its newest version does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Count

from agencies import audit
from agencies.models import Agency, User
from core.rich_text import clean_html
from documents.revisions import Saved, save_text
from workflows.enums import VersionStatus
from workflows.models import Manual, ManualSop, Procedure, ProcedureVersion

FIRST_PART = "บทนำ"
USUAL_PART = "ขั้นตอนและมาตรฐานการปฏิบัติงาน"
_PLAIN_HTML = re.compile(r"(?:<p>(?:[^<]|<br>)*</p>\s*)*")


@dataclass(frozen=True)
class BoundSop:
    """An SOP in its part: its number in the manual (“2.1”) and the version that is printed."""

    number: str
    version: ProcedureVersion

    @property
    def name(self) -> str:
        return self.version.procedure.name

    @property
    def is_in_use(self) -> bool:
        return self.version.status == VersionStatus.IN_USE


@dataclass(frozen=True)
class Part:
    """A part of the manual: the introduction (sections) or a group of SOPs."""

    number: int
    title: str
    sections: list[dict[str, Any]] = field(default_factory=list)
    sops: list[BoundSop] = field(default_factory=list)


def parts_of(manual: Manual) -> list[Part]:
    """Return the manual's parts in order; the introduction, where there is one, comes first."""
    parts = []
    if manual.introduction:
        sections = [
            {**section, "number": f"1.{place}"}
            for place, section in enumerate(manual.introduction, start=1)
        ]
        parts.append(Part(1, FIRST_PART, sections=sections))
    rows = list(manual.sops.select_related("procedure__agency").order_by("order", "pk"))
    versions = printed_versions([row.procedure_id for row in rows])
    for title, group in groupby(rows, key=lambda row: row.part_title):
        number, sops = len(parts) + 1, []
        for row in group:
            if row.procedure_id in versions:
                version = versions[row.procedure_id]
                version.procedure = row.procedure
                sops.append(BoundSop(f"{number}.{len(sops) + 1}", version))
        parts.append(Part(number, title, sops=sops))
    return parts


def printed_versions(procedures: Sequence[int]) -> dict[int, ProcedureVersion]:
    """Return the version of each SOP that a manual prints: the one in use, else the newest."""
    found: dict[int, ProcedureVersion] = {}
    versions = ProcedureVersion.objects.filter(procedure__in=procedures)
    for version in versions.select_related("own_layout").order_by("procedure", "number"):
        known = found.get(version.procedure_id)
        if known is None or known.status != VersionStatus.IN_USE:
            found[version.procedure_id] = version
    return found


def new_manual(agency: Agency, by: User) -> Manual:
    """Return a new manual of the office, titled as manuals usually are."""
    with transaction.atomic():
        manual = Manual.objects.create(agency=agency, title="คู่มือการปฏิบัติงาน", created_by=by)
        audit.record(agency, by, "manual.add", manual)
    return manual


def save_manual(
    manual: Manual,
    changes: dict[str, Any],
    sops: Sequence[tuple[Procedure, str]],
    *,
    version: int,
    by: User,
) -> Saved:
    """Write the manual's texts, and its SOPs with their parts in this order, all or nothing.

    Raises SaveConflict when somebody saved since `version` was read.
    """
    bound = [[procedure.pk, part] for procedure, part in sops]
    with transaction.atomic():
        saved = save_text(manual, changes, version=version, by=by, agency=manual.agency)
        manual.sops.all().delete()
        ManualSop.objects.bulk_create(
            ManualSop(manual=manual, procedure=procedure, part_title=part, order=order)
            for order, (procedure, part) in enumerate(sops, start=1)
        )
        audit.record(manual.agency, by, "manual.change", manual, after=changes | {"sops": bound})
    return saved


def delete_manual(manual: Manual, by: User) -> None:
    """Delete the manual; its SOPs stay."""
    with transaction.atomic():
        audit.record(manual.agency, by, "manual.delete", manual, summary=manual.title)
        manual.delete()


def with_counts(manuals):
    """Return the manuals with the number of their SOPs, in one order on every database."""
    return manuals.annotate(sop_count=Count("sops")).select_related("unit").order_by("title", "pk")


def html_of(text: str) -> str:
    """Return what somebody wrote as clean rich text: plain text becomes paragraphs."""
    text = text.replace("\r\n", "\n").strip()
    if text.startswith("<"):
        return clean_html(text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)


def text_of(html: str) -> str:
    """Return rich text as it is edited: plain paragraphs as lines, anything else as HTML."""
    if not _PLAIN_HTML.fullmatch(html):
        return html
    lines = [line.strip() for line in re.split(r"</?p>|<br>", html) if line.strip()]
    return unescape("\n".join(lines))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text."""
    return [line.strip() for line in text.split("\n") if line.strip()]
