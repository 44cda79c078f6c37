"""Evidence: kept once for the year under a code, used at items, lines, indicators and steps."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, ProtectedError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from agencies import audit
from agencies.models import User
from assessments.enums import EvidenceKind
from assessments.evidence.hushing import Hushed, hush, hush_file
from assessments.evidence.places import ItemPlace, Place, claim_places_of, place_of_use, use_at
from assessments.models import (
    ChecklistLine,
    Evidence,
    EvidenceCounter,
    EvidenceLink,
    EvidenceUse,
    ItemAnswer,
)
from core import clock
from documents.models import StoredFile
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.models import Cycle


class EvidenceInUse(Exception):
    """The evidence is used somewhere; it cannot be removed."""


@dataclass(frozen=True)
class Facts:
    """What is known of evidence besides its content: the time it speaks of, whose it is."""

    period_from: dt.date | None = None
    period_to: dt.date | None = None
    valid_until: dt.date | None = None
    owner: User | None = None
    is_confidential: bool = False


def next_code(cycle: Cycle, stem: str) -> str:
    """Return the next free code of an item or step, such as "1.2-01"; inside a transaction.

    The counter moves by one UPDATE, so two uploads at once never get the same code, and a code
    is never given again.
    """
    EvidenceCounter.objects.get_or_create(cycle=cycle, item_code=stem)
    rows = EvidenceCounter.objects.filter(cycle=cycle, item_code=stem)
    rows.update(last=F("last") + 1)
    return f"{stem}-{rows.get().last:02d}"


def keep(
    place: Place,
    by: User,
    *,
    title: str,
    file: StoredFile | None = None,
    url: str = "",
    note: str = "",
    facts: Facts | None = None,
) -> tuple[Evidence, bool]:
    """Keep a new piece of evidence and use it at the place; also return whether it is new.

    Give one of `file`, `url` or `note`. A file that the year already has as evidence is used
    from there and not kept a second time; its own facts stay. Raises NotEditable when the place
    is locked. Without an owner it belongs to whoever adds it.
    """
    kind = EvidenceKind.FILE if file else EvidenceKind.LINK if url else EvidenceKind.NOTE
    facts = facts or Facts()
    with transaction.atomic():
        place.claim()
        fields = {
            **values_of(facts),
            "owner": facts.owner or by,
            "kind": kind,
            "title": title[:200],
            "url": url,
            "note": note,
            "created_at": clock.now(),
            "created_by": by,
        }
        evidence, is_new = _keep_once(place, file, fields)
        if is_new:
            hush_file(evidence, file)
            _record("evidence.add", evidence, by, evidence.title)
        place.take_up(evidence)
    return evidence, is_new


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
    """Keep a new piece of evidence and link it to the item (and a line of it); see `keep`."""
    place = ItemPlace(answer, line, page)
    return keep(place, by, title=title, file=file, url=url, note=note)[0]


def _keep_once(place: Place, file: StoredFile | None, fields: dict) -> tuple[Evidence, bool]:
    """Return the evidence of the file, made when the year has none; links and notes are new."""
    cycle = place.cycle
    if file is None:
        code = next_code(cycle, place.stem)
        return Evidence.objects.create(cycle=cycle, code=code, **fields), True
    # The code is taken only when the row is made, and given back with it when another was first.
    defaults = fields | {"code": lambda: next_code(cycle, place.stem)}
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
    return use_at(ItemPlace(answer, line, page), evidence)


def unlink_evidence(link: EvidenceLink, by: User) -> None:
    """Take evidence away from an item or line; the evidence itself stays in the library."""
    with transaction.atomic():
        ItemPlace(link.item_answer, link.line).claim()
        _record("evidence.unlink", link.evidence, by, link.item_answer.item.code)
        link.delete()


def end_use(use: EvidenceUse, by: User) -> None:
    """Take evidence away from a step, indicator or ITA question. Raises NotEditable."""
    with transaction.atomic():
        place = place_of_use(use)
        place.claim()
        _record("evidence.unlink", use.evidence, by, use.ita_question or place.stem)
        use.delete()


def edit_evidence(
    evidence: Evidence, by: User, *, title: str, note: str, facts: Facts | None = None
) -> Hushed | None:
    """Change name, note and, where given, the facts; the content is replaced in `versions`.

    Of evidence that is a note the text is the content: raises NotEditable for another text when
    a category that uses it is locked or the year is closed. Of evidence that becomes
    confidential drawn papers are withdrawn; returns how many, and under which names it was known.
    """
    after = {"title": title, "note": note} | ({} if facts is None else values_of(facts))
    before = {name: getattr(evidence, name) for name in after}
    is_secret = before.get("is_confidential") or after.get("is_confidential")
    hushed = None
    with transaction.atomic():
        if after.get("is_confidential"):
            hushed = hush(evidence)
        if evidence.kind == EvidenceKind.NOTE and note != evidence.note:
            claim_places_of(evidence)
        shown = {} if is_secret else {"before": _plain(before), "after": _plain(after)}
        _record("evidence.edit", evidence, by, "" if is_secret else title, **shown)
        Evidence.objects.filter(pk=evidence.pk).update(**after)
    return hushed


def set_owner(rows: list[Evidence], owner: User, by: User) -> int:
    """Give the pieces to somebody; return how many changed hands."""
    with transaction.atomic():
        moved = [row for row in rows if row.owner_id != owner.pk]
        for row in moved:
            _record("evidence.owner", row, by, str(owner))
        Evidence.objects.filter(pk__in=[row.pk for row in moved]).update(owner=owner)
        if moved and owner != by:
            _tell_owner(moved, owner)
    return len(moved)


def _tell_owner(moved: list[Evidence], owner: User) -> None:
    """Write one notice for all pieces that somebody was just given."""
    first = moved[0]
    cycle = first.cycle
    with translation.override(settings.LANGUAGE_CODE):
        notify(
            cycle.agency,
            [owner],
            rule="evidence_given",
            kind=NoticeKind.ASSIGNED,
            obj=first,
            title=ngettext(
                "You keep %(count)d piece of evidence: %(codes)s",
                "You keep %(count)d pieces of evidence: %(codes)s",
                len(moved),
            )
            % {"count": len(moved), "codes": ", ".join(row.code for row in moved[:10])},
            url=reverse("evidence:library", args=[cycle.agency.code, cycle.fiscal_year]),
            occurrence=f"{clock.now():%H%M%S%f}",
        )


def remove_evidence(evidence: Evidence, by: User) -> None:
    """Remove evidence that nothing uses. Raises EvidenceInUse."""
    with transaction.atomic():
        _record("evidence.remove", evidence, by, evidence.title)
        unused = Evidence.objects.filter(pk=evidence.pk, links=None, further_uses=None)
        try:
            removed, _details = unused.delete()
        except ProtectedError as error:  # a report of a round rests on it
            raise EvidenceInUse from error
        if not removed:
            raise EvidenceInUse


def values_of(facts: Facts) -> dict:
    """Return the facts by field name; people stay people."""
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def _plain(values: dict) -> dict:
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _record(action: str, evidence: Evidence, by: User, words: str, **more) -> None:
    """Write the audit entry; of confidential evidence it tells the code only."""
    summary = evidence.code if evidence.is_confidential else f"{evidence.code} {words}".strip()
    audit.record(evidence.cycle.agency, by, action, evidence, summary=summary, **more)
