"""Copying last year's indicators: choose which, see what stays behind, copy."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.indicators import permissions
from assessments.indicators.copying import CopyOutdated, candidates, copy_indicators
from assessments.indicators.queries import cycle_of, cycle_or_404
from core.address_values import whole_number
from core.refusals import already_changed
from documents.revisions import NotEditable


@require_http_methods(["GET", "POST"])
def definition_copy(request, agency_code, year):
    """Show last year's indicators as they would stand this year; copy the chosen ones."""
    cycle = cycle_or_404(request.agency, year)
    if not permissions.can_define(request.user, cycle):
        raise PermissionDenied
    source = cycle_of(request.agency, year - 1)
    if request.method == "POST" and source:
        keys = {whole_number(text) for text in request.POST.getlist("indicator")} - {None}
        back = reverse("indicators:definitions", args=[agency_code, year])
        try:
            made = copy_indicators(source, cycle, keys, request.user)
        except (CopyOutdated, NotEditable):
            message = _("The year changed or was locked meanwhile; nothing was copied.")
            return already_changed(request, message, back)
        count = len(made)
        words = ngettext("%d indicator was copied.", "%d indicators were copied.", count) % count
        messages.success(request, words if made else _("Nothing was chosen; nothing was copied."))
        return redirect(back)
    rows = candidates(source, cycle) if source else []
    context = {
        "source": source,
        "rows": rows,
        "free": sum(not row.refusal for row in rows),
    }
    return render(request, "indicators/copy.html", context)
