"""Escalation: some days after a deadline passed, the unit's head and the officers are told once.

The office sets the number of days and who is told; where it set none, nobody is.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.enums import OfficeRole
from agencies.models import Agency, AgencyMembership
from agencies.roles import active_memberships
from core import clock
from notifications.due_items import DueItem
from notifications.enums import NoticeKind
from notifications.links import for_others
from notifications.models import AgencyNoticeSettings, Notification
from notifications.office_settings import notice_settings_of

ESCALATED = "escalated"


def escalation_rows(agency: Agency, items: Iterable[DueItem], on: dt.date) -> list[Notification]:
    """Return a notice for everybody to be told of what is overdue for long on the day.

    Told are the heads of the responsible people's units and the officers, as the office set;
    nobody is told so of his or her own task. Two queries.
    """
    settings = notice_settings_of(agency)
    if settings.escalate_after_days is None:
        return []
    wait = dt.timedelta(days=settings.escalate_after_days)
    late = [item for item in items if item.due_on and item.due_on + wait <= on > item.due_on]
    if not late:
        return []
    members = active_memberships(agency)
    return [row for item in late for row in _rows_of(agency, item, members, settings, on)]


def _rows_of(
    agency: Agency,
    item: DueItem,
    members: list[AgencyMembership],
    settings: AgencyNoticeSettings,
    on: dt.date,
) -> list[Notification]:
    told = _told(item, members, settings) - set(item.people)
    if not told or item.due_on is None:
        return []
    names = ", ".join(str(row.user) for row in members if row.user_id in item.people)
    days = (on - item.due_on).days
    title = ngettext(
        "%(days)d day overdue: %(title)s", "%(days)d days overdue: %(title)s", days
    ) % {"days": days, "title": item.title}
    return [
        Notification(
            agency=agency,
            recipient_id=person,
            rule=ESCALATED,
            kind=NoticeKind.ESCALATION,
            object_type=item.object_type,
            object_id=item.object_id,
            due_on=item.due_on,
            title=title[:300],
            body=_("Responsible: %(names)s") % {"names": names or "-"},
            url=for_others(item.url),
            created_at=clock.now(),
        )
        for person in sorted(told)
    ]


def _told(
    item: DueItem, members: list[AgencyMembership], settings: AgencyNoticeSettings
) -> set[int]:
    present = {row.user_id for row in members}
    told: set[int] = set()
    if settings.escalates_to_head:
        told |= {
            row.unit.head_id
            for row in members
            if row.user_id in item.people and row.unit and row.unit.head_id in present
        }
    if settings.escalates_to_officers:
        told |= {row.user_id for row in members if row.role == OfficeRole.OFFICER}
    return told
