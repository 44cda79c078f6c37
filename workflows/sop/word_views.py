"""Taking an SOP kept in Word: the file, a preview that says what was read, then a draft."""

from dataclasses import asdict
from pathlib import PurePath

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.signed_previews import confirmed, first_confirmation, signed
from workflows import permissions
from workflows.sop.docx_reading import read_sop_table
from workflows.sop.docx_table import read_word_file
from workflows.sop.drafts import free_slugs
from workflows.sop.files import DraftExists, SopFileError, import_draft, read_sop, write_sop
from workflows.sop.forms import WordDraftForm, WordFileForm

PREVIEW = "workflows.sop.word"


def _importer_or_403(request):
    if not permissions.can_import_sop(request.user, request.agency):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def word_import(request, agency_code, year):
    """Take a Word file and show, row by row, what was read, guessed and not read."""
    _importer_or_403(request)
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            uploaded = form.cleaned_data["file"]
            read = read_sop_table(read_word_file(uploaded))
            return _preview_of(request, read, PurePath(uploaded.name).stem)
        except ValidationError as error:
            form.add_error("file", error)
        except SopFileError as error:
            form.add_error("file", [fault.message for fault in error.faults[:5]])
    status = 422 if form.errors else 200
    return render(request, "sop/import_word.html", {"form": form}, status=status)


def _preview_of(request, read, file_name):
    """Show what was read. Raises SopFileError where it could not become a draft."""
    sop = read.data
    initial = {"name": sop.name or file_name[:250], "layout": sop.layout}
    sop.slug, sop.name = "word", initial["name"] or "-"
    sop.office_name = request.agency.name_th
    told = {"rows": [asdict(row) for row in read.rows], "notes": read.notes}
    text = write_sop(sop)
    read_sop(text)
    payload = signed(request, PREVIEW, {"sop": text, **told})
    context = {"form": WordDraftForm(initial=initial), "payload": payload, **told}
    return render(request, "sop/import_word_preview.html", context)


@require_POST
def word_draft(request, agency_code, year):
    """Make a draft of what the preview showed."""
    _importer_or_403(request)
    sent = request.POST.get("payload", "")
    payload = confirmed(request, PREVIEW, sent)
    if payload is None:
        messages.error(request, _("The preview is too old. Choose the file again."))
        return redirect("sop:import-word", agency_code, year)
    form = WordDraftForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "payload": sent, "rows": payload["rows"]}
        context["notes"] = payload["notes"]
        return render(request, "sop/import_word_preview.html", context, status=422)
    sop = read_sop(payload["sop"])
    sop.name, sop.code = form.cleaned_data["name"], form.cleaned_data["code"]
    sop.layout = form.cleaned_data["layout"]
    if not first_confirmation(sent):
        messages.info(request, _("A draft was made from this file already. It stands in the list."))
        return redirect("sop:list", agency_code, year)
    draft = _draft_of(sop, request)
    messages.success(request, _("A draft was made. Go over what was guessed."))
    return redirect("sop:version-edit", agency_code, year, draft.procedure.slug, draft.number)


def _draft_of(sop, request):
    """Make the draft under the first short name that nobody takes in this moment."""
    for slug in free_slugs(request.agency, sop.code):
        sop.slug = slug
        try:
            return import_draft(sop, request.agency, request.user)
        except DraftExists:
            continue
