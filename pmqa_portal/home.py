"""งานของฉัน: what waits for a person, grouped by due date, and the panels of the role."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from agencies.models import AgencyMembership, User
from approvals.models import ApprovalRequest
from core import clock
from notifications.due_items import DueItem, due_items
from pmqa_portal.home_panels import panels_for
from workflows.year_strip import strip

SOON = dt.timedelta(days=7)
SHOWN_LATER = 4
REQUEST = ApprovalRequest._meta.label_lower


def present(user: User, membership: AgencyMembership, year: int) -> dict:
    """Return the context of the home page for one person and fiscal year (B.E.)."""
    agency = membership.agency
    lead, side = panels_for(user, membership, year, is_open=strip(agency, year)["is_open"])
    return {
        "purpose": _purpose(membership.role),
        "groups": grouped(due_items(agency, user), clock.today()),
        "lead_panels": lead,
        "panels": side,
        # The secretary's tables need the room; the tasks stand beside them.
        "side_tasks": bool(lead) and membership.role == OfficeRole.OFFICER,
        "empty": _empty(membership, year),
    }


def grouped(items: list[DueItem], today: dt.date) -> list[dict]:
    """Return the items as groups to decide / overdue / within seven days / later.

    Empty groups are left out. Of what comes later only the first are shown, the rest is `more`.
    """
    decide = [item for item in items if item.object_type == REQUEST]
    rest = [item for item in items if item.object_type != REQUEST]
    overdue = [item for item in rest if item.due_on and item.due_on < today]
    soon = [item for item in rest if item.due_on and today <= item.due_on <= today + SOON]
    later = [item for item in rest if not item.due_on or item.due_on > today + SOON]
    groups = [
        _group("decide", _("Waits for your decision"), "hourglass-split", decide),
        _group("overdue", _("Overdue"), "exclamation-triangle-fill", overdue),
        _group("soon", _("Within 7 days"), "calendar-event", soon),
        _group("later", _("After that"), "calendar3", later, shown=SHOWN_LATER),
    ]
    return [group for group in groups if group["items"]]


def _group(key: str, label: str, icon: str, items: list[DueItem], shown: int | None = None) -> dict:
    return {
        "key": key,
        "label": label,
        "icon": icon,
        "count": len(items),
        "items": items[:shown],
        "more": items[shown:] if shown else [],
    }


def _purpose(role: str) -> str:
    return {
        OfficeRole.OFFICER: _("Work of the team's secretary: what comes next and who owes what"),
        OfficeRole.DIRECTOR: _("What waits for your decision, and how the year is going"),
        OfficeRole.DEPUTY: _("What waits for you, and how the year is going"),
        OfficeRole.ADMINISTRATOR: _("What waits for you in this office"),
    }.get(role, _("What waits for you, ordered by due date"))


def _empty(membership: AgencyMembership, year: int) -> dict:
    return {
        "title": _("Nothing waits for you now"),
        "text": _("New tasks appear here by themselves when a step or a deadline concerns you."),
        "action_url": reverse(
            "workflows:calendar", kwargs={"agency_code": membership.agency.code, "year": year}
        ),
        "action_label": _("See the calendar"),
    }
