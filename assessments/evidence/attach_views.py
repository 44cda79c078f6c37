"""Attaching evidence to an item, a line, an indicator or a step; using last year's again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.addresses import item_address
from assessments.evidence import uploading
from assessments.evidence.forms import AttachForm
from assessments.evidence.keeping import keep
from assessments.evidence.last_year import reusable
from assessments.evidence.last_year import reuse as reuse_evidence
from assessments.evidence.places import IndicatorPlace, ItemPlace, Place, StepPlace, use_at
from assessments.evidence.queries import evidence_known_to, evidence_visible_to
from assessments.indicators.addresses import indicator_address
from assessments.permissions import can_write
from assessments.queries import answers_visible_to, indicators_visible_to
from core.address_values import whole_number
from core.refusals import already_changed
from documents.revisions import NotEditable
from workflows.queries import steps_visible_to
from workflows.transitions import step_url


@require_GET
def choose_item(request, agency_code, year):
    """Choose what new evidence proves; its code begins with the item's."""
    rows = [
        answer
        for answer in _answers(request, year).order_by("item__code", "pk")
        if can_write(request.user, answer.category_assessment)
    ]
    return render(request, "assessments/evidence/add.html", {"answers": rows})


@require_http_methods(["GET", "POST"])
def attach(request, agency_code, year):
    """Attach evidence to an item (?item= with &line=), an ?indicator= or a ?step=."""
    place = place_of(request, year)
    if not place.may(request.user):
        raise PermissionDenied
    kept = evidence_known_to(request.user, place.cycle).order_by("code", "pk")
    form = AttachForm(request.POST or None, request.FILES or None, evidence=kept)
    rows = []
    if request.method == "POST" and form.is_valid():
        try:
            rows, others = _attach(request, place, form)
        except NotEditable:
            return _locked(request, place)
        if _is_script(request):
            return JsonResponse({"rows": [_row_data(request, row) for row in rows]})
        if _needs_no_list(rows):
            _say_attached(request, rows, others)
            return redirect(address_of(place))
    elif _is_script(request):
        return JsonResponse({"message": _words_of(form)}, status=422)
    refused = any(row.state == uploading.REFUSED for row in rows)
    context = {
        "form": form,
        "place": place,
        "place_title": title_of(place),
        "back_url": address_of(place),
        "rows": rows,
        "reusable": _reusable(request, place),
        "reuse_line": place.line.pk if isinstance(place, ItemPlace) and place.line else "",
    }
    status = 422 if form.errors or refused else 200
    return render(request, "assessments/evidence/attach.html", context, status=status)


def place_of(request, year) -> Place:
    """Return the place that the address names, or raise Http404."""
    if request.GET.get("step"):
        steps = steps_visible_to(request.user).filter(
            cycle__agency=request.agency, cycle__fiscal_year=year
        )
        steps = steps.select_related("cycle__agency", "procedure_step__version")
        return StepPlace(get_object_or_404(steps, pk=whole_number(request.GET["step"])))
    if request.GET.get("indicator"):
        rows = indicators_visible_to(request.user).filter(
            cycle__agency=request.agency, cycle__fiscal_year=year
        )
        return IndicatorPlace(get_object_or_404(rows, pk=whole_number(request.GET["indicator"])))
    answer = get_object_or_404(_answers(request, year), pk=whole_number(request.GET.get("item")))
    line = None
    if request.GET.get("line"):
        line = get_object_or_404(answer.item.lines, pk=whole_number(request.GET.get("line")))
    return ItemPlace(answer, line)


def address_of(place: Place) -> str:
    """Return the address of the page on which the place stands."""
    if isinstance(place, StepPlace):
        return step_url(place.step) + "#step-evidence"
    if isinstance(place, IndicatorPlace):
        return f"{indicator_address(place.indicator)}#evidence"
    return item_address(place.answer, f"line-{place.line.pk}" if place.line else "evidence")


def title_of(place: Place) -> str:
    if isinstance(place, StepPlace):
        return _("Step %(number)d %(title)s") % {
            "number": place.step.number,
            "title": place.step.title,
        }
    if isinstance(place, IndicatorPlace):
        return f"{place.stem} {place.indicator.name}"
    named = place.line or place.answer.item
    return f"{named.code} {named.title}"


def _attach(request, place, form) -> tuple[list[uploading.Row], int]:
    """Keep and use everything the form brought; return a row a file, and how much besides."""
    data, others = form.cleaned_data, 0
    if isinstance(place, ItemPlace):
        place = ItemPlace(place.answer, place.line, data["page"])
    if data["url"] or data["note"] or data["existing"]:
        if data["url"]:
            keep(
                place,
                request.user,
                title=data["title"],
                url=data["url"],
                note=data["note"],
                facts=form.facts(),
            )
            others += 1
        elif data["note"] and not form.uploads:
            title = data["title"] or data["note"].splitlines()[0]
            keep(place, request.user, title=title, note=data["note"], facts=form.facts())
            others += 1
        if data["existing"]:
            use_at(place, data["existing"])
            others += 1
    rows = uploading.keep_files(
        place,
        form.uploads,
        request.user,
        title=data["title"],
        note="" if data["url"] else data["note"],
        facts=form.facts(),
    )
    return rows, others


def _needs_no_list(rows) -> bool:
    """Return whether one message tells everything: plainly kept files, or a single one."""
    if len(rows) == 1:
        return rows[0].state != uploading.REFUSED
    return all(row.state == uploading.KEPT and not row.earlier for row in rows)


def _say_attached(request, rows, others: int) -> None:
    if len(rows) == 1 and not others:
        messages.success(request, f"{rows[0].name}: {rows[0].words}")
        return
    count = len(rows) + others
    words = ngettext("%(count)s piece attached.", "%(count)s pieces attached.", count)
    messages.success(request, words % {"count": count})


def _reusable(request, place) -> list:
    return reusable(place.answer, request.user) if isinstance(place, ItemPlace) else []


def _is_script(request) -> bool:
    return request.headers.get("X-Requested-With") == "evidence-drop"


def _words_of(form) -> str:
    return " ".join(str(line) for errors in form.errors.values() for line in errors)


def _row_data(request, row: uploading.Row) -> dict:
    """Return what the page's script shows of one file."""
    return {"name": row.name, "state": row.state, "text": row.words, "url": _row_url(request, row)}


def _row_url(request, row: uploading.Row) -> str:
    if row.evidence is None:
        return ""
    return reverse(
        "evidence:detail", args=[request.agency.code, request.fiscal_year, row.evidence.pk]
    )


@require_POST
def reuse(request, agency_code, year, pk):
    """Use a piece of last year's evidence again: for the item, or for one line of it (?line=)."""
    answer = get_object_or_404(_answers(request, year), pk=pk)
    if not can_write(request.user, answer.category_assessment):
        raise PermissionDenied
    line = None
    if request.POST.get("line"):
        line = get_object_or_404(answer.item.lines, pk=whole_number(request.POST["line"]))
    place = ItemPlace(answer, line)
    rows = evidence_visible_to(request.user).filter(
        cycle__agency=request.agency, cycle__fiscal_year=year - 1
    )
    old = get_object_or_404(rows, pk=whole_number(request.POST.get("evidence")))
    try:
        evidence = reuse_evidence(old, place, request.user)
    except PermissionError as error:
        raise Http404 from error
    except NotEditable:
        return _locked(request, place)
    words = _("Last year's %(old)s is now %(new)s. Check that it proves this year, too.")
    messages.success(request, words % {"old": old.code, "new": evidence.code})
    return redirect(address_of(place))


def _locked(request, place):
    message = _("The category was submitted, accepted or closed; nothing was changed.")
    if isinstance(place, StepPlace):
        message = _("The year is closed; nothing was changed.")
    if _is_script(request):
        return JsonResponse({"message": message}, status=409)
    return already_changed(request, message, address_of(place))


def _answers(request, year):
    return answers_visible_to(request.user).filter(
        category_assessment__assessment__cycle__agency=request.agency,
        category_assessment__assessment__cycle__fiscal_year=year,
    )
