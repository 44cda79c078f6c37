"""The changes of state of a category and of the whole self-assessment."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.roles import officers_of
from approvals.models import TransitionLog
from approvals.registry import Transition, Workflow, register
from approvals.requests import (
    close_approved,
    close_cancelled,
    close_returned,
    open_request,
    open_request_of,
)
from approvals.transitions import perform
from assessments import permissions, reviewing
from assessments.addresses import category_address, overview_address
from assessments.enums import AssessmentStatus, CategoryStatus
from assessments.indicators import result_transitions  # noqa: F401  registered by import
from assessments.models import Assessment, CategoryAssessment
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.transitions import cycle_is_open


def put_whole_before_director(row: CategoryAssessment, log: TransitionLog) -> None:
    """Ask for the acceptance of the whole as soon as the last category is accepted."""
    whole = Assessment.objects.select_related("cycle__agency").get(pk=row.assessment_id)
    if not reviewing.all_categories_are_accepted(whole) and open_request_of(whole) is None:
        perform(whole, "submit", log.by)


def take_whole_back(row: CategoryAssessment, log: TransitionLog) -> None:
    """A category that goes back takes the request for the whole with it."""
    whole = Assessment.objects.select_related("cycle__agency").get(pk=row.assessment_id)
    if open_request_of(whole):
        perform(whole, "withdraw", log.by)


def _title_of(assessment: Assessment) -> str:
    year = assessment.cycle.fiscal_year
    return gettext("Self-assessment, fiscal year %(year)s") % {"year": year}


def _summary_of(assessment: Assessment) -> list[dict]:
    data = reviewing.snapshot_of(assessment)
    return [
        {"value": str(len(data["categories"])), "label": gettext("categories accepted")},
        {"value": data["total"], "label": gettext("score")},
    ]


def _tell_officers(assessment: Assessment, log: TransitionLog) -> None:
    notify(
        log.agency,
        officers_of(log.agency),
        rule="assessment_returned",
        kind=NoticeKind.RETURNED,
        obj=assessment,
        title=gettext("%(title)s was returned") % {"title": _title_of(assessment)},
        body=log.comment,
        url=overview_address(assessment),
        occurrence=str(log.pk),
    )


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
        effects=[reviewing.take_marks_back, reviewing.tell_writers_returned, take_whole_back],
    ),
    Transition(
        name="accept",
        sources=(CategoryStatus.SUBMITTED,),
        target=CategoryStatus.ACCEPTED,
        may=permissions.can_review,
        label=_("Accept the category"),
        requirements=[reviewing.is_in_progress],
        effects=[reviewing.tell_writers_accepted, put_whole_before_director],
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
        effects=[
            close_approved,
            reviewing.hold_categories,
            reviewing.freeze,
            reviewing.tell_everybody,
        ],
    ),
    # While the whole waits to be accepted it stays in progress; its request says that it waits.
    Transition(
        name="submit",
        sources=(AssessmentStatus.IN_PROGRESS,),
        target=AssessmentStatus.IN_PROGRESS,
        may=permissions.can_submit_whole,
        label=_("Submit for acceptance"),
        requirements=[cycle_is_open, reviewing.all_categories_are_accepted],
        effects=[open_request],
    ),
    Transition(
        name="withdraw",
        sources=(AssessmentStatus.IN_PROGRESS,),
        target=AssessmentStatus.IN_PROGRESS,
        may=permissions.can_submit_whole,
        label=_("Withdraw"),
        effects=[close_cancelled],
    ),
    Transition(
        name="return_",
        sources=(AssessmentStatus.IN_PROGRESS,),
        target=AssessmentStatus.IN_PROGRESS,
        may=permissions.can_accept,
        label=_("Return for correction"),
        requirements=[cycle_is_open],
        needs_comment=True,
        effects=[close_returned, _tell_officers],
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
        title_of=_title_of,
        summary_of=_summary_of,
        select_related=("cycle__agency",),
        is_costly=True,
        approve="accept",
        paper_kind="self-assessment",
        icon="ui-checks-grid",
        return_reasons=(
            _("A category is incomplete"),
            _("A score is not supported"),
            _("Evidence is missing"),
        ),
    )
)
