"""The form of one action."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from agencies.queries import people_of
from core.form_fields import BuddhistDateField, ThaiDecimalField
from improvement.models import Action
from improvement.queries import findings_of

CATEGORIES = [(number, str(number)) for number in range(1, 8)]


class ActionForm(forms.ModelForm):
    """One action of a plan; people, units and OFI are those of the office and the cycle."""

    starts_on = BuddhistDateField(label=_("Starts on"))
    ends_on = BuddhistDateField(label=_("Ends on"))
    budget = ThaiDecimalField(
        label=_("Budget (baht)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    category_number = forms.TypedChoiceField(label=_("Category"), choices=CATEGORIES, coerce=int)

    class Meta:
        model = Action
        fields = [
            "title",
            "category_number",
            "finding",
            "owner",
            "unit",
            "starts_on",
            "ends_on",
            "measure",
            "target",
            "budget",
        ]
        labels = {"finding": _("Answers the OFI"), "owner": _("Responsible person")}
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, plan, categories, **kwargs):
        super().__init__(*args, **kwargs)
        agency = plan.cycle.agency
        self.fields["owner"].queryset = people_of(agency)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency, is_active=True)
        finding = self.fields["finding"]
        finding.queryset = findings_of(plan.cycle)
        finding.label_from_instance = lambda row: f"{row.item_answer.item.code} {row.text[:80]}"
        for name in ("owner", "unit", "finding"):
            self.fields[name].required = False
        self.fields["category_number"].choices = [
            (number, label) for number, label in CATEGORIES if number in categories
        ]

    def clean_budget(self):
        return self.cleaned_data["budget"] or 0

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end lies before the start."))
        return data
