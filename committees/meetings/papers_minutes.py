"""Minutes on paper (รายงานการประชุม, form 11): what they say, and how it is printed.

`minutes_data` is the one canonical form: the paper is drawn from it, an approval approves it,
and confirmed minutes keep it.
"""

import datetime as dt
from typing import Any

from agencies.models import User
from committees.enums import AgendaKind, MeetingMode, MinutesStatus
from committees.meetings import agendas, attendance
from committees.meetings import papers_words as words
from committees.meetings.numbering import number_words
from committees.meetings.resolutions import HEAD, words_of
from committees.models import Attendee, Meeting, Minutes, Resolution
from core import clock
from core.templatetags.papers import name_kept
from core.thai_text import wrap_protected

# Letters that stand side by side in the columns of names, positions and roles.
NAME_CHARS, POSITION_CHARS, ROLE_CHARS = 20, 30, 18


def minutes_of(meeting: Meeting) -> Minutes | None:
    return Minutes.objects.select_related("recorder", "checker").filter(meeting=meeting).first()


def decided_minutes(meeting: Meeting) -> dict[str, Any]:
    """Return what the minutes say: as they were confirmed, else as they stand now."""
    minutes = minutes_of(meeting)
    if minutes and minutes.status == MinutesStatus.CONFIRMED and minutes.snapshot:
        return minutes.snapshot
    return minutes_data(meeting)


def minutes_data(meeting: Meeting) -> dict[str, Any]:
    """Return what the minutes say, JSON-able and in the words that are printed.

    {"heading", "office", "number", "held_on", "place", "opened_at", "closed_at",
    "identified_by", "present"/"absent"/"in_attendance": [{"name", "position", "role",
    "remark"}], "items": [{"number", "depth", "title", "html", "resolutions": [str]}],
    "corrections", "recorder"/"checker": {"name", "position"} or None}

    Days are ISO, times HH:MM or None, digits Arabic. The number of queries is fixed.
    """
    minutes = minutes_of(meeting)
    attendees = list(meeting.attendees.all())
    is_electronic = meeting.mode != MeetingMode.ON_SITE
    return {
        "heading": f"รายงาน{words.gathering(meeting)}",
        "office": meeting.agency.name_th,
        "number": number_words(meeting),
        "held_on": clock.day_of(meeting.starts_at).isoformat(),
        "place": words.place_words(meeting),
        "opened_at": _hour(meeting.opened_at),
        "closed_at": _hour(meeting.closed_at),
        "identified_by": meeting.identified_by if is_electronic else "",
        **_people(attendees),
        "items": _items(meeting),
        "corrections": minutes.corrections if minutes else "",
        "recorder": _person(minutes.recorder if minutes else None),
        "checker": _person(minutes.checker if minutes else None),
    }


def _hour(time: dt.time | None) -> str | None:
    return f"{time:%H:%M}" if time else None


def _person(user: User | None) -> dict[str, str] | None:
    return {"name": user.get_full_name(), "position": user.position} if user else None


def _people(attendees: list[Attendee]) -> dict[str, list[dict[str, str]]]:
    """Return who came, who did not, and who was in attendance, in the order of precedence."""
    return {
        name: [
            {"name": row.name, "position": row.position, "role": row.role, "remark": row.remark}
            for row in rows
        ]
        for name, rows in attendance.lists(attendees)._asdict().items()
    }


def _items(meeting: Meeting) -> list[dict[str, Any]]:
    """Return headings and sub-items in the order of the meeting, each with its resolutions."""
    taken: dict[int, list[str]] = {}
    for resolution in Resolution.objects.filter(item__meeting=meeting):
        said = words_of(resolution).removeprefix(HEAD).strip()
        taken.setdefault(resolution.item_id, []).append(said)
    rows = agendas.rows_of(meeting, list(meeting.agenda.order_by("order", "pk")))
    return [
        {
            "number": row.number,
            "depth": row.depth,
            "title": row.title,
            "html": row.item.minutes_text,
            "resolutions": taken.get(row.item.pk, []),
            # It names the minutes to confirm, so it never says that there is nothing.
            "confirms": row.item.kind == AgendaKind.CONFIRM_MINUTES and bool(meeting.previous_id),
        }
        for row in agendas.flat(rows)
    ]


def minutes_context(meeting: Meeting) -> dict[str, Any]:
    """Return what the minutes' template prints; all digits follow the office's setting."""
    data = decided_minutes(meeting)
    digits = words.digits_of(meeting.agency)
    held_on = dt.date.fromisoformat(data["held_on"])
    day = f"เมื่อ{words.weekday_words(held_on)}"
    heading = [data["heading"], office_line(data), data["number"], day, data["place"]]
    return {
        "heading": [wrap_protected(digits(line)) for line in heading if line],
        "lists": [
            _printed_list("ผู้มาประชุม", data["present"], digits),
            _printed_list("ผู้ไม่มาประชุม", data["absent"], digits, remark_last=True),
            _printed_list("ผู้เข้าร่วมประชุม", data["in_attendance"], digits),
        ],
        "identified_by": wrap_protected(digits(data["identified_by"])),
        "opened_at": digits(_printed_hour(data["opened_at"])),
        "closed_at": digits(_printed_hour(data["closed_at"])),
        "headings": _printed_items(data["items"], meeting, digits),
        "corrections": words.paragraphs(words.lines_of(digits(data["corrections"]))),
        "signers": [
            {"name": person["name"] if person else words.DOTS * 3, "words": role}
            for role, person in (
                ("ผู้จดรายงานการประชุม", data["recorder"]),
                ("ผู้ตรวจรายงานการประชุม", data["checker"]),
            )
        ],
    }


def office_line(data: dict) -> str:
    """Return the office's line, unless the committee's name says it already."""
    return "" if data["office"] in data["heading"] else data["office"]


def _printed_hour(hour: str | None) -> str:
    return words.time_words(dt.time.fromisoformat(hour) if hour else None)


def _printed_list(title: str, rows: list[dict], digits, *, remark_last: bool = False) -> dict:
    """Return one list of people. Those who did not come have the reason in the last column."""
    printed = []
    for number, row in enumerate(rows, start=1):
        position = [row["position"], "" if remark_last else row["remark"]]
        last = row["remark"] if remark_last else row["role"]
        printed.append(
            {
                "number": digits(f"{number}."),
                "name": name_kept(row["name"], NAME_CHARS),
                "position": [wrap_protected(digits(t), POSITION_CHARS) for t in position if t],
                "last": wrap_protected(digits(last), ROLE_CHARS),
            }
        )
    return {"title": title, "rows": printed, "is_long": len(rows) > 99}


def says_by_itself(item: dict) -> bool:
    """Return whether an item without words needs no "- ไม่มี -": a sub-item, one that closes with
    a resolution, and one that names the minutes to confirm.
    """
    return bool(item["resolutions"] or item["depth"] or item.get("confirms"))


def _printed_items(items: list[dict], meeting: Meeting, digits) -> list[dict]:
    """Return the items for print; a heading under which nothing was said prints "- ไม่มี -"."""
    printed = []
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        has_subs = item["depth"] == 0 and following is not None and following["depth"] > 0
        html = words.printed_rich(item["html"], meeting.agency)
        printed.append(
            {
                "number": digits(item["number"]),
                "depth": item["depth"],
                "id": f"said-{item['number'].replace('.', '-')}",
                "title": wrap_protected(digits(item["title"])),
                "html": html,
                "resolutions": [wrap_protected(digits(text)) for text in item["resolutions"]],
                "is_empty": not (html or has_subs or says_by_itself(item)),
            }
        )
    return printed
