"""Forms of official results: figures as they stand in the announcement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.enums import ScoreScale
from assessments.official.checks import CATEGORIES, MAXIMA
from core import clock
from core.fiscal_year import fiscal_year_of
from core.form_fields import BuddhistDateField, ThaiDecimalField, ThaiIntegerField


class ResultForm(forms.Form):
    """One announcement: body, year, scale, total, seven categories, level, rank, paper."""

    body = forms.CharField(label=_("Announced by"), max_length=160)
    fiscal_year = ThaiIntegerField(label=_("Fiscal year (B.E.)"), min_value=2540)
    edition_code = forms.CharField(label=_("Criteria"), required=False, max_length=40)
    scale = forms.ChoiceField(label=_("Scale"), choices=ScoreScale.choices)
    level_name = forms.CharField(label=_("Level as announced"), required=False, max_length=160)
    rank = ThaiIntegerField(label=_("Rank"), required=False, min_value=1, max_value=99999)
    rank_of = ThaiIntegerField(label=_("Of how many"), required=False, min_value=1, max_value=99999)
    announced_on = BuddhistDateField(label=_("Announced on"), required=False)
    upload = forms.FileField(label=_("Announcement (file)"), required=False)
    note = forms.CharField(
        label=_("Note of the office"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    total = ThaiDecimalField(
        label=_("Total as announced"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=5,
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in CATEGORIES:
            self.fields[f"category_{number}"] = ThaiDecimalField(
                label=_("Category %(number)d") % {"number": number},
                required=False,
                min_value=0,
                max_digits=12,
                decimal_places=5,
            )

    def clean_fiscal_year(self):
        year = self.cleaned_data["fiscal_year"]
        if year > fiscal_year_of(clock.today()) + 1:
            raise forms.ValidationError(_("The year lies in the future; write it in B.E."))
        return year

    def clean(self):
        data = super().clean()
        maximum = MAXIMA.get(data.get("scale"))
        for name in ("total", *(f"category_{number}" for number in CATEGORIES)):
            value = data.get(name)
            if maximum is not None and value is not None and value > maximum:
                self.add_error(
                    name,
                    _("More than the scale has (%(maximum)s). Check the scale or the figure.")
                    % {"maximum": maximum},
                )
        rank, rank_of = data.get("rank"), data.get("rank_of")
        if rank and rank_of and rank > rank_of:
            self.add_error("rank", _("The rank is higher than the number of offices."))
        if data.get("total") is None and not self.scores() and not self.errors:
            self.add_error("total", _("Write the total or at least one category."))
        return data

    def scores(self) -> dict:
        """Return category number → score of those that were filled in."""
        given = {number: self.cleaned_data.get(f"category_{number}") for number in CATEGORIES}
        return {number: score for number, score in given.items() if score is not None}

    def columns(self) -> dict:
        """Return the result's own columns."""
        names = ("body", "fiscal_year", "edition_code", "scale", "level_name", "rank", "rank_of")
        data = self.cleaned_data
        return {name: data[name] for name in (*names, "announced_on", "note", "total")}


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=0)
    reason = forms.CharField(required=False, max_length=300)
