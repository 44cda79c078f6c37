"""Issued papers: the register, one paper with its issues, two compared, and issuing by hand."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.refusals import already_changed
from documents import papers
from documents.issued import content, issuing_papers, listed_papers, recording
from documents.issued.comparing import compare
from documents.models import IssuedDocument
from documents.permissions import can_issue_papers
from documents.queries import issued_visible_to
from documents.serving import served
from documents.stored_files import open_file

PAGE = 30


@require_GET
def issued_list(request, agency_code, year):
    """ทะเบียนเอกสารที่ออก: list the issued papers that the person may have."""
    wanted = listed_papers.wanted_from(request.GET, year)
    found = listed_papers.register_of(request.user, request.agency)
    page = Paginator(listed_papers.narrowed(found, wanted), PAGE).get_page(request.GET.get("page"))
    labels = dict(found.kinds)
    for row in page.object_list:
        row.label = labels[row.kind]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page_obj": page,
        "wanted": wanted,
        "kinds": found.kinds,
        "years": found.years,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "documents/issued/list.html", context)


@require_GET
def issued(request, agency_code, year, pk):
    """Hand out a frozen paper to whoever may have the paper of its subject."""
    found = _visible(request, pk)
    return served(open_file(found.file), found.file.content_type, found.file.name)


@require_GET
def issued_detail(request, agency_code, year, pk):
    """Show one issued paper, and every issue of the same paper."""
    found = _visible(request, pk)
    issues = list(_issues(found))
    context = {
        "document": found,
        "issues": issues,
        "newer": issues[0] if issues[0].pk != found.pk else None,
        "earlier": next((row for row in issues if row.sequence < found.sequence), None),
        "label": papers.get(found.kind).label,
        "may_issue": issuing_papers.may_issue(request.user, request.agency, found.kind),
    }
    return render(request, "documents/issued/detail.html", context)


@require_GET
def issued_compare(request, agency_code, year, pk):
    """Show what differs between two issues of the same paper; `with` names the other one."""
    found = _visible(request, pk)
    issues = list(_issues(found))
    other = _named(issues, request.GET.get("with", ""))
    if other is None or other.pk == found.pk:
        return redirect("documents:issued-detail", agency_code, year, pk)
    old, new = sorted((found, other), key=lambda row: row.sequence)
    rows = IssuedDocument.objects.select_related("file", "issued_by").in_bulk([old.pk, new.pk])
    old, new = rows[old.pk], rows[new.pk]
    context = {
        "old": old,
        "new": new,
        "issues": issues,
        "document": found,
        "comparison": compare(content.content_of(old), content.content_of(new)),
        "same_bytes": old.file_id == new.file_id,
        "is_rough": not (old.content and new.content),
        "side": request.GET.get("view") == "side",
    }
    return render(request, "documents/issued/compare.html", context)


@require_http_methods(["GET", "POST"])
def issue(request, agency_code, year, kind, pk):
    """Ask before a paper gets its official number; queue it."""
    obj = _to_issue(request, kind, pk)
    newest = recording.newest_of(kind, obj)
    number, reason, fault = issuing_papers.next_number(newest), "", ""
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        asked = request.POST.get("number", "")
        try:
            job = issuing_papers.ask(kind, obj, _whole(asked), reason, request.user)
        except ValidationError as error:
            fault = error.messages[0]
        except issuing_papers.AlreadyIssued:
            back = reverse("documents:issue", args=[agency_code, year, kind, pk])
            message = _("Somebody else has issued this paper, or is issuing it now.")
            return already_changed(request, message, back)
        else:
            return redirect("documents:job", agency_code, year, job.pk)
    paper = papers.get(kind)
    context = {
        "kind": kind,
        "pk": pk,
        "title": paper.title(obj),
        "label": paper.label,
        "newest": newest,
        "number": number,
        "reason": reason,
        "fault": fault,
        "most_reason": issuing_papers.MOST_REASON,
    }
    page = "documents/issued/issue.html"
    return render(request, page, context, status=422 if fault else 200)


@require_GET
def issue_changes(request, agency_code, year, kind, pk):
    """Show what the paper says differently now than in its last issue."""
    obj = _to_issue(request, kind, pk)
    newest = recording.newest_of(kind, obj)
    if newest is None:
        raise Http404
    context = {
        "comparison": issuing_papers.changes_since(newest, obj),
        "title": papers.get(kind).title(obj),
        "newest": newest,
        "kind": kind,
        "pk": pk,
    }
    if request.htmx:
        return render(request, "documents/issued/_changes.html", context)
    return render(request, "documents/issued/changes.html", context)


def _visible(request, pk: int) -> IssuedDocument:
    rows = issued_visible_to(request.user).filter(agency=request.agency)
    rows = rows.select_related("issued_by").defer("content")
    found = get_object_or_404(rows, pk=pk)
    papers.visible_object(found.kind, request.user, request.agency, found.object_id)
    return found


def _issues(found: IssuedDocument):
    """Return every issue of the same paper, newest first, without what each says."""
    rows = IssuedDocument.objects.filter(
        kind=found.kind, content_type=found.content_type_id, object_id=found.object_id
    )
    return rows.select_related("issued_by", "file").defer("content").order_by("-sequence")


def _named(issues: list[IssuedDocument], text: str) -> IssuedDocument | None:
    return next((row for row in issues if str(row.pk) == text), None)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _to_issue(request, kind: str, pk: int):
    """Return the object whose paper the person may issue: 404 not visible, 403 not allowed."""
    obj = papers.visible_object(kind, request.user, request.agency, pk)
    if not issuing_papers.is_issued_by_hand(kind):
        raise Http404
    if not can_issue_papers(request.user, request.agency):
        raise PermissionDenied
    return obj
