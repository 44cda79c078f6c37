"""The changes of state of a result: typed, then confirmed or returned by a second person."""

from django.utils.translation import gettext_lazy as _

from approvals.registry import Transition, Workflow, register
from assessments.enums import ResultStatus
from assessments.indicators import checking
from assessments.indicators.addresses import indicator_address
from assessments.indicators.result_permissions import can_check, can_return
from assessments.models import IndicatorValue

CHECKS = (
    Transition(
        name="confirm",
        sources=(ResultStatus.ENTERED,),
        target=ResultStatus.CONFIRMED,
        may=can_check,
        label=_("Confirm the result"),
        requirements=[checking.has_value, checking.round_is_not_accepted],
        effects=[checking.note_check],
    ),
    Transition(
        name="return",
        sources=(ResultStatus.ENTERED, ResultStatus.CONFIRMED),
        target=ResultStatus.RETURNED,
        may=can_return,
        label=_("Return the result"),
        needs_comment=True,
        requirements=[checking.round_is_kept_open],
        effects=[checking.note_check, checking.tell_owner],
    ),
)

register(
    Workflow(
        model=IndicatorValue,
        agency_of=lambda row: row.indicator.cycle.agency,
        transitions={rule.name: rule for rule in CHECKS},
        fiscal_year_of=lambda row: row.fiscal_year,
        url_of=lambda row: indicator_address(row.indicator, row.months),
        title_of=lambda row: row.indicator.name,
    )
)
