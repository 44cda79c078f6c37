"""Choosing what the book of a year binds, and having it made."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.jobs import queued_papers
from reports.year_book.choosing import (
    KIND,
    can_have_book,
    choose_kinds,
    chosen_kinds,
    kinds_by_group,
)
from workflows.queries import cycles_visible_to


@require_http_methods(["GET", "POST"])
def year_book(request, agency_code, year):
    """Show the kinds of papers with those that are bound; the button "make" has the book made."""
    if not can_have_book(request.user, request.agency):
        raise PermissionDenied
    rows = cycles_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    cycle = rows.order_by("pk").first()
    if request.method == "POST" and cycle is not None:
        return _chosen(request, cycle)
    context = {
        "groups": kinds_by_group(),
        "chosen": chosen_kinds(cycle) if cycle else set(),
        "cycle": cycle,
    }
    return render(request, "reports/year_book.html", context)


def _chosen(request, cycle):
    here = [request.agency.code, cycle.fiscal_year]
    if not choose_kinds(cycle, request.POST.getlist("kinds"), request.user):
        messages.error(request, _("Choose at least one kind of paper: an empty book is no book."))
        return redirect("reports:year-book", *here)
    if request.POST.get("do") == "make":
        job = queued_papers.request_paper(KIND, cycle.pk, request.agency, request.user)
        return redirect("documents:job", *here, job.pk)
    messages.success(request, _("The choice is saved for this year."))
    return redirect("reports:year-book", *here)
