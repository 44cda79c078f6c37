"""The printed layouts: the shipped ones to copy, the office's own to change."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.address_values import whole_number
from documents.enums import PaperJobStatus
from documents.queries import jobs_visible_to
from documents.revisions import NotEditable, SaveConflict
from workflows.enums import LayoutCode
from workflows.permissions import can_edit_layouts
from workflows.queries import layouts_visible_to
from workflows.sop.layout_forms import LayoutForm
from workflows.sop.layout_paper import KIND
from workflows.sop.layout_sketch import sketch_of_layout
from workflows.sop.layouts import LAYOUTS
from workflows.sop.own_layouts import (
    LayoutInUse,
    copy_layout,
    delete_layout,
    locking,
    sample_version,
    save_layout,
    versions_printed_in,
)


@require_GET
def layout_list(request, agency_code, year):
    """Show the shipped layouts with their columns, and the office's own with what they print."""
    own = layouts_visible_to(request.user).filter(agency=request.agency)
    shipped = [
        {"code": code, "label": LayoutCode(code).label, "sketch": sketch_of_layout(layout)}
        for code, layout in LAYOUTS.items()
    ]
    context = {
        "shipped": shipped,
        "own": own.annotate(sop_count=Count("versions__procedure", distinct=True)).order_by(
            "name", "pk"
        ),
        "may_edit": can_edit_layouts(request.user, request.agency),
    }
    return render(request, "sop/layouts/list.html", context)


@require_POST
def layout_copy(request, agency_code, year):
    """Copy a shipped layout (`base`) or an own one (`layout`) and open the copy."""
    _editor_or_403(request)
    base, source = request.POST.get("base", ""), None
    if base not in LAYOUTS:
        source = _layout_or_404(request, request.POST.get("layout", ""))
    copy = copy_layout(request.agency, request.user, base=base, source=source)
    messages.success(request, _("Copied. Give it a name, then change what you like."))
    return redirect("sop:layout-edit", agency_code, year, copy.pk)


@require_http_methods(["GET", "POST"])
def layout_edit(request, agency_code, year, pk):
    """Change an own layout. Buttons named `do` rearrange the form without saving."""
    layout = _layout_or_404(request, pk)
    _editor_or_403(request)
    form = LayoutForm(request.POST or None, layout=layout)
    doing, status = request.POST.get("do", ""), 200
    conflict = None
    if request.method == "POST" and doing:
        _rearrange(form, doing)
    elif request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            save_layout(
                layout,
                form.cleaned_data["name"],
                form.settings(),
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except SaveConflict as error:
            conflict, status = error, 409
        except NotEditable:
            status = 409
        except IntegrityError:
            form.add_error("name", _("Another layout of the office has this name."))
            status = 422
        else:
            messages.success(request, _("Saved."))
            return redirect("sop:layout-edit", agency_code, year, layout.pk)
    return render(
        request,
        "sop/layouts/edit.html",
        _edit_context(request, layout, form) | {"doing": doing, "conflict": conflict},
        status=status,
    )


@require_POST
def layout_delete(request, agency_code, year, pk):
    """Delete an own layout, unless it prints an SOP: then say which."""
    layout = _layout_or_404(request, pk)
    _editor_or_403(request)
    try:
        delete_layout(layout, request.user)
    except LayoutInUse as error:
        names = ", ".join(error.procedures)
        message = _("%(layout)s was not deleted: it prints %(sops)s.")
        messages.error(request, message % {"layout": layout.name, "sops": names})
        return redirect("sop:layout-edit", agency_code, year, pk)
    messages.success(request, _("%(layout)s was deleted.") % {"layout": layout.name})
    return redirect("sop:layout-list", agency_code, year)


def _rearrange(form: LayoutForm, doing: str) -> None:
    """Do what a button of the form says: move a column, fit them all, or only look."""
    form.full_clean()
    what, _colon, key = doing.partition(":")
    if what in ("up", "down"):
        form.move(key, -1 if what == "up" else 1)
    elif what == "fit":
        form.fit()


def _edit_context(request, layout, form) -> dict:
    versions = versions_printed_in(layout)
    jobs = jobs_visible_to(request.user).filter(
        agency=request.agency, kind=KIND, object_id=layout.pk, status=PaperJobStatus.DONE
    )
    return {
        "layout": layout,
        "form": form,
        "sketch": form.sketch(),
        "versions": versions,
        "locked_by": locking(versions),
        "sample": sample_version(layout),
        "preview": jobs.exclude(file=None).order_by("-finished_at", "-pk").first(),
    }


def _layout_or_404(request, pk):
    pk = whole_number(str(pk))
    if pk is None:
        raise Http404
    layouts = layouts_visible_to(request.user).filter(agency=request.agency)
    return get_object_or_404(layouts.select_related("agency"), pk=pk)


def _editor_or_403(request):
    if not can_edit_layouts(request.user, request.agency):
        raise PermissionDenied
