"""Definitions as Excel: template, export, and import with a preview of every row."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.indicators import permissions
from assessments.indicators.definition_listing import found
from assessments.indicators.definition_sheet import (
    EXAMPLE,
    HEADS,
    Sheet,
    cells_of,
    read_sheet,
    words_of_choice,
    write_sheet,
)
from assessments.indicators.definitions import earlier_years
from assessments.indicators.filter_forms import DefinitionFilterForm
from assessments.indicators.import_forms import DefinitionFileForm
from assessments.indicators.importing import PlanOutdated, apply_plan, plan_import
from assessments.indicators.office_words import OfficeWords
from assessments.indicators.queries import cycle_or_404, indicators_of_year
from core import excel_files
from core.signed_previews import confirmed, first_confirmation, signed
from documents.revisions import NotEditable

PREVIEW = "indicator-definitions-import"
EXAMPLE_ROW = {
    "code": EXAMPLE,
    "name": "ร้อยละความพึงพอใจของผู้รับบริการ",
    "group": "7.2",
    "unit": "ร้อยละ",
    "formula": "จำนวนผู้ตอบระดับมากขึ้นไป × 100 ÷ จำนวนผู้ตอบทั้งหมด",
    "data_source": "แบบสำรวจความพึงพอใจประจำปี",
    "target": "85",
    "weight": "5",
    "level_1": "60",
    "level_2": "70",
    "level_3": "80",
    "level_4": "90",
    "level_5": "100",
}


@require_GET
def definition_template(request, agency_code, year):
    """Hand out an empty sheet with one example row and the choices of this office."""
    cycle = _own_cycle(request, year)
    office = OfficeWords(cycle)
    example = EXAMPLE_ROW | _example_choices()
    content = write_sheet([example], office.years, office.lists())
    return excel_files.answer(content, f"indicator-template-{agency_code}-{year}.xlsx")


def _example_choices():
    chosen = {
        "kind": "category_7",
        "level": "office",
        "direction": "higher_is_better",
        "rule": "five-levels",
        "perspective": "service",
    }
    return {key: words_of_choice(key)[value] for key, value in chosen.items()}


@require_GET
def definition_export(request, agency_code, year):
    """Hand out the indicators as wanted; the sheet can be filled and brought back."""
    cycle = cycle_or_404(request.agency, year)
    rows = list(indicators_of_year(request.user, request.agency, year))
    office = OfficeWords(cycle)
    shown = found(rows, DefinitionFilterForm(rows, request.GET).wanted())
    none = dict.fromkeys(office.years)
    lines = [cells_of(row, none | office.values.get(row.pk, {})) for row in shown]
    content = write_sheet(lines, earlier_years(cycle), office.lists())
    return excel_files.answer(content, f"indicators-{agency_code}-{year}.xlsx")


@require_http_methods(["GET", "POST"])
def definition_import(request, agency_code, year):
    """Take an Excel file and show what importing it would do; nothing is written yet."""
    cycle = _own_cycle(request, year)
    form = DefinitionFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = read_sheet(form.cleaned_data["file"], earlier_years(cycle))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return _preview(request, cycle, sheet)
    context = {"form": form, "heads": [names[0] for names, _width in HEADS.values()]}
    status = 422 if form.errors else 200
    return render(request, "indicators/import_file.html", context, status=status)


def _preview(request, cycle, sheet, *, outdated=False):
    plan = plan_import(cycle, sheet)
    payload = {"sheet": sheet.plain(), "digest": plan.digest}
    context = {
        "plan": plan,
        "new": plan.of("new"),
        "changed": plan.of("change"),
        "same": len(plan.of("same")),
        "outdated": outdated,
        "payload": "" if plan.faults else signed(request, PREVIEW, [cycle.pk, payload]),
    }
    status = 422 if plan.faults else 409 if outdated else 200
    return render(request, "indicators/import_preview.html", context, status=status)


@require_POST
def definition_import_confirm(request, agency_code, year):
    """Write what the preview showed, all of it or nothing."""
    cycle = _own_cycle(request, year)
    text = request.POST.get("payload", "")
    pk, payload = confirmed(request, PREVIEW, text) or (None, None)
    if pk != cycle.pk:
        messages.error(request, _("The preview is too old. Choose the file again."))
        return redirect("indicators:definition-import", agency_code, year)
    if not first_confirmation(text):
        messages.info(request, _("This file was imported already; nothing was written twice."))
        return redirect("indicators:definitions", agency_code, year)
    sheet = Sheet.from_plain(payload["sheet"])
    plan = plan_import(cycle, sheet)
    if plan.faults or plan.digest != payload["digest"]:
        return _preview(request, cycle, sheet, outdated=True)
    try:
        apply_plan(plan, request.user)
    except (PlanOutdated, NotEditable):
        return _preview(request, cycle, sheet, outdated=True)
    messages.success(
        request,
        _("Imported: %(new)s new indicators, %(changed)s changed.")
        % {"new": len(plan.of("new")), "changed": len(plan.of("change"))},
    )
    return redirect("indicators:definitions", agency_code, year)


def _own_cycle(request, year):
    cycle = cycle_or_404(request.agency, year)
    if not permissions.can_define(request.user, cycle):
        raise PermissionDenied
    return cycle
