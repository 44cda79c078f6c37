"""Saving the rows and the picture of a profile topic."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.profile import page, tables, writing
from assessments.profile.forms import ImageForm, VersionForm
from assessments.profile.views import topic_page, writable_or_refuse
from core.address_values import whole_number
from documents.autosave import newest
from documents.revisions import NotEditable, SaveConflict
from documents.stored_files import store_upload

IMAGE_KINDS = ("png", "jpg", "jpeg", "webp")


@require_POST
def rows_save(request, agency_code, year, number):
    """Store the rows of a topic's table, or add, remove and move a row on the screen."""
    answer = writable_or_refuse(request, year, number)
    columns = tables.form_of(number).columns
    if not columns:
        raise Http404
    form = VersionForm(request.POST)
    rows = tables.rows_of_form(columns, request.POST)
    if not form.is_valid():
        return topic_page(
            request, answer, rows=rows, table_errors=[_("The form was not complete.")], status=422
        )
    data = form.cleaned_data
    if "do" in request.POST:
        # Only the screen changes: the version stays that of the rows which were read.
        answer.version = data["version"]
        moved = _moved(rows, request.POST["do"])
        return topic_page(request, answer, rows=moved, unsaved_rows=True)
    kept, faults = tables.check(columns, rows)
    if faults:
        return topic_page(request, answer, rows=rows, table_errors=faults, status=422)
    return _store(request, answer, rows, kept, data)


def _store(request, answer, rows, kept, data):
    """Save the rows that were checked; a refusal shows what was sent."""
    try:
        writing.save_part(
            answer,
            {"rows": kept},
            version=data["version"],
            by=request.user,
            request_id=data["request_id"],
        )
    except SaveConflict as conflict:
        answer.version = conflict.current.version
        other = newest(conflict, "rows") | page.shown_rows(answer, conflict.current.rows)
        return topic_page(
            request, answer, rows=rows, other_table=other, unsaved_rows=True, status=409
        )
    except NotEditable:
        message = _("The assessment is locked; the table was not saved.")
        return topic_page(request, answer, rows=rows, table_errors=[message], status=409)
    messages.success(request, _("The table was saved."))
    cycle = answer.assessment.cycle
    return redirect("profile:topic", request.agency.code, cycle.fiscal_year, answer.topic.number)


def _moved(rows: list[tables.Row], command: str) -> list[tables.Row]:
    """Return the rows after "remove-2", "up-2" or "down-2"; any other word adds a row."""
    filled = [row for row in rows if any(row.values())]
    word, _dash, place = command.partition("-")
    index = whole_number(place)
    if index is None or not 0 <= index < len(rows) or rows[index] not in filled:
        return filled
    here = filled.index(rows[index])
    row = filled.pop(here)
    if word == "up":
        filled.insert(max(0, here - 1), row)
    elif word == "down":
        filled.insert(here + 1, row)
    elif word != "remove":
        filled.insert(here, row)
    return filled


@require_POST
def image_save(request, agency_code, year, number):
    """Keep a new picture of the topic, drawn anew from its bytes, or take it away."""
    answer = writable_or_refuse(request, year, number)
    if not tables.form_of(number).takes_image:
        raise Http404
    if "remove" in request.POST:
        form, stored = VersionForm(request.POST), None
        if not form.is_valid():
            return _image_refused(request, answer, _("The form was not complete."), 422)
    else:
        form = ImageForm(request.POST, request.FILES)
        if not form.is_valid():
            return _image_refused(request, answer, _("Choose a picture."), 422)
        try:
            stored = _picture(request, form.cleaned_data["image"])
        except ValidationError as error:
            return _image_refused(request, answer, " ".join(error.messages), 422)
    try:
        writing.save_part(
            answer,
            {"image_id": stored.pk if stored else None},
            version=form.cleaned_data["version"],
            by=request.user,
        )
    except SaveConflict:
        message = _("Somebody changed the picture at the same time. Look at it and try again.")
        return _image_refused(request, answer, message, 409)
    except NotEditable:
        message = _("The assessment is locked; the picture was not saved.")
        return _image_refused(request, answer, message, 409)
    messages.success(request, _("The picture was saved."))
    return redirect("profile:topic", agency_code, year, number)


def _picture(request, uploaded):
    """Return the picture as a stored file; raises ValidationError for anything else."""
    extension = uploaded.name.rsplit(".", 1)[-1].lower()
    if extension not in IMAGE_KINDS:
        raise ValidationError(_("Only PNG, JPEG or WebP pictures can be shown."))
    return store_upload(request.agency, uploaded, request.user)


def _image_refused(request, answer, message, status):
    return topic_page(request, answer, image_error=message, status=status)
