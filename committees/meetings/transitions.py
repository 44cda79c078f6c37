"""States of a meeting: being prepared → called → held; cancelled with a reason; opened again."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import audit_actions
from approvals.models import TransitionLog
from approvals.registry import Transition, Workflow, register
from committees.enums import MeetingKind, MeetingStatus, MinutesStatus
from committees.meetings import arising, calling, inviting, permissions
from committees.meetings.numbering import title_of
from committees.models import Meeting, Minutes
from core import clock

PLANNED, CALLED = MeetingStatus.PLANNED.value, MeetingStatus.CALLED.value
HELD, CANCELLED = MeetingStatus.HELD.value, MeetingStatus.CANCELLED.value


def url_of(meeting: Meeting) -> str:
    return reverse("meetings:detail", args=[meeting.agency.code, meeting.fiscal_year, meeting.pk])


def may_call(user, meeting: Meeting) -> bool:
    return permissions.can_call_meetings(user, meeting.agency)


def ready_to_call(meeting: Meeting) -> list[str]:
    """Require committees, a day to come, a place or link, and an agenda."""
    missing = []
    if meeting.kind == MeetingKind.COMMITTEE and not meeting.committees.exists():
        missing.append(_("Choose the committee that meets."))
    if not calling.has_place(meeting):
        missing.append(_("Fill in the place or the online link."))
    if meeting.starts_at <= clock.now():
        missing.append(_("The meeting's time has passed: change the day, or mark it as held."))
    if not meeting.agenda.exists():
        missing.append(_("Write an agenda with at least one item."))
    return missing


def has_begun(meeting: Meeting) -> list[str]:
    if meeting.starts_at > clock.now():
        return [_("The meeting has not begun yet.")]
    return []


def minutes_are_open(meeting: Meeting) -> list[str]:
    if Minutes.objects.filter(meeting=meeting).exclude(status=MinutesStatus.WRITING).exists():
        return [_("The minutes are already with the chair or confirmed.")]
    return []


def _list_arising(meeting: Meeting, log: TransitionLog) -> None:
    arising.refresh(meeting)


def _tell_cancelled(meeting: Meeting, log: TransitionLog) -> None:
    inviting.tell_cancelled(meeting, log)


TRANSITIONS = (
    Transition(
        "call",
        (PLANNED,),
        CALLED,
        may_call,
        gettext_lazy("Send the invitations"),
        requirements=[ready_to_call],
        effects=[_list_arising, inviting.send_invitations],
    ),
    Transition(
        "hold",
        (PLANNED, CALLED),
        HELD,
        permissions.can_take_minutes,
        gettext_lazy("Mark as held"),
        requirements=[has_begun],
    ),
    Transition(
        "cancel",
        (PLANNED, CALLED),
        CANCELLED,
        may_call,
        gettext_lazy("Cancel the meeting"),
        needs_comment=True,
        effects=[_tell_cancelled],
    ),
    Transition(
        "reopen",
        (HELD,),
        CALLED,
        may_call,
        gettext_lazy("Open the meeting again"),
        requirements=[minutes_are_open],
    ),
    Transition(
        "restore",
        (CANCELLED,),
        PLANNED,
        may_call,
        gettext_lazy("Prepare the meeting again"),
    ),
)

register(
    Workflow(
        model=Meeting,
        agency_of=lambda meeting: meeting.agency,
        transitions={rule.name: rule for rule in TRANSITIONS},
        fiscal_year_of=lambda meeting: meeting.fiscal_year,
        url_of=url_of,
        title_of=title_of,
        icon="journal-text",
    )
)

audit_actions.register(
    {
        "meeting.create": gettext_lazy("Meeting put in the list"),
        "meeting.change": gettext_lazy("Meeting changed"),
        "agenda.add": gettext_lazy("Agenda: matters added"),
        "agenda.move": gettext_lazy("Agenda: matter moved"),
        "agenda.remove": gettext_lazy("Agenda: matter taken off"),
        "agenda.paper": gettext_lazy("Agenda: paper laid on a matter"),
        "agenda.unpaper": gettext_lazy("Agenda: paper taken off a matter"),
        "agenda.template": gettext_lazy("Form of agenda made"),
        "agenda.template_delete": gettext_lazy("Form of agenda deleted"),
    }
)
