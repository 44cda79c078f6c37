"""Tables of the improvement app, split by noun: plans ← monitoring, practices."""

from improvement.models.monitoring import ActionReport, ReportEvidence
from improvement.models.plans import (
    Action,
    ActionReturn,
    ChangeRequest,
    ImprovementPlan,
    PlanPoint,
    Project,
)
from improvement.models.practices import (
    BestPractice,
    Lesson,
    ModelLetter,
    PracticePhoto,
    PracticeSection,
)

__all__ = [
    "Action",
    "ActionReport",
    "ActionReturn",
    "BestPractice",
    "ChangeRequest",
    "ImprovementPlan",
    "Lesson",
    "ModelLetter",
    "PlanPoint",
    "PracticePhoto",
    "PracticeSection",
    "Project",
    "ReportEvidence",
]
