"""Choosing what the book of a year binds, and having it made."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.address_values import whole_number
from documents.jobs import queued_papers
from reports.year_book.choosing import (
    KIND,
    Choice,
    ChoiceChanged,
    can_have_book,
    choice_of,
    choose_kinds,
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
    if cycle is None:
        return _page(request, None, Choice(set()))
    if request.method == "POST":
        return _chosen(request, cycle)
    return _page(request, cycle, choice_of(cycle))


def _page(request, cycle, choice, *, newer=None, status=200):
    """Show the choice; `newer` is one that somebody else has saved meanwhile."""
    context = {
        "groups": kinds_by_group(),
        "chosen": choice.kinds,
        "version": (newer or choice).version,
        "newer": newer,
        "only_there": _labels(newer.kinds - choice.kinds) if newer else [],
        "only_here": _labels(choice.kinds - newer.kinds) if newer else [],
        "cycle": cycle,
    }
    return render(request, "reports/year_book.html", context, status=status)


def _labels(kinds: set[str]) -> list[str]:
    offered = [kind for _group, found in kinds_by_group() for kind in found]
    return [str(kind.label) for kind in offered if kind.kind in kinds]


def _chosen(request, cycle):
    here = [request.agency.code, cycle.fiscal_year]
    kinds = request.POST.getlist("kinds")
    version = whole_number(request.POST.get("version")) or 0
    try:
        is_chosen = choose_kinds(cycle, kinds, request.user, version=version)
    except ChoiceChanged as error:
        return _page(request, cycle, Choice(set(kinds)), newer=error.current, status=409)
    if not is_chosen:
        messages.error(request, _("Choose at least one kind of paper: an empty book is no book."))
        return redirect("reports:year-book", *here)
    if request.POST.get("do") == "make":
        job = queued_papers.request_paper(KIND, cycle.pk, request.agency, request.user)
        return redirect("documents:job", *here, job.pk)
    messages.success(request, _("The choice is saved for this year."))
    return redirect("reports:year-book", *here)
