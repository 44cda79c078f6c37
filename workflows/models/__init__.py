"""SOPs (procedure → version → step → window) and the yearly cycles they generate."""

from workflows.models.calendars import AwardStage, CalendarFeed
from workflows.models.cycles import Cycle, Step, StepDocument, StepShift, StepWindow
from workflows.models.register import Manual, ManualSop, Process
from workflows.models.sops import (
    Procedure,
    ProcedureFile,
    ProcedureNode,
    ProcedureStep,
    ProcedureVersion,
    ProcedureWindow,
    SopLayout,
)

__all__ = [
    "AwardStage",
    "CalendarFeed",
    "Cycle",
    "Manual",
    "ManualSop",
    "Procedure",
    "ProcedureFile",
    "ProcedureNode",
    "ProcedureStep",
    "ProcedureVersion",
    "ProcedureWindow",
    "Process",
    "SopLayout",
    "Step",
    "StepDocument",
    "StepShift",
    "StepWindow",
]
