"""The forms of points, projects and actions."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Unit
from agencies.queries import people_of
from core import clock
from core.form_fields import BuddhistDateField, ThaiDecimalField
from core.templatetags.pmqa import baht
from improvement.enums import PointKind
from improvement.models import Action, PlanPoint, Project
from improvement.planning import QUARTERS

CATEGORIES = [(number, str(number)) for number in range(1, 8)]


def money(label, required=False) -> ThaiDecimalField:
    return ThaiDecimalField(
        label=label, max_digits=14, decimal_places=2, min_value=0, required=required
    )


class PointForm(forms.ModelForm):
    """A typed point, or the wording of a gathered one."""

    category_number = forms.TypedChoiceField(
        label=_("Category"),
        choices=[("", "–"), *CATEGORIES],
        coerce=int,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = PlanPoint
        fields = ["text", "category_number"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class PlaceForm(forms.Form):
    """A place in the matrix: both numbers, or none."""

    LEVELS = [("", "–"), *((number, str(number)) for number in range(1, 6))]
    impact = forms.TypedChoiceField(choices=LEVELS, coerce=int, empty_value=None, required=False)
    effort = forms.TypedChoiceField(choices=LEVELS, coerce=int, empty_value=None, required=False)


class ReasonForm(forms.Form):
    """Why a point waits for another year."""

    reason = forms.CharField(label=_("Reason"), max_length=250)


class ProjectForm(forms.ModelForm):
    """A project: its name, what it is for, and who leads it."""

    class Meta:
        model = Project
        fields = ["name", "objective", "owner"]
        labels = {"owner": _("Project leader")}
        widgets = {"objective": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(agency)
        self.fields["owner"].required = False


class ActionForm(forms.ModelForm):
    """One action of a plan; people, units, points … are those of the office and the cycle."""

    starts_on = BuddhistDateField(label=_("Starts on"))
    ends_on = BuddhistDateField(label=_("Ends on"))
    budget = money(_("Budget (baht)"))
    budget_q1 = money(_("Quarter 1"))
    budget_q2 = money(_("Quarter 2"))
    budget_q3 = money(_("Quarter 3"))
    budget_q4 = money(_("Quarter 4"))
    category_number = forms.TypedChoiceField(label=_("Category"), choices=CATEGORIES, coerce=int)

    class Meta:
        model = Action
        fields = [
            "title",
            "point",
            "category_number",
            "project",
            "owner",
            "unit",
            "starts_on",
            "ends_on",
            "measure",
            "target",
            "indicator",
            "budget",
            *QUARTERS,
            "risk",
        ]
        labels = {
            "title": pgettext_lazy("plan", "Action"),
            "point": _("Answers the point"),
            "project": _("Project"),
            "owner": _("Responsible person"),
            "unit": _("Responsible unit"),
            "indicator": _("Indicator of the portal that it moves"),
        }
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "risk": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, plan, categories, **kwargs):
        super().__init__(*args, **kwargs)
        agency = plan.cycle.agency
        rows = {
            "owner": people_of(agency),
            "unit": Unit.objects.filter(agency=agency, is_active=True),
            "point": plan.points.filter(is_left_out=False),
            "project": plan.projects.all(),
            "indicator": plan.cycle.indicators.all(),
        }
        for name, queryset in rows.items():
            if name in self.fields:
                self.fields[name].queryset = queryset
                self.fields[name].required = False
        if "point" in self.fields:
            self.fields["point"].label_from_instance = point_label
        if "category_number" in self.fields:
            self.fields["category_number"].choices = [
                (number, label) for number, label in CATEGORIES if number in categories
            ]

    def clean_budget(self):
        return self.cleaned_data["budget"] or Decimal(0)

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end lies before the start."))
        self._check_quarters(data)
        return data

    def _check_quarters(self, data: dict) -> None:
        """Demand that money shared out over quarters adds up to the budget."""
        if any(name not in data for name in (*QUARTERS, "budget")):
            return
        shares = [data[name] for name in QUARTERS]
        if any(share is not None for share in shares):
            missing = data["budget"] - sum((share or Decimal(0) for share in shares), Decimal(0))
            if missing:
                words = _("The four quarters and the budget differ by %(baht)s baht.")
                self.add_error("budget", words % {"baht": baht(abs(missing))})


class ChangeForm(ActionForm):
    """An approved action as it should become, and why."""

    reason = forms.CharField(
        label=_("Why the plan must change"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta(ActionForm.Meta):
        fields = [
            name for name in ActionForm.Meta.fields if name not in ("point", "category_number")
        ]

    category_number = None
    field_order = ["reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, categories=[], **kwargs)
        self.fields["owner"].required = True
        self.fields["measure"].required = True


class StepForm(forms.Form):
    """What is said with a step of an action: the day, and what came of it."""

    day = BuddhistDateField(label=_("Day"), required=False)
    outcome = forms.CharField(
        label=_("What came of it"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, step: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step
        if step in ("finish", "cancel"):
            self.fields["outcome"].required = True
        if step in ("begin", "finish"):
            self.fields["day"].required = True
        else:
            del self.fields["day"]
        if step in ("begin", "reopen"):
            del self.fields["outcome"]

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day and day > clock.today():
            raise forms.ValidationError(_("The day lies in the future."))
        return day


def point_label(point: PlanPoint) -> str:
    """Return kind and words of a point, as lists to choose from name it."""
    return f"{PointKind(point.kind).label}: {point.text[:80]}"
