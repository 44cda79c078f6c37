"""The menus: which rooms a role sees, on the desk and on the phone."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.enums import OfficeRole


@dataclass(frozen=True)
class Entry:
    """One room: its address name and namespace (for marking the current one), label, icon."""

    key: str
    url_name: str
    label: Promise
    short_label: Promise
    icon: str
    has_year: bool = True


ENTRIES = {
    entry.key: entry
    for entry in (
        Entry("my-work", "my-work", _("My work"), _("My work"), "inbox"),
        Entry("approvals", "approvals:inbox", _("To approve"), _("To approve"), "check2-square"),
        Entry(
            "dashboards",
            "dashboards:director",
            _("Overview of results"),
            _("Overview"),
            "speedometer2",
        ),
        Entry(
            "workflows",
            "workflows:calendar",
            _("Fiscal year calendar"),
            _("Calendar"),
            "calendar3",
        ),
        Entry("committees", "committees:overview", _("Committees"), _("Committees"), "people"),
        Entry("meetings", "meetings:list", _("Meetings"), _("Meetings"), "journal-text"),
        Entry("improvement", "improvement:plan", _("Improvement plan"), _("Plan"), "signpost-2"),
        Entry("rounds", "rounds:list", _("Monitoring rounds"), _("Rounds"), "clipboard-data"),
        Entry(
            "profile",
            "profile:overview",
            _("Organisational profile"),
            _("Profile"),
            "building",
        ),
        Entry(
            "assessments",
            "assessments:overview",
            _("Self-assessment"),
            _("Assess"),
            "ui-checks-grid",
        ),
        Entry("indicators", "indicators:list", _("Indicators"), _("Indicators"), "graph-up"),
        Entry("evidence", "evidence:library", _("Evidence library"), _("Evidence"), "folder2"),
        Entry("sop", "sop:list", _("SOP manuals"), _("SOP"), "diagram-3"),
        Entry(
            "processes",
            "processes:list",
            _("Process register"),
            _("Processes"),
            "list-columns",
        ),
        Entry(
            "practices",
            "practices:list",
            _("Best practice and lessons"),
            _("Lessons"),
            "award",
        ),
        Entry("reports", "reports:index", _("Reports and papers"), _("Reports"), "printer"),
        Entry(
            "agencies",
            "agencies:settings",
            _("Office settings"),
            _("Settings"),
            "sliders",
            has_year=False,
        ),
    )
}

GROUPS = (
    (_("My work"), ("my-work", "approvals")),
    (
        _("Fiscal year"),
        ("dashboards", "workflows", "committees", "meetings", "improvement", "rounds"),
    ),
    (_("Assessment"), ("profile", "assessments", "indicators", "evidence")),
    (_("Documents"), ("sop", "processes", "practices", "reports")),
    (_("Settings"), ("agencies",)),
)

# Rooms without a line of their own, and the line that stays marked while one is open.
_WITHIN = {
    "approval_settings": "agencies",
    "award": "reports",
    "carrying": "assessments",
    "certificates": "reports",
    "criteria": "agencies",
    "documents": "reports",
    "house-look": "agencies",
    "letters": "reports",
}
_ALL = tuple(ENTRIES)
_DECIDER = tuple(key for key in _ALL if key != "agencies")
ROOMS = {
    OfficeRole.OFFICER: _ALL,
    OfficeRole.ADMINISTRATOR: (
        "my-work",
        "workflows",
        "meetings",
        "sop",
        "processes",
        "practices",
        "reports",
        "agencies",
    ),
    OfficeRole.DIRECTOR: _DECIDER,
    OfficeRole.DEPUTY: _DECIDER,
    OfficeRole.STAFF: tuple(key for key in _ALL if key not in {"approvals", "agencies"}),
    OfficeRole.OBSERVER: (
        "my-work",
        "dashboards",
        "workflows",
        "meetings",
        "profile",
        "assessments",
        "indicators",
        "sop",
        "processes",
        "practices",
        "reports",
    ),
}
PHONE = {
    OfficeRole.OFFICER: ("my-work", "workflows", "assessments", "evidence"),
    OfficeRole.STAFF: ("my-work", "workflows", "assessments", "evidence"),
    OfficeRole.DIRECTOR: ("my-work", "approvals", "workflows", "reports"),
    OfficeRole.DEPUTY: ("my-work", "approvals", "workflows", "reports"),
    OfficeRole.OBSERVER: ("workflows", "assessments", "reports"),
    OfficeRole.ADMINISTRATOR: ("my-work", "agencies"),
}


def entries(role: str, agency_code: str, year: int, current: str, counts: dict) -> dict:
    """Return the menus of a role: {"groups": …, "phone_entries": …, "more_entries": …}.

    `current` is the key of the room that is open; `counts` maps keys to what waits there.
    """

    def shown(key: str) -> dict:
        entry = ENTRIES[key]
        kwargs = {"agency_code": agency_code} | ({"year": year} if entry.has_year else {})
        return {
            "url": reverse(entry.url_name, kwargs=kwargs),
            "label": entry.label,
            "short_label": entry.short_label,
            "icon": entry.icon,
            "is_current": key == _WITHIN.get(current, current),
            "count": counts.get(key, 0),
        }

    rooms = ROOMS[role]
    groups = [
        {"label": label, "entries": [shown(key) for key in keys if key in rooms]}
        for label, keys in GROUPS
    ]
    phone = PHONE[role]
    return {
        "groups": [group for group in groups if group["entries"]],
        "phone_entries": [shown(key) for key in phone],
        "more_entries": [shown(key) for key in rooms if key not in phone],
    }
