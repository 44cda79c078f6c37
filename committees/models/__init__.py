"""Tables of the committees app, split by noun: bodies ← orders, meetings ← minutes."""

from committees.models.bodies import Committee, CommitteeMember, RuleOverride
from committees.models.meetings import (
    AgendaItem,
    AgendaTemplate,
    Attendee,
    Meeting,
    MeetingFeedback,
    MeetingPaper,
)
from committees.models.minutes import (
    CirculationAnswer,
    Minutes,
    Resolution,
    ResolutionNote,
)
from committees.models.orders import Appointment, AppointmentOrder

__all__ = [
    "AgendaItem",
    "AgendaTemplate",
    "Appointment",
    "AppointmentOrder",
    "Attendee",
    "CirculationAnswer",
    "Committee",
    "CommitteeMember",
    "Meeting",
    "MeetingFeedback",
    "MeetingPaper",
    "Minutes",
    "Resolution",
    "ResolutionNote",
    "RuleOverride",
]
