"""The form of an office's look. It keeps what was typed until it is saved, pictures too."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.enums import Digits
from documents import papers
from documents.house_look.look import (
    LARGEST_TEXT,
    LEAST_OF_LINES,
    LEAST_OF_TEXT,
    MAIN_COLOUR,
    SMALLEST_TEXT,
    WHITE,
    contrast,
    contrast_of_text,
    is_colour,
)
from documents.house_look.pictures import KINDS, keep_picture
from documents.house_look.reading import look_in
from documents.house_look.signatures import EVERY_PAPER, MOST_BLOCKS
from documents.models import HouseLook, SignatureBlock, StoredFile
from documents.queries import files_for_everybody

PICTURES = ("emblem", "logo")
BLOCK_FIELDS = ("kind", "words", "name", "position", "acting")
SIZES = [(size, size) for size in range(SMALLEST_TEXT, LARGEST_TEXT + 1)]
_ACCEPTED = {"accept": ",".join(f".{kind}" for kind in KINDS)}


class ColourField(forms.CharField):
    """A colour as the browser's chooser sends it."""

    widget = forms.TextInput(attrs={"type": "color"})

    def clean(self, value):
        colour = super().clean(value).lower()
        if not is_colour(colour):
            raise ValidationError(gettext("Give a colour like #1f3a5f."))
        return colour


class BlockForm(forms.Form):
    """One signature block; an empty one is passed over."""

    kind = forms.ChoiceField(label=_("Paper"), required=False)
    words = forms.CharField(label=_("Words above the name"), max_length=60, required=False)
    name = forms.CharField(label=_("Name"), max_length=160, required=False)
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    acting = forms.CharField(label=_("Acting for"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = signed_papers()
        for field in self.fields.values():
            look = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = f"{look} form-control-sm"

    def clean(self):
        said = super().clean()
        if not said.get("words") and any(said.get(name) for name in BLOCK_FIELDS[2:]):
            self.add_error(
                "words", gettext("Say what the person does: prepares, checks, approves.")
            )
        return said

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in BLOCK_FIELDS[1:])


class LookForm(forms.Form):
    """Pictures, name, colours, digits, size of text; `blocks` are the forms of signatures."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    emblem = forms.FileField(
        required=False,
        label=_("State emblem"),
        help_text=_("For orders, announcements, memos and letters. PNG, JPEG or WebP."),
        widget=forms.FileInput(attrs=_ACCEPTED),
    )
    logo = forms.FileField(
        required=False,
        label=_("Logo for house papers"),
        help_text=_("For covers of reports and manuals. PNG, JPEG or WebP."),
        widget=forms.FileInput(attrs=_ACCEPTED),
    )
    name = forms.CharField(
        max_length=200,
        required=False,
        label=_("Name on house papers"),
        help_text=_("Left empty, the office's name is printed."),
    )
    main_colour = ColourField(
        label=_("Main colour"), help_text=_("Headings, the band on covers, heads of tables.")
    )
    accent_colour = ColourField(
        label=_("Second colour"), help_text=_("Lines and ornaments on covers and certificates.")
    )
    font_size = forms.TypedChoiceField(
        coerce=int,
        choices=SIZES,
        label=_("Size of text"),
        help_text=_("Points of TH Sarabun in house papers; official papers always have 16."),
    )
    digits = forms.ChoiceField(
        choices=Digits.choices,
        label=_("Digits on papers"),
        help_text=_("For all papers. Web addresses, e-mails and codes keep Arabic digits."),
    )

    def __init__(self, data, files, *, row: HouseLook, blocks, user):
        self.row, self.user, self.agency = row, user, row.agency
        look = look_in(row, row.agency)
        initial = {
            "version": row.version,
            "name": row.name,
            "main_colour": look.main_colour,
            "accent_colour": look.second_colour,
            "font_size": row.font_size,
            "digits": row.agency.paper_digits,
        }
        super().__init__(data, files, initial=initial)
        self.pictures = {name: self._picture_before(name) for name in PICTURES}
        self.blocks = self._block_forms(blocks)

    def _picture_before(self, name: str) -> StoredFile | None:
        """Return the picture chosen so far: the saved one, or one sent with an earlier try."""
        if not self.is_bound:
            return getattr(self.row, name)
        key = self.data.get(f"{name}_id", "")
        if self.data.get(f"{name}_remove") or not key.isdecimal() or len(key) > 18:
            return None
        own = files_for_everybody(self.agency).filter(content_type="image/png")
        return own.filter(pk=int(key), created_by__isnull=False).first()

    def _block_forms(self, saved) -> list[BlockForm]:
        if not self.is_bound:
            return [
                BlockForm(
                    initial={name: getattr(block, name) for name in BLOCK_FIELDS}, prefix=f"b{n}"
                )
                for n, block in enumerate(saved)
            ]
        count = self.data.get("blocks", "0")
        shown = min(int(count), MOST_BLOCKS) if count.isdecimal() and len(count) < 4 else 0
        return [BlockForm(self.data, prefix=f"b{n}") for n in range(shown)]

    def clean_main_colour(self):
        colour = self.cleaned_data["main_colour"]
        if contrast_of_text(colour) < LEAST_OF_TEXT:
            raise ValidationError(
                gettext("Too light: words in this colour cannot be read when printed in grey.")
            )
        return colour

    def clean_accent_colour(self):
        colour = self.cleaned_data["accent_colour"]
        if contrast(colour, WHITE) < LEAST_OF_LINES:
            raise ValidationError(gettext("Too light: its lines are lost when printed in grey."))
        return colour

    def clean(self):
        said = super().clean()
        for name in PICTURES:
            if said.get(name):
                try:
                    self.pictures[name] = keep_picture(self.agency, said[name], self.user)
                except ValidationError as error:
                    self.add_error(name, error)
        return said

    def is_valid(self):
        blocks = [block.is_valid() for block in self.blocks]
        return super().is_valid() and all(blocks)

    def read_again(self, version: int) -> None:
        """Take note that the person was told of this version: the next save may replace it."""
        self.data = self.data.copy()
        self.data["version"] = str(version)

    def look(self) -> dict:
        """Return the row's fields as typed; ours and unchanged colours stay unset."""
        said = self.cleaned_data
        main, accent = said["main_colour"], said["accent_colour"]
        follows = accent == main or (
            not self.row.accent_colour and "accent_colour" not in self.changed_data
        )
        return {
            **{f"{name}_id": getattr(self.pictures[name], "pk", None) for name in PICTURES},
            "name": said["name"],
            "main_colour": "" if main == MAIN_COLOUR else main,
            "accent_colour": "" if follows else accent,
            "font_size": said["font_size"],
        }

    def block_rows(self) -> list[dict[str, str]]:
        """Return the blocks as typed, in order, without empty ones."""
        return [
            {name: block.cleaned_data[name] for name in BLOCK_FIELDS}
            for block in self.blocks
            if not block.is_empty
        ]

    def previewed(self) -> tuple[HouseLook, list[SignatureBlock]]:
        """Return look and blocks as typed, unsaved."""
        row = HouseLook(agency=self.agency, **self.look())
        return row, [SignatureBlock(agency=self.agency, **block) for block in self.block_rows()]


def signed_papers() -> list[tuple[str, str]]:
    """Return the kinds of paper that print signature blocks, as choices."""
    signed = [(kind.kind, kind.label) for kind in papers.kinds() if kind.has_signatures]
    return [(EVERY_PAPER, _("Every house paper")), *sorted(signed, key=lambda row: str(row[1]))]
