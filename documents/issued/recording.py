"""Papers that were handed in or signed: frozen bytes, their hash, who and when.

Each carries a code; whoever holds the paper can ask the portal by that code whether it is genuine.
The issues of one paper are numbered 1, 2, 3 …, and each supersedes the one before.
"""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType

from agencies.models import User
from core import clock
from documents.issued.content import Line
from documents.models import IssuedDocument, StoredFile


def record(
    kind: Any,
    obj: Any,
    stored: StoredFile,
    by: User,
    *,
    data_hash: str,
    content: list[Line] | None = None,
    reason: str = "",
    sequence: int | None = None,
    code: str = "",
    at: dt.datetime | None = None,
) -> IssuedDocument:
    """Write that the stored file is the paper of the object, as decided on with that data.

    `content` is what the paper says (documents.issued.content). `at` is when it was decided, by
    default now. `sequence` is the number it was announced with, by default the next one. Numbers
    are given once: who comes second for one gets IntegrityError, and nothing is written.
    """
    chosen = {"verification_code": code} if code else {}
    earlier = newest_of(kind.kind, obj)
    number = earlier.sequence + 1 if earlier else 1
    return IssuedDocument.objects.create(
        sequence=number if sequence is None else sequence,
        supersedes=earlier,
        agency=kind.agency_of(obj),
        fiscal_year=kind.fiscal_year_of(obj),
        kind=kind.kind,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        title=str(kind.title(obj))[:300],
        file=stored,
        data_hash=data_hash,
        content=content or [],
        reason=reason,
        issued_at=at or clock.now(),
        issued_by=by,
        **chosen,
    )


def newest_of(kind: str, obj: Any) -> IssuedDocument | None:
    """Return the paper of the object that was issued last."""
    return issues_of(kind, obj).order_by("-sequence").first()


def issues_of(kind: str, obj: Any):
    """Return every issue of the object's paper."""
    subject = ContentType.objects.get_for_model(obj)
    return IssuedDocument.objects.filter(kind=kind, content_type=subject, object_id=obj.pk)
