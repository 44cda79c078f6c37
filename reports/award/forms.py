"""Forms of the award: a text, a readiness score."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.award.readiness import SCALE
from reports.award.writing import LONGEST_TEXT


class TextForm(forms.Form):
    """A text with the version it was written on."""

    text = forms.CharField(label=_("Text"), required=False, strip=False, max_length=LONGEST_TEXT)
    version = forms.IntegerField(min_value=0)
    request_id = forms.CharField(required=False, max_length=64)


class ScoreForm(forms.Form):
    """How ready the office is in an item: 0–5, or nothing yet."""

    score = forms.TypedChoiceField(
        label=_("Readiness"),
        choices=[("", "—"), *((str(step), str(step)) for step in SCALE)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    version = forms.IntegerField(min_value=0)
    request_id = forms.CharField(required=False, max_length=64)
