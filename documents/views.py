"""Asking for a paper, watching it being made, reading and downloading it."""

import io

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from documents import papers, queries, queued_papers
from documents.models import PaperJob, StoredFile
from documents.page_pictures import picture_path, pictured_pages
from documents.stored_files import open_file

INLINE_TYPES = {"image/png", "image/jpeg", "image/webp"}


@require_POST
def paper(request, agency_code, year, kind, pk):
    """Ask for a paper and go to where it can be watched."""
    obj = papers.visible_object(kind, request.user, request.agency, pk)
    job = queued_papers.request_paper(kind, obj.pk, request.agency, request.user)
    return redirect("documents:job", agency_code, year, job.pk)


@require_GET
def paper_file(request, agency_code, year, kind, pk, form):
    """Hand out a paper as a file to edit (.docx, .xlsx), as its object stands now."""
    obj = papers.visible_object(kind, request.user, request.agency, pk)
    try:
        content = papers.file_to_edit(kind, obj, form)
    except LookupError as error:
        raise Http404 from error
    name = papers.file_name(kind, obj, form)
    return _served(io.BytesIO(content), papers.CONTENT_TYPES[form], name)


@require_GET
def job(request, agency_code, year, pk):
    """Show how far the paper is; when it is ready, its pages."""
    return render(request, "documents/job.html", _job_context(request, pk))


@require_GET
def job_status(request, agency_code, year, pk):
    """Answer the page's polling with the part that changes."""
    return render(request, "documents/_job.html", _job_context(request, pk))


@require_GET
def job_file(request, agency_code, year, pk):
    """Hand out the finished PDF."""
    found, _obj = _visible_job(request, pk)
    if found.file is None:
        raise Http404
    return _served(open_file(found.file), found.file.content_type, found.file.name)


@require_GET
def job_page(request, agency_code, year, pk, page):
    """Show the picture of one page."""
    found, _obj = _visible_job(request, pk)
    if found.file is None or not 1 <= page <= pictured_pages(found.file):
        raise Http404
    path = picture_path(found.file, page)
    if not default_storage.exists(path):
        raise Http404
    return _served(default_storage.open(path, "rb"), "image/png", f"{page}.png")


@require_GET
def issued(request, agency_code, year, pk):
    """Hand out a frozen paper to whoever may have the paper of its subject."""
    rows = queries.issued_visible_to(request.user).filter(agency=request.agency)
    found = get_object_or_404(rows, pk=pk)
    papers.visible_object(found.kind, request.user, request.agency, found.object_id)
    return _served(open_file(found.file), found.file.content_type, found.file.name)


@require_GET
def file(request, agency_code, year, pk):
    """Hand out an uploaded file; pictures, which were encoded anew, may be shown in a page."""
    files = queries.files_visible_to(request.user).filter(agency=request.agency)
    stored: StoredFile = get_object_or_404(files, pk=pk)
    return _served(open_file(stored), stored.content_type, stored.name)


def _visible_job(request, pk) -> tuple[PaperJob, object]:
    jobs = queries.jobs_visible_to(request.user).filter(agency=request.agency)
    found = get_object_or_404(jobs, pk=pk)
    obj = papers.visible_object(found.kind, request.user, request.agency, found.object_id)
    return found, obj


def _job_context(request, pk) -> dict:
    found, obj = _visible_job(request, pk)
    pages = pictured_pages(found.file) if found.file else 0
    return {
        "job": found,
        "title": papers.get(found.kind).title(obj),
        "pages": range(1, pages + 1),
        "hidden_pages": (found.file.pages or 0) - pages if found.file else 0,
    }


def _served(content, content_type: str, name: str) -> FileResponse:
    """Return bytes of ours so that no browser takes them for a page of ours."""
    response = FileResponse(
        content,
        content_type=content_type,
        filename=name,
        as_attachment=content_type not in INLINE_TYPES,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
