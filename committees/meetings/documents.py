"""The papers of a meeting, registered with the one paper door."""

from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from committees.meetings import papers_words as words
from committees.meetings.attendance_sheet import attendance_xlsx
from committees.meetings.numbering import number_words
from committees.meetings.papers_agenda import agenda_context
from committees.meetings.papers_attendance import attendance_context
from committees.meetings.papers_docx import agenda_docx, invitation_docx, minutes_docx
from committees.meetings.papers_invitation import invitation_context
from committees.meetings.papers_minutes import minutes_context
from committees.meetings.queries import meetings_visible_to
from committees.models import Meeting
from documents.enums import PaperGroup
from documents.papers import PaperKind, register


def meetings_on_paper(user: User):
    """Return the meetings whose papers the person may have."""
    rows = meetings_visible_to(user).select_related("agency", "previous")
    return rows.prefetch_related("committees")


def meetings_with_minutes(user: User):
    """Return the meetings of which somebody began to take minutes."""
    return meetings_on_paper(user).filter(minutes__isnull=False)


def titled(paper: str):
    """Return what names a paper: its own name, and the meeting's."""
    return lambda meeting: f"{paper}{words.gathering(meeting)} {number_words(meeting)}".strip()


def _register(
    template: str, label, title, context, visible_to=meetings_on_paper, docx=None, xlsx=None
) -> None:
    register(
        PaperKind(
            kind=PurePath(template).stem,
            group=PaperGroup.MEETINGS,
            is_official=True,
            model=Meeting,
            label=label,
            template=template,
            stylesheets=("pdf/official.css", "pdf/meetings.css"),
            context=context,
            title=title,
            agency_of=lambda meeting: meeting.agency,
            fiscal_year_of=lambda meeting: meeting.fiscal_year,
            visible_to=visible_to,
            docx=docx,
            xlsx=xlsx,
        )
    )


_register(
    "pdf/meetings/agenda.html", _("Agenda"), titled("ระเบียบวาระ"), agenda_context, docx=agenda_docx
)
_register(
    "pdf/meetings/invitation.html",
    _("Invitation"),
    titled("หนังสือเชิญ"),
    invitation_context,
    docx=invitation_docx,
)
_register(
    "pdf/meetings/attendance.html",
    _("Sheet to sign"),
    titled("ใบลงลายมือชื่อ"),
    attendance_context,
    xlsx=attendance_xlsx,
)
_register(
    "pdf/meetings/minutes.html",
    _("Minutes"),
    titled("รายงาน"),
    minutes_context,
    meetings_with_minutes,
    minutes_docx,
)
