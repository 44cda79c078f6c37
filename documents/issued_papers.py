"""Papers that were handed in or signed: frozen bytes, their hash, who and when."""

import hashlib
from typing import Any

from django.contrib.contenttypes.models import ContentType

from agencies.models import User
from core import clock
from documents.models import IssuedDocument
from documents.page_pictures import store_pdf
from documents.pdf_rendering import RenderedPaper


def freeze(kind: Any, obj: Any, paper: RenderedPaper, file_name: str, by: User) -> IssuedDocument:
    """Keep a drawn paper for good. `data_hash` names the content that was drawn."""
    agency = kind.agency_of(obj)
    return IssuedDocument.objects.create(
        agency=agency,
        fiscal_year=kind.fiscal_year_of(obj),
        kind=kind.kind,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        title=str(kind.title(obj))[:300],
        file=store_pdf(agency, file_name, paper, by),
        data_hash=hashlib.sha256(paper.html.encode()).hexdigest(),
        issued_at=clock.now(),
        issued_by=by,
    )
