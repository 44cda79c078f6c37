"""รออนุมัติ: the inbox, the decision page, and decisions signed on paper."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from approvals.enums import RequestStatus
from approvals.forms import PaperSignatureForm, ReturnForm
from approvals.freezing import frozen_papers
from approvals.permissions import can_decide, can_record_paper
from approvals.queries import history_of, pending, requests_visible_to
from approvals.registry import workflow_of
from approvals.requests import subjects
from approvals.transitions import (
    AlreadyChanged,
    PaperSignature,
    RequirementsMissing,
    missing_for,
    perform,
)
from core.refusals import already_changed
from documents.stored_files import store_upload


@require_GET
def inbox(request, agency_code, year):
    """List what waits for a decision in any year, and what was decided in the year."""
    decided = (
        requests_visible_to(request.user)
        .filter(agency=request.agency, fiscal_year=year)
        .exclude(status=RequestStatus.PENDING)
    )
    rows = pending(request.user, request.agency).prefetch_related(subjects())
    waiting = [(row, _page_of(row, agency_code)) for row in rows]
    return render(
        request,
        "approvals/inbox.html",
        {
            "waiting": waiting,
            "may_decide": can_decide(request.user, request.agency),
            "page_obj": Paginator(decided.order_by("-decided_at", "-pk"), 20).get_page(
                request.GET.get("page")
            ),
        },
    )


def _page_of(row, agency_code):
    workflow = workflow_of(row.content_type.model_class())
    if workflow.own_decision_page:
        return workflow.url_of(row.subject)
    return reverse("approvals:request", args=[agency_code, row.fiscal_year, row.pk])


def _request_or_404(request, year, pk):
    rows = requests_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(rows, pk=pk)


def _decided_here_or_404(request, year, pk):
    """As `_request_or_404`, without what its own page decides (an order wants its number)."""
    row = _request_or_404(request, year, pk)
    if workflow_of(row.subject).own_decision_page:
        raise Http404
    return row


@require_GET
def request_detail(request, agency_code, year, pk):
    """Show one request with everything needed to decide it in two taps."""
    row = _request_or_404(request, year, pk)
    return _decision_page(request, row, ReturnForm(reasons=_reasons(row)))


def _reasons(row):
    return workflow_of(row.subject).return_reasons


def _facts(row, workflow):
    """Return the figures as they were submitted, worded in the language of the screen."""
    if get_language() == settings.LANGUAGE_CODE or not workflow.summary_of:
        return row.summary
    worded = workflow.summary_of(row.subject)
    if len(worded) != len(row.summary):
        return row.summary
    return [
        {"value": then["value"], "label": now["label"]}
        for then, now in zip(row.summary, worded, strict=True)
    ]


def _decision_page(request, row, return_form, *, missing=(), status=200, returning=False):
    workflow = workflow_of(row.subject)
    is_open = row.status == RequestStatus.PENDING and not workflow.own_decision_page
    context = {
        "row": row,
        "workflow": workflow,
        "subject_url": workflow.url_of(row.subject),
        "paper_pk": workflow.paper_pk_of(row.subject),
        "facts": _facts(row, workflow),
        "history": history_of(row),
        "frozen": frozen_papers(row.subject),
        "return_form": return_form,
        "returning": returning,
        "missing": missing,
        "may_decide": is_open and can_decide(request.user, request.agency),
        "may_record_paper": is_open and can_record_paper(request.user, request.agency),
    }
    if workflow.context_of:
        context |= workflow.context_of(row.subject)
    return render(request, "approvals/request.html", context, status=status)


@require_POST
def approve(request, agency_code, year, pk):
    """Approve exactly what the page showed: the data's hash must still be the same."""
    row = _decided_here_or_404(request, year, pk)
    return _decide(request, row, workflow_of(row.subject).approve, _("Approved."))


@require_POST
def return_(request, agency_code, year, pk):
    """Return with a reason."""
    row = _decided_here_or_404(request, year, pk)
    if not can_decide(request.user, request.agency):
        raise PermissionDenied
    form = ReturnForm(request.POST, reasons=_reasons(row))
    if not form.is_valid():
        return _decision_page(request, row, form, status=422, returning=True)
    name = workflow_of(row.subject).return_
    return _decide(request, row, name, _("Returned with your reason."), form.reason_text())


def _decide(request, row, name, done, comment="", signature=None):
    """Perform a decision and answer: done, 409 when somebody was first, 422 when not ready.

    A closed request decides nothing, even where its object was submitted again unchanged.
    """
    try:
        if row.status != RequestStatus.PENDING:
            raise AlreadyChanged(row.subject)
        perform(
            row.subject,
            name,
            request.user,
            comment=comment,
            expected_hash=row.data_hash,
            signature=signature,
        )
    except AlreadyChanged:
        message = _("The state has changed since this page was opened.")
        return already_changed(request, message, request.path.rsplit("/", 2)[0] + "/")
    except RequirementsMissing as error:
        form = ReturnForm(reasons=_reasons(row))
        return _decision_page(request, row, form, missing=error.missing, status=422)
    messages.success(request, done)
    return redirect("approvals:inbox", request.agency.code, row.fiscal_year)


@require_http_methods(["GET", "POST"])
def record_paper(request, agency_code, year, pk):
    """Record an approval that the director signed on paper."""
    row = _decided_here_or_404(request, year, pk)
    if not can_record_paper(request.user, request.agency):
        raise PermissionDenied
    form = PaperSignatureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            scan = store_upload(request.agency, form.cleaned_data["scan"], request.user)
        except ValidationError as error:
            form.add_error("scan", error)
        else:
            return _decide(
                request,
                row,
                workflow_of(row.subject).approve,
                _("The approval on paper is recorded."),
                form.cleaned_data["comment"],
                PaperSignature(form.cleaned_data["signed_on"], scan),
            )
    context = {
        "row": row,
        "form": form,
        "missing": missing_for(row.subject, workflow_of(row.subject).approve),
    }
    status = 422 if form.errors else 200
    return render(request, "approvals/record_paper.html", context, status=status)
