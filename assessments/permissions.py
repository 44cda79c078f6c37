"""Who may write, submit, review and accept a self-assessment. Reading is for the whole office."""

from agencies.models import User
from agencies.roles import is_officer, may_decide_as_director
from assessments.models import Assessment, CategoryAssessment
from committees import roles
from committees.enums import CommitteeKind, CommitteeRole
from workflows.models import Cycle


def can_start(user: User, cycle: Cycle) -> bool:
    """Return whether the person may start the cycle's assessment: officers."""
    return is_officer(user, cycle.agency)


def can_manage(user: User, assessment: Assessment) -> bool:
    """Return whether the person may set due dates and enter unknown points: officers."""
    return is_officer(user, assessment.cycle.agency)


def can_write(user: User, category_assessment: CategoryAssessment) -> bool:
    """Return whether the person writes the category: its champion and team, and officers.

    Says nothing of the category's state; a locked category refuses in the save itself.
    """
    cycle = category_assessment.assessment.cycle
    number = category_assessment.category.number
    return is_officer(user, cycle.agency) or number in roles.written_categories(
        user, cycle.agency, cycle.fiscal_year
    )


def can_mark_part(user: User, category_assessment: CategoryAssessment) -> set[int]:
    """Return the parts of category 7 (numbers 1–6) that the person may mark as done."""
    cycle = category_assessment.assessment.cycle
    if category_assessment.category.number != roles.SHARED_CATEGORY:
        return set()
    return roles.champion_categories(user, cycle.agency, cycle.fiscal_year) | _vacant(
        user, category_assessment
    )


def can_submit(user: User, category_assessment: CategoryAssessment) -> bool:
    """Return whether the person submits: the champion; for category 7 the officer.

    A category that has no champion is the officer's, as everything that belongs to nobody.
    """
    cycle = category_assessment.assessment.cycle
    number = category_assessment.category.number
    if number == roles.SHARED_CATEGORY:
        return is_officer(user, cycle.agency)
    own = roles.champion_categories(user, cycle.agency, cycle.fiscal_year)
    return number in own or number in _vacant(user, category_assessment)


def can_review(user: User, category_assessment: CategoryAssessment) -> bool:
    """Return whether the person returns or accepts: secretary (officer) or Working Team chair."""
    cycle = category_assessment.assessment.cycle
    return is_officer(user, cycle.agency) or roles.chairs(
        user, cycle.agency, cycle.fiscal_year, *roles.WORKING_KINDS
    )


def can_submit_whole(user: User, assessment: Assessment) -> bool:
    """Return whether the person puts the whole before who accepts it: who reviews categories."""
    cycle = assessment.cycle
    return is_officer(user, cycle.agency) or roles.chairs(
        user, cycle.agency, cycle.fiscal_year, *roles.WORKING_KINDS
    )


def can_accept(user: User, assessment: Assessment) -> bool:
    """Return whether the person accepts the whole for the Steering Committee.

    Its chair and vice-chair, the chair of a single committee, the director, and whoever acts
    for the director on the day.
    """
    cycle = assessment.cycle
    for seat in roles.seats_of(user, cycle.agency, cycle.fiscal_year):
        kind, role = seat.committee.kind, seat.role
        leads = role in (CommitteeRole.CHAIR, CommitteeRole.VICE_CHAIR)
        if kind == CommitteeKind.STEERING and leads:
            return True
        if kind == CommitteeKind.SINGLE and role == CommitteeRole.CHAIR:
            return True
    return may_decide_as_director(user, cycle.agency, kind=assessment._meta.label_lower)


def can_reopen(user: User, assessment: Assessment) -> bool:
    """Return whether the person reopens an accepted assessment: officers, with a reason."""
    return is_officer(user, assessment.cycle.agency)


def _vacant(user: User, category_assessment: CategoryAssessment) -> set[int]:
    cycle = category_assessment.assessment.cycle
    if not is_officer(user, cycle.agency):
        return set()
    filled = roles.champions(cycle.agency, cycle.fiscal_year)
    return set(roles.CHAMPION_CATEGORIES) - set(filled)
