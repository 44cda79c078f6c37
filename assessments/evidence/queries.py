"""Which evidence and which uses of it somebody may see.

Every member of the office sees that a piece exists, by its code; who may also know name and
content of a confidential one is told by `evidence.permissions`.
"""

from django.db.models import QuerySet

from agencies.models import User
from agencies.queries import agencies_visible_to
from assessments.evidence.permissions import readable
from assessments.models import Evidence, EvidenceLink, EvidenceUse
from workflows.models import Cycle


def evidence_visible_to(user: User) -> QuerySet[Evidence]:
    """Return the evidence of the person's own offices."""
    return Evidence.objects.filter(cycle__agency__in=agencies_visible_to(user)).select_related(
        "cycle__agency", "file", "created_by", "owner"
    )


def evidence_known_to(user: User, cycle: Cycle) -> QuerySet[Evidence]:
    """Return the cycle's evidence whose name and content the person may know."""
    rows = evidence_visible_to(user).filter(cycle=cycle)
    return rows.filter(readable(user, cycle.agency, cycle.fiscal_year))


def links_visible_to(user: User) -> QuerySet[EvidenceLink]:
    return EvidenceLink.objects.filter(
        evidence__cycle__agency__in=agencies_visible_to(user)
    ).select_related(
        "evidence__cycle__agency",
        "line",
        "item_answer__item",
        "item_answer__category_assessment__category",
        "item_answer__category_assessment__assessment__cycle__agency",
    )


def uses_visible_to(user: User) -> QuerySet[EvidenceUse]:
    return EvidenceUse.objects.filter(
        evidence__cycle__agency__in=agencies_visible_to(user)
    ).select_related(
        "evidence__cycle__agency",
        "step__cycle__agency",
        "step__procedure_step",
        "indicator__item_answer__item",
        "indicator__item_answer__category_assessment__category",
        "indicator__item_answer__category_assessment__assessment__cycle__agency",
    )
