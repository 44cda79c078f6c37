"""Forms of scores: a member's percentage, the consensus, an outside assessor's sheet."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.enums import Answer
from assessments.forms import PercentForm
from assessments.models import ChecklistLine
from assessments.progress import ItemState
from assessments.scores.bands import dimensions_of
from assessments.scores.sheets import Sheet
from core import clock
from core.form_fields import BuddhistDateField, ThaiDecimalField

LONGEST_REASON = 2000


class HandInForm(forms.Form):
    """What a member says to the own score."""

    reason = forms.CharField(
        label=_("Remark to the team"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def percent_form(item: ItemState, data=None, initial: dict | None = None) -> PercentForm:
    """Return the form of a percentage with the item's dimensions, without points."""
    form = PercentForm(
        data,
        initial=initial,
        bands=item.edition.scoring_data["bands"],
        dimensions=dimensions_of(item.edition, is_result=item.is_result),
    )
    del form.fields["points"]
    return form


class SheetForm(PercentForm):
    """A whole sheet at once: a choice a line, or percentage and dimensions, and the reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason, so that it can be followed later")},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, item: ItemState, lines: Sequence[ChecklistLine], **kwargs):
        super().__init__(
            *args,
            bands=item.edition.scoring_data.get("bands", []),
            dimensions=dimensions_of(item.edition, is_result=item.is_result),
            **kwargs,
        )
        del self.fields["points"]
        self.lines = lines
        if item.is_by_levels:
            del self.fields["percent"]
        else:
            self.fields["percent"].required = True
        for line in lines:
            self.fields[f"line_{line.pk}"] = forms.ChoiceField(
                label=line.title,
                choices=Answer.choices,
                error_messages={"required": _("Choose “Have it” or “Not yet”")},
            )

    def sheet(self) -> Sheet:
        data = self.cleaned_data
        return Sheet(
            {line.code: data[f"line_{line.pk}"] for line in self.lines},
            data.get("percent"),
            self.dimensions(),
            data.get("score"),
        )


class ConsensusForm(SheetForm):
    """What the team agreed on."""

    adopt = forms.BooleanField(label=_("Use it as the office's answer"), required=False)


class ExternalForm(SheetForm):
    """What an outside assessor gave, and who and when."""

    assessor = forms.CharField(label=_("Assessor"), max_length=200)
    given_on = BuddhistDateField(label=_("Assessed on"))

    def __init__(self, *args, item: ItemState, lines, **kwargs):
        super().__init__(*args, item=item, lines=lines, **kwargs)
        if item.is_by_levels and item.is_result:
            self.fields["score"] = ThaiDecimalField(
                label=_("Score of the item"),
                min_value=0,
                max_value=item.edition.total_points,
                decimal_places=5,
            )

    def clean_given_on(self):
        day = self.cleaned_data["given_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The day lies in the future"))
        return day
