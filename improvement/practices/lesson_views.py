"""Lessons learned and knowledge notes: finding, reading, writing them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.address_values import whole_number
from core.refusals import already_changed
from core.thai_text import normalize
from documents.revisions import SaveConflict, history_of
from improvement.enums import LessonKind
from improvement.practices import lessons
from improvement.practices.forms import CATEGORIES, LessonForm, VersionForm
from improvement.practices.permissions import can_change_lesson, can_note
from improvement.practices.queries import lessons_visible_to, steps_to_choose, with_words
from improvement.practices.searching import excerpt, marked

PAGE = 20
MOST_REVISIONS = 20


@require_GET
def lesson_list(request, agency_code, year):
    """List lessons of all years, narrowed by words, kind, category, step and year."""
    rows = lessons_visible_to(request.user).filter(agency=request.agency)
    typed = normalize(request.GET.get("q", "")).strip()[:100]
    chosen = _chosen(request)
    years = sorted(set(rows.order_by().values_list("fiscal_year", flat=True)), reverse=True)
    found = with_words(rows.filter(**chosen), typed)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    wanted = {name: value for name, value in request.GET.items() if value and name != "page"}
    context = {
        "page_obj": page,
        "rows": [
            {
                "lesson": row,
                "title": marked(row.title, typed),
                "excerpt": excerpt(row.text, typed),
            }
            for row in page
        ],
        "typed": typed,
        "chosen": {name: request.GET.get(name, "") for name in FILTERS},
        "kinds": LessonKind.choices,
        "categories": CATEGORIES[1:],
        "steps": steps_to_choose(request.user).filter(version__procedure__agency=request.agency),
        "years": years,
        "query": f"{urlencode(wanted)}&" if wanted else "",
        "is_narrowed": bool(wanted),
        "can_note": can_note(request.user, request.agency),
    }
    return render(request, "practices/lessons.html", context)


FILTERS = {
    "kind": "kind",
    "category": "category_number",
    "step": "procedure_step",
    "year": "fiscal_year",
}


def _chosen(request) -> dict:
    """Return the filters that were chosen; what makes no sense narrows nothing."""
    chosen = {}
    for name, column in FILTERS.items():
        value = request.GET.get(name, "")
        if name == "kind":
            if value in LessonKind.values:
                chosen[column] = value
        elif (number := whole_number(value)) is not None:
            chosen[column] = number
    return chosen


@require_http_methods(["GET", "POST"])
def lesson_add(request, agency_code, year):
    """Note a lesson."""
    if not can_note(request.user, request.agency):
        raise PermissionDenied
    initial = {
        "fiscal_year": year,
        "kind": "lesson",
        "procedure_step": whole_number(request.GET.get("step")),
        "category_number": whole_number(request.GET.get("category")),
    }
    form = LessonForm(
        request.POST or None, initial=initial, user=request.user, agency=request.agency
    )
    if request.method == "POST" and form.is_valid():
        row = lessons.add_lesson(request.agency, form.columns(), request.user)
        messages.success(request, _("The lesson was noted."))
        return redirect(_address(request, year, row))
    status = 422 if form.errors else 200
    return render(request, "practices/lesson_form.html", {"form": form}, status=status)


@require_GET
def lesson(request, agency_code, year, pk):
    """Show a lesson and its history."""
    row = _lesson_or_404(request, pk)
    revisions = list(history_of(row)[:MOST_REVISIONS])
    context = {
        "lesson": row,
        "revisions": revisions,
        "can_change": can_change_lesson(request.user, row),
    }
    return render(request, "practices/lesson.html", context)


@require_http_methods(["GET", "POST"])
def lesson_edit(request, agency_code, year, pk):
    """Change a lesson; on a conflict the typed words stay."""
    row = _changeable_or_refuse(request, pk)
    form = LessonForm(
        request.POST or None,
        initial=_initial(row),
        user=request.user,
        agency=request.agency,
        kept_step=row.procedure_step_id,
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            lessons.save_lesson(row, form.columns(), version=version, by=request.user)
        except SaveConflict as newer:
            form.data = form.data.copy()
            form.data["version"] = str(newer.current.version)
            form.add_error(
                None, _("Somebody changed the lesson meanwhile. Compare, then save yours again.")
            )
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect(_address(request, year, row))
    context = {"form": form, "lesson": row, "other": newest_of(row) if status == 409 else None}
    status = 422 if form.errors and status == 200 else status
    return render(request, "practices/lesson_form.html", context, status=status)


@require_POST
def lesson_remove(request, agency_code, year, pk):
    """Remove a lesson."""
    row = _changeable_or_refuse(request, pk)
    form = VersionForm(request.POST)
    try:
        if form.is_valid():
            lessons.remove_lesson(row, version=form.cleaned_data["version"], by=request.user)
            messages.success(request, _("The lesson was removed."))
            return redirect("practices:lessons", agency_code, year)
    except SaveConflict:
        pass
    message = _("Somebody changed this in the meantime; nothing was saved.")
    return already_changed(request, message, _address(request, year, row))


def newest_of(row):
    """Return the lesson as it now stands."""
    return type(row).objects.get(pk=row.pk)


def _initial(row) -> dict:
    names = ("kind", "fiscal_year", "title", "text", "category_number", "version")
    initial = {name: getattr(row, name) for name in names}
    return initial | {"procedure_step": row.procedure_step_id, "practice": row.practice_id}


def _lesson_or_404(request, pk):
    return get_object_or_404(lessons_visible_to(request.user).filter(agency=request.agency), pk=pk)


def _changeable_or_refuse(request, pk):
    row = _lesson_or_404(request, pk)
    if not can_change_lesson(request.user, row):
        raise PermissionDenied
    return row


def _address(request, year, row) -> str:
    return reverse("practices:lesson", args=[request.agency.code, year, row.pk])
