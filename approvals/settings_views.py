"""Settings: which kinds of matters are endorsed before the director decides, and by whom."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals.chains import endorsers_exist, save_chains
from approvals.forms import ChainsForm
from approvals.permissions import can_set_chains


@require_http_methods(["GET", "POST"])
def chains(request, agency_code):
    """Show and save the steps of each kind of matter."""
    if not can_set_chains(request.user, request.agency):
        raise PermissionDenied
    form = ChainsForm(request.agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_chains(request.agency, request.user, form.settings())
        messages.success(request, _("Saved."))
        return redirect("approval_settings:chains", agency_code)
    context = {"form": form, "endorsers_exist": endorsers_exist(request.agency)}
    status = 422 if form.errors else 200
    return render(request, "approvals/chains.html", context, status=status)
