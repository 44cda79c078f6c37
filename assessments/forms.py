"""Forms of the self-assessment: texts, percentages, findings, reasons, due dates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.answering import LONGEST_FINDING, LONGEST_NARRATIVE, LONGEST_NOTE
from assessments.enums import Answer, FindingKind
from assessments.models import Assessment, Indicator, ItemAnswer
from assessments.scores.bands import refusal
from assessments.scoring import allowed_percents
from core.form_fields import BuddhistDateField, ThaiDecimalField


class StartForm(forms.Form):
    """Which edition the year is assessed with."""

    edition = forms.CharField(label=_("Edition of the criteria"), max_length=40)


class LineForm(forms.Form):
    """Yes, no, or nothing to one checklist line."""

    answer = forms.ChoiceField(choices=[("", ""), *Answer.choices], required=False)


class NarrativeForm(forms.Form):
    """The narrative with the version it was written on."""

    narrative = forms.CharField(
        label=_("Narrative"), required=False, strip=False, max_length=LONGEST_NARRATIVE
    )
    version = forms.IntegerField(min_value=0)
    request_id = forms.CharField(required=False, max_length=64)


class LineNoteForm(forms.Form):
    """What explains a checklist line, with the version it was written on."""

    text = forms.CharField(
        label=_("Explanation"), required=False, strip=False, max_length=LONGEST_NOTE
    )
    version = forms.IntegerField(min_value=0)
    request_id = forms.CharField(required=False, max_length=64)


class LinkForm(forms.Form):
    """Another item, or a result of category 7, out of those offered."""

    other = forms.ModelChoiceField(ItemAnswer.objects.none(), required=False)
    indicator = forms.ModelChoiceField(Indicator.objects.none(), required=False)

    def __init__(self, *args, results, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others
        self.fields["indicator"].queryset = results

    def clean(self):
        data = super().clean()
        if not self.errors and bool(data.get("other")) == bool(data.get("indicator")):
            raise forms.ValidationError(_("Choose one result or one item"))
        return data


class PercentForm(forms.Form):
    """The percentage of an item of a percentage edition, and its points where unknown."""

    percent = forms.TypedChoiceField(
        label=_("Percent"), coerce=int, empty_value=None, required=False
    )
    points = ThaiDecimalField(
        label=_("Full points of the item"),
        required=False,
        min_value=0,
        max_value=1000,
        decimal_places=2,
    )

    def __init__(self, *args, bands, dimensions=(), **kwargs):
        super().__init__(*args, **kwargs)
        steps = [(str(step), str(step)) for step in allowed_percents(bands)]
        self.bands = bands
        self.fields["percent"].choices = [("", "—"), *steps]
        for row in dimensions:
            self.fields[f"dimension_{row['code']}"] = forms.TypedChoiceField(
                label=f"{row['code']} {row['title']}",
                choices=[("", "—"), *steps],
                coerce=int,
                empty_value=None,
                required=False,
            )

    def clean(self):
        data = super().clean()
        if not self.errors:
            fault = refusal(data.get("percent"), self.dimensions(), self.bands)
            if fault:
                self.add_error("percent", fault)
        return data

    def dimensions(self) -> dict[str, int]:
        """Return code → step of the dimensions that are chosen."""
        return {
            name.removeprefix("dimension_"): step
            for name, step in self.cleaned_data.items()
            if name.startswith("dimension_") and step is not None
        }

    @property
    def dimension_fields(self):
        return [self[name] for name in self.fields if name.startswith("dimension_")]


class FindingForm(forms.Form):
    """A new strength or OFI."""

    kind = forms.ChoiceField(choices=FindingKind)
    text = forms.CharField(
        label=_("Text"), max_length=LONGEST_FINDING, widget=forms.Textarea(attrs={"rows": 3})
    )


class FindingEditForm(forms.Form):
    """A strength or OFI with the version it was changed from."""

    text = forms.CharField(
        label=_("Text"), max_length=LONGEST_FINDING, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class CommentForm(forms.Form):
    """The reason of a return or a reopening, or a remark."""

    comment = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DueDatesForm(forms.Form):
    """When each category is due, and how long the text of an item may be."""

    def __init__(self, *args, assessment: Assessment, **kwargs):
        super().__init__(*args, **kwargs)
        for row in assessment.categories.select_related("category"):
            self.fields[f"due_{row.category.number}"] = BuddhistDateField(
                label=_("Category %(number)d %(title)s")
                % {"number": row.category.number, "title": row.category.title},
                required=False,
                initial=row.due_on,
            )
        self.fields["item_character_limit"] = forms.IntegerField(
            label=_("Characters the narrative of an item may have"),
            help_text=_("Blank where there is no limit. A page holds about 2,500."),
            required=False,
            min_value=100,
            max_value=LONGEST_NARRATIVE,
            initial=assessment.item_character_limit,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )

    def days(self) -> dict:
        """Return category number → date or None."""
        return {
            int(name.removeprefix("due_")): day
            for name, day in self.cleaned_data.items()
            if name.startswith("due_")
        }


class ProfileForm(forms.Form):
    """A profile topic's text with the version it was written on."""

    text = forms.CharField(
        label=_("Text"), required=False, strip=False, max_length=LONGEST_NARRATIVE
    )
    version = forms.IntegerField(min_value=0)
    request_id = forms.CharField(required=False, max_length=64)
