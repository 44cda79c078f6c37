"""Photographs and the flow chart of a best-practice paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.revisions import NotEditable, SaveConflict
from improvement.practices import photos
from improvement.practices.forms import NewPhotoForm, PhotoForm, VersionForm
from improvement.practices.heading_views import address_of, changed, heading_page, written_or_refuse
from improvement.practices.headings import FLOW_CHART, PHOTOS
from improvement.practices.permissions import is_editable


@require_POST
def photo_add(request, agency_code, year, pk):
    """Add a photograph."""
    found = written_or_refuse(request, year, pk)
    if not is_editable(found):
        return changed(request, found)
    form = NewPhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            file = photos.store_picture(found, form.cleaned_data["image"], request.user)
            photos.add_photo(found, file, form.fields_of_photo(), request.user)
        except ValidationError as error:
            form.add_error("image", error)
        except NotEditable:
            return changed(request, found)
        else:
            messages.success(request, _("The photograph was added."))
            return redirect(address_of(found, PHOTOS))
    return heading_page(request, found, PHOTOS, photo_form=form, status=422)


@require_http_methods(["GET", "POST"])
def photo_edit(request, agency_code, year, pk, photo_pk):
    """Change what is said of a photograph."""
    found = written_or_refuse(request, year, pk)
    photo = _photo_or_404(found, photo_pk)
    names = ("caption", "level", "is_award", "taken_on")
    initial = {name: getattr(photo, name) for name in names} | {"version": found.version}
    form = PhotoForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            photos.save_photo(photo, form.fields_of_photo(), version=version, by=request.user)
        except (SaveConflict, NotEditable):
            return changed(request, found)
        messages.success(request, _("Saved."))
        return redirect(address_of(found, PHOTOS))
    status = 422 if form.errors else 200
    context = {"form": form, "practice": found, "photo": photo}
    return render(request, "practices/photo_form.html", context, status=status)


@require_POST
def photo_remove(request, agency_code, year, pk, photo_pk):
    """Take a photograph out of the paper."""
    found = written_or_refuse(request, year, pk)
    photo = _photo_or_404(found, photo_pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return changed(request, found)
    try:
        photos.remove_photo(photo, version=form.cleaned_data["version"], by=request.user)
    except (SaveConflict, NotEditable):
        return changed(request, found)
    messages.success(request, _("The photograph was taken out."))
    return redirect(address_of(found, PHOTOS))


@require_POST
def photo_move(request, agency_code, year, pk, photo_pk, direction):
    """Move a photograph one place."""
    found = written_or_refuse(request, year, pk)
    try:
        photos.move_photo(_photo_or_404(found, photo_pk), direction)
    except NotEditable:
        return changed(request, found)
    return redirect(f"{address_of(found, PHOTOS)}#photo-{photo_pk}")


@require_POST
def flow_chart(request, agency_code, year, pk):
    """Keep a picture as the flow chart, or take it away."""
    found = written_or_refuse(request, year, pk)
    form = VersionForm(request.POST)
    if not form.is_valid() or not is_editable(found):
        return changed(request, found)
    file = None
    if "remove" not in request.POST:
        uploaded = request.FILES.get("image")
        try:
            if uploaded is None:
                raise ValidationError(_("Choose a picture."))
            file = photos.store_picture(found, uploaded, request.user)
        except ValidationError as error:
            words = " ".join(error.messages)
            return heading_page(request, found, FLOW_CHART, picture_error=words, status=422)
    try:
        photos.set_flow_chart(found, file, version=form.cleaned_data["version"], by=request.user)
    except (SaveConflict, NotEditable):
        return changed(request, found)
    messages.success(request, _("The picture was saved."))
    return redirect(address_of(found, FLOW_CHART))


def _photo_or_404(found, photo_pk):
    return get_object_or_404(found.photos.select_related("practice__agency"), pk=photo_pk)
