"""The full form of a definition: what, how measured, who, target and scoring, comparison."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit, User
from agencies.queries import people_of
from assessments.enums import IndicatorKind, Perspective, ResultRule
from assessments.indicators.definition_checks import LEVEL_NAMES, faults_of, thresholds_of
from assessments.indicators.definition_words import LABELS
from assessments.indicators.definitions import SECTIONS, code_is_taken, earlier_years
from assessments.indicators.groups import edition_of, groups_of, measures_of
from assessments.indicators.year_fields import NUMBER, YearFields
from assessments.models import Indicator
from core.form_fields import ThaiDecimalField
from core.thai_numerals import to_arabic_digits
from core.thai_text import normalize
from workflows.models import Cycle

LONGEST_TEXT = 4_000
TITLES = {
    "what": _("What is measured"),
    "how": _("How it is measured"),
    "who": _("Who answers for it"),
    "scoring": _("Target and scoring"),
    "comparison": _("Comparison and note"),
    "values": _("Results of earlier years"),
}
LEVEL_LABELS = (_("Level 1"), _("Level 2"), _("Level 3"), _("Level 4"), _("Level 5"))
TARGET_LABELS = (_("Initial target"), _("Standard target"), _("High target"))
ROWS = {"definition": 3, "formula": 2, "note": 2, "name": 2}


class DefinitionForm(YearFields, forms.ModelForm):
    """One definition with the values of earlier years; `version` is the one that was read."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    target = ThaiDecimalField(label=LABELS["target"], **NUMBER)
    weight = ThaiDecimalField(
        label=LABELS["weight"],
        max_digits=7,
        decimal_places=3,
        min_value=0,
        initial=Decimal(1),
        help_text=_("0 counts in no weighted total."),
    )
    lower_bound = ThaiDecimalField(
        label=LABELS["lower_bound"], help_text=_("Linear rule: gives 100 points"), **NUMBER
    )
    upper_bound = ThaiDecimalField(
        label=LABELS["upper_bound"], help_text=_("Linear rule: gives 500 points"), **NUMBER
    )
    comparator_value = ThaiDecimalField(label=LABELS["comparator_value"], **NUMBER)

    class Meta:
        model = Indicator
        fields = [name for names in SECTIONS.values() for name in names if name != "thresholds"]
        labels = LABELS
        help_texts = {
            "code": _("For example 7.1-01; left empty, the next free one is given."),
            "group": _("Needed for results of category 7."),
            "unit": _("For example ร้อยละ, เรื่อง, บาท"),
            "checker": _("A second person who confirms the results before a round closes."),
            "comparator_name": _("Another office, the country, the best of the province …"),
        }

    def __init__(self, cycle: Cycle, user_defines_all: bool, *args, values=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.cycle, self.values_kept = cycle, values or {}
        self.years = earlier_years(cycle)
        self.fields["version"].initial = self.instance.version
        if not user_defines_all:
            only = IndicatorKind.CATEGORY_7
            self.fields["kind"].choices = [(only.value, only.label)]
        self._offer_choices()
        self._add_levels_and_years()
        self._dress()

    def _offer_choices(self):
        edition, kept = edition_of(self.cycle), self.instance
        codes = groups_of(edition)
        if kept.group:
            codes.setdefault(kept.group, "")
        self.fields["group"] = forms.ChoiceField(
            label=LABELS["group"],
            help_text=self.fields["group"].help_text,
            choices=[("", "–"), *((code, f"{code} {title}") for code, title in codes.items())],
            required=False,
        )
        measure = self.fields["measure"]
        measure.queryset = measures_of(edition)
        measure.label_from_instance = lambda row: f"{row.code} {row.title}"
        measure.empty_label = "–"
        self.fields["perspective"].choices = [("", "–"), *Perspective.choices]
        # Who has left stays until somebody else is named.
        people = Q(pk__in=people_of(self.cycle.agency).values("pk"))
        for name in ("owner", "checker"):
            field = self.fields[name]
            field.queryset = User.objects.filter(
                people | Q(pk=getattr(kept, f"{name}_id"))
            ).order_by("sort_key", "pk")
            field.empty_label = _("Nobody yet") if name == "owner" else _("No checker yet")
        unit = self.fields["owner_unit"]
        unit.queryset = Unit.objects.filter(
            Q(agency=self.cycle.agency, is_active=True) | Q(pk=kept.owner_unit_id)
        )
        unit.empty_label = _("No unit")

    def _add_levels_and_years(self):
        kept = [*self.instance.thresholds, *[""] * len(LEVEL_NAMES)]
        for name, label, text in zip(LEVEL_NAMES, LEVEL_LABELS, kept, strict=False):
            self.fields[name] = forms.CharField(
                label=label, required=False, initial=text, max_length=1000
            )
        self.add_years(self.years, self.values_kept)

    def _dress(self):
        """Give the fields the looks that the page's own markup needs."""
        for name, field in self.fields.items():
            if name in ROWS:
                field.widget = forms.Textarea(attrs={"rows": ROWS[name]})
                field.max_length = field.max_length or LONGEST_TEXT
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def clean_code(self):
        code = to_arabic_digits(normalize(self.cleaned_data["code"])).strip()
        if code_is_taken(self.cycle, code, self.instance if self.instance.pk else None):
            raise forms.ValidationError(_("Another indicator of this year has this code."))
        return code

    def clean_name(self):
        return " ".join(normalize(self.cleaned_data["name"]).split())

    def clean(self):
        data = super().clean()
        typed = data | {"thresholds": [data.get(name, "") for name in LEVEL_NAMES]}
        for name, message in faults_of(typed):
            self.add_error(name, message)
        return data

    def definition(self) -> dict[str, Any]:
        """Return the cleaned fields of the definition itself."""
        data = self.cleaned_data
        fields = {name: data[name] for name in self._meta.fields}
        texts = [data[name] for name in LEVEL_NAMES]
        return fields | {"thresholds": thresholds_of(data["rule"], texts)}

    def sections(self) -> list[dict[str, Any]]:
        """Return the fields by section, each with the rules for which it is asked."""
        found = []
        for key, names in SECTIONS.items():
            shown = [name for name in names if name != "thresholds"]
            shown += LEVEL_NAMES if "thresholds" in names else ()
            found.append({"key": key, "title": TITLES[key], "fields": map(self._shown, shown)})
        years = [self._shown(f"value_{year}") for year in self.years]
        return [*found, {"key": "values", "title": TITLES["values"], "fields": years}]

    def _shown(self, name: str) -> dict[str, Any]:
        rules: tuple[str, ...] = ()
        if name in ("lower_bound", "upper_bound"):
            rules = (ResultRule.LINEAR,)
        elif name in LEVEL_NAMES:
            rules = (ResultRule.FIVE_LEVELS, ResultRule.THREE_TARGETS, ResultRule.MILESTONES)
            if name in LEVEL_NAMES[3:]:
                rules = (ResultRule.FIVE_LEVELS, ResultRule.MILESTONES)
        place = LEVEL_NAMES.index(name) if name in LEVEL_NAMES[:3] else None
        return {
            "field": self[name],
            "rules": " ".join(rules),
            "of_three": "" if place is None else TARGET_LABELS[place],
        }
