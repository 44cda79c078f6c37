"""Writing certificates: the text, up to three signers, and recipients pasted one a line."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from agencies import audit
from agencies.models import Agency, User
from committees.orders import signer_of
from core import clock
from documents.revisions import Saved, keep_first_versions, save_text
from reports.models import Certificate, Recipient

WRITTEN = ("title", "reason", "given_on", "signers")
MOST_SIGNERS, MOST_RECIPIENTS = 3, 500
Names = Sequence[tuple[str, str]]


# How a list counts its lines: "12." or "๑๒)" before the name, or a number in a column of its own.
_COUNTED = re.compile(r"^\s*[0-9๐-๙]{1,4}(?:[.)]\s+|[.)]?\s*\|)")
_HEAD = re.compile(r"(?:^|\|)\s*ชื่อ\s*[-–/]?\s*(?:นาม)?สกุล\s*(?:\||$)")


def recipients_in(text: str) -> list[tuple[str, str]]:
    """Return name and detail of each line "name | position or unit"; a tab divides them too.

    Numbers that count the lines and a head "ชื่อ-สกุล" are left out, so that a sheet's columns can
    be pasted as they are.
    """
    rows: list[tuple[str, str]] = []
    for line in text.replace("\t", "|").splitlines():
        if not rows and _HEAD.search(line):
            continue
        name, _bar, detail = _COUNTED.sub("", line).partition("|")
        name, detail = " ".join(name.split()), " ".join(detail.split("|")[0].split())
        if name or detail:
            rows.append((name, detail))
    return rows


def named_twice(recipients: Names) -> list[str]:
    """Return the names that stand in several lines, each once: usually pasted by mistake."""
    counted = Counter(name for name, _detail in recipients)
    return [name for name, count in counted.items() if count > 1]


def as_lines(certificate: Certificate) -> str:
    """Return the recipients as they are typed."""
    rows = certificate.recipients.values_list("name", "detail")
    return "\n".join(f"{name} | {detail}" if detail else name for name, detail in rows)


def usual_signers(agency: Agency) -> list[dict[str, str]]:
    """Return the head of the office, or who acts in that place today, as the one signer."""
    name, position = signer_of(agency, clock.today())
    first, _line, acting = position.partition("\n")
    return [{"name": name, "position": first, "acting": acting}]


def begin(
    agency: Agency, year: int, words: Mapping[str, Any], recipients: Names, by: User
) -> Certificate:
    """Write a certificate with its recipients in their order."""
    with transaction.atomic():
        certificate = Certificate.objects.create(
            agency=agency,
            fiscal_year=year,
            created_by=by,
            created_at=clock.now(),
            **words,
        )
        keep_first_versions([(certificate, dict(words))], by=by, agency=agency)
        _put(certificate, recipients)
        audit.record(agency, by, "certificate.add", certificate, summary=certificate.title)
    return certificate


def save(
    certificate: Certificate,
    words: Mapping[str, Any],
    recipients: Names,
    *,
    version: int,
    by: User,
) -> Saved:
    """Save text and recipients together. Raises as `documents.revisions.save_text`."""
    if unknown := set(words) - set(WRITTEN):
        raise KeyError(f"no words of a certificate: {sorted(unknown)}")
    with transaction.atomic():
        saved = save_text(
            certificate, dict(words), version=version, by=by, agency=certificate.agency
        )
        certificate.recipients.all().delete()
        _put(certificate, recipients)
        audit.record(
            certificate.agency, by, "certificate.edit", certificate, summary=words["title"]
        )
    return saved


def _put(certificate: Certificate, recipients: Names) -> None:
    Recipient.objects.bulk_create(
        Recipient(certificate=certificate, order=place, name=name, detail=detail)
        for place, (name, detail) in enumerate(recipients, start=1)
    )


def remove(certificate: Certificate, *, version: int, by: User) -> bool:
    """Delete a certificate that is still what was read; False when it is not."""
    with transaction.atomic():
        rows = Certificate.objects.filter(pk=certificate.pk, version=version)
        audit.record(
            certificate.agency, by, "certificate.remove", certificate, summary=certificate.title
        )
        deleted, _by_model = rows.delete()
        if not deleted:
            transaction.set_rollback(True)
    return bool(deleted)
