"""The form that takes an SOP as a file, or as text that is being put right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.thai_text import normalize
from workflows.enums import LayoutCode
from workflows.sop.files import SopFileError, read_sop
from workflows.sop.yaml_lines import MAX_CHARACTERS


class SopImportForm(forms.Form):
    """A YAML file or its text; `sop` is what it says, `faults` what is wrong with it.

    The text field is filled with a refused file, so that it can be mended on the spot.
    """

    file = forms.FileField(
        label=_("SOP file (YAML)"),
        required=False,
        help_text=_("A text file of at most 1 MB that ends in .yaml or .yml."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )
    text = forms.CharField(
        label=_("Content of the file"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "sop-source"}),
        help_text=_("Paste the content here, or put it right after a refusal."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.faults = []
        self.sop = None

    def clean_file(self):
        """Return the text of the uploaded file."""
        uploaded = self.cleaned_data.get("file")
        if uploaded is None:
            return ""
        if not uploaded.name.lower().endswith((".yaml", ".yml")):
            raise forms.ValidationError(_("The file name must end in .yaml or .yml."))
        if uploaded.size > 4 * MAX_CHARACTERS:
            raise forms.ValidationError(_("The file is too large."))
        try:
            return uploaded.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file must be UTF-8 text.")) from error

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        text = cleaned.get("file") or cleaned.get("text", "")
        if not text.strip():
            raise forms.ValidationError(_("Choose a file or paste its content."))
        # Browsers send pasted lines with CR LF; a file's own ends are kept by reading as one.
        text = text.replace("\r\n", "\n")
        self.data = self.data.copy()
        self.data["text"] = text
        try:
            self.sop = read_sop(text)
        except SopFileError as error:
            self.faults = error.faults
        return cleaned


class WordFileForm(forms.Form):
    """A Word file that holds the table of steps of an SOP."""

    file = forms.FileField(
        label=_("Word file (.docx)"),
        help_text=_("At most 10 MB. An older .doc must be saved as .docx first."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )


class WordDraftForm(forms.Form):
    """What the Word file does not say of the SOP, or says unsurely."""

    name = forms.CharField(label=_("Work name"), max_length=250)
    code = forms.CharField(label=_("Document code"), max_length=60, required=False)
    layout = forms.ChoiceField(label=_("Layout"), choices=LayoutCode.choices)

    def clean_name(self):
        return normalize(self.cleaned_data["name"]).strip()
