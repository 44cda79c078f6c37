"""Forms of the editions: a file, head and points, one item, a mapping."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessments.criteria.checked_yaml import LARGEST_FILE, LONGEST_TEXT
from core.form_fields import ThaiDecimalField


class EditionFileForm(forms.Form):
    """A YAML file of an edition, read as text."""

    file = forms.FileField(label=_("Edition file (YAML)"))

    def clean_file(self):
        uploaded = self.cleaned_data["file"]
        if uploaded.size > LARGEST_FILE:
            raise forms.ValidationError(_now("the file is larger than 500 kB"))
        try:
            return uploaded.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                _now("The file is not UTF-8 text. Save it as UTF-8 and try again.")
            ) from error


class HeadForm(forms.Form):
    """Titles and note of an edition and the points of its categories and items."""

    title_th = forms.CharField(label=_("Title in Thai"), max_length=300)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    note_th = forms.CharField(
        label=_("Note in Thai"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note_en = forms.CharField(
        label=_("Note in English"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, data_of_edition: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = []
        for category in data_of_edition["categories"]:
            self._points(str(category["number"]), category)
            for item in category["items"]:
                self._points(item["code"], item)

    def _points(self, code: str, row: dict) -> None:
        self.codes.append(code)
        self.fields[f"points-{code}"] = ThaiDecimalField(
            label=f"{code} {row['title']['th']}",
            required=False,
            min_value=0,
            max_value=10_000,
            decimal_places=2,
            initial=None if row.get("points") is None else Decimal(str(row["points"])),
        )

    def titles(self) -> dict:
        """Return title and note as the edition's data has them."""
        data = self.cleaned_data
        return {
            name: {key: data[f"{name}_{key}"] for key in ("th", "en") if data[f"{name}_{key}"]}
            or {"th": ""}
            for name in ("title", "note")
        }

    def points(self) -> dict:
        """Return points by code; None where they are unknown."""
        return {code: self.cleaned_data[f"points-{code}"] or None for code in self.codes}


class ItemForm(forms.Form):
    """One item: titles, what it asks, lists with one entry a line ("Thai | English")."""

    title_th = forms.CharField(label=_("Title in Thai"), max_length=300)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    asks_th = forms.CharField(
        label=_("What the item asks, in Thai"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    asks_en = forms.CharField(
        label=_("What the item asks, in English"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    examples = forms.CharField(
        label=_("Examples of evidence"),
        help_text=_("One a line; an English wording may follow after “|”."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    typical_ofi = forms.CharField(
        label=_("Typical OFI"),
        help_text=_("One a line; an English wording may follow after “|”."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def changes(self) -> dict:
        """Return the fields in the shape of the edition's data, without lines."""
        data = self.cleaned_data
        return {
            "title": _pair(data["title_th"], data["title_en"]),
            "asks": _pair(data["asks_th"], data["asks_en"]),
            "examples": _rows(data["examples"]),
            "typical_ofi": _rows(data["typical_ofi"]),
        }


def rows_as_text(rows: list) -> str:
    """Return a list of texts as the lines of a field."""
    lines = []
    for row in rows:
        pair = row if isinstance(row, dict) else {"th": row}
        lines.append(" | ".join(filter(None, (pair["th"], pair.get("en")))))
    return "\n".join(lines)


def _rows(text: str) -> list[dict]:
    pairs = (line.partition("|") for line in text.splitlines() if line.strip())
    return [_pair(th.strip(), en.strip()) for th, _bar, en in pairs if th.strip()]


def _pair(th: str, en: str) -> dict:
    return {"th": th, "en": en} if en else {"th": th}
