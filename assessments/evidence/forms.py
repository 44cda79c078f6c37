"""Forms to attach and describe evidence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Evidence
from core.thai_text import normalize

MOST_FILES = 20


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; `cleaned_data` holds a list."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("Attach at most %(count)s files at once.") % {"count": MOST_FILES}
            )
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class AttachForm(forms.Form):
    """New evidence (files, a link or a note), or evidence the year already has."""

    files = ManyFilesField(
        label=_("Files or photos"),
        required=False,
        help_text=_("PDF, PNG, JPEG, WebP, DOCX or XLSX, at most 20 MB each"),
        widget=ManyFilesInput(
            attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx", "multiple": True}
        ),
    )
    url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Address of a page that shows it, for example https://…"),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    existing = forms.ModelChoiceField(
        label=_("Evidence already kept this year"), queryset=Evidence.objects.none(), required=False
    )
    title = forms.CharField(
        label=_("Name of the evidence"),
        required=False,
        max_length=200,
        help_text=_("Without a name the file name is used"),
    )
    page = forms.CharField(label=_("Page"), required=False, max_length=40)

    def __init__(self, *args, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["existing"].queryset = evidence

    def clean_title(self):
        return normalize(self.cleaned_data["title"]).strip()

    def clean(self):
        data = super().clean()
        given = [name for name in ("files", "url", "note", "existing") if data.get(name)]
        if not given and not self.errors:
            self.add_error("files", _("Choose a file, or give a link, a note or kept evidence."))
        if data.get("url") and not data.get("title"):
            self.add_error("title", _("Name the page that the link leads to."))
        return data


class EvidenceForm(forms.ModelForm):
    """Name and note of a piece of evidence."""

    class Meta:
        model = Evidence
        fields = ["title", "note"]

    def clean(self):
        data = super().clean()
        if self.instance.kind == "note" and not data.get("note"):
            self.add_error("note", _("Evidence that is a note needs its text."))
        return data
