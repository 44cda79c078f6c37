"""Indicators of an item of category 7, written on its page: definition and yearly values."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q

from agencies import audit
from agencies.models import User
from assessments.answering import WRITABLE, claim_or_refuse
from assessments.enums import AssessmentStatus
from assessments.models import WHOLE_YEAR, Indicator, IndicatorValue, ItemAnswer
from assessments.scores.history import note_score
from documents.revisions import Saved, save_text
from workflows.enums import CycleStatus

# This year and the two before it: the least a trend is read from.
YEARS_SHOWN = 3
INDICATOR_EDITABLE = Q(
    item_answer__category_assessment__status__in=WRITABLE,
    item_answer__category_assessment__assessment__status=AssessmentStatus.IN_PROGRESS,
    item_answer__category_assessment__assessment__cycle__status=CycleStatus.OPEN,
)


def years_of(answer: ItemAnswer) -> list[int]:
    """Return the fiscal years (B.E.) whose values are asked for, the oldest first."""
    year = answer.category_assessment.assessment.cycle.fiscal_year
    return list(range(year - YEARS_SHOWN + 1, year + 1))


def add_indicator(
    answer: ItemAnswer, fields: dict, values: dict[int, Decimal | None], by: User
) -> Indicator:
    """Add an indicator at the end of the item's list. Raises NotEditable when it is locked."""
    with transaction.atomic():
        claim_or_refuse(answer.category_assessment)
        last = answer.indicators.aggregate(last=Max("order"))["last"] or 0
        indicator = Indicator.objects.create(
            cycle_id=answer.category_assessment.assessment.cycle_id,
            group=answer.item.code,
            item_answer=answer,
            order=last + 1,
            **fields,
        )
        _store_values(indicator, values)
        audit.record(
            answer.category_assessment.assessment.agency,
            by,
            "indicator.add",
            indicator,
            summary=indicator.name,
            after=_plain(fields, values),
        )
        note_score(answer, by)
    return indicator


def save_indicator(
    indicator: Indicator,
    fields: dict,
    values: dict[int, Decimal | None],
    *,
    version: int,
    by: User,
) -> Saved:
    """Save definition and values if `version` is still the newest.

    A value of None takes the year's value back: a missing value is no 0. Raises SaveConflict or
    NotEditable (see `documents.revisions`); then nothing is written.
    """
    agency = indicator.item_answer.category_assessment.assessment.agency
    changes = {name: value for name, value in fields.items() if name != "measure"}
    changes["measure_id"] = fields["measure"].pk if fields["measure"] else None
    with transaction.atomic():
        claim_or_refuse(indicator.item_answer.category_assessment)
        saved = save_text(
            indicator, changes, version=version, by=by, agency=agency, editable=INDICATOR_EDITABLE
        )
        _store_values(indicator, values)
        audit.record(
            agency,
            by,
            "indicator.save",
            indicator,
            summary=fields["name"],
            after=_plain(fields, values),
        )
        note_score(indicator.item_answer, by)
    return saved


def remove_indicator(indicator: Indicator, by: User) -> None:
    """Take an indicator out. Raises NotEditable when the category is locked."""
    with transaction.atomic():
        claim_or_refuse(indicator.item_answer.category_assessment)
        audit.record(
            indicator.item_answer.category_assessment.assessment.agency,
            by,
            "indicator.remove",
            indicator,
            summary=indicator.name,
        )
        indicator.delete()
        note_score(indicator.item_answer, by)


def _store_values(indicator: Indicator, values: dict[int, Decimal | None]) -> None:
    for year, value in values.items():
        if value is None:
            IndicatorValue.objects.filter(
                indicator=indicator, fiscal_year=year, months=WHOLE_YEAR
            ).delete()
        else:
            IndicatorValue.objects.update_or_create(
                indicator=indicator,
                fiscal_year=year,
                months=WHOLE_YEAR,
                defaults={"value": value},
            )


def _plain(fields: dict, values: dict) -> dict:
    return {
        "fields": {name: str(value) for name, value in fields.items()},
        "values": {str(year): str(value) for year, value in values.items()},
    }
