"""Tables of the assessments app, split by noun: criteria ← answers ← evidence, indicators."""

from assessments.models.answers import (
    Assessment,
    CategoryAssessment,
    Finding,
    ItemAnswer,
    ItemLink,
    LineAnswer,
    LineNote,
    PartDone,
    ProfileAnswer,
)
from assessments.models.criteria import (
    Category,
    ChecklistLine,
    CriteriaEdition,
    Item,
    ItemMapping,
    Measure,
    ProfileTopic,
)
from assessments.models.evidence import (
    Evidence,
    EvidenceCounter,
    EvidenceLink,
    EvidenceUse,
    EvidenceVersion,
)
from assessments.models.indicators import (
    Indicator,
    IndicatorValue,
)
from assessments.models.official import OfficialResult, OfficialScore
from assessments.models.scores import ItemScore, ScorePoint
from assessments.models.sharing import Comment, ItemAssignment, UnitQuestion

__all__ = [
    "Assessment",
    "Category",
    "CategoryAssessment",
    "ChecklistLine",
    "Comment",
    "CriteriaEdition",
    "Evidence",
    "EvidenceCounter",
    "EvidenceLink",
    "EvidenceUse",
    "EvidenceVersion",
    "Finding",
    "Indicator",
    "IndicatorValue",
    "Item",
    "ItemAnswer",
    "ItemAssignment",
    "ItemLink",
    "ItemMapping",
    "ItemScore",
    "LineAnswer",
    "LineNote",
    "Measure",
    "OfficialResult",
    "OfficialScore",
    "PartDone",
    "ProfileAnswer",
    "ProfileTopic",
    "ScorePoint",
    "UnitQuestion",
]
