"""Values of whole years in a form of a definition, with what the person read of each.

What was read travels with the form, so that a value that was left alone is never written and one
that somebody changed meanwhile is shown beside the typed one instead of being overwritten.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as gettext
from django.utils.translation import gettext_lazy as _

from assessments.indicators.addresses import indicator_address
from assessments.indicators.listing import as_typed
from assessments.indicators.values import ValuesChanged, is_locked, is_settled
from assessments.models import WHOLE_YEAR, Indicator, IndicatorValue
from core.form_fields import ThaiDecimalField
from workflows.models import Cycle

NUMBER = {"max_digits": 18, "decimal_places": 5, "required": False}


class YearFields:
    """Mixed into a form: a field `value_<year>` a year; a year left empty has no value."""

    years: Iterable[int]

    def add_years(
        self,
        years: Iterable[int],
        values: Mapping[int, Decimal | None],
        locked: Mapping[int, str] | None = None,
    ) -> None:
        """Add the fields; `locked` are years whose value stays, each with why.

        A value that was locked after the page was shown is still read, so that it can be told.
        """
        self.years, locked = list(years), locked or {}
        for year in self.years:
            name = f"value_{year}"
            self.fields[name] = ThaiDecimalField(
                label=_("Value of %(year)s") % {"year": year},
                initial=values.get(year),
                disabled=year in locked and name not in self.data,
                help_text=locked.get(year, ""),
                show_hidden_initial=year not in locked or name in self.data,
                **NUMBER,
            )

    def values(self) -> dict[int, Decimal | None]:
        """Return fiscal year (B.E.) → value or None."""
        return {year: self.cleaned_data[f"value_{year}"] for year in self.years}

    def read(self) -> dict[int, Decimal | None]:
        """Return fiscal year → the value that stood in the page when it was shown."""
        return {year: self._read(f"value_{year}") for year in self.years}

    def _read(self, name: str) -> Decimal | None:
        if self.fields[name].disabled:
            return self.get_initial_for_field(self.fields[name], name)
        try:
            return self.fields[name].to_python(self.data.get(self.add_initial_prefix(name)))
        except ValidationError:
            return None

    def show_changed(self, changed: ValuesChanged, locked: Mapping[int, str]) -> None:
        """Let a second press of the button save the typed values over those now shown; what is
        locked shows its own value and cannot be typed.
        """
        self.data = self.data.copy()
        for row in changed.rows:
            name = f"value_{row.fiscal_year}"
            if row.fiscal_year in locked:
                field = self.fields[name]
                field.disabled, field.show_hidden_initial = True, False
                field.help_text = locked[row.fiscal_year]
                self.initial[name] = row.value
            else:
                self.data[self.add_initial_prefix(name)] = as_typed(row.value)


def locked_years(
    cycle: Cycle, indicator: Indicator | None = None, rows: Iterable[IndicatorValue] = ()
) -> dict[int, SafeString]:
    """Return the years whose value the form only shows, each with why and where it is kept."""
    why = ""
    if is_settled(cycle):
        why = gettext("The round of the whole year is closed; its value stays.")
    else:
        for row in rows:
            if row.months == WHOLE_YEAR and is_locked(row, indicator):
                words = gettext("Confirmed by %(by)s; locked until it is returned.")
                why = words % {"by": row.checked_by or "–"}
    if not why or indicator is None:
        return {cycle.fiscal_year: format_html("{}", why)} if why else {}
    link = format_html(
        '<a href="{}">{}</a>', indicator_address(indicator, WHOLE_YEAR), gettext("See the result")
    )
    return {cycle.fiscal_year: format_html("{} {}", why, link)}


def changed_lines(changed: ValuesChanged, locked: Mapping[int, SafeString]) -> list[dict]:
    """Return what the page shows of each value that was not overwritten: now, typed, by whom."""
    return [
        {
            "year": row.fiscal_year,
            "now": row.value,
            "by": row.entered_by,
            "at": row.entered_at,
            "typed": changed.typed[row.fiscal_year],
            "why": locked.get(row.fiscal_year, ""),
        }
        for row in changed.rows
    ]
