"""Linking an item with results of category 7 and with other items."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assessments import permissions, queries
from assessments.addresses import item_address
from assessments.forms import LinkForm
from assessments.item import links, page
from assessments.item.views import already_locked, writable_or_refuse
from documents.revisions import NotEditable


@require_http_methods(["GET", "POST"])
def item_links(request, agency_code, year, pk):
    """Offer the results and items that may be linked; store the one chosen."""
    state = writable_or_refuse(request, year, pk)
    results, others = links.choices_of(state.answer)
    sent = request.POST if request.method == "POST" else None
    form = LinkForm(sent, results=results, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            links.link_item(state.answer, request.user, **form.cleaned_data)
        except NotEditable:
            return already_locked(request, state.answer)
        return redirect(item_address(state.answer, "links"))
    context = page.head(page.item_page(state, request.user))
    context |= {"form": form, "results": list(results), "others": list(others)}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/item/links.html", context, status=status)


@require_POST
def item_link_remove(request, agency_code, year, pk):
    """Take a link out, by who writes the item that made it."""
    rows = queries.item_links_visible_to(request.user).filter(
        item_answer__category_assessment__assessment__cycle__agency=request.agency,
        item_answer__category_assessment__assessment__cycle__fiscal_year=year,
    )
    link = get_object_or_404(rows, pk=pk)
    if not permissions.can_write(request.user, link.item_answer.category_assessment):
        raise PermissionDenied
    try:
        links.unlink_item(link, request.user)
    except NotEditable:
        return already_locked(request, link.item_answer)
    return redirect(item_address(link.item_answer, "links"))
