"""Replies that are waited for, as due items of the people invited; one query."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from agencies.models import Agency, User
from committees.enums import MeetingStatus
from committees.meetings.inviting import ATTENDEE, reply_path
from committees.meetings.numbering import title_of
from committees.models import Attendee
from core import clock
from core.thai_dates import format_short
from notifications.due_items import DueItem


def replies_waiting(agency: Agency, user: User | None) -> Iterator[DueItem]:
    """Yield one item for each person with an account who was invited and has not replied.

    It is due by the meeting's day for replies, else on the day of the meeting.
    """
    rows = Attendee.objects.filter(
        meeting__agency=agency,
        meeting__status=MeetingStatus.CALLED,
        meeting__starts_at__gt=clock.now(),
        invited_at__isnull=False,
        reply="",
        user__is_active=True,
    )
    if user is not None:
        rows = rows.filter(user=user)
    for row in rows.select_related("meeting").order_by("meeting__starts_at", "pk"):
        meeting = row.meeting
        day = meeting.starts_at.astimezone(clock.BANGKOK).date()
        yield DueItem(
            object_type=ATTENDEE,
            object_id=str(row.pk),
            title=_("Reply: %(meeting)s") % {"meeting": title_of(meeting)},
            why=_("Meeting on %(day)s") % {"day": format_short(day)},
            due_on=meeting.reply_by or day,
            url=reply_path(row),
            action=_("Reply"),
            people=(row.user_id,),
            icon="envelope-open",
            remind_from=row.invited_at.astimezone(clock.BANGKOK).date(),
        )
