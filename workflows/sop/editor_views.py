"""The SOP editor: a draft's steps, text, head and files, saved group by group."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.models import Unit
from approvals.requests import last_return_reason
from core.address_values import whole_number
from core.clock import hour_and_minute
from core.refusals import already_changed
from documents.revisions import NotEditable
from workflows.enums import EDITABLE, SopFileKind, VersionStatus
from workflows.models import ProcedureFile
from workflows.permissions import can_edit_sop
from workflows.sop import annexes, editor_forms, editor_screen
from workflows.sop.editing import BadOperation, NoSuchSave, PartConflict, restore
from workflows.sop.editing import change as save_change
from workflows.sop.layouts import FIXED_COLUMNS, NEEDED, columns_of, layout_of
from workflows.sop.lookup import version_or_404
from workflows.sop.yaml_lines import writable

SCRIPT = "sop-editor"  # what the script writes into X-Requested-With


@require_GET
def edit(request, agency_code, year, slug, number):
    """Show a draft to edit; asked by the script, one opened step of it."""
    version = _version(request, slug, number)
    if version.status not in EDITABLE:
        messages.info(request, _("This version is not edited any more."))
        return redirect("sop:version-detail", agency_code, year, slug, number)
    context = _page(request, version)
    if _by_script(request):
        if context["panel"] is None:
            return JsonResponse({"message": _("This step is not there any more.")}, status=404)
        return render(request, "sop/editor/_panel.html", context)
    return render(request, "sop/editor/edit.html", context)


@require_POST
def change(request, agency_code, year, slug, number):
    """Save what was sent, as one group of the script or as a whole form without it."""
    version = _version(request, slug, number)
    try:
        saved = _save(request, version)
    except BadOperation as refused:
        return _refused(request, version, refused)
    except PartConflict as conflict:
        return _conflict(request, version, conflict)
    except (NotEditable, NoSuchSave):
        return _gone(request, version)
    if _by_script(request):
        return JsonResponse(_answer(request, _version(request, slug, number), saved))
    messages.success(request, " ".join([_("Saved"), *saved.notes]))
    return redirect(_back(request, version, saved))


@require_POST
def file_add(request, agency_code, year, slug, number):
    """Attach a form or annex to the SOP or to one of its steps."""
    version = _version(request, slug, number)
    step = None
    if request.POST.get("step"):
        step = get_object_or_404(version.steps, pk=whole_number(request.POST["step"]))
    title, kind = writable(request.POST.get("title", ""))[:250], request.POST.get("kind", "")
    faults = [] if title else [_("Give the file a title.")]
    if "file" not in request.FILES:
        faults.append(_("Choose a file."))
    kind = kind if kind in SopFileKind.values else SopFileKind.FORM
    if not faults:
        try:
            annexes.add_annex(version, step, kind, title, request.FILES["file"], request.user)
        except ValidationError as refused:
            faults = refused.messages
        except NotEditable:
            return _gone(request, version)
    if faults:
        context = _page(request, version, part="steps" if step else "files", step=step)
        context |= {"file_errors": faults, "file_title": title}
        return render(request, "sop/editor/edit.html", context, status=422)
    messages.success(request, _("File attached."))
    return redirect(_address(request, version, step=step))


@require_POST
def file_remove(request, agency_code, year, slug, number, pk):
    """Take a form or annex off the draft."""
    version = _version(request, slug, number)
    annex = get_object_or_404(
        ProcedureFile.objects.select_related("step", "version__procedure__agency"),
        pk=pk,
        version=version,
    )
    try:
        annexes.remove_annex(annex, request.user)
    except NotEditable:
        return _gone(request, version)
    messages.success(request, _("%s is removed.") % annex.title)
    return redirect(_address(request, version, step=annex.step))


def _version(request, slug, number):
    """Return the version as the person may edit it: 404 when invisible, 403 when refused."""
    version = version_or_404(request, slug, number)
    if not can_edit_sop(request.user, version.procedure):
        raise PermissionDenied
    return version


def _by_script(request) -> bool:
    return request.headers.get("X-Requested-With") == SCRIPT


def _save(request, version):
    """Carry out what was sent: all of it, or nothing. Returns what the last change answered."""
    post = request.POST
    read, request_id = whole_number(post.get("version")), writable(post.get("request_id", ""))[:60]
    if read is None:
        raise BadOperation({"version": _("The page is out of date: open it again.")})
    by = request.user
    if post.get("op", "").startswith("undo:"):
        save = whole_number(post["op"].partition(":")[2]) or 0
        return restore(version, save, read=read, by=by, request_id=request_id)
    notes: list[str] = []
    with transaction.atomic():
        for place, operation in enumerate(editor_forms.operations_of(post, version)):
            name = f"{request_id}.{place}" if request_id and place else request_id
            saved = save_change(version, operation, read=read, by=by, request_id=name)
            read = saved.version
            notes += saved.notes
        if "unit" in post and version.status in EDITABLE:
            unit = _unit(request, version)
            if unit != version.procedure.unit:
                annexes.give_to_unit(version.procedure, unit, by)
    return saved


def _units(request, version):
    """Return the units that the SOP may belong to, the one that it has among them."""
    own = Q(pk=version.procedure.unit_id)
    return Unit.objects.filter(Q(is_active=True) | own, agency=request.agency)


def _unit(request, version):
    """Return the unit that was sent, None where none was. Raises BadOperation."""
    sent = request.POST["unit"]
    unit = _units(request, version).filter(pk=whole_number(sent)).first()
    if sent and unit is None:
        raise BadOperation({"unit": _("Choose one of the list.")})
    return unit


def _page(request, version, *, part="", step=None):
    """Return the context of the editor's page."""
    part = part or request.GET.get("part", "")
    part = part if part in ("steps", "text", "head", "files") else "steps"
    names = _place(request, version)
    context = {
        "version": version,
        "procedure": version.procedure,
        "part": part,
        "parts": [
            ("steps", _("Steps"), "diagram-2"),
            ("text", _("Text"), "text-left"),
            ("head", _("Head of the document"), "card-heading"),
            ("files", _("Forms and annexes"), "paperclip"),
        ],
        "edit_url": reverse("sop:version-edit", args=names),
        "change_url": reverse("sop:version-change", args=names),
        "history_url": reverse("sop:version-history", args=names),
        "submit_url": reverse("sop:version-submit", args=names),
        "panel": None,
        "file_kinds": SopFileKind.choices,
        "file_errors": [],
        "file_title": "",
        "errors": {},
        "conflict": None,
        "return_comment": _return_comment(version),
    }
    pk = step.pk if step else whole_number(request.GET.get("step"))
    shown = _steps(request, version, pk) if part == "steps" else _shown(request, version, part)
    return context | shown


def _return_comment(version):
    return last_return_reason(version) if version.status == VersionStatus.RETURNED else ""


def _shown(request, version, part):
    """Return what the part's form shows: text, head or files."""
    if part == "text":
        return {
            "sections": editor_screen.shown_sections(version),
            "new_section": editor_screen.new_section(),
            "section_names": editor_screen.SECTION_NAMES,
        }
    if part == "head":
        return {
            "units": _units(request, version),
            "digits": version.print_options.get("digits", ""),
            "print_title": version.print_options.get("title", ""),
            "layouts": editor_screen.layout_choices(version),
            "layout_value": str(version.own_layout_id or version.layout),
        }
    return {"files": editor_screen.version_files(version)}


def _steps(request, version, pk):
    rows = editor_screen.editor_rows(version)
    layout = layout_of(version)
    kept = (*FIXED_COLUMNS, *NEEDED)
    hideable = [column for column in layout.columns if column.key not in kept]
    name = version.own_layout.name if version.own_layout else version.get_layout_display()
    return {
        "rows": rows,
        "columns": columns_of(version),
        "hideable": hideable,
        "hidden": version.print_options.get("hide", []),
        "layout_name": name,
        "panel": pk and editor_screen.step_panel(version, rows, pk, request.fiscal_year),
    }


def _place(request, version):
    """Return the arguments of the version's addresses."""
    procedure = version.procedure
    return procedure.agency.code, request.fiscal_year, procedure.slug, version.number


def _address(request, version, *, step=None, part="files"):
    query = {"step": step.pk} if step else {"part": part}
    return f"{reverse('sop:version-edit', args=_place(request, version))}?{urlencode(query)}"


def _back(request, version, saved):
    """Return where a form without script leads: the step that was worked on."""
    pk = saved.new_step or whole_number(request.POST.get("stay"))
    if pk:
        return _address(request, version, step=version.steps.filter(pk=pk).first(), part="steps")
    part = request.POST.get("part", "steps")
    anchor = ""
    op = request.POST.get("op", "").split(":")
    if op[0] == "move":
        anchor = f"#step-{op[1]}"
    elif whole_number(request.POST.get("step")):
        anchor = f"#step-{request.POST['step']}"
    return _address(request, version, part=part) + anchor


def _answer(request, version, saved):
    """Return what the script needs after a save: state, changed rows, echoes, words to say."""
    post = request.POST
    answer = {
        "version": saved.version,
        "saved_at": hour_and_minute(saved.saved_at),
        "notes": list(saved.notes),
        "new_step": saved.new_step,
        "changed": sorted(saved.changed),
    }
    groups, step_pk = set(post.getlist("group")), whole_number(post.get("step"))
    structural = "op" in post
    if not (structural or groups & {"step", "nodes", "windows"}):
        return answer
    stay = whole_number(post.get("stay"))
    context = _page(request, version, part="steps") | _steps(request, version, stay)
    if structural:
        answer["said"] = _said(post["op"], context["rows"], saved)
    if structural and context["panel"]:
        answer["panel"] = render_to_string("sop/editor/_panel.html", context, request)
    whole = structural or "nodes" in groups
    if not whole:
        context["rows"] = [row for row in context["rows"] if row.step.pk == step_pk]
    answer["whole"] = whole
    answer["rows"] = render_to_string("sop/editor/_rows.html", context, request)
    if "windows" in groups:
        opened = next((row.step for row in context["rows"] if row.step.pk == step_pk), None)
        year = version.written_for_year
        shown = editor_screen.step_windows(opened, year, request.fiscal_year) if opened else []
        answer["echoes"] = [each.echo for each in shown]
    return answer


def _said(op, rows, saved):
    """Return the sentence that a screen reader speaks after a change of the table."""
    name, *given = op.split(":")
    pk = saved.new_step or (whole_number(given[0]) if given else None)
    row = next((row for row in rows if row.step.pk == pk), None)
    if name == "move" and row:
        return _("“%(title)s” is now step %(number)s of %(last)s") % {
            "title": row.step.title,
            "number": row.place,
            "last": row.last,
        }
    if name == "undo":
        return _("The step is back")
    if row:
        return _("Step %s is added") % row.place
    return " ".join([_("The step is removed"), *saved.notes])


def _refused(request, version, refused):
    if _by_script(request):
        return JsonResponse({"errors": refused.errors}, status=422)
    step = version.steps.filter(pk=whole_number(request.POST.get("step"))).first()
    context = _page(request, version, part=request.POST.get("part", "steps"), step=step)
    context["errors"] = refused.errors
    editor_forms.lay_over(context, request.POST)
    return render(request, "sop/editor/edit.html", context, status=422)


def _conflict(request, version, conflict):
    version.refresh_from_db(fields=["version"])
    told = {
        "version": version.version,
        "save": conflict.last.version,
        "request_id": conflict.last.request_id,
        "by": str(conflict.last.saved_by),
        "at": hour_and_minute(conflict.last.saved_at),
        "fields": editor_screen.conflicting(conflict),
    }
    if _by_script(request):
        return JsonResponse(told, status=409)
    step = version.steps.filter(pk=whole_number(request.POST.get("step"))).first()
    context = _page(request, version, part=request.POST.get("part", "steps"), step=step)
    context["conflict"] = told
    editor_forms.lay_over(context, request.POST)
    return render(request, "sop/editor/edit.html", context, status=409)


def _gone(request, version):
    message = _("This version is not edited any more.")
    if _by_script(request):
        return JsonResponse({"message": message}, status=410)
    return already_changed(
        request, message, reverse("sop:version-detail", args=_place(request, version))
    )
