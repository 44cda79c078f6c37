"""The life of an SOP version: begin, submit, take back, put in use, retire, copy, delete."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from approvals.transitions import AlreadyChanged, RequirementsMissing, missing_for, perform
from core.address_values import whole_number
from core.refusals import already_changed
from documents.revisions import NotEditable, SaveConflict
from workflows.enums import EDITABLE
from workflows.permissions import can_edit_sop, can_import_sop, can_manage_version
from workflows.sop.drafts import DraftExists, can_be_deleted, delete_draft, new_draft, new_procedure
from workflows.sop.life_forms import NewSopForm, RetireForm, StartSopForm
from workflows.sop.lookup import version_or_404
from workflows.sop.part_checks import BadOperation
from workflows.sop.transitions import context_of, put_in_use, url_of


def _managed(request, slug, number):
    version = version_or_404(request, slug, number)
    if not can_manage_version(request.user, version):
        raise PermissionDenied
    return version


def _page_of(request, version):
    args = (request.agency.code, request.fiscal_year, version.procedure.slug, version.number)
    return redirect("sop:version-detail", *args)


def _too_late(request, version):
    message = _("The version's state has changed since this page was opened.")
    return already_changed(request, message, url_of(version))


@require_http_methods(["GET", "POST"])
def submit(request, agency_code, year, slug, number):
    """Show what the director will see and what is missing; submit."""
    version = version_or_404(request, slug, number)
    if not can_edit_sop(request.user, version.procedure):
        raise PermissionDenied
    may_submit = can_manage_version(request.user, version)
    missing = None
    if request.method == "POST":
        if not may_submit:
            raise PermissionDenied
        try:
            perform(version, "submit", request.user, version=_read(request))
        except RequirementsMissing as error:
            missing = error.missing
        except AlreadyChanged:
            return _too_late(request, version)
        else:
            messages.success(request, _("The SOP was submitted to the director."))
            return _page_of(request, version)
    elif version.status not in EDITABLE:
        return _page_of(request, version)
    refused = missing is not None
    context = context_of(version) | {
        "procedure": version.procedure,
        "missing": missing if refused else missing_for(version, "submit"),
        "may_submit": may_submit,
    }
    return render(request, "sop/life/submit.html", context, status=422 if refused else 200)


def _read(request):
    return whole_number(request.POST.get("version"))


@require_POST
def withdraw(request, agency_code, year, slug, number):
    """Take a submitted version back to draft."""
    version = _managed(request, slug, number)
    try:
        perform(version, "withdraw", request.user)
    except AlreadyChanged:
        return _too_late(request, version)
    messages.success(request, _("The version is a draft again."))
    return _page_of(request, version)


@require_POST
def use(request, agency_code, year, slug, number):
    """Put an approved version in use; the one before retires."""
    version = _managed(request, slug, number)
    try:
        put_in_use(version, request.user)
    except AlreadyChanged:
        return _too_late(request, version)
    messages.success(
        request,
        _("%(name)s: version %(number)s is in use.")
        % {"name": version.printed_name, "number": version.number},
    )
    return _page_of(request, version)


@require_http_methods(["GET", "POST"])
def retire(request, agency_code, year, slug, number):
    """Retire a version, with the reason."""
    version = _managed(request, slug, number)
    form = RetireForm(request.POST or None, initial={"version": version.version})
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            perform(
                version, "retire", request.user, comment=data["comment"], version=data["version"]
            )
        except AlreadyChanged:
            return _too_late(request, version)
        messages.success(request, _("Version %s is retired.") % version.number)
        return _page_of(request, version)
    context = {"version": version, "procedure": version.procedure, "form": form}
    status = 422 if form.errors else 200
    return render(request, "sop/life/retire.html", context, status=status)


@require_POST
def draft_new(request, agency_code, year, slug, number):
    """Begin a new draft from this version; where somebody works on one, go there."""
    version = version_or_404(request, slug, number)
    if not can_edit_sop(request.user, version.procedure):
        raise PermissionDenied
    try:
        draft = new_draft(version.procedure, request.user, version)
    except DraftExists as error:
        messages.info(request, _("Version %s is already in work.") % error.version.number)
        return _page_of(request, error.version)
    messages.success(
        request, _("Version %s is a draft. What is in use stays as it is.") % draft.number
    )
    return _page_of(request, draft)


@require_http_methods(["GET", "POST"])
def sop_new(request, agency_code, year):
    """Begin a new SOP: empty, or from a shipped example."""
    if not can_import_sop(request.user, request.agency):
        raise PermissionDenied
    form = StartSopForm(request.POST or None, agency=request.agency)
    return _begin(request, form, {"source": None})


@require_http_methods(["GET", "POST"])
def sop_copy(request, agency_code, year, slug, number):
    """Begin a new SOP as a copy of this version."""
    version = version_or_404(request, slug, number)
    if not can_import_sop(request.user, request.agency):
        raise PermissionDenied
    form = NewSopForm(request.POST or None, agency=request.agency)
    return _begin(request, form, {"source": version}, copy_of=version)


def _begin(request, form, context, **source):
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        name = fields.pop("name")
        try:
            draft = new_procedure(request.agency, name, request.user, **fields, **source)
        except BadOperation as error:
            for field, message in error.errors.items():
                form.add_error(field, message)
        else:
            messages.success(request, _("%s is begun as a draft.") % draft.printed_name)
            return _page_of(request, draft)
    status = 422 if form.errors else 200
    return render(request, "sop/life/new.html", {"form": form, **context}, status=status)


@require_http_methods(["GET", "POST"])
def draft_delete(request, agency_code, year, slug, number):
    """Ask, then delete a draft that was never submitted."""
    version = version_or_404(request, slug, number)
    if not can_edit_sop(request.user, version.procedure):
        raise PermissionDenied
    if request.method == "POST":
        try:
            delete_draft(version, request.user, read=_read(request) or 0)
        except (SaveConflict, NotEditable):
            return _too_late(request, version)
        except BadOperation as error:
            messages.error(request, " ".join(error.errors.values()))
            return _page_of(request, version)
        messages.success(request, _("The draft was deleted."))
        return redirect("sop:list", agency_code, year)
    if not can_be_deleted(version):
        return _page_of(request, version)
    only = not version.procedure.versions.exclude(pk=version.pk).exists()
    context = {"version": version, "procedure": version.procedure, "is_only": only}
    return render(request, "sop/life/delete.html", context)
