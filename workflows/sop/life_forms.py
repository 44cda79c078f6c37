"""Forms of an SOP's life: a new SOP, why a version retires."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.models import Procedure
from workflows.sop.files import shipped_files
from workflows.sop.reading import RESERVED


class NewSopForm(forms.ModelForm):
    """Name and code of a new SOP; its short name for addresses may be left to the portal."""

    slug = forms.SlugField(
        label=_("Short name for addresses"),
        required=False,
        max_length=60,
        help_text=_("Small Latin letters, digits and hyphens. Leave blank to have one made."),
    )

    class Meta:
        model = Procedure
        fields = ["name", "code"]

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.agency = agency

    def clean_name(self):
        return self.cleaned_data["name"].strip()

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if slug in RESERVED or "_" in slug or slug.strip("-") != slug:
            raise forms.ValidationError(_("This short name cannot be used; choose another."))
        if slug and Procedure.objects.filter(agency=self.agency, slug=slug).exists():
            raise forms.ValidationError(_("Another SOP of the office has this short name."))
        return slug


class StartSopForm(NewSopForm):
    """A new SOP, empty or begun from one of the shipped examples."""

    template = forms.ChoiceField(label=_("Begin with"), required=False)

    field_order = ("name", "code", "template", "slug")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shipped = [(slug, name) for slug, name in example_names().items()]
        self.fields["template"].choices = [("", _("An empty SOP")), *shipped]


def example_names() -> dict[str, str]:
    """Return slug → name of the shipped SOPs, read from the top of their files."""
    names = {}
    for slug, path in shipped_files().items():
        with path.open(encoding="utf-8") as file:
            line = next((line for line in file if line.startswith("name:")), "")
        names[slug] = line.removeprefix("name:").strip().strip("'\"") or slug
    return names


class RetireForm(forms.Form):
    """Why a version is given up; `version` is the save number that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Why is it retired?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
