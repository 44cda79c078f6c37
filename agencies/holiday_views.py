"""Screens of the holiday table."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import audit, holidays, office_holidays
from agencies.forms import HolidayForm, HolidayImportForm
from agencies.people_views import require_manager
from agencies.queries import holidays_visible_to
from core import clock, fiscal_year
from core.address_values import whole_number

FIRST_YEAR_BE, LAST_YEAR_BE = 2560, 2600


def _year(request) -> int:
    """Return the calendar year (B.E.) of the address or form, else the present one."""
    year = whole_number(request.POST.get("year") or request.GET.get("year")) or 0
    if FIRST_YEAR_BE <= year <= LAST_YEAR_BE:
        return year
    return fiscal_year.to_be(clock.today().year)


def _table(request, year_be):
    address = reverse("agencies:holiday-list", args=[request.agency.code])
    return HttpResponseRedirect(f"{address}?year={year_be}")


@require_GET
def holiday_list(request, agency_code):
    require_manager(request)
    year = _year(request)
    return render(request, "agencies/holiday_list.html", _list_context(request, year))


def _list_context(request, year, import_form=None):
    first = dt.date(fiscal_year.to_ce(year), 1, 1)
    last = dt.date(fiscal_year.to_ce(year), 12, 31)
    today = clock.today()
    rows = holidays.rows_between(request.agency, first, last)
    return {
        "year": year,
        "years": range(year - 1, year + 2),
        "rows": rows,
        "is_filled": any(row.agency_id is None for row in rows),
        "provisional": sum(row.is_provisional for row in rows),
        "missing_years": holidays.missing_years(today, dt.date(today.year + 1, 1, 1)),
        "import_form": import_form or HolidayImportForm(),
    }


@require_http_methods(["GET", "POST"])
def holiday_add(request, agency_code):
    require_manager(request)
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = office_holidays.set_day(request.agency, request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return _table(request, fiscal_year.to_be(row.date.year))
    return render(request, "agencies/holiday_form.html", {"form": form, "holiday": None})


def _holiday(request, pk):
    require_manager(request)
    return get_object_or_404(holidays_visible_to(request.user, request.agency), pk=pk)


@require_http_methods(["GET", "POST"])
def holiday_edit(request, agency_code, pk):
    holiday = _holiday(request, pk)
    initial = {name: getattr(holiday, name) for name in HolidayForm.base_fields}
    form = HolidayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = office_holidays.change_day(
                holiday, request.agency, request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return _table(request, fiscal_year.to_be(row.date.year))
    return render(request, "agencies/holiday_form.html", {"form": form, "holiday": holiday})


@require_POST
def holiday_delete(request, agency_code, pk):
    """Delete a row of this office; national rows are 404 here."""
    require_manager(request)
    holiday = get_object_or_404(
        holidays_visible_to(request.user, request.agency).filter(agency=request.agency), pk=pk
    )
    office_holidays.remove_day(holiday, request.agency, request.user)
    messages.success(request, _("The office's own day was deleted."))
    return _table(request, fiscal_year.to_be(holiday.date.year))


@require_POST
def holiday_fill(request, agency_code):
    require_manager(request)
    year = _year(request)
    with transaction.atomic():
        added = holidays.fill_holidays(year)
        audit.record(
            request.agency, request.user, "holiday.fill", request.agency, summary=str(year)
        )
    messages.success(
        request, ngettext("%(n)s day was added.", "%(n)s days were added.", added) % {"n": added}
    )
    return _table(request, year)


@require_POST
def holiday_import(request, agency_code):
    require_manager(request)
    form = HolidayImportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            days = office_holidays.read_csv(form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
        else:
            count = office_holidays.import_days(request.agency, request.user, days)
            messages.success(
                request,
                ngettext("%(n)s day was added.", "%(n)s days were added.", count) % {"n": count},
            )
            return _table(request, fiscal_year.to_be(days[0]["date"].year))
    return render(
        request,
        "agencies/holiday_list.html",
        _list_context(request, _year(request), form),
        status=400,
    )
