"""Forms of the decision page."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.form_fields import BuddhistDateField


class ReturnForm(forms.Form):
    """Why something goes back: ready reasons, and words of one's own."""

    reasons = forms.MultipleChoiceField(
        label=_("Reason (more than one may be chosen)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    comment = forms.CharField(
        label=_("What must be corrected"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, reasons=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = [(str(reason), str(reason)) for reason in reasons]
        if not reasons:
            del self.fields["reasons"]

    def clean(self):
        data = super().clean()
        if not data.get("comment", "").strip() and not data.get("reasons"):
            self.add_error("comment", _("Give a reason, so that the sender knows what to mend."))
        return data

    def reason_text(self) -> str:
        """Return reasons and words as one text, as it is sent to who submitted."""
        lines = [", ".join(self.cleaned_data.get("reasons", []))]
        lines.append(self.cleaned_data.get("comment", "").strip())
        return "\n".join(line for line in lines if line)


class PaperSignatureForm(forms.Form):
    """A decision signed on paper: the day on it, its scan, and a remark."""

    signed_on = BuddhistDateField(label=_("Signed on"))
    scan = forms.FileField(
        label=_("Scan of the signed paper"), help_text=_("PDF or picture, at most 20 MB")
    )
    comment = forms.CharField(label=_("Remark"), required=False, max_length=500)

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > clock.today():
            raise ValidationError(_("The signing day cannot lie in the future."))
        return day
