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
    WHOLE_YEAR,
    Indicator,
    IndicatorValue,
    MonitoringSettings,
)
from assessments.models.official import (
    HandedIn,
    LevelBand,
    OfficialResult,
    OfficialScore,
    OfficialTarget,
    PrintedTotal,
)
from assessments.models.rounds import MonitoringRound
from assessments.models.scores import ItemScore, ScorePoint
from assessments.models.sharing import Comment, ItemAssignment, UnitQuestion

__all__ = [
    "WHOLE_YEAR",
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
    "HandedIn",
    "Indicator",
    "IndicatorValue",
    "Item",
    "ItemAnswer",
    "ItemAssignment",
    "ItemLink",
    "ItemMapping",
    "ItemScore",
    "LevelBand",
    "LineAnswer",
    "LineNote",
    "Measure",
    "MonitoringRound",
    "MonitoringSettings",
    "OfficialResult",
    "OfficialScore",
    "OfficialTarget",
    "PartDone",
    "PrintedTotal",
    "ProfileAnswer",
    "ProfileTopic",
    "ScorePoint",
    "UnitQuestion",
]
