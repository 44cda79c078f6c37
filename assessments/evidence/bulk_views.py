"""Several pieces chosen in the library: use them at one place, or hand them to one person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from agencies.roles import is_officer
from assessments.evidence import keeping, library
from assessments.evidence.forms import OwnerForm, PlaceForm
from assessments.evidence.places import (
    IndicatorPlace,
    ItaPlace,
    ItemPlace,
    Place,
    StepPlace,
    use_at,
)
from assessments.queries import answers_visible_to, indicators_visible_to
from committees.roles import ALL_CATEGORIES, written_categories
from core.address_values import whole_number
from core.refusals import already_changed
from documents.revisions import NotEditable
from workflows.queries import steps_visible_to

MOST = 200


@require_http_methods(["GET", "POST"])
def chosen(request, agency_code, year):
    """Show the chosen pieces; POST uses all of them at one place."""
    numbers = _writable(request, year)
    to = request.GET.get("to", "")
    step = _step(request, year, to)
    if not numbers and step is None:
        raise PermissionDenied
    rows = _chosen(request, year)
    choices = _choices(request, year, numbers, step)
    form = PlaceForm(request.POST or None, choices=choices, initial={"target": to})
    if request.method == "POST" and rows and form.is_valid():
        try:
            with transaction.atomic():
                for row in rows:
                    use_at(_place(request, year, form.cleaned_data, row), row)
        except ValueError:
            form.add_error("target", _("These belong to another work of the year."))
        except NotEditable:
            message = _("The category was submitted, accepted or closed; nothing was changed.")
            return already_changed(request, message, _library(request, year))
        else:
            words = ngettext("%(count)s piece linked.", "%(count)s pieces linked.", len(rows))
            messages.success(request, words % {"count": len(rows)})
            return redirect(_library(request, year))
    return _page(request, year, rows, form, status=422 if form.errors else 200)


@require_POST
def hand_over(request, agency_code, year):
    """Give all chosen pieces to one person; the officer's act."""
    if not is_officer(request.user, request.agency):
        raise PermissionDenied
    rows = _chosen(request, year)
    form = OwnerForm(request.POST, agency=request.agency)
    if rows and form.is_valid():
        count = keeping.set_owner(rows, form.cleaned_data["owner"], request.user)
        words = ngettext("%(count)s piece handed over.", "%(count)s pieces handed over.", count)
        messages.success(request, words % {"count": count})
        return redirect(_library(request, year))
    choices = _choices(request, year, set(ALL_CATEGORIES), None)
    place_form = PlaceForm(choices=choices)
    return _page(request, year, rows, place_form, owner_form=form, status=422)


def _page(request, year, rows, form, *, owner_form=None, status=200):
    may_hand_over = is_officer(request.user, request.agency)
    if may_hand_over and owner_form is None:
        owner_form = OwnerForm(agency=request.agency)
    context = {
        "rows": rows,
        "form": form,
        "owner_form": owner_form,
        "chosen_query": urlencode({"pk": [row.pk for row in rows]}, doseq=True),
    }
    return render(request, "assessments/evidence/chosen.html", context, status=status)


def _chosen(request, year) -> list:
    """Return the chosen pieces that the person may know; 404 for one that is not the office's."""
    texts = request.POST.getlist("pk") or request.GET.getlist("pk")
    keys = list(dict.fromkeys(key for text in texts if (key := whole_number(text)) is not None))
    rows = library.fetch_keys(request.user, request.agency, year, keys[:MOST])
    if len(rows) != len(keys[:MOST]):
        raise Http404
    return [row for row in rows if not row.is_hidden]


def _writable(request, year) -> set[int]:
    if is_officer(request.user, request.agency):
        return set(ALL_CATEGORIES)
    return written_categories(request.user, request.agency, year)


def _step(request, year, to: str) -> StepPlace | None:
    """Return the step whose page sent the person here, when it may be worked on."""
    kind, _dash, key = to.partition("-")
    if kind != "step":
        return None
    steps = _steps(request, year).select_related("cycle__agency", "procedure_step__version")
    place = StepPlace(get_object_or_404(steps, pk=whole_number(key)))
    return place if place.may(request.user) else None


def _choices(request, year, numbers: set[int], step: StepPlace | None) -> list:
    """Return the places the person may use evidence at: items, results, steps."""
    cycle = {"cycle__agency": request.agency, "cycle__fiscal_year": year}
    above = "category_assessment__assessment__"
    own = {f"{above}{name}": value for name, value in cycle.items()}
    items = answers_visible_to(request.user).filter(
        category_assessment__category__number__in=numbers, **own
    )
    groups = [
        (
            _("Items"),
            [
                (f"item-{pk}", f"{code} {title}")
                for pk, code, title in items.order_by("item__code", "pk").values_list(
                    "pk", "item__code", "item__title_th"
                )
            ],
        )
    ]
    if 7 in numbers:
        rows = indicators_visible_to(request.user).filter(
            **{f"item_answer__{name}": value for name, value in own.items()}
        )
        found = rows.values_list("pk", "item_answer__item__code", "name")
        groups.append((_("Results"), [(f"indicator-{pk}", f"{c} {n}") for pk, c, n in found]))
    if is_officer(request.user, request.agency):
        steps = _steps(request, year).order_by("cycle_id", "number", "pk")
        steps = list(steps.values_list("pk", "number", "title"))
    else:
        steps = [(step.step.pk, step.step.number, step.step.title)] if step else []
    groups.append(
        (_("Steps"), [(f"step-{pk}", f"{number} {title}") for pk, number, title in steps])
    )
    return [group for group in groups if group[1]]


def _place(request, year, data: dict, evidence) -> Place:
    """Return the chosen place; it was among the choices, so the person may use it."""
    if data["ita_question"]:
        place = ItaPlace(evidence.cycle, data["ita_question"])
        if not place.may(request.user):
            raise PermissionDenied
        return place
    kind, _dash, key = data["target"].partition("-")
    if kind == "item":
        return ItemPlace(answers_visible_to(request.user).get(pk=int(key)))
    if kind == "indicator":
        return IndicatorPlace(indicators_visible_to(request.user).get(pk=int(key)))
    return StepPlace(_steps(request, year).select_related("cycle__agency").get(pk=int(key)))


def _steps(request, year):
    return steps_visible_to(request.user).filter(
        cycle__agency=request.agency, cycle__fiscal_year=year
    )


def _library(request, year) -> str:
    return reverse("evidence:library", args=[request.agency.code, year])
