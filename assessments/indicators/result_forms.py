"""Forms of results: one value with its words, the filters of the list, checking many at once."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from assessments.enums import IndicatorKind, Perspective
from assessments.indicators.listing import Wanted
from assessments.indicators.results import FIELDS, TEXTS
from assessments.models import IndicatorValue
from core.form_fields import ThaiDecimalField

NUMBER = {"max_digits": 18, "decimal_places": 5, "required": False}
LONGEST_TEXT = 4000


class ValueForm(forms.Form):
    """Some or all fields of a value of a round; only those that were sent are changed."""

    value = ThaiDecimalField(label=_("Value"), **NUMBER)
    planned = ThaiDecimalField(label=_("Planned"), **NUMBER)
    version = forms.IntegerField(min_value=0)
    request_id = forms.CharField(required=False, max_length=64)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        for name in TEXTS:
            self.fields[name] = forms.CharField(
                required=False,
                label=IndicatorValue._meta.get_field(name).verbose_name,
                validators=[MaxLengthValidator(LONGEST_TEXT)],
            )

    def changes(self) -> dict:
        """Return the cleaned fields that the request named."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.data}

    def words(self) -> str:
        """Return every fault as one line, for the page's script."""
        return " ".join(str(line) for lines in self.errors.values() for line in lines)


class ResultFilterForm(forms.Form):
    """What the year's rows offer to choose from; bad values simply do not filter."""

    q = forms.CharField(required=False, max_length=200, label=_("Search"))
    who = forms.ChoiceField(
        required=False,
        label=_("Whose"),
        choices=[("", _("Of everybody")), ("mine", _("Mine")), ("unit", _("My unit's"))],
    )
    group = forms.ChoiceField(required=False, label=_("Item of category 7"))
    kind = forms.ChoiceField(
        required=False, label=_("Kind"), choices=[("", _("All kinds")), *IndicatorKind.choices]
    )
    perspective = forms.ChoiceField(
        required=False,
        label=_("Perspective"),
        choices=[("", _("All perspectives")), *Perspective.choices],
    )
    unit = forms.ChoiceField(required=False, label=_("Unit"))
    state = forms.ChoiceField(
        required=False,
        label=_("Status"),
        choices=[
            ("", _("All states")),
            ("missing", _("No value yet")),
            ("late", _("Overdue")),
            ("waiting", _("Waiting for the check")),
            ("returned", _("Returned for correction")),
            ("confirmed", _("Checked")),
            ("met", _("Target met")),
            ("short", _("Short of the target")),
        ],
    )

    def __init__(self, rows, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = sorted({row.indicator.group for row in rows if row.indicator.group})
        units = {row.indicator.owner_unit for row in rows if row.indicator.owner_unit}
        self.fields["group"].choices = [("", _("All items")), *((code, code) for code in groups)]
        self.fields["unit"].choices = [
            ("", _("All units")),
            *(
                (str(unit.pk), unit.name)
                for unit in sorted(units, key=lambda one: (one.order, one.name, one.pk))
            ),
        ]

    def wanted(self) -> Wanted:
        """Return what the person asks for."""
        self.is_valid()
        asked = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return Wanted(words=asked.pop("q"), **asked)


class CheckForm(forms.Form):
    """Confirm or return the ticked values; a return says why."""

    act = forms.ChoiceField(choices=[("confirm", ""), ("return", "")])
    reason = forms.CharField(required=False, max_length=1000, label=_("Reason"))
    # pk:version, as the person saw them.
    rows = forms.MultipleChoiceField(label=_("Results"))

    def __init__(self, offered, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {f"{row.pk}:{row.version}": row for row in offered}
        self.fields["rows"].choices = [(key, "") for key in self.offered]
        self.fields["rows"].error_messages |= {
            "required": _("Tick the results first."),
            "invalid_choice": _("One of the results was changed or checked meanwhile; look again."),
        }

    def clean(self):
        data = super().clean()
        if data.get("act") == "return" and not data.get("reason", "").strip():
            self.add_error("reason", _("Write the reason, so that the owner can correct it."))
        return data

    def chosen(self) -> list[IndicatorValue]:
        return [self.offered[key] for key in self.cleaned_data["rows"]]
