"""Official results of all years, and entering, locking and unlocking them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.official import results as rules
from assessments.official import shown
from assessments.official.checks import as_printed
from assessments.official.forms import PRINTED, ResultForm, VersionForm
from assessments.official.history import trends_of
from assessments.official.permissions import can_enter
from assessments.official.queries import bands_visible_to, results_visible_to
from assessments.official.targets import met, targets_of
from core.address_values import whole_number
from core.refusals import already_changed
from documents.revisions import NotEditable
from documents.stored_files import store_upload

MOST_SHOWN = 12


@require_GET
def results(request, agency_code, year):
    """Show what was announced in all years, beside our own figures."""
    rows = list(results_visible_to(request.user).filter(agency=request.agency))
    states = shown.states_of(request.agency, [row.fiscal_year for row in rows])
    targets = targets_of(request.agency)
    bands = list(bands_visible_to(request.user).filter(agency=request.agency))
    context = {
        "results": [
            shown.present(row, states.get(row.fiscal_year), targets, bands)
            for row in rows[:MOST_SHOWN]
        ],
        "history": [
            {
                "result": row,
                "own": shown.own_total(row, states.get(row.fiscal_year)),
                "met": met(row, targets),
            }
            for row in rows
        ],
        "trends": trends_of(rows, targets),
        "can_enter": can_enter(request.user, request.agency),
    }
    return render(request, "assessments/official/list.html", context)


@require_http_methods(["GET", "POST"])
def result_add(request, agency_code, year):
    """Enter an announcement."""
    refuse_others(request)
    initial = {"fiscal_year": year - 1, "scale": "0-5", "body": _("OBEC")}
    form = ResultForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        file = file_of(request, form)
        if not form.errors:
            fields = form.columns() | {"file": file}
            try:
                result = rules.add_result(
                    request.agency, fields, form.scores(), request.user, form.printed()
                )
            except rules.Twice:
                _taken(form)
            else:
                messages.success(request, _("The result was entered as announced."))
                return redirect(_address(request, year, result))
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
def result_edit(request, agency_code, year, pk):
    """Change an unlocked result."""
    result = _result_or_404(request, pk)
    refuse_others(request)
    form = ResultForm(request.POST or None, request.FILES or None, initial=_initial(result))
    if request.method == "POST" and form.is_valid():
        file = file_of(request, form)
        if not form.errors:
            fields = form.columns() | ({"file": file} if file else {})
            version = form.cleaned_data["version"] or 0
            try:
                rules.save_result(
                    result,
                    fields,
                    form.scores(),
                    version=version,
                    by=request.user,
                    printed=form.printed(),
                )
            except rules.Twice:
                _taken(form)
            except rules.Changed as change:
                form.data = form.data.copy()
                form.data["version"] = str(change.current.version)
                form.add_error(
                    None,
                    _("Somebody changed the result meanwhile. Compare, then save yours again."),
                )
            except NotEditable:
                return _locked(request, year)
            else:
                messages.success(request, _("The result was saved."))
                return redirect(_address(request, year, result))
    return _form_page(request, form, result)


@require_POST
def result_lock(request, agency_code, year, pk):
    """Lock a result that was checked against the announcement."""

    def act(result, data):
        rules.lock_result(result, request.user, version=data["version"])

    return _act(request, year, pk, act, _("The result is locked."))


@require_POST
def result_unlock(request, agency_code, year, pk):
    """Unlock a result, with the reason."""

    def act(result, data):
        rules.unlock_result(result, request.user, data["reason"], version=data["version"])

    return _act(request, year, pk, act, _("The result can be changed again."))


@require_POST
def result_remove(request, agency_code, year, pk):
    """Remove an unlocked result."""

    def act(result, data):
        rules.remove_result(result, request.user, version=data["version"])

    return _act(request, year, pk, act, _("The result was removed."))


def _act(request, year, pk, act, done):
    result = _result_or_404(request, pk)
    refuse_others(request)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _locked(request, year)
    try:
        act(result, form.cleaned_data)
    except rules.ReasonNeeded:
        messages.error(request, _("Write the reason for unlocking the result."))
        return redirect(f"{_address(request, year)}?unlock={result.pk}#result-{result.pk}")
    except (rules.Changed, NotEditable):
        return _locked(request, year)
    messages.success(request, done)
    return redirect(_address(request, year))


def _result_or_404(request, pk):
    return get_object_or_404(results_visible_to(request.user).filter(agency=request.agency), pk=pk)


def refuse_others(request):
    if not can_enter(request.user, request.agency):
        raise PermissionDenied


def _address(request, year, result=None) -> str:
    address = reverse("assessments:official-list", args=[request.agency.code, year])
    return f"{address}#result-{result.pk}" if result else address


def _locked(request, year):
    message = _("The result was locked, unlocked or changed in the meantime.")
    return already_changed(request, message, _address(request, year))


def _taken(form):
    message = _("The result of this body and year was entered already; change that one.")
    form.add_error("body", message)


def file_of(request, form):
    """Return the form's upload as a stored file; what is wrong with it stands at the field."""
    uploaded = form.cleaned_data["upload"]
    if not uploaded:
        return None
    try:
        return store_upload(request.agency, uploaded, request.user)
    except ValidationError as error:
        form.add_error("upload", error)
        return None


def _initial(result) -> dict:
    names = ("body", "fiscal_year", "edition_code", "scale", "level_name", "rank", "rank_of")
    initial = {
        name: getattr(result, name)
        for name in (*names, "rank_among", "announced_on", "note", "total")
    }
    scores = rules.scores_of(result)
    initial |= {f"category_{number}": score for number, score in scores.items()}
    for number, (place, total, decimals) in enumerate(rules.printed_of(result), start=1):
        shown_total = as_printed(total, decimals).replace(",", "")
        initial |= {f"place_{number}": place, f"printed_{number}": shown_total}
    return initial | {"version": result.version}


def _form_page(request, form, result=None):
    figures = [form[name] for name in form.fields if name.startswith("category_")]
    printed = [(form[f"place_{number}"], form[f"printed_{number}"]) for number in PRINTED]
    context = {"form": form, "result": result, "figures": figures, "printed": printed}
    if result and form.is_bound:
        context["version"] = whole_number(form.data.get("version"))
    status = 422 if form.errors else 200
    return render(request, "assessments/official/form.html", context, status=status)
