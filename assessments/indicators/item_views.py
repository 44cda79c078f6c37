"""Adding, changing and removing indicators of category 7."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.addresses import item_address
from assessments.indicators import writing as indicators
from assessments.indicators.item_forms import IndicatorForm
from assessments.indicators.values import ValuesChanged
from assessments.indicators.year_fields import changed_lines, locked_years
from assessments.item.page import is_open
from assessments.item.views import already_locked
from assessments.models import WHOLE_YEAR, Measure
from assessments.permissions import can_write
from assessments.progress import RESULTS
from assessments.queries import answers_visible_to, indicators_visible_to
from core.address_values import whole_number
from documents.revisions import NotEditable, SaveConflict


@require_http_methods(["GET", "POST"])
def indicator_add(request, agency_code, year, pk):
    """Add an indicator to an item of category 7; ?measure= says which measure it shows."""
    answer = get_object_or_404(
        answers_visible_to(request.user).filter(
            category_assessment__assessment__cycle__agency=request.agency,
            category_assessment__assessment__cycle__fiscal_year=year,
        ),
        pk=pk,
    )
    if answer.category_assessment.category.number != RESULTS:
        raise Http404
    _refuse_others(request, answer)
    measures = Measure.objects.filter(item=answer.item)
    measure = measures.filter(code=request.GET.get("measure", "")).first()
    form = IndicatorForm(
        request.POST or None,
        measures=measures,
        years=indicators.years_of(answer),
        values={},
        locked=locked_years(answer.category_assessment.assessment.cycle),
        initial={"measure": measure, "name": measure.title if measure else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            indicators.add_indicator(answer, form.definition(), form.values(), request.user)
        except ValuesChanged as changed:
            return _page(request, answer, form, changed=changed, status=409)
        except NotEditable:
            return already_locked(request, answer)
        messages.success(request, _("The indicator was added."))
        return redirect(item_address(answer, "indicators"))
    return _page(request, answer, form)


@require_http_methods(["GET", "POST"])
def indicator_edit(request, agency_code, year, pk):
    """Change an indicator; a newer save by somebody else is shown, nothing typed is lost."""
    indicator = _indicator_or_404(request, year, pk)
    answer = indicator.item_answer
    _refuse_others(request, answer)
    rows = list(indicator.values.filter(months=WHOLE_YEAR).select_related("checked_by"))
    form = IndicatorForm(
        request.POST or None,
        instance=indicator,
        measures=Measure.objects.filter(item=answer.item),
        years=indicators.years_of(answer),
        values={row.fiscal_year: row.value for row in rows},
        locked=locked_years(indicator.cycle, indicator, rows),
    )
    version = indicator.version
    if request.method == "POST":
        version = whole_number(request.POST.get("version")) or 0
        if form.is_valid():
            try:
                indicators.save_indicator(
                    indicator,
                    form.definition(),
                    form.values(),
                    version=version,
                    by=request.user,
                    read=form.read(),
                )
            except SaveConflict as conflict:
                return _page(request, answer, form, indicator, conflict.current, status=409)
            except ValuesChanged as changed:
                version = indicator.version
                return _page(
                    request, answer, form, indicator, changed=changed, version=version, status=409
                )
            except NotEditable:
                return already_locked(request, answer)
            messages.success(request, _("The indicator was saved."))
            return redirect(item_address(answer, "indicators"))
    return _page(request, answer, form, indicator, version=version)


@require_POST
def indicator_remove(request, agency_code, year, pk):
    """Take an indicator out of its item."""
    indicator = _indicator_or_404(request, year, pk)
    answer = indicator.item_answer
    _refuse_others(request, answer)
    try:
        indicators.remove_indicator(indicator, request.user)
    except NotEditable:
        return already_locked(request, answer)
    except indicators.InUse:
        messages.error(
            request,
            _("The indicator has confirmed results this year or other records rest on it."),
        )
        return redirect(item_address(answer, "indicators"))
    messages.success(request, _("The indicator was removed."))
    return redirect(item_address(answer, "indicators"))


def _indicator_or_404(request, year, pk):
    rows = indicators_visible_to(request.user).filter(
        item_answer__category_assessment__assessment__cycle__agency=request.agency,
        item_answer__category_assessment__assessment__cycle__fiscal_year=year,
    )
    return get_object_or_404(rows, pk=pk)


def _refuse_others(request, answer):
    if not can_write(request.user, answer.category_assessment):
        raise PermissionDenied


def _page(
    request, answer, form, indicator=None, newest=None, *, changed=None, version=None, status=200
):
    lines = []
    if changed:
        cycle = answer.category_assessment.assessment.cycle
        locked = locked_years(cycle, indicator, changed.rows)
        form.show_changed(changed, locked)
        lines = changed_lines(changed, locked)
    context = {
        "changed": lines,
        "form": form,
        "answer": answer,
        "indicator": indicator,
        "newest": newest,
        "version": newest.version if newest else version,
        "is_open": is_open(answer),
        "back_url": item_address(answer, "indicators"),
    }
    status = 422 if form.errors else status
    return render(request, "assessments/indicators/form.html", context, status=status)
