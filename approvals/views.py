"""รออนุมัติ: the inbox, the decision page, and decisions signed on paper."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from approvals import inbox as listing
from approvals.addressees import Desk, place_of
from approvals.deciding import approve as approve_request
from approvals.deciding import can_decide, can_record_paper, send_back, withdrawal_for
from approvals.enums import RequestStatus
from approvals.forms import PaperSignatureForm, ReturnForm
from approvals.freezing import frozen_papers, papers_of_requests, try_again
from approvals.history import history_of_request
from approvals.permissions import can_retry_paper
from approvals.previews import preview_of
from approvals.queries import papers_visible_to, requests_visible_to
from approvals.registry import workflow_of
from approvals.requests import content_has_changed, is_decided_on_its_page, subjects
from approvals.transitions import (
    AlreadyChanged,
    PaperSignature,
    RequirementsMissing,
    missing_for,
    perform,
    void,
)
from core.refusals import already_changed
from core.thai_text import normalize
from documents.stored_files import store_upload


@require_GET
def inbox(request, agency_code, year):
    """List what waits for a decision in any year, and what was decided in the year."""
    wanted = {name: request.GET.get(name, "")[:100] for name in ("kind", "q", "whose", "page")}
    decided = (
        requests_visible_to(request.user)
        .filter(agency=request.agency, fiscal_year=year)
        .exclude(status=RequestStatus.PENDING)
        .order_by("-decided_at", "-pk")
    )
    past = Paginator(decided, 20).get_page(request.GET.get("decided"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "inbox": listing.present(request.user, request.agency, wanted),
        "wanted": wanted,
        "query": f"{query.urlencode()}&" if query else "",
        "past": past,
    }
    papers = papers_of_requests(past.object_list)
    context["decided"] = [(row, papers.get(row.pk)) for row in past]
    return render(request, "approvals/inbox.html", context)


def _request_or_404(request, year, pk):
    rows = requests_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(rows.prefetch_related(subjects()), pk=pk)


def _decided_here_or_404(request, year, pk):
    """As `_request_or_404`, without what its own page decides (an order wants its number)."""
    row = _request_or_404(request, year, pk)
    if is_decided_on_its_page(row):
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
    desk = Desk(row.agency)
    is_open = row.status == RequestStatus.PENDING
    decided_here = is_open and not is_decided_on_its_page(row)
    may_decide = decided_here and can_decide(request.user, row)
    changed = is_open and content_has_changed(row)
    withdrawal = withdrawal_for(request.user, row)
    context = {
        "row": row,
        "workflow": workflow,
        "subject_url": workflow.url_of(row.subject),
        "paper_pk": workflow.paper_pk_of(row.subject),
        "preview": preview_of(row),
        "facts": _facts(row, workflow),
        "history": history_of_request(row),
        "frozen": frozen_papers(row.subject),
        "return_form": return_form,
        "returning": returning,
        "missing": missing,
        "changed": changed,
        "endorses": is_open and desk.lies_with_endorser(row),
        "turn": desk.people(desk.turn(row)) if is_open and not may_decide else [],
        "may_decide": may_decide,
        "place": place_of(request.user, row, desk) if may_decide else None,
        "withdrawal": withdrawal,
        "may_void": changed and (may_decide or withdrawal is not None),
        "may_record_paper": decided_here and not changed and can_record_paper(request.user, row),
    }
    if workflow.context_of:
        context |= workflow.context_of(row.subject)
    return render(request, "approvals/request.html", context, status=status)


@require_POST
def approve(request, agency_code, year, pk):
    """Approve exactly what the page showed: the data's hash must still be the same."""
    row = _decided_here_or_404(request, year, pk)
    _demand_turn(request, row)
    words = _("Endorsed.") if Desk(row.agency).lies_with_endorser(row) else _("Approved.")
    note = normalize(request.POST.get("note", "")).strip()[:2000]
    return _decide(request, row, lambda: approve_request(row, request.user, note), words)


@require_POST
def return_(request, agency_code, year, pk):
    """Return with a reason."""
    row = _decided_here_or_404(request, year, pk)
    _demand_turn(request, row)
    read_extra = workflow_of(row.subject).return_extra
    extra, keep = read_extra(row.subject, request.POST) if read_extra else ("", None)
    form = ReturnForm(request.POST, reasons=_reasons(row), has_extra=bool(extra))
    if not form.is_valid():
        return _decision_page(request, row, form, status=422, returning=True)
    reason = "\n".join(filter(None, (form.reason_text(), extra)))
    words = _("Returned with your reason.")
    return _decide(request, row, lambda: send_back(row, request.user, reason, keep), words)


def _demand_turn(request, row):
    """Refuse whose turn it is not; who comes late to a closed request is told so instead."""
    if row.status == RequestStatus.PENDING and not can_decide(request.user, row):
        raise PermissionDenied
    if row.status != RequestStatus.PENDING and not _may_ever_decide(request.user, row):
        raise PermissionDenied


def _may_ever_decide(user, row):
    desk = Desk(row.agency)
    return user.pk in desk.deciders(row) or user.pk == row.endorsed_by_id


@require_POST
def withdraw(request, agency_code, year, pk):
    """Take the matter back before it is decided."""
    row = _request_or_404(request, year, pk)
    if row.status != RequestStatus.PENDING:
        return _too_late(request, AlreadyChanged(row.subject))
    rule = withdrawal_for(request.user, row)
    if rule is None:
        raise PermissionDenied
    words = _("It was taken back and can be changed and submitted again.")
    return _decide(request, row, lambda: perform(row.subject, rule.name, request.user), words)


@require_POST
def void_request(request, agency_code, year, pk):
    """Void a request whose content changed, so that it is submitted again."""
    row = _request_or_404(request, year, pk)
    if row.status != RequestStatus.PENDING:
        return _too_late(request, AlreadyChanged(row.subject))
    if not can_decide(request.user, row) and withdrawal_for(request.user, row) is None:
        raise PermissionDenied
    words = _("The request is void. Who submitted it was told to submit it again.")

    def act():
        if void(row.subject, request.user) is None:
            raise AlreadyChanged(row.subject)

    return _decide(request, row, act, words)


def _decide(request, row, act, done):
    """Do what was decided and answer: done, 409 when somebody was first, 422 when not ready."""
    try:
        act()
    except AlreadyChanged as error:
        return _too_late(request, error)
    except RequirementsMissing as error:
        form = ReturnForm(reasons=_reasons(row))
        return _decision_page(request, row, form, missing=error.missing, status=422)
    messages.success(request, done)
    return redirect("approvals:inbox", request.agency.code, row.fiscal_year)


def _too_late(request, error):
    return already_changed(request, error.words, request.path.rsplit("/", 2)[0] + "/")


@require_http_methods(["GET", "POST"])
def record_paper(request, agency_code, year, pk):
    """Record an approval that the director signed on paper."""
    row = _decided_here_or_404(request, year, pk)
    if not can_record_paper(request.user, row):
        raise PermissionDenied
    form = PaperSignatureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            scan = store_upload(request.agency, form.cleaned_data["scan"], request.user)
        except ValidationError as error:
            form.add_error("scan", error)
        else:
            words = _("The approval on paper is recorded.")
            signature = PaperSignature(form.cleaned_data["signed_on"], scan)
            note = form.cleaned_data["comment"]
            return _decide(
                request,
                row,
                lambda: approve_request(row, request.user, note, signature),
                words,
            )
    context = {
        "row": row,
        "form": form,
        "missing": missing_for(row.subject, workflow_of(row.subject).approve),
    }
    status = 422 if form.errors else 200
    return render(request, "approvals/record_paper.html", context, status=status)


@require_POST
def retry_paper(request, agency_code, year, pk):
    """Have a paper drawn again that failed, and go back to the page of what it is about."""
    rows = papers_visible_to(request.user).filter(log__agency=request.agency)
    row = get_object_or_404(rows.select_related("log__agency", "log__content_type"), pk=pk)
    if not can_retry_paper(request.user, request.agency):
        raise PermissionDenied
    model = row.log.content_type.model_class()
    workflow = workflow_of(model)
    back = workflow.url_of(get_object_or_404(model._default_manager, pk=row.log.object_id))
    if not try_again(row, request.user):
        return already_changed(request, _("The paper is not one that failed."), back)
    messages.success(request, _("The paper is being made again."))
    return redirect(back)
