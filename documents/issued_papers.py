"""Papers that were handed in or signed: frozen bytes, their hash, who and when.

Each carries a code; whoever holds the paper can ask the portal by that code whether it is genuine.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from agencies.models import User
from core import clock
from documents.models import IssuedDocument, StoredFile
from documents.page_pictures import store_pdf
from documents.pdf_rendering import RenderedPaper


@dataclass(frozen=True)
class Seal:
    """What stands on the foot of every page of a frozen paper: who decided, and the code."""

    words: str
    code: str

    @property
    def address(self) -> str:
        """Return where the paper can be verified, as short as it is typed."""
        address = f"{settings.BASE_URL}{reverse('verify:paper', args=[self.code])}"
        return re.sub(r"^https?://", "", address).rstrip("/")


def freeze(
    kind: Any,
    obj: Any,
    paper: RenderedPaper,
    file_name: str,
    by: User,
) -> IssuedDocument:
    """Keep a drawn paper for good. `data_hash` names the content that was drawn."""
    stored = store_pdf(kind.agency_of(obj), file_name, paper, by)
    data_hash = hashlib.sha256(paper.html.encode()).hexdigest()
    return record(kind, obj, stored, by, data_hash=data_hash)


def record(
    kind: Any,
    obj: Any,
    stored: StoredFile,
    by: User,
    *,
    data_hash: str,
    code: str = "",
    at: dt.datetime | None = None,
) -> IssuedDocument:
    """Write that the stored file is the paper of the object, as decided on with that data.

    `at` is when that was, by default now.
    """
    chosen = {"verification_code": code} if code else {}
    earlier = newest_of(kind.kind, obj)
    return IssuedDocument.objects.create(
        sequence=earlier.sequence + 1 if earlier else 1,
        supersedes=earlier,
        agency=kind.agency_of(obj),
        fiscal_year=kind.fiscal_year_of(obj),
        kind=kind.kind,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        title=str(kind.title(obj))[:300],
        file=stored,
        data_hash=data_hash,
        issued_at=at or clock.now(),
        issued_by=by,
        **chosen,
    )


def newest_of(kind: str, obj: Any) -> IssuedDocument | None:
    """Return the paper of the object that was issued last."""
    subject = ContentType.objects.get_for_model(obj)
    rows = IssuedDocument.objects.filter(kind=kind, content_type=subject, object_id=obj.pk)
    return rows.order_by("-sequence").first()
