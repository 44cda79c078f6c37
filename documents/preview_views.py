"""Looking at a part of a paper while it is written: asked for, watched and shown in one panel."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from documents import papers, previews, queries
from documents.enums import PaperJobStatus
from documents.jobs.failures import words_of
from documents.jobs.queued_papers import OPEN, request_preview
from documents.models import PaperJob
from documents.serving import served

_LONGEST_SECTION = PaperJob._meta.get_field("section").max_length


@require_http_methods(["GET", "POST"])
def preview(request, agency_code, year, kind, pk, section):
    """Show the newest preview of the section; POST draws it as it is saved now."""
    obj = papers.visible_object(kind, request.user, request.agency, pk)
    if request.method == "POST":
        if len(section) > _LONGEST_SECTION:
            raise Http404
        request_preview(kind, obj.pk, section, request.agency, request.user)
        if not request.htmx:
            return redirect("documents:preview", agency_code, year, kind, pk, section)
    part = "documents/_preview.html" if request.htmx else "documents/preview.html"
    return render(request, part, _context(request, kind, obj, section))


@require_GET
def preview_status(request, agency_code, year, kind, pk, section):
    """Answer the panel's polling: nothing as long as nothing is new."""
    obj = papers.visible_object(kind, request.user, request.agency, pk)
    context = _context(request, kind, obj, section)
    if request.GET.get("seen") == context["token"]:
        return HttpResponse(status=204)
    return render(request, "documents/_preview.html", context)


@require_GET
def preview_page(request, agency_code, year, pk, page):
    """Show the picture of one page of a preview that is finished, as it was drawn last."""
    jobs = queries.jobs_visible_to(request.user).filter(agency=request.agency).exclude(section="")
    found = get_object_or_404(jobs, pk=pk, status=PaperJobStatus.DONE)
    papers.visible_object(found.kind, request.user, request.agency, found.object_id)
    path = previews.picture_path(found, page)
    if not 1 <= page <= found.done or not default_storage.exists(path):
        raise Http404
    return served(default_storage.open(path, "rb"), "image/png", f"{page}.png")


def _context(request, kind: str, obj, section: str) -> dict:
    job = previews.latest_of(kind, obj.pk, section, request.agency)
    shown = previews.shown_of(job)
    return {
        "kind": kind,
        "object_id": obj.pk,
        "section": section,
        "title": papers.get(kind).title(obj),
        "job": job,
        "is_open": job is not None and job.status in OPEN,
        "token": f"{job.pk}.{job.status}" if job else "",
        "failure": words_of(job) if job and job.status == "failed" else None,
        "shown": shown,
        "pages": range(1, shown.done + 1) if shown else (),
        "hidden_pages": shown.total - shown.done if shown else 0,
    }
