"""Screens of the points: gathering, wording, the matrix, leaving out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.address_values import whole_number
from core.refusals import already_changed
from documents.autosave import is_autosave, refused
from documents.revisions import NotEditable, SaveConflict
from improvement import editing, matrix, permissions, points, queries
from improvement.enums import PointKind, Quadrant
from improvement.forms import PlaceForm, PointForm, ReasonForm
from improvement.lookup import conflict, plan_or_404, point_or_404
from improvement.planning import PlanLocked


@require_GET
def point_list(request, agency_code, year):
    """Show the matrix of impact and effort, and the list of all points."""
    return _page(request, plan_or_404(request, year))


def _page(request, plan, *, status=200, newest=None, refused_point=None, reason_form=None):
    rows = list(queries.points_of(plan))
    kept = [point for point in rows if not point.is_left_out]
    for point in kept:
        point.quadrant = matrix.quadrant(point.impact, point.effort)
    is_editable = permissions.is_editable(plan)
    may_edit = is_editable and permissions.can_add_action(
        request.user, request.agency, plan.cycle.fiscal_year
    )
    context = {
        "plan": plan,
        "points": kept,
        "left_out": [point for point in rows if point.is_left_out],
        "grid": matrix.grid(kept),
        "unplaced": [point for point in kept if not point.quadrant],
        "levels": matrix.LEVELS,
        "quadrants": Quadrant,
        "may_edit": may_edit,
        "new_points": len(points.missing_points(plan)) if may_edit else 0,
        "newest": newest,
        "refused_point": refused_point,
        "reason_form": reason_form,
    }
    return render(request, "improvement/points.html", context, status=status)


def _writable_point(request, year, pk):
    point = point_or_404(request, year, pk)
    _demand_writer(request, year)
    return point


def _demand_writer(request, year):
    if not permissions.can_add_action(request.user, request.agency, year):
        raise PermissionDenied


@require_POST
def gather(request, agency_code, year):
    """Add the points that are not in the plan yet."""
    plan = plan_or_404(request, year)
    _demand_writer(request, year)
    try:
        count = points.gather(plan, request.user)
    except PlanLocked:
        return conflict(request, plan)
    words = ngettext("%(count)d point was added.", "%(count)d points were added.", count)
    messages.success(request, words % {"count": count} if count else _("There is nothing new."))
    return redirect("improvement:point-list", agency_code, year)


@require_http_methods(["GET", "POST"])
def point_add(request, agency_code, year):
    """Type a point of one's own."""
    plan = plan_or_404(request, year)
    _demand_writer(request, year)
    if not permissions.is_editable(plan):
        raise PermissionDenied
    return editing.add(
        request,
        PointForm(request.POST or None),
        plan,
        save=lambda fields: points.add_point(
            plan, fields | {"kind": PointKind.OTHER}, request.user
        ),
        page=_form_page(request, None),
        done=_("The point was added."),
        to="improvement:point-list",
    )


def _form_page(request, point):
    def show(form, more, status=200):
        context = {"point": point} | more
        return editing.form_page(request, "improvement/point_form.html", form, context, status)

    return show


@require_http_methods(["GET", "POST"])
def point_edit(request, agency_code, year, pk):
    """Change the wording of a point; a newer save is shown, and nothing typed is lost."""
    point = _writable_point(request, year, pk)
    if not permissions.is_editable(point.plan):
        raise PermissionDenied
    return editing.edit(
        request,
        PointForm(request.POST or None, instance=point),
        point,
        save=lambda fields, version: points.save_point(point, fields, version, request.user),
        page=_form_page(request, point),
        done=_("The point was saved."),
        to="improvement:point-list",
    )


@require_POST
def point_place(request, agency_code, year, pk):
    """Put a point into the matrix; the script gets JSON, a form a page."""
    point = _writable_point(request, year, pk)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _badly_placed(request, point)
    impact, effort = form.cleaned_data["impact"], form.cleaned_data["effort"]
    if (impact is None) != (effort is None):
        return _badly_placed(request, point)
    version = whole_number(request.POST.get("version")) or 0
    try:
        done = matrix.place(point, impact, effort, version, request.user)
    except SaveConflict as newer:
        return _moved_meanwhile(request, newer)
    except NotEditable:
        if is_autosave(request):
            return refused(_("The plan's state has changed since this page was opened."), 423)
        return conflict(request, point.plan)
    if is_autosave(request):
        advice = matrix.quadrant(impact, effort)
        words = str(advice.label) if advice else _("Not placed")
        return JsonResponse({"version": done.version, "advice": words})
    messages.success(request, _("The place in the matrix is saved."))
    return redirect("improvement:point-list", agency_code, year)


def _badly_placed(request, point):
    words = _("Choose both impact and effort, 1 to 5.")
    if is_autosave(request):
        return refused(words, 422)
    messages.error(request, words)
    return _page(request, point.plan, status=422)


def _moved_meanwhile(request, newer: SaveConflict):
    """Show where the point lies now and who put it there."""
    current = newer.current
    by = str(newer.last.saved_by) if newer.last else ""
    if is_autosave(request):
        place = {"impact": current.impact, "effort": current.effort, "version": current.version}
        words = _("%(person)s moved this point meanwhile. It lies where it is shown now.")
        return JsonResponse(place | {"message": words % {"person": by}}, status=409)
    return _page(request, current.plan, status=409, newest={"point": current, "by": by})


@require_POST
def point_leave_out(request, agency_code, year, pk):
    """Leave a point for another year, with the reason."""
    point = _writable_point(request, year, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, point.plan, status=422, refused_point=point.pk, reason_form=form)
    try:
        points.leave_out(point, form.cleaned_data["reason"], request.user)
    except points.PointInUse:
        message = _("An action answers this point. Remove the action first.")
        back = reverse("improvement:point-list", args=[agency_code, year])
        return already_changed(request, message, back)
    except PlanLocked:
        return conflict(request, point.plan)
    messages.success(request, _("The point was left out."))
    return redirect("improvement:point-list", agency_code, year)


@require_POST
def point_bring_back(request, agency_code, year, pk):
    """Take a point that was left out into the plan again."""
    point = _writable_point(request, year, pk)
    try:
        points.bring_back(point, request.user)
    except PlanLocked:
        return conflict(request, point.plan)
    messages.success(request, _("The point is back in the plan."))
    return redirect("improvement:point-list", agency_code, year)
