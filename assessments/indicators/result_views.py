"""The room's first page: results of a round, typed into their rows; and saving one value."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.indicators import listing, results
from assessments.indicators.addresses import indicator_address
from assessments.indicators.detail_views import detail_page
from assessments.indicators.permissions import can_define
from assessments.indicators.queries import cycle_of, indicators_of_year
from assessments.indicators.reading import current_months, rows_of
from assessments.indicators.result_forms import ResultFilterForm, ValueForm
from assessments.indicators.result_permissions import can_enter, can_keep_rules, checks
from assessments.indicators.totals import part_of
from assessments.models import IndicatorValue
from assessments.rounds.queries import rounds_of, rules_of
from core import clock
from core.address_values import whole_number
from documents import autosave
from documents.revisions import NotEditable, SaveConflict


@require_GET
def result_list(request, agency_code, year):
    """Show the results of one round, those that fit the filters, fifty a page."""
    cycle = cycle_of(request.agency, year)
    rounds = list(rounds_of(cycle)) if cycle else []
    months = months_of(request, rounds)
    kept = next((row for row in rounds if row.months == months), None)
    rules = rules_of(request.agency)
    indicators = indicators_of_year(request.user, request.agency, year).order_by(
        "group", "order", "pk"
    )
    rows = rows_of(indicators, cycle, months, rules, rounds, years=1) if cycle else []
    form = ResultFilterForm(rows, request.GET)
    found = listing.found(rows, form.wanted(), request.user, request.membership.unit_id)
    page = listing.page_of(found, request.GET.get("page"))
    earlier = [row.months for row in rounds if row.months < months][-listing.EARLIER :]
    part = part_of("", "", "", found, rules.missing)
    context = {
        "cycle": cycle,
        "rounds": rounds,
        "months": months,
        "round": kept,
        "filter_form": form,
        "is_filtered": any(form[name].value() for name in form.fields),
        **_quick(request),
        "query": query_of(request, "page"),
        "round_query": query_of(request, "page", "round"),
        "page_obj": page,
        "lines": [listing.shown(row, request.user, earlier) for row in page],
        "earlier": earlier,
        "history": f"{year - 3}–{(year - 1) % 100}",
        "part": part,
        "today": clock.today(),
        "can_define": cycle and can_define(request.user, cycle),
        "can_keep_rules": can_keep_rules(request.user, request.agency),
        "to_check": sum(_may_check(request.user, row) for row in rows),
    }
    return render(request, "indicators/list.html", context)


def _may_check(user, row) -> bool:
    """Return whether the row waits for this person's check."""
    return row.state == "waiting" and checks(user, row.indicator, row.figure.entered_by)


def _quick(request) -> dict:
    """Return the filters that stand above the list as links; at most one is the current one."""
    asked = {name: value for name, value in request.GET.items() if value and name != "round"}
    links = (
        (_("Mine"), {"who": "mine"}),
        (_("My unit's"), {"who": "unit"}),
        (_("No value yet"), {"state": "missing"}),
        (_("Overdue"), {"state": "late"}),
        (_("Waiting for the check"), {"state": "waiting"}),
        (_("Returned for correction"), {"state": "returned"}),
    )
    quick = [
        {"label": label, "query": urlencode(query), "is_current": asked == query}
        for label, query in links
    ]
    return {"quick": quick, "is_quick": any(one["is_current"] for one in quick)}


def months_of(request, rounds) -> int:
    """Return the months that the address names, when a round has them, else where to begin."""
    asked = whole_number(request.GET.get("round"))
    return asked if asked in {row.months for row in rounds} else current_months(rounds)


def query_of(request, *without: str) -> str:
    """Return the address's other parameters, ending in & when there are any."""
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    return f"{query.urlencode()}&" if query else ""


def indicator_or_404(request, year, pk):
    return get_object_or_404(indicators_of_year(request.user, request.agency, year), pk=pk)


@require_GET
def detail(request, agency_code, year, pk):
    """Show an indicator: definition, figures of all years and rounds, words, evidence."""
    indicator = indicator_or_404(request, year, pk)
    rounds = list(rounds_of(indicator.cycle))
    return detail_page(request, indicator, rounds, months_of(request, rounds))


@require_POST
def value_save(request, agency_code, year, pk, months):
    """Store some fields of a value on the version they were typed on; both survive a conflict."""
    indicator = indicator_or_404(request, year, pk)
    if not can_enter(request.user, indicator):
        raise PermissionDenied
    rounds = list(rounds_of(indicator.cycle))
    kept = next((row for row in rounds if row.months == months), None)
    if kept is None:
        raise Http404
    is_script = autosave.is_autosave(request)
    form = ValueForm(request.POST)
    if not form.is_valid():
        if is_script:
            return autosave.refused(form.words(), 422)
        return detail_page(request, indicator, rounds, months, form=form, status=422)
    try:
        saved = results.enter(
            indicator,
            kept,
            form.changes(),
            version=form.cleaned_data["version"],
            by=request.user,
            request_id=form.cleaned_data["request_id"],
        )
    except SaveConflict as conflict:
        if is_script:
            return JsonResponse(_newest(conflict, form), status=409)
        return detail_page(
            request, indicator, rounds, months, form=form, other=conflict, status=409
        )
    except NotEditable:
        message = _("The round is not open, or the value was confirmed; nothing was saved.")
        if is_script:
            return autosave.refused(message, 423)
        form.add_error(None, message)
        return detail_page(request, indicator, rounds, months, form=form, status=409)
    if is_script:
        return JsonResponse(_saved(saved, indicator, months))
    messages.success(request, _("The result was saved."))
    return redirect(indicator_address(indicator, months))


def _newest(conflict: SaveConflict, form: ValueForm) -> dict:
    """Return the newest text of the field that was sent, as the page's script reads it."""
    field = next(iter(form.changes()), "value")
    found = autosave.newest(conflict, field)
    if field in results.NUMBERS:
        found["text"] = listing.as_typed(found["text"])
    return found


def _saved(saved, indicator, months: int) -> dict:
    """Return version and time, and what the row of the list shows anew: score and status."""
    rounds = rounds_of(indicator.cycle)
    rules = rules_of(indicator.cycle.agency)
    row = rows_of([indicator], indicator.cycle, months, rules, rounds, years=1)[0]
    chip = listing.chip_of(row)
    return {
        "version": saved.version,
        "saved_at": clock.hour_and_minute(saved.saved_at),
        "score": "–" if row.score is None else str(row.score),
        "chip": chip["kind"],
        "icon": chip["icon"],
        "label": chip["label"],
        "target": listing.target_words(row),
    }


def values_of(request, year, months):
    """Return the values of the year's round that the person may see, with their indicators."""
    indicators = indicators_of_year(request.user, request.agency, year)
    return (
        IndicatorValue.objects.filter(indicator__in=indicators, fiscal_year=year, months=months)
        .select_related(
            *("indicator__cycle__agency", "indicator__owner", "indicator__owner_unit"),
            *("entered_by", "checked_by"),
        )
        .order_by("indicator__group", "indicator__order", "indicator_id")
    )
