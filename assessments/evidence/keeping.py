"""Evidence: kept once for the year under a code, linked to items and checklist lines."""

from django.db import IntegrityError, transaction
from django.db.models import F

from agencies import audit
from agencies.models import User
from assessments.answering import claim_or_refuse
from assessments.enums import EvidenceKind
from assessments.models import (
    ChecklistLine,
    Evidence,
    EvidenceCounter,
    EvidenceLink,
    ItemAnswer,
)
from core import clock
from documents.models import StoredFile
from workflows.models import Cycle


class EvidenceInUse(Exception):
    """The evidence is linked somewhere; it cannot be removed."""


def next_code(cycle: Cycle, item_code: str) -> str:
    """Return the next free code of an item, such as "1.2-01"; call it inside a transaction.

    The counter moves by one UPDATE, so two uploads at once never get the same code, and a code
    is never given again.
    """
    EvidenceCounter.objects.get_or_create(cycle=cycle, item_code=item_code)
    rows = EvidenceCounter.objects.filter(cycle=cycle, item_code=item_code)
    rows.update(last=F("last") + 1)
    return f"{item_code}-{rows.get().last:02d}"


def add_evidence(
    answer: ItemAnswer,
    by: User,
    *,
    title: str,
    file: StoredFile | None = None,
    url: str = "",
    note: str = "",
    line: ChecklistLine | None = None,
    page: str = "",
) -> Evidence:
    """Keep a new piece of evidence and link it to the item (and a line of it).

    Give one of `file`, `url` or `note`. A file that the year already has as evidence is linked
    and not kept a second time. Raises NotEditable when the category is locked.
    """
    cycle = answer.category_assessment.assessment.cycle
    kind = EvidenceKind.FILE if file else EvidenceKind.LINK if url else EvidenceKind.NOTE
    with transaction.atomic():
        claim_or_refuse(answer.category_assessment)
        fields = {
            "kind": kind,
            "title": title[:200],
            "url": url,
            "note": note,
            "created_at": clock.now(),
            "created_by": by,
        }
        evidence, is_new = _keep_once(answer.item.code, cycle, file, fields)
        if is_new:
            audit.record(
                cycle.agency, by, "evidence.add", evidence, summary=f"{evidence.code} {title}"
            )
        link_evidence(evidence, answer, line=line, page=page)
    return evidence


def _keep_once(
    item_code: str, cycle: Cycle, file: StoredFile | None, fields: dict
) -> tuple[Evidence, bool]:
    """Return the evidence of the file, made when the year has none; links and notes are new."""
    if file is None:
        code = next_code(cycle, item_code)
        return Evidence.objects.create(cycle=cycle, code=code, **fields), True
    # The code is taken only when the row is made, and given back with it when another was first.
    defaults = fields | {"code": lambda: next_code(cycle, item_code)}
    return Evidence.objects.get_or_create(cycle=cycle, file=file, defaults=defaults)


def link_evidence(
    evidence: Evidence,
    answer: ItemAnswer,
    *,
    line: ChecklistLine | None = None,
    page: str = "",
) -> EvidenceLink:
    """Link evidence of the same cycle to an item or a line; a second time changes nothing.

    Raises NotEditable when the category is locked, ValueError for another cycle or item.
    """
    cycle_id = answer.category_assessment.assessment.cycle_id
    if evidence.cycle_id != cycle_id or (line and line.item_id != answer.item_id):
        raise ValueError("evidence, item and line do not belong together")
    with transaction.atomic():
        claim_or_refuse(answer.category_assessment)
        try:
            with transaction.atomic():
                link, _is_new = EvidenceLink.objects.get_or_create(
                    evidence=evidence, item_answer=answer, line=line, defaults={"page": page}
                )
        except IntegrityError:
            link = EvidenceLink.objects.get(evidence=evidence, item_answer=answer, line=line)
    return link


def unlink_evidence(link: EvidenceLink, by: User) -> None:
    """Take evidence away from an item or line; the evidence itself stays in the library."""
    cycle = link.evidence.cycle
    with transaction.atomic():
        claim_or_refuse(link.item_answer.category_assessment)
        audit.record(
            cycle.agency,
            by,
            "evidence.unlink",
            link.evidence,
            summary=f"{link.evidence.code} {link.item_answer.item.code}",
        )
        link.delete()


def edit_evidence(evidence: Evidence, by: User, *, title: str, note: str) -> None:
    """Change name and note; the content never changes (a new file is new evidence)."""
    with transaction.atomic():
        audit.record(
            evidence.cycle.agency,
            by,
            "evidence.edit",
            evidence,
            summary=title,
            before={"title": evidence.title, "note": evidence.note},
            after={"title": title, "note": note},
        )
        Evidence.objects.filter(pk=evidence.pk).update(title=title, note=note)


def remove_evidence(evidence: Evidence, by: User) -> None:
    """Remove evidence that nothing uses. Raises EvidenceInUse."""
    with transaction.atomic():
        audit.record(
            evidence.cycle.agency,
            by,
            "evidence.remove",
            evidence,
            summary=f"{evidence.code} {evidence.title}",
        )
        removed, _details = Evidence.objects.filter(pk=evidence.pk, links=None).delete()
        if not removed:
            raise EvidenceInUse
