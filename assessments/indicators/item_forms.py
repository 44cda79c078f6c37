"""The short form of one indicator with its yearly values, on the page of its item."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.enums import ResultRule
from assessments.indicators.definition_checks import faults_of
from assessments.indicators.definition_words import LABELS
from assessments.indicators.year_fields import NUMBER, YearFields
from assessments.models import Indicator
from core.form_fields import ThaiDecimalField


class IndicatorForm(YearFields, forms.ModelForm):
    """Definition, target, rule, and one value a year; a year left empty has no value."""

    target = ThaiDecimalField(label=_("Target"), **NUMBER)
    lower_bound = ThaiDecimalField(
        label=_("Lower bound"),
        help_text=_("Only for the linear rule: gives 100 points"),
        **NUMBER,
    )
    upper_bound = ThaiDecimalField(
        label=_("Upper bound"),
        help_text=_("Only for the linear rule: gives 500 points"),
        **NUMBER,
    )

    class Meta:
        model = Indicator
        fields = [
            "name",
            "measure",
            "unit",
            "direction",
            "rule",
            "target",
            "lower_bound",
            "upper_bound",
            "note",
        ]
        labels = {"measure": _("Shows the measure"), "unit": LABELS["unit"]}
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, measures, years, values, locked=None, **kwargs):
        super().__init__(*args, **kwargs)
        # The rules with thresholds are chosen in the full form; one that is chosen stays.
        rules = [ResultRule.PCT_OF_TARGET, ResultRule.LINEAR]
        if self.instance.rule not in rules:
            rules.append(ResultRule(self.instance.rule))
        self.fields["rule"].choices = [(rule.value, rule.label) for rule in rules]
        self.fields["measure"].queryset = measures
        self.fields["measure"].required = False
        self.fields["measure"].label_from_instance = lambda row: f"{row.code} {row.title}"
        self.add_years(years, values, locked)

    def clean(self):
        data = super().clean()
        for name, message in faults_of(data):
            self.add_error(name, message)
        return data

    def definition(self) -> dict:
        """Return the cleaned fields of the indicator itself."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}
