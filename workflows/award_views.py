"""The stages of awards: the year's list, a stage's form, and last year's taken over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from approvals.transitions import AlreadyChanged
from core.address_values import whole_number
from core.refusals import already_changed
from workflows import award_stages
from workflows.calendar_forms import AwardForm
from workflows.permissions import can_edit_awards
from workflows.queries import awards_visible_to


def _list_url(request):
    return reverse("workflows:award-list", args=[request.agency.code, request.fiscal_year])


def _require_editor(request):
    if not can_edit_awards(request.user, request.agency):
        raise PermissionDenied


def _stage(request, year, pk):
    """Return a stage of the year, when the person may change it."""
    stages = awards_visible_to(request.user).select_related("agency")
    stage = get_object_or_404(stages, pk=pk, agency=request.agency, fiscal_year=year)
    _require_editor(request)
    return stage


@require_GET
def award_list(request, agency_code, year):
    """List the stages of the year, whoever set them."""
    may_edit = can_edit_awards(request.user, request.agency)
    context = {
        "stages": award_stages.stages_in(request.agency, year),
        "may_edit": may_edit,
        "copies": len(award_stages.plan_copies(request.agency, year)) if may_edit else 0,
    }
    return render(request, "workflows/award_list.html", context)


@require_http_methods(["GET", "POST"])
def award_add(request, agency_code, year):
    """Add a stage."""
    _require_editor(request)
    form = AwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        award_stages.add_stage(request.agency, year, request.user, **_fields(form))
        messages.success(request, _("Saved."))
        return redirect(_list_url(request))
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
def award_edit(request, agency_code, year, pk):
    """Put a stage right."""
    stage = _stage(request, year, pk)
    seen = award_stages.mark_of(stage)
    # The row itself stays as it was read: the form writes nothing.
    form = AwardForm(
        request.POST or None,
        initial={name: getattr(stage, name) for name in award_stages.FIELDS} | {"seen": seen},
    )
    if request.method == "POST" and form.is_valid():
        try:
            award_stages.change_stage(
                stage, request.user, seen=form.cleaned_data["seen"], **_fields(form)
            )
        except AlreadyChanged:
            message = _("Somebody has changed this stage in the meantime.")
            return already_changed(request, message, request.path)
        messages.success(request, _("Saved."))
        return redirect(_list_url(request))
    return _form_page(request, form, stage)


def _fields(form):
    return {name: form.cleaned_data[name] for name in award_stages.FIELDS}


def _form_page(request, form, stage):
    context = {"form": form, "stage": stage, "list_url": _list_url(request)}
    status = 422 if form.errors else 200
    return render(request, "workflows/award_form.html", context, status=status)


@require_POST
def award_remove(request, agency_code, year, pk):
    """Remove a stage."""
    award_stages.remove_stage(_stage(request, year, pk), request.user)
    messages.success(request, _("The stage was removed."))
    return redirect(_list_url(request))


@require_http_methods(["GET", "POST"])
def award_copy(request, agency_code, year):
    """Show last year's stages a year later; write those that are ticked."""
    _require_editor(request)
    copies = award_stages.plan_copies(request.agency, year)
    if request.method == "POST":
        chosen = {whole_number(value) for value in request.POST.getlist("stage")} - {None}
        count = award_stages.copy_stages(request.agency, year, request.user, chosen)
        messages.success(
            request,
            ngettext("%(n)s stage was copied.", "%(n)s stages were copied.", count) % {"n": count},
        )
        return redirect(_list_url(request))
    context = {"copies": copies, "list_url": _list_url(request)}
    return render(request, "workflows/award_copy.html", context)
