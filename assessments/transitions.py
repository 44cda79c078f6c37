"""The changes of state of a category and of the whole self-assessment."""

from django.utils.translation import gettext_lazy as _

from approvals.registry import Transition, Workflow, register
from assessments import permissions, reviewing
from assessments.addresses import category_address, overview_address
from assessments.enums import AssessmentStatus, CategoryStatus
from assessments.models import Assessment, CategoryAssessment
from workflows.transitions import cycle_is_open

WRITING = (CategoryStatus.WRITING, CategoryStatus.RETURNED)

CATEGORY = (
    Transition(
        name="submit",
        sources=WRITING,
        target=CategoryStatus.SUBMITTED,
        may=permissions.can_submit,
        label=_("Submit for review"),
        requirements=[
            reviewing.is_in_progress,
            reviewing.is_fully_answered,
            reviewing.all_parts_are_done,
        ],
        effects=[reviewing.tell_reviewers],
    ),
    Transition(
        name="return",
        sources=(CategoryStatus.SUBMITTED, CategoryStatus.ACCEPTED),
        target=CategoryStatus.RETURNED,
        may=permissions.can_review,
        label=_("Return for correction"),
        requirements=[reviewing.is_in_progress],
        needs_comment=True,
        effects=[reviewing.take_marks_back, reviewing.tell_writers_returned],
    ),
    Transition(
        name="accept",
        sources=(CategoryStatus.SUBMITTED,),
        target=CategoryStatus.ACCEPTED,
        may=permissions.can_review,
        label=_("Accept the category"),
        requirements=[reviewing.is_in_progress],
        effects=[reviewing.tell_writers_accepted],
    ),
)

WHOLE = (
    Transition(
        name="accept",
        sources=(AssessmentStatus.IN_PROGRESS,),
        target=AssessmentStatus.ACCEPTED,
        may=permissions.can_accept,
        label=_("Accept the self-assessment"),
        requirements=[cycle_is_open, reviewing.all_categories_are_accepted],
        effects=[reviewing.hold_categories, reviewing.freeze, reviewing.tell_everybody],
    ),
    Transition(
        name="reopen",
        sources=(AssessmentStatus.ACCEPTED,),
        target=AssessmentStatus.IN_PROGRESS,
        may=permissions.can_reopen,
        label=_("Reopen the self-assessment"),
        requirements=[cycle_is_open],
        needs_comment=True,
        effects=[reviewing.tell_everybody],
    ),
)

register(
    Workflow(
        model=CategoryAssessment,
        agency_of=lambda row: row.assessment.cycle.agency,
        transitions={rule.name: rule for rule in CATEGORY},
        canonical=reviewing.category_data,
        fiscal_year_of=lambda row: row.assessment.cycle.fiscal_year,
        url_of=category_address,
        title_of=str,
    )
)
register(
    Workflow(
        model=Assessment,
        agency_of=lambda assessment: assessment.cycle.agency,
        transitions={rule.name: rule for rule in WHOLE},
        canonical=reviewing.snapshot_of,
        fiscal_year_of=lambda assessment: assessment.cycle.fiscal_year,
        url_of=overview_address,
        title_of=str,
    )
)
