"""The office's rules for scores and rounds."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.indicators.office_rules import save_rules
from assessments.indicators.result_permissions import can_keep_rules
from assessments.indicators.settings_forms import MonitoringSettingsForm
from assessments.rounds.queries import rules_of
from documents.revisions import SaveConflict


@require_http_methods(["GET", "POST"])
def settings(request, agency_code, year):
    """Change floor, missing values, rounds and days; a newer save is shown, nothing is lost."""
    if not can_keep_rules(request.user, request.agency):
        raise PermissionDenied
    form = MonitoringSettingsForm(request.POST or None, instance=rules_of(request.agency))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = form.cleaned_data["version"]
            try:
                save_rules(request.agency, form.rules(), version=version, by=request.user)
            except SaveConflict as conflict:
                form.data = form.data.copy()
                form.data["version"] = str(conflict.current.version)
                form.add_error(
                    None, _("Somebody changed the rules meanwhile. Compare, then save yours again.")
                )
                status = 409
            else:
                messages.success(request, _("The rules were saved."))
                return redirect("indicators:settings", agency_code=agency_code, year=year)
    return render(request, "indicators/settings.html", {"form": form}, status=status)
