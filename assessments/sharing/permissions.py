"""Who hands out items, writes and settles remarks, asks units and answers for them.

Reading is for the whole office; an observer reads only.
"""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import active_memberships, is_officer, role_of
from assessments.models import CategoryAssessment, ItemAnswer, ItemAssignment, UnitQuestion
from assessments.permissions import can_write
from committees import roles


def can_assign(user: User, category_assessment: CategoryAssessment) -> bool:
    """Return whether the person hands out items: officers and the champion (7: any champion)."""
    cycle = category_assessment.assessment.cycle
    own = roles.champion_categories(user, cycle.agency, cycle.fiscal_year)
    number = category_assessment.category.number
    leads = bool(own) if number == roles.SHARED_CATEGORY else number in own
    return leads or is_officer(user, cycle.agency)


def can_tick(user: User, assignment: ItemAssignment) -> bool:
    """Return whether the person says that the work is done: who has it, or who handed it out."""
    category_assessment = assignment.item_answer.category_assessment
    return user.pk == assignment.user_id or can_assign(user, category_assessment)


def can_comment(user: User, agency: Agency) -> bool:
    """Return whether the person writes remarks: every member of the office but an observer."""
    return role_of(user, agency) not in ("", OfficeRole.OBSERVER)


def can_ask(user: User, answer: ItemAnswer) -> bool:
    """Return whether the person asks units about the item: who writes it."""
    return can_write(user, answer.category_assessment)


def can_answer(user: User, question: UnitQuestion) -> bool:
    """Return whether the person answers for the unit: its head, its people, and officers."""
    agency = question.item_answer.category_assessment.assessment.cycle.agency
    if not can_comment(user, agency):
        return False
    return (
        question.unit.head_id == user.pk
        or is_officer(user, agency)
        or any(
            row.user_id == user.pk and row.unit_id == question.unit_id
            for row in active_memberships(agency)
        )
    )
