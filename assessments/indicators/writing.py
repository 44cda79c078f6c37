"""Indicators of an item of category 7, written on its page: the short form of a definition."""

from agencies.models import User
from assessments.enums import IndicatorKind
from assessments.indicators.definitions import (
    InUse,
    add_definition,
    remove_definition,
    save_definition,
)
from assessments.indicators.values import Values
from assessments.models import Indicator, ItemAnswer
from documents.revisions import Saved

__all__ = ["InUse", "add_indicator", "remove_indicator", "save_indicator", "years_of"]

# This year and the two before it: the least a trend is read from.
YEARS_SHOWN = 3


def years_of(answer: ItemAnswer) -> list[int]:
    """Return the fiscal years (B.E.) whose values are asked for, the oldest first."""
    year = answer.category_assessment.assessment.cycle.fiscal_year
    return list(range(year - YEARS_SHOWN + 1, year + 1))


def add_indicator(answer: ItemAnswer, fields: dict, values: Values, by: User) -> Indicator:
    """Add an indicator at the end of the item's list. Raises NotEditable when it is locked."""
    own = {"kind": IndicatorKind.CATEGORY_7, "group": answer.item.code}
    return add_definition(answer.category_assessment.assessment.cycle, own | fields, values, by)


def save_indicator(
    indicator: Indicator,
    fields: dict,
    values: Values,
    *,
    version: int,
    by: User,
    read: Values | None = None,
) -> Saved:
    """Save definition and values if they are still what was read; see `save_definition`."""
    return save_definition(indicator, fields, values, version=version, by=by, read=read)


def remove_indicator(indicator: Indicator, by: User) -> None:
    """Take an indicator out. Raises NotEditable when the category is locked, InUse."""
    remove_definition(indicator, by)
