"""Handing out papers as files to edit, and uploaded files."""

import io

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from agencies.enums import Digits
from documents import papers, queries
from documents.models import StoredFile
from documents.serving import served
from documents.stored_files import open_file


@require_GET
def paper_file(request, agency_code, year, kind, pk, form):
    """Hand out a paper as a file to edit (.docx, .xlsx), as its object stands now."""
    obj = papers.visible_object(kind, request.user, request.agency, pk)
    try:
        digits = request.GET.get("digits", "")
        content = papers.file_to_edit(
            kind, obj, form, digits=digits if digits in Digits.values else ""
        )
    except LookupError as error:
        raise Http404 from error
    name = papers.file_name(kind, obj, form)
    return served(io.BytesIO(content), papers.CONTENT_TYPES[form], name)


@require_GET
def file(request, agency_code, year, pk):
    """Hand out an uploaded file; pictures, which were encoded anew, may be shown in a page."""
    files = queries.files_visible_to(request.user).filter(agency=request.agency)
    stored: StoredFile = get_object_or_404(files, pk=pk)
    return served(open_file(stored), stored.content_type, stored.name)
