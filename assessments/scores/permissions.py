"""Who gives scores, who concludes them, and who may ever see what single members gave."""

from agencies.models import User
from agencies.roles import is_officer
from assessments.models import CategoryAssessment
from assessments.permissions import can_review, can_write
from committees import roles


def is_expected(user: User, category_assessment: CategoryAssessment) -> bool:
    """Return whether a score of the person is waited for: champion and team of the category."""
    cycle = category_assessment.assessment.cycle
    number = category_assessment.category.number
    return number in roles.written_categories(user, cycle.agency, cycle.fiscal_year)


def expected_people(category_assessment: CategoryAssessment) -> list[User]:
    """Return champion and team of the category, each once (category 7: all teams)."""
    cycle = category_assessment.assessment.cycle
    number = category_assessment.category.number
    team = roles.team_of_category(cycle.agency, cycle.fiscal_year, number)
    return list({user.pk: user for user in team}.values())


def can_score(user: User, category_assessment: CategoryAssessment) -> bool:
    """Return whether the person may score in private: champion, team, and officers."""
    return can_write(user, category_assessment)


def can_conclude(user: User, category_assessment: CategoryAssessment) -> bool:
    """Return whether the person records the consensus: the champion, and officers."""
    cycle = category_assessment.assessment.cycle
    return is_officer(user, cycle.agency) or _is_champion(user, category_assessment)


def can_open_consensus(user: User, category_assessment: CategoryAssessment) -> bool:
    """Return whether the person opens the consensus: the champion.

    An officer only where the category has no champion: opening shows members' scores to
    officers, so it is not for them to decide.
    """
    cycle = category_assessment.assessment.cycle
    if _is_champion(user, category_assessment):
        return True
    champions = roles.champions(cycle.agency, cycle.fiscal_year)
    number = category_assessment.category.number
    vacant = not champions if number == roles.SHARED_CATEGORY else number not in champions
    return vacant and is_officer(user, cycle.agency)


def can_enter_external(user: User, category_assessment: CategoryAssessment) -> bool:
    """Return whether the person enters what an outside assessor gave: officers."""
    return is_officer(user, category_assessment.assessment.cycle.agency)


def reads_members(user: User, category_assessment: CategoryAssessment) -> bool:
    """Return whether single members' scores may ever be shown to the person.

    Champion, team, officers and the reviewers of the category; when they are shown is the rule
    of `seeing.sees_members`. Everybody else sees the consensus only.
    """
    return can_write(user, category_assessment) or can_review(user, category_assessment)


def _is_champion(user: User, category_assessment: CategoryAssessment) -> bool:
    """Category 7 belongs to all champions together."""
    cycle = category_assessment.assessment.cycle
    own = roles.champion_categories(user, cycle.agency, cycle.fiscal_year)
    number = category_assessment.category.number
    return bool(own) if number == roles.SHARED_CATEGORY else number in own
