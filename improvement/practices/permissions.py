"""Who writes best practices and lessons, who submits and decides."""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role, is_officer, may_decide_as_director
from committees.roles import champion_categories
from improvement.enums import PracticeStatus
from improvement.models import BestPractice, Lesson
from improvement.permissions import can_manage_plan

EDITABLE = (PracticeStatus.DRAFT, PracticeStatus.RETURNED)
WRITERS = (OfficeRole.OFFICER, OfficeRole.DEPUTY, OfficeRole.DIRECTOR, OfficeRole.STAFF)


def is_editable(practice: BestPractice) -> bool:
    return practice.status in EDITABLE


def can_add(user: User, agency: Agency, year: int) -> bool:
    """The officer, the deputy and champions begin a best-practice paper."""
    return can_manage_plan(user, agency) or bool(champion_categories(user, agency, year))


def can_write(user: User, practice: BestPractice) -> bool:
    """Whoever began the paper, the officer and the deputy write it; an observer never."""
    if has_role(user, practice.agency, OfficeRole.OBSERVER, ""):
        return False
    return practice.owner_id == user.pk or can_manage_plan(user, practice.agency)


def can_decide(user: User, practice: BestPractice) -> bool:
    """The director, or whoever acts for the director today."""
    return may_decide_as_director(user, practice.agency, kind=practice._meta.label_lower)


def can_record_decision(user: User, practice: BestPractice) -> bool:
    """The officer records what the director signed on paper."""
    return is_officer(user, practice.agency)


def can_note(user: User, agency: Agency) -> bool:
    """Everybody who works in the office notes lessons; observers and administrators read."""
    return has_role(user, agency, *WRITERS)


def can_change_lesson(user: User, lesson: Lesson) -> bool:
    """Who wrote a lesson changes it, and so do the officer and the deputy."""
    if not can_note(user, lesson.agency):
        return False
    return lesson.created_by_id == user.pk or can_manage_plan(user, lesson.agency)
