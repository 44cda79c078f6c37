"""The form of a manual: covers and foreword, its introduction, and its SOPs in their parts.

Sections and SOPs come as repeated fields in the order of their lines, so that moving a line moves
what it stands for; a refusal stands at its field and keeps all that was typed.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from core.address_values import whole_number
from workflows.models import Manual, Procedure
from workflows.sop.manuals import USUAL_PART, html_of, paragraphs, printed_versions, text_of

# Twenty SOPs are some ninety pages, which the worker draws well within its time.
MOST_SECTIONS, MOST_SOPS, LONGEST_TEXT, LONGEST_TITLE = 30, 20, 50_000, 250
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")


@dataclass
class SectionLine:
    """A section of the introduction as it was typed."""

    title: str
    text: str
    faults: dict[str, Any] = field(default_factory=dict)


@dataclass
class SopLine:
    """An SOP of the manual, the title of its part, and its number there."""

    procedure: Procedure
    part: str
    number: str = ""
    begins_part: bool = False
    version: Any = None
    faults: dict[str, Any] = field(default_factory=dict)


class ManualForm(forms.Form):
    """Everything a manual says; `sections` and `sops` are its repeated lines."""

    title = forms.CharField(label=_("Title of the manual"), max_length=LONGEST_TITLE)
    subtitle = forms.CharField(
        label=_("Second line of the cover"), max_length=LONGEST_TITLE, required=False
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label="–"
    )
    compiler = forms.CharField(
        label=_("Compiled by (position)"), max_length=LONGEST_TITLE, required=False
    )
    bodies_above = forms.CharField(
        label=_("Bodies above the office"),
        required=False,
        max_length=2000,
        help_text=_("One a line; they stand under the office's name on both covers."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    foreword = forms.CharField(
        label=_("Foreword"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Each line becomes a paragraph. Left empty, no foreword is printed."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, manual: Manual, procedures):
        self.manual = manual
        self.procedures = {procedure.pk: procedure for procedure in procedures}
        super().__init__(data, initial=_initial(manual))
        self.fields["unit"].queryset = Unit.objects.filter(agency=manual.agency)
        self.sections = _sections_sent(data) if data else _sections_stored(manual)
        self.sops = self._sops_sent(data) if data else self._sops_stored()
        versions = printed_versions([line.procedure.pk for line in self.sops])
        for line in self.sops:
            line.version = versions.get(line.procedure.pk)
        self.number()

    def _sops_sent(self, data) -> list[SopLine]:
        lines: dict[str, SopLine] = {}
        for key, part in zip(data.getlist("sop"), data.getlist("part"), strict=False):
            procedure = self.procedures.get(whole_number(key))
            if procedure is not None and key not in lines:
                lines[key] = SopLine(procedure, " ".join(_CONTROL.sub(" ", part).split()))
        return list(lines.values())

    def _sops_stored(self) -> list[SopLine]:
        rows = self.manual.sops.order_by("order", "pk") if self.manual.pk else []
        return [
            SopLine(self.procedures[row.procedure_id], row.part_title)
            for row in rows
            if row.procedure_id in self.procedures
        ]

    def number(self) -> None:
        """Number the SOPs as the manual prints them."""
        part, place = 1 if any(line.title for line in self.sections) else 0, 0
        before = None
        for line in self.sops:
            line.begins_part = line.part != before
            if line.begins_part:
                part, place = part + 1, 0
            place += 1
            line.number, before = f"{part}.{place}", line.part

    @property
    def left_out(self) -> list[Procedure]:
        """Return the SOPs of the office that do not stand in the manual."""
        inside = {line.procedure.pk for line in self.sops}
        return [row for pk, row in self.procedures.items() if pk not in inside]

    def clean(self):
        """Check the repeated lines."""
        cleaned = super().clean()
        for line in self.sections:
            if not line.title and line.text.strip():
                self._blame(line, "title", _("Write the title of the section."))
            if len(line.title) > LONGEST_TITLE or len(line.text) > LONGEST_TEXT:
                self._blame(line, "text", _("The section is too long."))
        for line in self.sops:
            if not line.part:
                self._blame(line, "part", _("Write the title of the part."))
            elif len(line.part) > LONGEST_TITLE:
                self._blame(line, "part", _("The title is too long."))
        if len(self.sections) > MOST_SECTIONS or len(self.sops) > MOST_SOPS:
            message = _("A manual holds at most %(sops)s SOPs and %(sections)s sections.")
            values = {"sops": MOST_SOPS, "sections": MOST_SECTIONS}
            self.add_error(None, forms.ValidationError(message, params=values))
        return cleaned

    def _blame(self, line, part: str, message) -> None:
        line.faults[part] = message
        name = line.procedure.name if isinstance(line, SopLine) else line.title or _("Section")
        self.add_error(None, f"{name}: {message}")

    def changes(self) -> dict[str, Any]:
        """Return the fields of the valid form as the manual's row keeps them."""
        cleaned = self.cleaned_data
        return {
            **{name: cleaned[name] for name in ("title", "subtitle", "compiler")},
            "unit_id": cleaned["unit"].pk if cleaned["unit"] else None,
            "bodies_above": paragraphs(cleaned["bodies_above"]),
            "foreword": cleaned["foreword"].replace("\r\n", "\n"),
            "introduction": [
                {"title": line.title, "html": html_of(line.text)}
                for line in self.sections
                if line.title
            ],
        }

    def bound(self) -> list[tuple[Procedure, str]]:
        """Return the SOPs and the titles of their parts, in order."""
        return [(line.procedure, line.part) for line in self.sops]

    def rearrange(self, doing: str, wanted: str) -> None:
        """Do what a button says: "sop-up:2", "section-remove:0", "sop-add" (with `wanted`)."""
        what, _colon, at = doing.partition(":")
        kind, _dash, act = what.partition("-")
        lines = {"sop": self.sops, "section": self.sections}.get(kind, [])
        found = whole_number(at)
        place = -1 if found is None else found
        if act == "add" and kind == "section":
            self.sections.append(SectionLine("", ""))
        elif act == "add" and whole_number(wanted) is not None:
            self._add(self.procedures.get(whole_number(wanted)))
        elif act == "remove" and 0 <= place < len(lines):
            del lines[place]
        elif act in ("up", "down") and 0 <= place < len(lines):
            to = place + (-1 if act == "up" else 1)
            lines.insert(min(max(to, 0), len(lines) - 1), lines.pop(place))
        self.number()

    def _add(self, procedure: Procedure | None) -> None:
        """Put an SOP behind the others, in the last one's part."""
        if procedure is None or procedure not in self.left_out:
            return
        part = self.sops[-1].part if self.sops else USUAL_PART
        line = SopLine(procedure, part)
        line.version = printed_versions([procedure.pk]).get(procedure.pk)
        self.sops.append(line)


def _initial(manual: Manual) -> dict[str, Any]:
    names = ("title", "subtitle", "compiler", "foreword", "version")
    return {name: getattr(manual, name) for name in names} | {
        "unit": manual.unit_id,
        "bodies_above": "\n".join(manual.bodies_above),
    }


def _sections_stored(manual: Manual) -> list[SectionLine]:
    return [SectionLine(row["title"], text_of(row["html"])) for row in manual.introduction]


def _sections_sent(data) -> list[SectionLine]:
    pairs = zip(data.getlist("section-title"), data.getlist("section-text"), strict=False)
    return [
        SectionLine(" ".join(_CONTROL.sub(" ", title).split()), _CONTROL.sub(" ", text))
        for title, text in pairs
    ]
