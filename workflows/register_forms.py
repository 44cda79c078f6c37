"""Forms of the process register."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit, User
from agencies.queries import people_of
from core.thai_text import normalize
from workflows.enums import ProcessKind
from workflows.models import Process
from workflows.register import SopState, Wanted, name_is_taken
from workflows.register_sheet import code_of

FIELDS = ("code", "name", "unit", "kind", "owner", "procedure", "note")


class ProcessForm(forms.ModelForm):
    """A line of the register; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Process
        fields = FIELDS
        labels = {
            "unit": _("Unit"),
            "owner": _("Owner of the process"),
            "procedure": _("SOP"),
        }
        help_texts = {
            "code": _("The office's own number, for example อก-01; may be left empty."),
            "name": _("As the office calls it; every process has a name of its own."),
            "procedure": _("An SOP that the portal has already. Several processes may share one."),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, agency: Agency, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.agency = self.instance.agency = agency
        self.fields["version"].initial = self.instance.version
        unit = self.fields["unit"]
        unit.queryset = Unit.objects.filter(agency=agency, is_active=True)
        unit.empty_label = _("No unit")
        owners = people_of(agency)
        if self.instance.owner_id:  # who has left the office stays until somebody else is named
            owners = User.objects.filter(pk=self.instance.owner_id) | User.objects.filter(
                pk__in=owners.values("pk")
            )
        if self.instance.unit_id:
            unit.queryset = Unit.objects.filter(agency=agency, is_active=True) | (
                Unit.objects.filter(pk=self.instance.unit_id)
            )
        self.fields["owner"].queryset = owners
        self.fields["owner"].empty_label = _("Nobody yet")
        self.fields["procedure"].queryset = agency.procedures.all()
        self.fields["procedure"].empty_label = _("No SOP yet")
        self.fields["kind"].choices = [("", _("Choose…")), *ProcessKind.choices]

    def clean_code(self):
        return code_of(self.cleaned_data["code"])

    def clean_name(self):
        name = normalize(self.cleaned_data["name"]).strip()
        if name_is_taken(self.agency, name, self.instance if self.instance.pk else None):
            raise forms.ValidationError(gettext("The register already has a process of this name."))
        return name

    def entered(self) -> dict:
        """Return the cleaned fields of the register's line."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class RegisterFilterForm(forms.Form):
    """Search and filters of the register; bad values simply do not filter."""

    ACTIVE = (
        ("", _("Still done")),
        ("ended", _("No longer done")),
        ("all", _("All")),
    )
    SORTS = (
        ("", _("Code")),
        ("name", _("Name")),
        ("unit", _("Unit")),
        ("kind", _("Kind of work")),
        ("sop", _("State of the SOP")),
    )

    q = forms.CharField(required=False, max_length=200, label=_("Search"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(), required=False, label=_("Unit"), empty_label=_("All units")
    )
    kind = forms.ChoiceField(
        choices=[("", _("All kinds")), *ProcessKind.choices],
        required=False,
        label=_("Kind of work"),
    )
    sop = forms.ChoiceField(
        choices=[("", _("All states")), *SopState.choices],
        required=False,
        label=_("State of the SOP"),
    )
    active = forms.ChoiceField(choices=ACTIVE, required=False, label=_("Processes"))
    sort = forms.ChoiceField(choices=SORTS, required=False, label=_("Sort by"))

    def __init__(self, agency: Agency, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)

    def wanted(self) -> Wanted:
        """Return what the person asks for."""
        self.is_valid()
        asked = self.cleaned_data
        unit = asked.get("unit")
        return Wanted(
            words=asked.get("q", ""),
            unit=unit.pk if unit else None,
            kind=asked.get("kind", ""),
            sop=asked.get("sop", ""),
            is_active={"ended": False, "all": None}.get(asked.get("active", ""), True),
            sort=asked.get("sort") or "code",
        )


class RegisterFileForm(forms.Form):
    """An Excel file with the office's processes."""

    file = forms.FileField(
        label=_("Excel file (.xlsx)"),
        help_text=_("At most 5 MB and 1,000 rows. The heads stand in the first rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
