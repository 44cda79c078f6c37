"""Forms of the calendar: shifting a step, taking a shift back, the stages of an award."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import BuddhistDateField
from workflows.forms import DATE_HELP
from workflows.models import AwardStage


class UndoForm(forms.Form):
    """Why a shift is taken back; `token` marks what the person saw."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)


class ShiftForm(UndoForm):
    """New days of a window. `seen` are the days of the preview that the token belongs to."""

    starts_on = BuddhistDateField(label=_("New first day"), help_text=DATE_HELP)
    ends_on = BuddhistDateField(label=_("New last day"), help_text=DATE_HELP)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["starts_on", "ends_on", "reason"]

    @property
    def days(self) -> str:
        """The days as `seen` writes them."""
        return f"{self.cleaned_data['starts_on']}/{self.cleaned_data['ends_on']}"


class AwardForm(forms.ModelForm):
    """A stage of an award; `seen` marks the row as the person read it."""

    starts_on = BuddhistDateField(label=_("From"), help_text=DATE_HELP)
    ends_on = BuddhistDateField(label=_("To"), help_text=DATE_HELP)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = AwardStage
        fields = ["award", "title", "starts_on", "ends_on", "note"]
        help_texts = {"note": _("For example the letter that announced the date.")}

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first day."))
        return data
