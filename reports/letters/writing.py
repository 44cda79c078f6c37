"""Writing letters: beginning from a text, saving, copying, deleting drafts, issuing.

An issued letter is locked: it says for good what it said. Number and day are typed by hand from
the office's own register (document-formats A2); the portal counts none.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from agencies import audit
from agencies.models import Agency, AgencyMembership, User
from approvals.models import TransitionLog
from approvals.transitions import AlreadyChanged, perform
from committees.orders import signer_of
from core import clock
from core.rich_text import clean_html
from documents.official_words import sender_lines
from documents.revisions import Saved, keep_first_versions, save_text
from reports.enums import LetterKind, LetterStatus
from reports.letters.starting_texts import StartingText
from reports.models import Letter

# What a person writes; status, number and day come with the issue.
WRITTEN = (
    "speed",
    "secrecy",
    "sender",
    "subject",
    "addressee",
    "references",
    "enclosures",
    "body",
    "signer_name",
    "signer_position",
    "signer_acting",
    "has_note_space",
)


def begin(agency: Agency, year: int, start: StartingText, by: User) -> Letter:
    """Begin a draft from a starting text, with sender, addressee and signer as they usually are."""
    facts = {"office": agency.name_th, "year": year}
    texts = {"subject": start.subject.format(**facts), "body": start.body.format(**facts)}
    return _made(agency, year, start.kind, texts | usual_parts(agency, start.kind, by), by)


def copy(letter: Letter, by: User) -> Letter:
    """Begin a draft of the same year with the words of another letter; number and day stay out."""
    words = {name: getattr(letter, name) for name in WRITTEN}
    return _made(letter.agency, letter.fiscal_year, letter.kind, words, by)


def usual_parts(agency: Agency, kind: str, by: User) -> dict[str, Any]:
    """Return sender, addressee and signer: a memo goes from the writer to the head of the office,
    an announcement is signed by the head or by who acts in that place today.
    """
    if kind == LetterKind.MEMO:
        return {
            "sender": "  ".join(
                sender_lines(_unit_of(agency, by), agency.name_th, agency.phone, agency.email)
            )[:250],
            "addressee": agency.head_position[:200],
            "signer_name": by.get_full_name()[:160],
            "signer_position": by.position[:200],
        }
    name, position = signer_of(agency, clock.today())
    first, _line, acting = position.partition("\n")
    return {
        "sender": agency.name_th[:250],
        "signer_name": name[:160],
        "signer_position": first[:200],
        "signer_acting": acting[:200],
        "has_note_space": False,
    }


def _unit_of(agency: Agency, user: User) -> str:
    membership = (
        AgencyMembership.objects.filter(agency=agency, user=user).select_related("unit").first()
    )
    return membership.unit.name if membership and membership.unit else ""


def _made(agency: Agency, year: int, kind: str, words: Mapping[str, Any], by: User) -> Letter:
    with transaction.atomic():
        letter = Letter.objects.create(
            agency=agency,
            fiscal_year=year,
            kind=kind,
            created_by=by,
            created_at=clock.now(),
            **words,
        )
        keep_first_versions([(letter, dict(words))], by=by, agency=agency)
        audit.record(agency, by, "letter.add", letter, summary=letter.subject)
    return letter


def save(
    letter: Letter, words: Mapping[str, Any], *, version: int, by: User, request_id: str = ""
) -> Saved:
    """Save what was written, cleaned. Raises as `documents.revisions.save_text`."""
    if unknown := set(words) - set(WRITTEN):
        raise KeyError(f"no words of a letter: {sorted(unknown)}")
    changes = dict(words)
    if "body" in changes:
        changes["body"] = clean_html(changes["body"])
    return save_text(
        letter,
        changes,
        version=version,
        by=by,
        agency=letter.agency,
        editable=Q(status=LetterStatus.DRAFT),
        request_id=request_id,
    )


def remove(letter: Letter, *, version: int, by: User) -> bool:
    """Delete a draft that is still what was read; False when it is not."""
    with transaction.atomic():
        rows = Letter.objects.filter(pk=letter.pk, version=version, status=LetterStatus.DRAFT)
        audit.record(letter.agency, by, "letter.remove", letter, summary=letter.subject)
        deleted, _by_model = rows.delete()
        if not deleted:
            transaction.set_rollback(True)
    return bool(deleted)


def issue(
    letter: Letter, by: User, *, number: str, dated_on: dt.date, version: int
) -> TransitionLog:
    """Issue the draft as it was read, with the register's number and day; its paper is frozen.

    Raises what `approvals.transitions.perform` raises.
    """
    with transaction.atomic():
        rows = Letter.objects.filter(pk=letter.pk, version=version, status=LetterStatus.DRAFT)
        if not rows.update(number=number, dated_on=dated_on):
            raise AlreadyChanged(letter)
        return perform(letter, "issue", by, version=version)
