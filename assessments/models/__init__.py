"""Tables of the assessments app, split by noun: criteria ← answers ← evidence, indicators."""

from assessments.models.answers import (
    Assessment,
    CategoryAssessment,
    Finding,
    ItemAnswer,
    LineAnswer,
    PartDone,
    ProfileAnswer,
)
from assessments.models.criteria import (
    Category,
    ChecklistLine,
    CriteriaEdition,
    Item,
    Measure,
    ProfileTopic,
)
from assessments.models.evidence import (
    Evidence,
    EvidenceCounter,
    EvidenceLink,
)
from assessments.models.indicators import (
    Indicator,
    IndicatorValue,
)

__all__ = [
    "Assessment",
    "Category",
    "CategoryAssessment",
    "ChecklistLine",
    "CriteriaEdition",
    "Evidence",
    "EvidenceCounter",
    "EvidenceLink",
    "Finding",
    "Indicator",
    "IndicatorValue",
    "Item",
    "ItemAnswer",
    "LineAnswer",
    "Measure",
    "PartDone",
    "ProfileAnswer",
    "ProfileTopic",
]
