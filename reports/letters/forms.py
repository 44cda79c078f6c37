"""Forms of letters. Every refusal stands at its field, in words, and keeps the rest."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import BuddhistDateField
from core.rich_text import MAX_BYTES, clean_html, plain_words
from core.thai_text import normalize
from documents.enums import Speed
from reports.enums import LetterKind, Secrecy
from reports.letters.starting_texts import STARTING_TEXTS
from reports.letters.writing import WRITTEN
from reports.models import Letter

NORMAL = [("", _("Normal"))]
MOST_LINES = 20


def _lines_field(label):
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "th"}),
    )


class StartForm(forms.Form):
    """Which text a letter begins with."""

    start = forms.ChoiceField(
        label=_("Begin with"),
        choices=[(text.code, text.label) for text in STARTING_TEXTS],
        widget=forms.RadioSelect,
        initial=STARTING_TEXTS[0].code,
    )


class LetterForm(forms.Form):
    """All that is written in a letter; an announcement has neither addressee nor speed."""

    subject = forms.CharField(label=_("Subject"), max_length=250)
    speed = forms.ChoiceField(label=_("Speed"), required=False, choices=[*NORMAL, *Speed.choices])
    secrecy = forms.ChoiceField(
        label=_("Secrecy"),
        required=False,
        choices=[*NORMAL, *Secrecy.choices],
        help_text=_("Only officer, deputy and director then see the letter here."),
    )
    sender = forms.CharField(label=_("Government agency"), max_length=250, required=False)
    addressee = forms.CharField(label=_("Addressed to"), max_length=200, required=False)
    references = _lines_field(_("References, one a line"))
    enclosures = _lines_field(_("Enclosures, one a line"))
    body = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea)
    signer_name = forms.CharField(label=_("Name of the signer"), max_length=160, required=False)
    signer_position = forms.CharField(
        label=_("Position of the signer"), max_length=200, required=False
    )
    signer_acting = forms.CharField(
        label=_("Acting for"),
        max_length=200,
        required=False,
        help_text=_("Second line of the position, such as: รักษาราชการแทน ผู้อำนวยการ…"),
    )
    has_note_space = forms.BooleanField(label=_("Room for the superior's note"), required=False)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    request_id = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    ONLY_MEMO = ("speed", "addressee", "references", "enclosures", "has_note_space")

    def __init__(self, data=None, *, letter: Letter, **kwargs):
        initial = {name: getattr(letter, name) for name in (*WRITTEN, "version")}
        super().__init__(data, initial=initial, **kwargs)
        self.letter = letter
        if letter.kind != LetterKind.MEMO:
            for name in self.ONLY_MEMO:
                del self.fields[name]
            self.fields["sender"].label = _("Announcing agency")

    def clean_body(self):
        body = self.cleaned_data["body"]
        if len(body.encode()) > MAX_BYTES:
            raise forms.ValidationError(_("Too long."))
        return body

    def _clean_lines(self, name: str) -> str:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("At most %(count)d lines.") % {"count": MOST_LINES})
        return "\n".join(lines)

    def clean_references(self):
        return self._clean_lines("references")

    def clean_enclosures(self):
        return self._clean_lines("enclosures")

    def refusals(self) -> str:
        """Return in one line what is refused, each with the name of its field."""
        rows = [
            f"{self.fields[name].label if name in self.fields else ''} {error}".strip()
            for name, errors in self.errors.items()
            for error in errors
        ]
        return " ".join(rows)

    def says_the_same_as(self, letter: Letter) -> bool:
        """Return whether the letter holds already what was sent, as when an answer was lost."""
        sent = self.words() | {"body": clean_html(self.cleaned_data["body"])}
        return all(getattr(letter, name) == value for name, value in sent.items())

    def values_of(self, letter: Letter) -> dict:
        """Return what the form's fields hold of a letter."""
        return {name: getattr(letter, name) for name in self.fields if name in WRITTEN}

    def shown_of(self, letter: Letter) -> str:
        """Return a letter for reading beside the form: each field that says something, a line."""
        choices = {"speed": letter.get_speed_display(), "secrecy": letter.get_secrecy_display()}
        values = self.values_of(letter) | choices | {"body": plain_words(letter.body)}
        return "\n".join(
            f"{self.fields[name].label}: {value}"
            for name, value in values.items()
            if name in self.fields and value and value is not True
        )

    def words(self) -> dict:
        """Return the cleaned values as the letter's own columns."""
        return {
            name: normalize(value) if isinstance(value, str) and name != "body" else value
            for name, value in self.cleaned_data.items()
            if name in WRITTEN
        }


class IssueForm(forms.Form):
    """Number and day of the office's register."""

    number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    dated_on = BuddhistDateField(label=_("Date"))
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data=None, *, letter: Letter, **kwargs):
        super().__init__(data, **kwargs)
        self.letter = letter
        is_memo = letter.kind == LetterKind.MEMO
        self.fields["number"].required = is_memo
        self.fields["number"].help_text = (
            _("As the office's register gave it, for example ศธ 04000/124")
            if is_memo
            else _("An announcement prints no number; note the register's here if it gave one.")
        )


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1)
