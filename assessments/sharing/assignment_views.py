"""The page that hands out a category's items, and the ticks of those who have them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from assessments.addresses import category_address, item_address
from assessments.answering import WRITABLE
from assessments.models import CategoryAssessment, ItemAssignment
from assessments.sharing import assignments, cards, permissions
from assessments.sharing.forms import AssignForm
from assessments.sharing.lookup import category_or_404
from assessments.sharing.queries import assignments_visible_to
from core import clock
from core.address_values import whole_number
from core.refusals import already_changed
from documents.revisions import NotEditable


@require_http_methods(["GET", "POST"])
def share(request, agency_code, year, number):
    """Show who has which item of the category; hand out several at once."""
    row = category_or_404(request, year, number)
    if request.method == "GET":
        chosen = whole_number(request.GET.get("item"))
        is_coming = row.due_on and row.due_on >= clock.today()
        form = AssignForm(
            category_assessment=row,
            initial={
                "due_on": row.due_on if is_coming else None,
                "items": [chosen] if chosen else [],
            },
        )
        return _page(request, row, form)
    if not permissions.can_assign(request.user, row):
        raise PermissionDenied
    form = AssignForm(request.POST, category_assessment=row)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    data = form.cleaned_data
    try:
        count = assignments.assign(
            row,
            data["items"],
            data["people"],
            request.user,
            due_on=data["due_on"],
            note=data["note"],
        )
    except NotEditable:
        message = _("The category is locked; nobody was given anything.")
        return already_changed(request, message, category_address(row))
    words = ngettext("%(count)d hand-out was saved.", "%(count)d hand-outs were saved.", count)
    messages.success(request, words % {"count": count})
    return redirect("assessments:category-share", agency_code, year, number)


def _page(request, row: CategoryAssessment, form, status=200):
    context = {
        "form": form,
        "category_assessment": row,
        "category": row.category,
        "sharing": cards.sharing_of_category(row, request.user),
        "can_assign": permissions.can_assign(request.user, row) and row.status in WRITABLE,
        "has_team": form.fields["people"].queryset.exists(),
    }
    return render(request, "assessments/sharing/share.html", context, status=status)


@require_POST
def assignment_done(request, agency_code, year, pk):
    """Tick, or untick, that the person's work on the item is done."""
    row = _assignment(request, year, pk)
    if not permissions.can_tick(request.user, row):
        raise PermissionDenied
    try:
        assignments.set_done(row, request.POST.get("done") == "1", request.user)
    except NotEditable:
        return _closed(request, row)
    return _back(request, row)


@require_POST
def assignment_remove(request, agency_code, year, pk):
    """Take an item back from somebody."""
    row = _assignment(request, year, pk)
    if not permissions.can_assign(request.user, row.item_answer.category_assessment):
        raise PermissionDenied
    try:
        assignments.take_back(row, request.user)
    except NotEditable:
        return _closed(request, row)
    messages.success(request, _("The item was taken back."))
    return _back(request, row)


def _assignment(request, year, pk) -> ItemAssignment:
    rows = assignments_visible_to(request.user).filter(
        item_answer__category_assessment__assessment__cycle__agency=request.agency,
        item_answer__category_assessment__assessment__cycle__fiscal_year=year,
    )
    return get_object_or_404(rows, pk=pk)


def _back(request, row: ItemAssignment):
    """Return to the page from which the button was pressed: the item, else the category's list."""
    if request.POST.get("from") == "item":
        return redirect(item_address(row.item_answer, "sharing"))
    number = row.item_answer.category_assessment.category.number
    cycle = row.item_answer.category_assessment.assessment.cycle
    return redirect("assessments:category-share", cycle.agency.code, cycle.fiscal_year, number)


def _closed(request, row: ItemAssignment):
    message = _("The category was submitted, accepted or closed; nothing was changed.")
    return already_changed(request, message, item_address(row.item_answer))
