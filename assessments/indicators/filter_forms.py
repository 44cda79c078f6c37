"""Search and filters of the list of definitions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.enums import IndicatorKind, IndicatorLevel, Perspective
from assessments.indicators.definition_listing import NOBODY, Wanted
from assessments.models import Indicator


class DefinitionFilterForm(forms.Form):
    """What the year's rows offer to choose from; bad values simply do not filter."""

    SORTS = (
        ("", _("Item of category 7")),
        ("code", _("Code")),
        ("name", _("Name")),
        ("weight", _("Weight")),
        ("owner", _("Owner (Key Man)")),
        ("unit", _("Unit")),
    )
    q = forms.CharField(required=False, max_length=200, label=_("Search"))
    kind = forms.ChoiceField(
        choices=[("", _("All kinds")), *IndicatorKind.choices], required=False, label=_("Kind")
    )
    group = forms.ChoiceField(required=False, label=_("Item of category 7"))
    perspective = forms.ChoiceField(
        choices=[("", _("All perspectives")), *Perspective.choices],
        required=False,
        label=_("Perspective"),
    )
    level = forms.ChoiceField(
        choices=[("", _("All levels")), *IndicatorLevel.choices],
        required=False,
        label=_("Level of the indicator"),
    )
    owner = forms.ChoiceField(required=False, label=_("Owner (Key Man)"))
    unit = forms.ChoiceField(required=False, label=_("Unit"))
    sort = forms.ChoiceField(choices=SORTS, required=False, label=_("Sort by"))

    def __init__(self, rows: list[Indicator], *args, **kwargs):
        super().__init__(*args, **kwargs)
        owners = {row.owner.sort_key: row.owner for row in rows if row.owner}
        units = {
            (row.owner_unit.order, row.owner_unit.name): row.owner_unit
            for row in rows
            if row.owner_unit
        }
        groups = sorted({row.group for row in rows if row.group})
        self.fields["group"].choices = [("", _("All items")), *((code, code) for code in groups)]
        self.fields["owner"].choices = [
            ("", _("All owners")),
            (NOBODY, _("Nobody yet")),
            *((str(owners[key].pk), str(owners[key])) for key in sorted(owners)),
        ]
        self.fields["unit"].choices = [
            ("", _("All units")),
            (NOBODY, _("No unit")),
            *((str(units[key].pk), units[key].name) for key in sorted(units)),
        ]

    def wanted(self) -> Wanted:
        """Return what the person asks for."""
        self.is_valid()
        asked = self.cleaned_data
        names = ("kind", "group", "perspective", "level", "owner", "unit", "sort")
        return Wanted(words=asked.get("q", ""), **{name: asked.get(name, "") for name in names})
