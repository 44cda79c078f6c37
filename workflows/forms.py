"""Forms of the cycle: opening a year, doing a step, putting its days right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import BuddhistDateField
from workflows.enums import VersionStatus
from workflows.models import ProcedureVersion
from workflows.steps import BackfillEntry

DATE_HELP = _("For example 30/6/2570 or 30 มิ.ย. 2570")


class VersionChoice(forms.ModelChoiceField):
    """A version of an SOP, shown by the SOP's name."""

    def label_from_instance(self, version):
        return _("%(name)s (version %(number)s)") % {
            "name": version.procedure.name,
            "number": version.number,
        }


class OpenCycleForm(forms.Form):
    """Which SOP, for which fiscal year, and where durations count from."""

    sop = VersionChoice(
        ProcedureVersion.objects.none(),
        label=_("SOP"),
        empty_label=_("Choose an SOP"),
        help_text=_("Only SOPs whose version is in use can be opened."),
    )
    year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)
    start = BuddhistDateField(
        label=_("Durations count from"),
        required=False,
        help_text=_("Only for steps timed in days, weeks or months. Empty: 1 October."),
    )

    def __init__(self, *args, agency, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sop"].queryset = (
            ProcedureVersion.objects.filter(procedure__agency=agency, status=VersionStatus.IN_USE)
            .select_related("procedure")
            .order_by("procedure__name")
        )
        self.fields["year"].choices = [(year, str(year)) for year in years]


class VersionedForm(forms.Form):
    """A form that states which version of the step the person saw.

    A step's page holds several of them: each has ids of its own, so that a label finds its field.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        name = type(self).__name__.removesuffix("Form").lower()
        super().__init__(*args, **{"auto_id": f"{name}_%s", **kwargs})


class StartForm(VersionedForm):
    started_on = BuddhistDateField(label=_("Started on"), help_text=DATE_HELP)


class FinishForm(VersionedForm):
    started_on = BuddhistDateField(label=_("Started on"), required=False)
    done_on = BuddhistDateField(label=_("Done on"), help_text=DATE_HELP)
    remark = forms.CharField(
        label=_("Remarks"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NoteForm(VersionedForm):
    """How the step goes, or why it is not done."""

    remark = forms.CharField(
        label=_("Remarks"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(VersionedForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class DaysForm(VersionedForm):
    """The days of a window that the SOP leaves unknown."""

    starts_on = BuddhistDateField(label=_("First day"), required=False)
    ends_on = BuddhistDateField(label=_("Last day"), help_text=DATE_HELP)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example: announced by OPDC on 3 March."),
    )


class AttachForm(forms.Form):
    file = forms.FileField(label=_("File"))


class AddDocumentForm(forms.Form):
    name = forms.CharField(label=_("Document name"), max_length=250)
    file = forms.FileField(label=_("File"))


class BackfillForm(forms.Form):
    """One past step; a row without a day is left as it is."""

    done_on = BuddhistDateField(label=_("Done on"), required=False)
    remark = forms.CharField(label=_("Remarks"), required=False, max_length=2000)

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, prefix=f"step{step.pk}", **kwargs)
        self.step = step
        self.slots = list(step.documents.all())
        for slot in self.slots:
            self.fields[f"file{slot.pk}"] = forms.FileField(label=slot.name, required=False)

    def clean(self):
        data = super().clean()
        has_more = data.get("remark") or any(data.get(f"file{slot.pk}") for slot in self.slots)
        if has_more and not data.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", _("Enter the day on which the step was done."))
        return data

    def entry(self) -> BackfillEntry | None:
        """Return what was filled in, or None for a row left empty."""
        data = self.cleaned_data
        if not data.get("done_on"):
            return None
        uploads = {
            slot.pk: data[f"file{slot.pk}"] for slot in self.slots if data.get(f"file{slot.pk}")
        }
        return BackfillEntry(self.step, data["done_on"], data["remark"], uploads)
