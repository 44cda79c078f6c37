"""Definitions in words: what each field is called and how its value reads."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import Unit, User
from assessments.enums import (
    Direction,
    IndicatorKind,
    IndicatorLevel,
    Perspective,
    ResultRule,
)
from assessments.indicators.definitions import FIELDS, RELATIONS
from assessments.models import Measure
from core.thai_numerals import format_decimal

LABELS = {
    "code": _("Code"),
    "name": _("Indicator name"),
    "kind": _("Kind"),
    "group": _("Item of category 7"),
    "measure": _("Shows the measure"),
    "level": _("Level of the indicator"),
    "perspective": _("Perspective"),
    "definition": _("Definition"),
    "unit": _("Unit of measure"),
    "direction": _("Direction"),
    "formula": _("Formula"),
    "data_source": _("Data source"),
    "owner": _("Owner (Key Man)"),
    "owner_unit": _("Responsible unit"),
    "checker": _("Checker"),
    "target": _("Target"),
    "weight": _("Weight"),
    "rule": _("Scoring rule"),
    "lower_bound": _("Lower bound"),
    "upper_bound": _("Upper bound"),
    "thresholds": _("Thresholds"),
    "comparator_name": _("Compared with"),
    "comparator_value": _("Value of the comparator"),
    "note": _("Note"),
}
CHOICES = {
    "kind": IndicatorKind,
    "level": IndicatorLevel,
    "perspective": Perspective,
    "direction": Direction,
    "rule": ResultRule,
}
NUMBERS = frozenset({"target", "weight", "lower_bound", "upper_bound", "comparator_value"})
MODELS = {"measure": Measure, "owner": User, "checker": User, "owner_unit": Unit}
Names = Mapping[tuple[str, int], str]


def names_in(states: Iterable[Mapping[str, Any]]) -> Names:
    """Return (field, key) → name of all people, units and measures that states mention.

    Three queries. `states` are definitions as columns (`definitions.state_of`).
    """
    wanted: dict[type, set[int]] = {User: set(), Unit: set(), Measure: set()}
    for state in states:
        for field, model in MODELS.items():
            if state.get(f"{field}_id"):
                wanted[model].add(state[f"{field}_id"])
    found = {model: model.objects.in_bulk(keys) for model, keys in wanted.items()}
    return {
        (field, key): _name_of(row)
        for field, model in MODELS.items()
        for key, row in found[model].items()
    }


def _name_of(row: Any) -> str:
    return f"{row.code} {row.title}" if isinstance(row, Measure) else str(row)


def words_of(field: str, state: Mapping[str, Any], names: Names) -> str:
    """Return how a field of a state reads; "" where it is empty."""
    if field in RELATIONS:
        key = state.get(f"{field}_id")
        return names.get((field, key), "") if key else ""
    value = state.get(field)
    if value in (None, "", []):
        return ""
    if field in CHOICES:
        return str(dict(CHOICES[field].choices).get(value, value))
    if field in NUMBERS:
        return figure_of(value)
    if field == "thresholds":
        return " / ".join(map(str, value))
    return str(value).replace("\r\n", "\n")


def figure_of(value: Any) -> str:
    """Return a number with thousands commas and as many decimals as it has."""
    try:
        number = Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)
    exponent = number.as_tuple().exponent
    return format_decimal(number, max(0, -exponent) if isinstance(exponent, int) else 0)


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> list[tuple[str, str, str]]:
    """Return (label, old words, new words) of the fields that differ, in the form's order."""
    found = []
    for field in FIELDS:
        column = f"{field}_id" if field in RELATIONS else field
        if column not in before or column not in after:
            continue
        old, new = words_of(field, before, names), words_of(field, after, names)
        if old != new:
            found.append((str(LABELS[field]), old, new))
    return found
