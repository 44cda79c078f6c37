"""Form fields that understand how Thai offices write dates and numbers."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.fiscal_year import to_be
from core.thai_dates import ThaiDateError, format_short, format_with_weekday, parse_thai_date
from core.thai_numerals import plain_decimal, to_arabic_digits


class BuddhistDateInput(forms.TextInput):
    """A text box for a B.E. date with a line below that says which day was understood."""

    template_name = "core/buddhist_date_input.html"

    class Media:
        css = {"all": ["air-datepicker/air-datepicker.css", "css/date-field.css"]}
        js = [
            forms.Script("air-datepicker/air-datepicker.js", defer=True),
            forms.Script("js/date-field.js", defer=True),
        ]

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "text", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value):
        if isinstance(value, dt.date):
            return f"{value.day}/{value.month}/{to_be(value.year)}"
        return value

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= _reading(value)
        return context


def _reading(value) -> dict:
    """Return how the typed text is understood: the day in words, or repairs to offer."""
    echo, repairs = "", []
    try:
        day = value if isinstance(value, dt.date) else parse_thai_date(value) if value else None
        echo = format_with_weekday(day) if day else ""
    except ThaiDateError as error:
        repairs = [
            {"value": f"{day.day}/{day.month}/{to_be(day.year)}", "label": format_short(day)}
            for day in error.repairs
        ]
    return {"echo": echo, "repairs": repairs}


class BuddhistDateField(forms.Field):
    """A date typed in B.E.; `cleaned_data` holds a C.E. `datetime.date`."""

    widget = BuddhistDateInput

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("Day/month/year B.E., for example 1/7/2570"))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return parse_thai_date(str(value))
        except ThaiDateError as error:
            raise ValidationError(error.message, code="invalid") from error

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class _ThaiDigits:
    """Makes Thai digits Arabic and drops thousands commas before the number is read."""

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", to_arabic_digits(value).strip())
        return super().to_python(value)


class ThaiDecimalField(_ThaiDigits, forms.DecimalField):
    """A decimal number; Thai digits and thousands commas are accepted."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Write a number, for example 85.5 or 12,000.")

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else plain_decimal(value)


class ThaiIntegerField(_ThaiDigits, forms.IntegerField):
    """A whole number; Thai digits and thousands commas are accepted."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Write a whole number.")


class ThaiTimeField(forms.Field):
    """A time of day: 13.30, 13:30 น., ๑๓.๓๐, 1330 or 13; `cleaned_data` holds a `datetime.time`."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    _TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2})|(\d{2}))?\s*(?:น\.?|นาฬิกา)?")

    def prepare_value(self, value):
        return f"{value:%H.%M}" if isinstance(value, dt.time) else value

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, dt.time):
            return value or None
        found = self._TIME.fullmatch(to_arabic_digits(str(value)).strip())
        try:
            hour, minutes, run_on = found.groups() if found else (None, None, None)
            return dt.time(int(hour), int(minutes or run_on or 0))
        except (TypeError, ValueError) as error:
            raise ValidationError(_("Write a time like 13.30."), code="invalid") from error
