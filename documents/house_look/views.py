"""The settings page "look of papers". Buttons named `do` change the form without saving."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.permissions import can_manage_office
from core import clock
from core.fiscal_year import fiscal_year_of
from documents.house_look.forms import LookForm
from documents.house_look.pictures import facts_of
from documents.house_look.rearranging import rearranged
from documents.house_look.sample_papers import PreviewRefused, preview_pictures
from documents.house_look.saving import save_look, saved_look
from documents.models import SignatureBlock
from documents.revisions import SaveConflict, history_of


@require_http_methods(["GET", "POST"])
def look_edit(request, agency_code):
    """Show how the office's papers look; officers and administrators change it."""
    may_edit = can_manage_office(request.user, request.agency)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    doing = request.POST.get("do", "")
    form = _form(request, rearranged(request.POST, doing, request.agency))
    status, conflict = 200, None
    if request.method == "POST" and not doing:
        if not form.is_valid():
            status = 422
        else:
            try:
                _save(request, form)
            except SaveConflict as error:
                conflict, status = error, 409
                form.read_again(error.current.version)
            else:
                messages.success(request, _("Saved. Papers made from now on look like this."))
                return redirect("house-look:edit", agency_code)
    context = _context(form, may_edit, doing) | {"conflict": conflict}
    return render(request, "documents/look/edit.html", context, status=status)


def _form(request, data) -> LookForm:
    agency = request.agency
    blocks = SignatureBlock.objects.filter(agency=agency).order_by("order", "pk")
    row = saved_look(agency)
    # One row in memory, so that the form asks for no office of its own.
    row.agency = agency
    return LookForm(
        data if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        row=row,
        blocks=blocks,
        user=request.user,
    )


def _save(request, form: LookForm) -> None:
    save_look(
        request.agency,
        request.user,
        version=form.cleaned_data["version"],
        look=form.look(),
        digits=form.cleaned_data["digits"],
        blocks=form.block_rows(),
    )


def _context(form: LookForm, may_edit: bool, doing: str) -> dict:
    pages, refusal = [], ""
    if doing == "look":
        if form.is_valid():
            try:
                pages = preview_pictures(*form.previewed(), form.cleaned_data["digits"])
            except PreviewRefused as error:
                refusal = _refusal_words(error)
        else:
            refusal = _("The preview needs the marked fields mended first.")
    elif doing:
        # Keeps pictures that were sent along; faults are told when it is saved.
        form.is_valid()
    last = history_of(form.row).first() if form.row.pk else None
    return {
        "form": form,
        "pictures": [
            (form[name], facts_of(form.pictures[name]), form.pictures[name])
            for name in form.pictures
        ],
        "may_edit": may_edit,
        # Files are reached below a year; any will do.
        "file_year": fiscal_year_of(clock.today()),
        "doing": doing,
        "pages": pages,
        "refusal": refusal,
        "last": last,
    }


def _refusal_words(error: PreviewRefused) -> str:
    if str(error) == "too many":
        return _("Too many previews in a minute. Wait a little and try again.")
    return _("The preview could not be drawn. Save and make a paper to see it.")
