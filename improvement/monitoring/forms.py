"""What is typed into rounds and their reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.rounds.dates import FIRST_MONTHS, LAST_MONTHS
from core.form_fields import BuddhistDateField, ThaiDecimalField, ThaiIntegerField
from improvement.monitoring.reporting import FIELDS

PERCENT = {"min_value": 0, "max_value": 100, "max_digits": 5, "decimal_places": 2}
LONGEST_TEXT = 4000


def _text(label):
    return forms.CharField(label=label, max_length=LONGEST_TEXT, required=False)


class ReportForm(forms.Form):
    """A report, whole or in part: only the fields that were sent are read and saved."""

    planned_pct = ThaiDecimalField(label=_("Planned (%)"), required=False, **PERCENT)
    actual_pct = ThaiDecimalField(label=_("Actual (%)"), required=False, **PERCENT)
    spent = ThaiDecimalField(
        label=_("Spent (baht)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    result = _text(_("What was reached"))
    problem = _text(_("Problem"))
    obstacle = _text(_("Obstacle"))
    risk = _text(_("Risk"))
    remedy = _text(_("Remedy"))

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        for name in FIELDS:
            if data is not None and name not in data:
                del self.fields[name]


class DaysForm(forms.Form):
    """Name and days of a round."""

    name = forms.CharField(
        label=_("Name of the round"),
        max_length=120,
        required=False,
        help_text=_("Empty: the round is named by its months."),
    )
    opens_on = BuddhistDateField(label=_("Opens on"))
    due_on = BuddhistDateField(label=_("Reports due on"))

    def clean(self):
        data = super().clean()
        opens_on, due_on = data.get("opens_on"), data.get("due_on")
        if opens_on and due_on and due_on < opens_on:
            self.add_error("due_on", _("Reports cannot be due before the round opens."))
        return data


class RoundForm(DaysForm):
    """A further round; days left empty follow the office's settings."""

    months = ThaiIntegerField(
        label=_("Months from 1 October"),
        min_value=FIRST_MONTHS,
        max_value=LAST_MONTHS,
        help_text=_("The round looks from 1 October to the end of this month: 1 to 15."),
    )
    field_order = ["months", "name", "opens_on", "due_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("opens_on", "due_on"):
            self.fields[name].required = False


class ProposalsForm(forms.Form):
    proposals = _text(_("Proposals to the director"))
