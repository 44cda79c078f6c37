"""Forms of an agenda: items, their papers, and the office's own templates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.enums import AgendaKind
from committees.meetings import agenda_templates
from committees.meetings.agendas import LONGEST_TITLE
from committees.models import AgendaItem, AgendaTemplate

MOST_AT_ONCE = 80


class ItemForm(forms.Form):
    """Words of a heading or of a sub-item."""

    title = forms.CharField(label=_("Matter"), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=_("What the heading is for"), choices=AgendaKind)
    under = forms.ChoiceField(label=_("Under the heading"))
    presenter = forms.CharField(label=_("Presented by"), required=False, max_length=200)
    detail = forms.CharField(
        label=_("Facts and proposal"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What the members read before the meeting."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, item: AgendaItem, headings: list, **kwargs):
        super().__init__(data, **kwargs)
        if item.parent_id:
            del self.fields["kind"]
            self.fields["under"].choices = [
                (str(row.item.pk), f"{row.number}. {row.item.title}") for row in headings
            ]
        else:
            del self.fields["under"]

    def words(self) -> dict:
        """Return the changed columns of the item."""
        return {
            name: self.cleaned_data[name]
            for name in ("title", "presenter", "detail", "kind")
            if name in self.cleaned_data
        }


def initial_of(item: AgendaItem) -> dict:
    same = ("title", "kind", "presenter", "detail", "version")
    return {name: getattr(item, name) for name in same} | {"under": str(item.parent_id)}


class LinesForm(forms.Form):
    """One or many matters, one a line."""

    lines = forms.CharField(widget=forms.Textarea, max_length=60_000)

    def clean_lines(self):
        lines = [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if not lines:
            raise forms.ValidationError(_("Write the matter."))
        if len(lines) > MOST_AT_ONCE:
            message = _("At most %(count)d matters at once.") % {"count": MOST_AT_ONCE}
            raise forms.ValidationError(message)
        if any(len(line) > LONGEST_TITLE for line in lines):
            raise forms.ValidationError(
                _("A line has more than %(count)d characters. Shorten it; details go below it.")
                % {"count": LONGEST_TITLE}
            )
        return lines


class UploadForm(forms.Form):
    """A file for the members to read."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, Word, Excel or picture, up to 20 MB"))
    paper_title = forms.CharField(
        label=_("Title of the paper"),
        required=False,
        max_length=250,
        help_text=_("Leave blank to use the file's name."),
    )


class TemplateForm(forms.Form):
    """The office's own form of agenda: a name and headings, one a line."""

    name = forms.CharField(label=_("Name of the template"), max_length=120)
    lines = forms.CharField(
        label=_("Headings, one a line"),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_(
            "What a heading is for is read from its words: รับรองรายงาน names the minutes by "
            "itself, สืบเนื่อง lists open resolutions."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, template: AgendaTemplate, **kwargs):
        super().__init__(data, **kwargs)
        self.template = template

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        others = AgendaTemplate.objects.filter(agency=self.template.agency, name=name)
        if others.exclude(pk=self.template.pk).exists():
            raise forms.ValidationError(_("The office already has a template of this name."))
        return name

    def clean_lines(self):
        headings = agenda_templates.headings_from(self.cleaned_data["lines"])
        if not headings:
            raise forms.ValidationError(_("Write at least one heading."))
        if len(headings) > agenda_templates.MOST_HEADINGS:
            message = _("At most %(count)d headings.")
            raise forms.ValidationError(message % {"count": agenda_templates.MOST_HEADINGS})
        if any(len(row["title"]) > LONGEST_TITLE for row in headings):
            message = _("A heading has more than %(count)d characters.")
            raise forms.ValidationError(message % {"count": LONGEST_TITLE})
        return headings
