"""Forms of official results: figures as they stand in the announcement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.enums import ScoreScale
from assessments.official.checks import CATEGORIES, MAXIMA
from core import clock
from core.fiscal_year import fiscal_year_of
from core.form_fields import BuddhistDateField, ThaiDecimalField, ThaiIntegerField

# How many further places of an announcement may print its total.
PRINTED = range(1, 4)


class ResultForm(forms.Form):
    """One announcement: body, year, scale, total, seven categories, level, rank, paper."""

    body = forms.CharField(label=_("Announced by"), max_length=160)
    fiscal_year = ThaiIntegerField(label=_("Fiscal year (B.E.)"), min_value=2540)
    edition_code = forms.CharField(label=_("Criteria"), required=False, max_length=40)
    scale = forms.ChoiceField(label=_("Scale"), choices=ScoreScale.choices)
    level_name = forms.CharField(label=_("Level as announced"), required=False, max_length=160)
    rank = ThaiIntegerField(label=_("Rank"), required=False, min_value=1, max_value=99999)
    rank_of = ThaiIntegerField(label=_("Of how many"), required=False, min_value=1, max_value=99999)
    rank_among = forms.CharField(
        label=_("Among whom"),
        required=False,
        max_length=120,
        help_text=_("Such as: nationwide, area offices of the North-East"),
    )
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
        for number in PRINTED:
            self.fields[f"printed_{number}"] = ThaiDecimalField(
                label=_("Total printed there"),
                required=False,
                min_value=0,
                max_digits=12,
                decimal_places=5,
            )
            self.fields[f"place_{number}"] = forms.CharField(
                label=_("Where it is printed"), required=False, max_length=160
            )

    def clean_fiscal_year(self):
        year = self.cleaned_data["fiscal_year"]
        if year > fiscal_year_of(clock.today()) + 1:
            raise forms.ValidationError(_("The year lies in the future; write it in B.E."))
        return year

    def clean(self):
        data = super().clean()
        categories = (f"category_{number}" for number in CATEGORIES)
        for name in ("total", *categories, *(f"printed_{number}" for number in PRINTED)):
            _refuse_more_than_scale(self, name)
        for number in PRINTED:
            place, total = data.get(f"place_{number}"), data.get(f"printed_{number}")
            if total is not None and not place:
                self.add_error(f"place_{number}", _("Write where this total is printed."))
            if place and total is None and f"printed_{number}" not in self.errors:
                self.add_error(f"printed_{number}", _("Write the total that is printed there."))
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

    def printed(self) -> list[tuple]:
        """Return (place, total, decimals) of the totals printed elsewhere, as typed."""
        pairs = ((f"place_{number}", f"printed_{number}") for number in PRINTED)
        given = [(self.cleaned_data[place], self.cleaned_data[total]) for place, total in pairs]
        return [
            (place, total, max(0, -total.as_tuple().exponent))
            for place, total in given
            if total is not None
        ]

    def columns(self) -> dict:
        """Return the result's own columns."""
        names = ("body", "fiscal_year", "edition_code", "scale", "level_name", "rank", "rank_of")
        data = self.cleaned_data
        return {
            name: data[name] for name in (*names, "rank_among", "announced_on", "note", "total")
        }


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=0)
    reason = forms.CharField(required=False, max_length=300)


class TargetForm(forms.Form):
    """The total wanted in a year; left empty it takes the target away."""

    fiscal_year = ThaiIntegerField(label=_("Fiscal year (B.E.)"), min_value=2540, max_value=2700)
    scale = forms.ChoiceField(label=_("Scale"), choices=ScoreScale.choices)
    target = ThaiDecimalField(
        label=_("Target"), required=False, min_value=0, max_digits=12, decimal_places=5
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        _refuse_more_than_scale(self, "target")
        return data


class BandForm(forms.Form):
    """A named level of a scale; its bounds may stay empty."""

    scale = forms.ChoiceField(label=_("Scale"), choices=ScoreScale.choices)
    name = forms.CharField(label=_("Name of the level"), max_length=160)
    lowest = ThaiDecimalField(
        label=_("From"), required=False, min_value=0, max_digits=12, decimal_places=5
    )
    highest = ThaiDecimalField(
        label=_("Up to"), required=False, min_value=0, max_digits=12, decimal_places=5
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        for name in ("lowest", "highest"):
            _refuse_more_than_scale(self, name)
        lowest, highest = data.get("lowest"), data.get("highest")
        if lowest is not None and highest is not None and highest < lowest:
            self.add_error("highest", _("The end lies below the beginning."))
        return data

    def columns(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("scale", "name", "lowest", "highest")}


class CopyForm(forms.Form):
    """Which figures are to be typed into the other system."""

    scale = forms.ChoiceField(label=_("Scale"), choices=ScoreScale.choices, initial=ScoreScale.FIVE)
    months = ThaiIntegerField(label=_("Round (months)"), min_value=1, max_value=24, initial=12)


class AroundForm(forms.Form):
    """What stands around the fields that were handed in: day, person, receipt, note."""

    system = forms.CharField(
        label=_("System"), max_length=120, help_text=_("Such as: KRS, the system of OPDC")
    )
    handed_in_on = BuddhistDateField(label=_("Handed in on"))
    handed_in_by = forms.CharField(label=_("Handed in by"), max_length=160)
    upload = forms.FileField(label=_("Receipt (file)"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_handed_in_on(self):
        day = self.cleaned_data["handed_in_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day lies in the future."))
        return day

    def columns(self) -> dict:
        names = ("system", "handed_in_on", "handed_in_by", "note")
        return {name: self.cleaned_data[name] for name in names}


def _refuse_more_than_scale(form: forms.Form, name: str) -> None:
    maximum = MAXIMA.get(form.cleaned_data.get("scale"))
    value = form.cleaned_data.get(name)
    if maximum is not None and value is not None and value > maximum:
        words = _("More than the scale has (%(maximum)s). Check the scale or the figure.")
        form.add_error(name, words % {"maximum": maximum})
