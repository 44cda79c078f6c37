"""Screens of the process register: the list with its share of manuals, one process, Excel."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import excel_files
from core.address_values import whole_number
from core.drawing.bars import bars_svg
from core.refusals import already_changed
from core.signed_previews import confirmed, signed
from documents.revisions import SaveConflict
from workflows import permissions, register
from workflows.enums import ProcessKind
from workflows.queries import processes_visible_to
from workflows.register_forms import ProcessForm, RegisterFileForm, RegisterFilterForm
from workflows.register_import import PlanOutdated, apply_plan, plan_import
from workflows.register_sheet import HEADS, KIND_WORDS, Sheet, read_sheet, write_sheet

PAGE = 30
PREVIEW = "workflows.register.import"


def _keeper_or_403(request):
    if not permissions.can_keep_register(request.user, request.agency):
        raise PermissionDenied


def _process_or_404(request, pk):
    rows = processes_visible_to(request.user).filter(agency=request.agency)
    return get_object_or_404(rows.select_related("agency", "unit"), pk=pk)


@require_GET
def process_list(request, agency_code, year):
    """Show the processes as wanted, and which share of them has a manual."""
    form = RegisterFilterForm(request.agency, request.GET)
    found = register.found_processes(request.user, request.agency, form.wanted())
    coverage = register.sop_coverage(request.agency)
    query = request.GET.copy()
    for name in ("page", "ended"):
        query.pop(name, None)
    context = {
        "filter_form": form,
        "page_obj": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "query": f"{query.urlencode()}&" if query else "",
        "is_filtered": any(request.GET.get(name) for name in ("q", "unit", "kind", "sop")),
        "coverage": coverage,
        "chart": _chart(coverage),
        "may_keep": permissions.can_keep_register(request.user, request.agency),
        "ended": _just_ended(request),
        "is_empty": not coverage.whole.total and not found and not request.GET,
    }
    return render(request, "register/process_list.html", context)


def _just_ended(request):
    """Return the process that was marked a moment ago, so that the mark can be taken back."""
    pk = whole_number(request.GET.get("ended"))
    rows = processes_visible_to(request.user).filter(agency=request.agency, is_active=False)
    return rows.filter(pk=pk).first() if pk else None


def _chart(coverage):
    if not coverage.by_unit:
        return ""
    rows = [(row.label, row.percent, f"{row.percent} %") for row in coverage.by_unit]
    title = _("Processes with a manual in use, per cent, by unit")
    return bars_svg(rows, title=title, class_="register-chart")


@require_GET
def register_print(request, agency_code, year):
    """Show all processes as wanted on one page without menus, to print."""
    form = RegisterFilterForm(request.agency, request.GET)
    found = register.found_processes(request.user, request.agency, form.wanted())
    context = {
        "processes": found,
        "coverage": register.sop_coverage(request.agency),
        "kinds": ProcessKind.choices,
    }
    return render(request, "register/register_print.html", context)


@require_GET
def register_export(request, agency_code, year):
    """Send the processes as wanted as an Excel file."""
    form = RegisterFilterForm(request.agency, request.GET)
    found = register.found_processes(request.user, request.agency, form.wanted())
    return excel_files.answer(write_sheet(found), f"processes-{agency_code}.xlsx")


@require_http_methods(["GET", "POST"])
def process_add(request, agency_code, year):
    """Enter a process into the register."""
    _keeper_or_403(request)
    form = ProcessForm(request.agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            process = register.add_process(request.agency, form.entered(), request.user)
        except register.NameTaken:
            form.add_error("name", _("The register already has a process of this name."))
        else:
            messages.success(request, _("%(name)s was entered.") % {"name": process.name})
            return redirect("processes:list", agency_code, year)
    return _process_form(request, form, None)


@require_http_methods(["GET", "POST"])
def process_edit(request, agency_code, year, pk):
    """Change a process, or link it to an SOP."""
    process = _process_or_404(request, pk)
    _keeper_or_403(request)
    form = ProcessForm(request.agency, request.POST or None, instance=process)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            register.change_process(
                process,
                form.entered(),
                version=form.cleaned_data["version"] or 0,
                by=request.user,
            )
        except SaveConflict as error:
            conflict = error.current
        except register.NameTaken:
            form.add_error("name", _("The register already has a process of this name."))
        else:
            messages.success(request, _("Saved."))
            return redirect("processes:list", agency_code, year)
    return _process_form(request, form, pk, conflict)


def _process_form(request, form, pk, conflict=None):
    if conflict:  # a second press of the button is a decision made with open eyes
        form.data = form.data.copy()
        form.data["version"] = conflict.version
    context = {"form": form, "pk": pk, "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "register/process_form.html", context, status=status)


@require_POST
def process_switch(request, agency_code, year, pk):
    """Mark that the office no longer does a process, or take that back."""
    process = _process_or_404(request, pk)
    _keeper_or_403(request)
    is_active = request.POST.get("active") == "1"
    if register.set_active(process, is_active, request.user):
        words = (
            _("%(name)s stands in the register again.")
            if is_active
            else _("%(name)s is marked as no longer done.")
        )
        messages.success(request, words % {"name": process.name})
    if is_active:
        return redirect("processes:list", agency_code, year)
    # The list offers to take it back.
    address = reverse("processes:list", args=[agency_code, year])
    return redirect(f"{address}?ended={process.pk}")


@require_POST
def process_write_sop(request, agency_code, year, pk):
    """Start the SOP of a process that has none."""
    process = _process_or_404(request, pk)
    if not (
        permissions.can_keep_register(request.user, request.agency)
        and permissions.can_import_sop(request.user, request.agency)
    ):
        raise PermissionDenied
    try:
        draft = register.begin_sop(process, request.user)
    except register.SopThere:
        back = reverse("processes:list", args=[agency_code, year])
        return already_changed(request, _("The process has an SOP already."), back)
    messages.success(request, _("A draft of the SOP was made and linked to the process."))
    return redirect("sop:version-edit", agency_code, year, draft.procedure.slug, draft.number)


@require_http_methods(["GET", "POST"])
def register_import(request, agency_code, year):
    """Take an Excel file and show what importing it would do; nothing is written yet."""
    _keeper_or_403(request)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = read_sheet(form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return _preview(request, sheet)
    context = {"form": form, "heads": [names[0] for names in HEADS.values()], "kinds": KIND_WORDS}
    return render(request, "register/import_file.html", context, status=422 if form.errors else 200)


def _preview(request, sheet, *, outdated=False):
    plan = plan_import(request.agency, sheet)
    payload = {"sheet": sheet.plain(), "digest": plan.digest}
    context = {
        "plan": plan,
        "new": plan.count("new"),
        "changed": plan.count("change"),
        "same": plan.count("same"),
        "outdated": outdated,
        "payload": "" if plan.faults else signed(request, PREVIEW, payload),
    }
    status = 422 if plan.faults else 409 if outdated else 200
    return render(request, "register/import_preview.html", context, status=status)


@require_POST
def register_import_confirm(request, agency_code, year):
    """Write what the preview showed, all of it or nothing."""
    _keeper_or_403(request)
    payload = confirmed(request, PREVIEW, request.POST.get("payload", ""))
    if payload is None:
        messages.error(request, _("The preview is too old. Choose the file again."))
        return redirect("processes:import", agency_code, year)
    sheet = Sheet.from_plain(payload["sheet"])
    plan = plan_import(request.agency, sheet)
    if plan.faults or plan.digest != payload["digest"]:
        return _preview(request, sheet, outdated=True)
    try:
        apply_plan(plan, request.user)
    except PlanOutdated:
        return _preview(request, sheet, outdated=True)
    messages.success(
        request,
        _("Imported: %(new)s new processes, %(changed)s changed.")
        % {"new": plan.count("new"), "changed": plan.count("change")},
    )
    return redirect("processes:list", agency_code, year)
