"""Newer content under the same code: what was there before stays as a version."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import User
from assessments.enums import EvidenceKind
from assessments.evidence.hushing import hush_file
from assessments.evidence.places import claim_places_of
from assessments.models import Evidence, EvidenceVersion
from core import clock
from documents.models import StoredFile


class ReplacedAlready(Exception):
    """Somebody else put newer content in its place first."""


def version_number(evidence: Evidence) -> int:
    """Return the number of the content that holds now: 1 until it is first replaced."""
    return evidence.versions.count() + 1


def replace_content(
    evidence: Evidence,
    by: User,
    *,
    number: int,
    file: StoredFile | None = None,
    url: str = "",
    note: str = "",
) -> None:
    """Put a new file, address or text in the place of version `number`, which is kept.

    Code, name, uses and facts stay. Raises ReplacedAlready when `number` is not the newest,
    NotEditable when a category that uses it is locked or the year is closed, ValidationError
    when the year has the file as other evidence.
    """
    kind = EvidenceKind.FILE if file else EvidenceKind.LINK if url else EvidenceKind.NOTE
    with transaction.atomic():
        claim_places_of(evidence)
        held = Evidence.objects.get(pk=evidence.pk)
        if version_number(held) != number:
            raise ReplacedAlready
        _refuse_known_file(held, file)
        try:
            with transaction.atomic():
                EvidenceVersion.objects.create(
                    evidence=held,
                    number=number,
                    file=held.file,
                    url=held.url,
                    note=held.note if held.kind == EvidenceKind.NOTE else "",
                    replaced_at=clock.now(),
                    replaced_by=by,
                )
        except IntegrityError as error:
            raise ReplacedAlready from error
        content = {"kind": kind, "file": file, "url": url}
        if kind == EvidenceKind.NOTE:
            content["note"] = note
        Evidence.objects.filter(pk=held.pk).update(**content)
        hush_file(held, file)
        summary = f"{held.code} v{number + 1}"
        audit.record(evidence.cycle.agency, by, "evidence.replace", evidence, summary=summary)


def _refuse_known_file(evidence: Evidence, file: StoredFile | None) -> None:
    if file is None:
        return
    holder = Evidence.objects.filter(cycle=evidence.cycle, file=file).first()
    if holder is None:
        return
    if holder.pk == evidence.pk:
        raise ValidationError(_("This is the file that is kept already."))
    raise ValidationError(
        _("The year already keeps this file as %(code)s. Link that one instead.")
        % {"code": holder.code}
    )
