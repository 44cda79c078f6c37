"""The evidence library, and attaching evidence to items and checklist lines."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.roles import is_officer
from assessments.addresses import item_address
from assessments.evidence import keeping as rules
from assessments.evidence.forms import AttachForm, EvidenceForm
from assessments.evidence.queries import evidence_visible_to, library, links_visible_to
from assessments.item_views import already_locked
from assessments.permissions import can_write
from assessments.queries import answers_visible_to
from core.address_values import whole_number
from documents.revisions import NotEditable
from documents.stored_files import store_upload

PAGE = 30


@require_GET
def evidence_library(request, agency_code, year):
    """List the year's evidence; search, filter by category, show what is used nowhere."""
    chosen = {
        "q": request.GET.get("q", "").strip()[:100],
        "category": request.GET.get("category", ""),
        "use": request.GET.get("use", ""),
    }
    rows = library(
        request.user,
        request.agency,
        year,
        text=chosen["q"],
        category=chosen["category"],
        use=chosen["use"],
    )
    query = urlencode({name: value for name, value in chosen.items() if value})
    context = {
        "page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "query": f"{query}&" if query else "",
        "categories": range(1, 8),
    }
    return render(request, "assessments/evidence/library.html", context)


@require_http_methods(["GET", "POST"])
def attach(request, agency_code, year):
    """Attach evidence to the item (?item=) and, where given, to one line (&line=)."""
    answer = get_object_or_404(_answers(request, year), pk=whole_number(request.GET.get("item")))
    line = None
    if request.GET.get("line"):
        line = get_object_or_404(answer.item.lines, pk=whole_number(request.GET.get("line")))
    if not can_write(request.user, answer.category_assessment):
        raise PermissionDenied
    form = AttachForm(
        request.POST or None,
        request.FILES or None,
        evidence=_of_year(request, year).order_by("code", "pk"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            count = _attach(request, answer, line, form.cleaned_data)
        except ValidationError as error:
            form.add_error("files", error)
        except NotEditable:
            return already_locked(request, answer)
        else:
            messages.success(
                request,
                ngettext("%(count)s piece attached.", "%(count)s pieces attached.", count)
                % {"count": count},
            )
            return redirect(item_address(answer, f"line-{line.pk}" if line else ""))
    context = {
        "form": form,
        "answer": answer,
        "line": line,
        "back_url": item_address(answer, f"line-{line.pk}" if line else ""),
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/evidence/attach.html", context, status=status)


@transaction.atomic
def _attach(request, answer, line, data) -> int:
    """Keep and link everything the form brought; all of it or nothing."""
    count = 0
    for uploaded in data["files"]:
        stored = store_upload(request.agency, uploaded, request.user)
        title = data["title"] or uploaded.name.rsplit(".", 1)[0]
        rules.add_evidence(
            answer, request.user, title=title, file=stored, line=line, page=data["page"]
        )
        count += 1
    if data["url"]:
        rules.add_evidence(answer, request.user, title=data["title"], url=data["url"], line=line)
        count += 1
    if data["note"]:
        title = data["title"] or data["note"].splitlines()[0][:80]
        rules.add_evidence(answer, request.user, title=title, note=data["note"], line=line)
        count += 1
    if data["existing"]:
        rules.link_evidence(data["existing"], answer, line=line, page=data["page"])
        count += 1
    return count


@require_http_methods(["GET", "POST"])
def detail(request, agency_code, year, pk):
    """Show a piece of evidence and where it is used; its keeper edits name and note."""
    evidence = get_object_or_404(_of_year(request, year), pk=pk)
    may_edit = _may_edit(request, evidence)
    form = EvidenceForm(request.POST or None, instance=evidence) if may_edit else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            rules.edit_evidence(evidence, request.user, **form.cleaned_data)
            messages.success(request, _("The evidence was saved."))
            return redirect("evidence:detail", agency_code, year, pk)
    links = [
        (link, can_write(request.user, link.item_answer.category_assessment))
        for link in links_visible_to(request.user).filter(evidence=evidence)
    ]
    context = {"evidence": evidence, "form": form, "links": links, "may_edit": may_edit}
    status = 422 if form and form.errors else 200
    return render(request, "assessments/evidence/detail.html", context, status=status)


@require_POST
def unlink(request, agency_code, year, pk):
    """Take evidence away from an item or line."""
    link = get_object_or_404(
        links_visible_to(request.user).filter(
            evidence__cycle__agency=request.agency, evidence__cycle__fiscal_year=year
        ),
        pk=pk,
    )
    if not can_write(request.user, link.item_answer.category_assessment):
        raise PermissionDenied
    try:
        rules.unlink_evidence(link, request.user)
    except NotEditable:
        return already_locked(request, link.item_answer)
    messages.success(request, _("The evidence was taken away; it stays in the library."))
    return redirect("evidence:detail", agency_code, year, link.evidence_id)


@require_POST
def remove(request, agency_code, year, pk):
    """Remove evidence that nothing uses."""
    evidence = get_object_or_404(_of_year(request, year), pk=pk)
    if not _may_edit(request, evidence):
        raise PermissionDenied
    try:
        rules.remove_evidence(evidence, request.user)
    except rules.EvidenceInUse:
        messages.error(request, _("The evidence is still used; take it away from its items first."))
        return redirect("evidence:detail", agency_code, year, pk)
    messages.success(request, _("The evidence was removed."))
    return redirect("evidence:library", agency_code, year)


def _of_year(request, year):
    return evidence_visible_to(request.user).filter(
        cycle__agency=request.agency, cycle__fiscal_year=year
    )


def _answers(request, year):
    return answers_visible_to(request.user).filter(
        category_assessment__assessment__cycle__agency=request.agency,
        category_assessment__assessment__cycle__fiscal_year=year,
    )


def _may_edit(request, evidence) -> bool:
    """Who added it and the officer; a role, not the state of one category, decides."""
    return evidence.created_by_id == request.user.pk or is_officer(request.user, request.agency)
