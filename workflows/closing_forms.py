"""Forms of closing a cycle and of opening it again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.models import Step


class CloseForm(forms.Form):
    """Why each step that is not done is left so; a remark that was written before stands in it."""

    def __init__(self, *args, steps: list[Step], **kwargs):
        super().__init__(*args, **kwargs)
        self.steps = steps
        for step in steps:
            self.fields[f"remark{step.pk}"] = forms.CharField(
                label=str(step),
                max_length=2000,
                initial=step.remark,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Write why this step is not done.")},
            )
            self.fields[f"version{step.pk}"] = forms.IntegerField(
                initial=step.version, widget=forms.HiddenInput
            )

    def explanations(self) -> dict[Step, str]:
        """Return the remarks by step, each with the version that the person saw."""
        found = {}
        for step in self.steps:
            step.version = self.cleaned_data[f"version{step.pk}"]
            found[step] = self.cleaned_data[f"remark{step.pk}"]
        return found


class ReopenCycleForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
