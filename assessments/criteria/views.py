"""Screens of the editions: which there are, what one says, handing it out, taking one in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.criteria import editing
from assessments.criteria.checked_yaml import EditionFileInvalid
from assessments.criteria.edition_files import read_edition
from assessments.criteria.exporting import edition_data, to_yaml
from assessments.criteria.forms import EditionFileForm
from assessments.criteria.importing import EditionChanged, current_edition
from assessments.models import Assessment, CriteriaEdition
from assessments.queries import editions_visible_to
from core.address_values import whole_number

SHOWN_DIFFERENCES = 60


@require_GET
def edition_list(request, agency_code):
    """List the editions in force, the office's own revisions and the years that use them."""
    used: dict[int, list[int]] = {}
    for edition, year in (
        Assessment.objects.filter(cycle__agency=request.agency)
        .order_by("cycle__fiscal_year", "pk")
        .values_list("edition_id", "cycle__fiscal_year")
    ):
        used.setdefault(edition, []).append(year)
    rows = list(
        _editions(request).filter(Q(is_current=True) | Q(agency=request.agency) | Q(pk__in=used))
    )
    own = {row.code for row in rows if row.agency_id and row.is_current}
    listed = [
        {
            "edition": row,
            "years": used.get(row.pk, []),
            "in_force": row.is_current and (row.agency_id is not None or row.code not in own),
        }
        for row in rows
    ]
    listed.sort(key=lambda row: (row["edition"].code, not row["in_force"]))
    return render(
        request,
        "assessments/criteria/list.html",
        {
            "rows": listed,
            "can_correct": editing.can_correct(request.user, request.agency),
            "form": EditionFileForm(),
        },
    )


@require_GET
def edition_detail(request, agency_code, pk):
    """Show an edition: categories, items, lines, points and guidance; `?q=` finds words."""
    edition = edition_or_404(request, pk)
    data = edition_data(edition)
    words = request.GET.get("q", "").strip()[:100]
    categories = [
        {**row, "items": [item for item in row["items"] if _has(item, words)]}
        for row in data["categories"]
    ]
    current = current_edition(edition.code, request.agency)
    context = {
        "edition": edition,
        "categories": [row for row in categories if row["items"]],
        "item_count": sum(len(row["items"]) for row in categories),
        "words": words,
        "warnings": editing.warnings_of(data),
        "views": edition.scoring_data.get("views", []),
        "current": current,
        "can_correct": current == edition and editing.can_correct(request.user, request.agency),
    }
    return render(request, "assessments/criteria/detail.html", context)


@require_GET
def edition_file(request, agency_code, pk):
    """Hand the edition out as its YAML file."""
    edition = edition_or_404(request, pk)
    name = f"{edition.code}-r{edition.revision}.yaml"
    return HttpResponse(
        to_yaml(edition_data(edition)),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
def edition_upload(request, agency_code):
    """Read an edition file, show what would change, and store it when that is confirmed."""
    require_corrector(request)
    if request.method == "GET":
        return redirect("criteria:edition-list", agency_code)
    if "text" in request.POST:
        return _confirmed(request)
    form = EditionFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _preview(request, {"form": form}, 422)
    return _previewed(request, form.cleaned_data["file"])


def _previewed(request, text, *, status=200, error=""):
    try:
        data = read_edition(text)
    except EditionFileInvalid as invalid:
        return _preview(request, {"faults": invalid.faults[:SHOWN_DIFFERENCES]}, 422)
    current = current_edition(data["code"], request.agency)
    found = editing.differences(edition_data(current) if current else None, data)
    return _preview(
        request,
        {
            "text": text,
            "data": data,
            "current": current,
            "differences": found[:SHOWN_DIFFERENCES],
            "difference_count": len(found),
            "warnings": editing.warnings_of(data),
            "error": error,
        },
        status,
    )


def _confirmed(request):
    text = request.POST["text"].replace("\r\n", "\n")
    try:
        data = read_edition(text)
    except EditionFileInvalid as invalid:
        return _preview(request, {"faults": invalid.faults[:SHOWN_DIFFERENCES]}, 422)
    current = current_edition(data["code"], request.agency)
    if (current.pk if current else 0) != whole_number(request.POST.get("based_on", "")):
        message = _("The edition was changed in the meantime. Look at the differences again.")
        return _previewed(request, text, status=409, error=message)
    try:
        stored, is_new = editing.correct(current, data, request.agency, request.user)
    except EditionChanged:
        message = _("The edition was changed in the meantime. Look at the differences again.")
        return _previewed(request, text, status=409, error=message)
    messages.success(request, stored_words(stored) if is_new else _("Nothing differs."))
    return redirect("criteria:edition-detail", request.agency.code, stored.pk)


def _preview(request, context, status):
    names = ("form", "faults", "text", "data", "current", "differences", "warnings", "error")
    blank = dict.fromkeys(names) | {"difference_count": 0}
    return render(request, "assessments/criteria/upload.html", blank | context, status=status)


def stored_words(edition: CriteriaEdition) -> str:
    """Say which revision was stored and what it does not touch."""
    return _("Revision %(number)s of the office is stored. Years already started keep theirs.") % {
        "number": edition.revision
    }


def edition_or_404(request, pk: int) -> CriteriaEdition:
    """Return an edition for every office or of this one."""
    return get_object_or_404(_editions(request), pk=pk)


def require_corrector(request) -> None:
    """Raise PermissionDenied unless the person may correct the office's criteria."""
    if not editing.can_correct(request.user, request.agency):
        raise PermissionDenied


def _editions(request):
    rows = editions_visible_to(request.user)
    return rows.filter(Q(agency=None) | Q(agency=request.agency))


def _has(item: dict, words: str) -> bool:
    return not words or words.casefold() in str(item).casefold()
