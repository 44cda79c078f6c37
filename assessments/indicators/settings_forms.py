"""The form of how an office scores its indicators and keeps its rounds."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import MonitoringSettings
from assessments.rounds.dates import FIRST_MONTHS, LAST_MONTHS, USUAL_MONTHS
from core.form_fields import ThaiIntegerField
from core.thai_numerals import to_arabic_digits

MOST_DAYS = 120


class MonitoringSettingsForm(forms.ModelForm):
    """Every rule on one page; rounds are typed as months with commas."""

    months = forms.CharField(
        max_length=60,
        label=_("Rounds (months)"),
        help_text=_("Months from 1 October, with commas: 6, 9, 12. Each is cumulative."),
    )
    opens_before_days = ThaiIntegerField(
        min_value=0,
        max_value=MOST_DAYS,
        label=_("Days before the end of a round on which it opens"),
        help_text=_("0: it opens on its last day"),
    )
    due_days = ThaiIntegerField(
        min_value=0,
        max_value=MOST_DAYS,
        label=_("Days after the end of a round until reports are due"),
        help_text=_("Moved to the next working day"),
    )
    on_plan_pct = ThaiIntegerField(
        min_value=1,
        max_value=100,
        label=_("On plan from (percent of the plan)"),
        help_text=_("An action below this share of its plan is at risk"),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = MonitoringSettings
        fields = ["floor", "missing", "opens_before_days", "due_days", "on_plan_pct"]
        widgets = {"floor": forms.RadioSelect, "missing": forms.RadioSelect}

    field_order = ["floor", "missing", "months", "opens_before_days", "due_days", "on_plan_pct"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = self.instance.round_months or USUAL_MONTHS
        self.initial |= {
            "months": ", ".join(map(str, kept)),
            "version": self.instance.version if self.instance.pk else 0,
        }

    def clean_months(self) -> list[int]:
        text = to_arabic_digits(self.cleaned_data["months"])
        parts = [part for part in re.split(r"[\s,;]+", text) if part]
        if not all(re.fullmatch(r"\d{1,2}", part) for part in parts):
            raise forms.ValidationError(_("Write whole months with commas, for example 6, 9, 12."))
        months = sorted({int(part) for part in parts})
        if not months or months[0] < FIRST_MONTHS or months[-1] > LAST_MONTHS:
            raise forms.ValidationError(
                _("A round has %(first)s to %(last)s months.")
                % {"first": FIRST_MONTHS, "last": LAST_MONTHS}
            )
        return months

    def rules(self) -> dict:
        """Return the fields of the row."""
        names = self._meta.fields
        return {name: self.cleaned_data[name] for name in names} | {
            "round_months": self.cleaned_data["months"]
        }
