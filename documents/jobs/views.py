"""Asking for a paper, watching it being made, stopping it, reading and downloading it."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from agencies.enums import Digits
from agencies.permissions import can_manage_office
from documents import papers, queries
from documents.issued import issuing_papers
from documents.jobs import queued_papers
from documents.jobs.failures import reference_of, words_of
from documents.jobs.progress import progress_of, stage_in
from documents.jobs.watcher import page_looks
from documents.models import PaperJob
from documents.page_pictures import picture_path, pictured_pages
from documents.paper_digits import other_digits
from documents.permissions import can_cancel_paper
from documents.serving import served
from documents.stored_files import open_file

# One page, one job: the page of a job leads back to where its paper was asked for.
_JOB_PAGE = "documents:job"
_LONGEST_PATH = PaperJob._meta.get_field("asked_from").max_length


@require_POST
def paper(request, agency_code, year, kind, pk):
    """Ask for a paper and go to where it can be watched."""
    obj = papers.visible_object(kind, request.user, request.agency, pk)
    digits = request.POST.get("digits", "")
    job = queued_papers.request_paper(
        kind,
        obj.pk,
        request.agency,
        request.user,
        digits=digits if digits in Digits.values else "",
        asked_from=_asked_from(request),
    )
    return redirect("documents:job", agency_code, year, job.pk)


@require_GET
def job(request, agency_code, year, pk):
    """Show how far the paper is; when it is ready, its pages."""
    return render(request, "documents/job.html", _job_context(request, *_visible_job(request, pk)))


@require_GET
def job_status(request, agency_code, year, pk):
    """Answer the page's polling: nothing when nothing is new, the whole when the job has ended.

    `seen` is what the page shows now, as `jobs.progress.token_of` wrote it.
    """
    found, obj = _visible_job(request, pk)
    seen = request.GET.get("seen", "")
    if found.status not in queued_papers.OPEN:
        page = render(request, "documents/_job_ended.html", _job_context(request, found, obj))
        page["HX-Retarget"], page["HX-Reswap"] = "#paper-job", "outerHTML"
        return page
    page_looks(found.pk, request.user.pk)
    progress = progress_of(found)
    if seen == progress.token:
        return HttpResponse(status=204)
    is_other_stage = stage_in(seen) != stage_in(progress.token)
    context = {"job": found, "progress": progress, "says_so": bool(seen) and is_other_stage}
    return render(request, "documents/_job_progress.html", context)


@require_POST
def job_cancel(request, agency_code, year, pk):
    """Stop a paper that waits or is being made; one that has ended stays as it is."""
    found, _obj = _visible_job(request, pk)
    if not can_cancel_paper(request.user, found):
        raise PermissionDenied
    queued_papers.cancel(found, request.user)
    return redirect("documents:job", agency_code, year, found.pk)


@require_GET
def job_file(request, agency_code, year, pk):
    """Hand out the finished PDF."""
    found, _obj = _visible_job(request, pk)
    if found.file is None:
        raise Http404
    return served(open_file(found.file), found.file.content_type, found.file.name)


@require_GET
def job_page(request, agency_code, year, pk, page):
    """Show the picture of one page."""
    found, _obj = _visible_job(request, pk)
    if found.file is None or not 1 <= page <= pictured_pages(found.file):
        raise Http404
    path = picture_path(found.file, page)
    if not default_storage.exists(path):
        raise Http404
    return served(default_storage.open(path, "rb"), "image/png", f"{page}.png")


def _visible_job(request, pk) -> tuple[PaperJob, object]:
    jobs = queries.jobs_visible_to(request.user).filter(agency=request.agency, section="")
    found = get_object_or_404(jobs, pk=pk)
    obj = papers.visible_object(found.kind, request.user, request.agency, found.object_id)
    return found, obj


def _job_context(request, found: PaperJob, obj) -> dict:
    kind = papers.get(found.kind)
    is_open = found.status in queued_papers.OPEN
    pages = pictured_pages(found.file) if found.file else 0
    if is_open:
        page_looks(found.pk, request.user.pk)
    return {
        "job": found,
        "kind": kind,
        # Not `kind.docx`: a template would call it.
        "has_docx": kind.docx is not None,
        "has_xlsx": kind.xlsx is not None,
        "subject": obj,
        "may_issue": issuing_papers.may_issue(request.user, request.agency, found.kind),
        "title": kind.title(obj),
        "is_open": is_open,
        "progress": progress_of(found) if is_open else None,
        "may_cancel": is_open and can_cancel_paper(request.user, found),
        "failure": words_of(found) if found.error else None,
        "reference": reference_of(found) if can_manage_office(request.user, found.agency) else "",
        "other_digits": other_digits(found.digits or found.agency.paper_digits),
        "pages": range(1, pages + 1),
        "hidden_pages": (found.file.pages or 0) - pages if found.file else 0,
    }


def _asked_from(request) -> str:
    """Return the path of the office's page on which the button was pressed, or "".

    A job's own page hands on what led to it, so that papers made again lead back as well.
    """
    came_from = request.META.get("HTTP_REFERER", "")
    host = request.get_host()
    if not url_has_allowed_host_and_scheme(came_from, {host}, request.is_secure()):
        return ""
    parts = urlsplit(came_from)
    if parts.netloc != host or not parts.path.startswith(f"/o/{request.agency.code}/"):
        return ""
    try:
        match = resolve(parts.path)
    except Resolver404:
        return ""
    if match.view_name == _JOB_PAGE:
        rows = queries.jobs_visible_to(request.user).filter(agency=request.agency)
        earlier = rows.filter(pk=match.kwargs["pk"]).values_list("asked_from", flat=True)
        return earlier.first() or ""
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return path if len(path) <= _LONGEST_PATH else ""
