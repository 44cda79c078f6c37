"""Checking results before a round closes: what waits, what is late, confirming and returning."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.enums import ResultStatus
from assessments.indicators import listing
from assessments.indicators.checking import check_many
from assessments.indicators.queries import cycle_of, indicators_of_year
from assessments.indicators.reading import rows_of
from assessments.indicators.result_forms import CheckForm
from assessments.indicators.result_permissions import can_check, can_return
from assessments.indicators.result_views import months_of, values_of
from assessments.rounds.queries import rounds_of, rules_of

LISTED = ("waiting", "returned", "late", "missing")


@require_http_methods(["GET", "POST"])
def check(request, agency_code, year):
    """Show what of the round is not settled; confirm or return some values at once."""
    cycle = cycle_of(request.agency, year)
    rounds = list(rounds_of(cycle)) if cycle else []
    months = months_of(request, rounds)
    values = list(values_of(request, year, months))
    offered = [row for row in values if _may(request.user, row)]
    form = CheckForm(offered, request.POST or None)
    if request.method == "POST" and form.is_valid():
        _carry_out(request, form)
        return redirect(f"{reverse('indicators:check', args=[agency_code, year])}?round={months}")
    context = _page(request, cycle, rounds, months, values, offered) | {"form": form}
    ticked = set(request.POST.getlist("rows"))
    for line in context["waiting"]:
        line["is_ticked"] = line["key"] in ticked
    return render(request, "indicators/check.html", context, status=422 if form.errors else 200)


def _may(user, row) -> bool:
    """Return whether the person may do anything about the value now."""
    if row.status == ResultStatus.ENTERED and row.value is not None:
        return can_check(user, row) or can_return(user, row)
    return row.status == ResultStatus.CONFIRMED and can_return(user, row)


def _carry_out(request, form: CheckForm) -> None:
    act = form.cleaned_data["act"]
    allowed = {"confirm": can_check, "return": can_return}[act]
    chosen = [row for row in form.chosen() if allowed(request.user, row)]
    left_out = len(form.chosen()) - len(chosen)
    done, refused = check_many(chosen, act, request.user, form.cleaned_data["reason"])
    if done:
        words = (
            ngettext("%(count)s result confirmed.", "%(count)s results confirmed.", done)
            if act == "confirm"
            else ngettext("%(count)s result returned.", "%(count)s results returned.", done)
        )
        messages.success(request, words % {"count": done})
    if left_out:
        refused.append(
            ngettext(
                "%(count)s has to be confirmed by somebody else: its checker, not who typed it.",
                "%(count)s have to be confirmed by somebody else: the checker, not who typed it.",
                left_out,
            )
            % {"count": left_out}
        )
    for words in refused:
        messages.error(request, words)


def _page(request, cycle, rounds, months, values, offered) -> dict:
    indicators = indicators_of_year(request.user, request.agency, request.fiscal_year).order_by(
        "group", "order", "pk"
    )
    rules = rules_of(request.agency)
    rows = rows_of(indicators, cycle, months, rules, rounds, years=2) if cycle else []
    known = {row.indicator_id: row for row in values}
    mine = {row.pk for row in offered}
    groups: dict[str, list[dict]] = {name: [] for name in LISTED}
    confirmed = []
    for row in rows:
        value = known.get(row.indicator.pk)
        line = {
            "row": row,
            "indicator": row.indicator,
            "value": value,
            "chip": listing.chip_of(row),
            "target_words": listing.target_words(row),
            "last_year": row.history[-1][1] if row.history else None,
            "key": f"{value.pk}:{value.version}" if value else "",
            "may": value is not None and value.pk in mine,
            "may_confirm": value is not None and can_check(request.user, value),
        }
        (confirmed if row.state == "confirmed" else groups[row.state]).append(line)
    return {
        "cycle": cycle,
        "rounds": rounds,
        "months": months,
        "round": next((one for one in rounds if one.months == months), None),
        "waiting": groups["waiting"],
        "returned": groups["returned"],
        "missing": [*groups["late"], *groups["missing"]],
        "confirmed": confirmed,
        "count": len(rows),
        "may_any": bool(offered),
    }
