"""Appointment orders: draft, submit, sign or return, record a signature on paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import audit
from approvals.forms import ReturnForm
from approvals.freezing import frozen_papers
from approvals.registry import workflow_of
from approvals.transitions import (
    AlreadyChanged,
    ContentChanged,
    PaperSignature,
    RequirementsMissing,
    available_to,
    missing_for,
    perform,
)
from committees import orders
from committees.appointing import first_day_of, last_days
from committees.enums import OrderStatus
from committees.forms import OrderForm, PaperSignatureForm, SignatureForm
from committees.models import Committee
from committees.permissions import can_edit_committees, can_record_signature, can_sign_order
from committees.queries import order_history, orders_visible_to
from committees.role_words import ROLE_WORDS
from core import clock
from core.fiscal_year import to_be
from core.refusals import already_changed
from documents.revisions import NotEditable, SaveConflict, save_text
from documents.stored_files import store_upload


def _order_or_404(request, year, pk):
    rows = orders_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(rows, pk=pk)


def _to_order(order):
    return redirect(workflow_of(order).url_of(order))


@require_POST
def order_create(request, agency_code, year):
    """Draft an order over the year's committees."""
    if not can_edit_committees(request.user, request.agency):
        raise PermissionDenied
    if not Committee.objects.filter(agency=request.agency, fiscal_year=year).exists():
        messages.error(request, _("Set up the committees first."))
        return redirect("committees:overview", agency_code, year)
    return _to_order(orders.draft_order(request.agency, year, by=request.user))


@require_GET
def order_detail(request, agency_code, year, pk):
    """Show an order and, to whom it waits for, the forms that decide it."""
    return _detail(request, _order_or_404(request, year, pk))


def _detail(request, order, *, status=200, **forms):
    actions = {transition.name for transition in available_to(request.user, order)}
    committees = [] if order.snapshot else orders.committees_in(order)
    data = order.snapshot or orders.order_data(order, committees)
    # The hash that `data_hash_of` would make, without fetching members a second time.
    today = {"signed_on": clock.today(), "data_hash": audit.canonical_hash(data)}
    is_draft = order.status == OrderStatus.DRAFT
    history = order_history(order)
    context = {
        "order": order,
        "data": _with_role_words(data),
        "actions": actions,
        "is_draft": is_draft,
        "may_edit": is_draft and can_edit_committees(request.user, request.agency),
        "missing": missing_for(order, "submit") if is_draft else [],
        "sign_form": SignatureForm(order=order, initial=today),
        "return_form": ReturnForm(reasons=workflow_of(order).return_reasons),
        "record_form": PaperSignatureForm(order=order, initial=today),
        "frozen": frozen_papers(order),
        "history": [row for row in history if row.pk != order.pk],
        "starts_on": first_day_of(order),
        "ended": _ended(order, history),
        "named": committees if is_draft else [],
        "opened": "",
        "refused": [],
    } | forms
    return render(request, "committees/order_detail.html", context, status=status)


def _ended(order, history):
    """Return the day from which, and the order by which, this order is out of force."""
    later = next((row for row in history if row.supersedes_id == order.pk and row.signed_on), None)
    return {"on": last_days(history)[order.pk], "by": later} if later else None


def _with_role_words(data):
    committees = [
        committee | {"members": [seat | {"role_label": ROLE_WORDS[seat["role"]]} for seat in seats]}
        for committee in data["committees"]
        for seats in [committee["members"]]
    ]
    return data | {"committees": committees}


@require_http_methods(["GET", "POST"])
def order_edit(request, agency_code, year, pk):
    """Change the text of a draft, its committees, and what it cancels."""
    order = _order_or_404(request, year, pk)
    if not can_edit_committees(request.user, request.agency):
        raise PermissionDenied
    if order.status != OrderStatus.DRAFT:
        return _already_changed(request, order)
    version = {"version": order.version}
    form = OrderForm(request.POST or None, instance=order, initial=version)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            _save_order(request, order, form.cleaned_data)
        except SaveConflict as error:
            conflict = error.current
        except NotEditable:
            return _already_changed(request, order)
        else:
            messages.success(request, _("Saved."))
            return _to_order(order)
    return render(
        request,
        "committees/order_edit.html",
        {"order": order, "form": form, "conflict": conflict},
        status=409 if conflict else 422 if form.errors else 200,
    )


def _save_order(request, order, data):
    names = ("title", "reason", "legal_basis", "supersedes_text", "effective_on")
    changes = {name: data[name] for name in names}
    changes["supersedes_id"] = data["supersedes"].pk if data["supersedes"] else None
    with transaction.atomic():
        save_text(
            order,
            changes,
            version=data["version"],
            by=request.user,
            agency=request.agency,
            editable=Q(status=OrderStatus.DRAFT),
        )
        order.committees.set(data["committees"])
        audit.record(
            request.agency,
            request.user,
            "appointmentorder.change",
            order,
            summary=changes["title"],
            after=changes,
        )


@require_POST
def order_discard(request, agency_code, year, pk):
    """Throw a draft away."""
    order = _order_or_404(request, year, pk)
    if not can_edit_committees(request.user, request.agency):
        raise PermissionDenied
    if not orders.discard_draft(order, by=request.user):
        return _already_changed(request, order)
    messages.success(request, _("The draft is discarded."))
    return redirect("committees:overview", agency_code, year)


@require_POST
def order_submit(request, agency_code, year, pk):
    """Ask the director to sign."""
    order = _order_or_404(request, year, pk)
    words = _("The order waits for the director's signature.")
    return _decide(request, order, words, lambda: perform(order, "submit", request.user))


@require_POST
def order_withdraw(request, agency_code, year, pk):
    """Take a submitted order back into draft."""
    order = _order_or_404(request, year, pk)
    words = _("The order is a draft again.")
    return _decide(request, order, words, lambda: perform(order, "withdraw", request.user))


@require_POST
def order_sign(request, agency_code, year, pk):
    """Sign as director, with the number and day of the office's register."""
    order = _order_or_404(request, year, pk)
    if not can_sign_order(request.user, order):
        raise PermissionDenied
    form = SignatureForm(request.POST, order=order)
    if not form.is_valid():
        return _detail(request, order, sign_form=form, opened="sign", status=422)
    data = form.cleaned_data

    def sign():
        orders.sign_order(
            order,
            request.user,
            number=data["number"],
            signed_on=data["signed_on"],
            expected_hash=data["data_hash"],
        )

    refused = {"sign_form": form, "opened": "sign"}
    return _decide(request, order, _("The order is signed."), sign, form=form, refused=refused)


@require_POST
def order_return(request, agency_code, year, pk):
    """Return the order with a reason."""
    order = _order_or_404(request, year, pk)
    if not can_sign_order(request.user, order):
        raise PermissionDenied
    form = ReturnForm(request.POST, reasons=workflow_of(order).return_reasons)
    if not form.is_valid():
        return _detail(request, order, return_form=form, opened="return", status=422)
    reason = form.reason_text()
    words = _("Returned with your reason.")
    return _decide(
        request, order, words, lambda: perform(order, "return_", request.user, comment=reason)
    )


@require_POST
def order_record(request, agency_code, year, pk):
    """Record an order that the director signed on paper."""
    order = _order_or_404(request, year, pk)
    if not can_record_signature(request.user, order):
        raise PermissionDenied
    form = PaperSignatureForm(request.POST, request.FILES, order=order)
    scan = None
    if form.is_valid():
        try:
            scan = store_upload(request.agency, form.cleaned_data["scan"], request.user)
        except ValidationError as error:
            form.add_error("scan", error)
    if scan is None:
        return _detail(request, order, record_form=form, opened="record", status=422)
    data = form.cleaned_data

    def record():
        signature = PaperSignature(data["signed_on"], scan)
        orders.record_signed_order(order, request.user, number=data["number"], signature=signature)

    words = _("The signature on paper is recorded.")
    refused = {"record_form": form, "opened": "record"}
    return _decide(request, order, words, record, form=form, refused=refused)


def _decide(request, order, done, act, *, form=None, refused=None):
    """Carry out a change of state and answer; what was typed comes back when it is refused."""
    try:
        act()
    except ContentChanged as error:
        return already_changed(request, error.words, workflow_of(order).url_of(order))
    except AlreadyChanged:
        return _already_changed(request, order)
    except RequirementsMissing as error:
        order.refresh_from_db()
        return _detail(request, order, refused=error.missing, status=422, **(refused or {}))
    except orders.NumberTaken:
        order.refresh_from_db()
        year = to_be(form.cleaned_data["signed_on"].year)
        form.number_is_taken(form.cleaned_data["number"], year)
        return _detail(request, order, status=422, **refused)
    messages.success(request, done)
    return _to_order(order)


def _already_changed(request, order):
    message = _("The order has changed since this page was opened.")
    return already_changed(request, message, workflow_of(order).url_of(order))
