"""Resolutions (มติที่ประชุม): worded while the minutes are typed, then tasks until they are done.

A resolution begins as a draft. Confirmed, one with an owner or a day is open until it is done or
dropped; one with neither is done at once, on the day of the meeting. Source: minutes in form 11
close every item with "มติที่ประชุม …"; offices follow open ones up under "เรื่องสืบเนื่อง".
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, Unit, User
from agencies.queries import people_of
from approvals.models import TransitionLog
from approvals.transitions import AlreadyChanged, perform
from committees.enums import ResolutionKind, ResolutionStatus
from committees.meetings.holding import hold_minutes
from committees.meetings.numbering import title_of
from committees.meetings.queries import minutes_typed
from committees.models import AgendaItem, Resolution, ResolutionNote
from core import clock
from core.form_fields import BuddhistDateField
from core.thai_dates import format_long
from core.thai_text import normalize
from documents.revisions import NotEditable, Saved, save_text

LONGEST_TEXT, LONGEST_NOTE = 4000, 4000
HEAD = "มติที่ประชุม"
# What the kinds are called in the minutes; they are Thai on every screen, as the paper is.
KIND_WORDS = {
    ResolutionKind.NOTED: "รับทราบ",
    ResolutionKind.APPROVED: "เห็นชอบ",
    ResolutionKind.CONFIRMED: "รับรองรายงานการประชุม",
    ResolutionKind.ASSIGNED: "มอบหมาย",
    ResolutionKind.NOT_APPROVED: "ไม่เห็นชอบ",
    ResolutionKind.OTHER: "",
}
# Kinds that say nothing without words of their own.
WORDED = (ResolutionKind.ASSIGNED, ResolutionKind.OTHER)
# Rows whose minutes may still be typed.
IN_WRITTEN_MINUTES = minutes_typed("item__meeting__")


def words_of(resolution: Resolution) -> str:
    """Return what the minutes print: "มติที่ประชุม เห็นชอบ ให้หมวด 4 …".

    The kind's word is not said twice where the wording begins with it.
    """
    word, text = KIND_WORDS[resolution.kind], resolution.text.strip()
    said = word if not text.startswith(word) else ""
    return " ".join(part for part in (HEAD, said, text) if part)


@dataclass(frozen=True)
class Wording:
    """What was typed into a resolution's form, checked."""

    kind: str
    text: str
    owner: User | None
    owner_unit: Unit | None
    due_on: dt.date | None

    def changes(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "text": self.text,
            "owner_id": self.owner.pk if self.owner else None,
            "owner_unit_id": self.owner_unit.pk if self.owner_unit else None,
            "due_on": self.due_on,
        }


def wording_of(
    agency: Agency, kind: str, text: str, owner: str, due_on: str, *, held_on: dt.date
) -> Wording:
    """Read what was typed. Raises ValidationError with a message for each wrong field.

    `owner` is the name of a person or of a unit of the office, as the list offers it. Nothing can
    be due before `held_on`, the day of the meeting that resolved it.
    """
    errors: dict[str, str] = {}
    text, owner = normalize(text).strip(), normalize(owner).strip()
    if kind not in ResolutionKind.values:
        errors["kind"] = _("Choose one of the list.")
    if len(text) > LONGEST_TEXT:
        errors["text"] = _("At most %(count)s characters.") % {"count": LONGEST_TEXT}
    person, unit = _owner(agency, owner)
    if owner and person is None and unit is None:
        errors["owner"] = _("Nobody and no unit of the office is called so. Choose from the list.")
    day = None
    try:
        day = BuddhistDateField(required=False).clean(due_on)
    except ValidationError as error:
        errors["due_on"] = error.messages[0]
    if day and day < held_on:
        errors["due_on"] = _("This day is before the meeting.")
    if errors:
        raise ValidationError(errors)
    return Wording(kind, text, person, unit, day)


def _owner(agency: Agency, name: str) -> tuple[User | None, Unit | None]:
    if not name:
        return None, None
    for unit in agency.units.filter(is_active=True):
        if name == unit.name:
            return None, unit
    for person in people_of(agency):
        if name == normalize(person.get_full_name()):
            return person, None
    return None, None


def add_resolution(item: AgendaItem, kind: str, *, by: User) -> Resolution:
    """Put an empty draft below the item. Raises NotEditable when the minutes are not typed now."""
    with transaction.atomic():
        hold_minutes(item.meeting)
        if not AgendaItem.objects.filter(pk=item.pk).filter(minutes_typed("meeting__")).exists():
            raise NotEditable
        last = item.resolutions.aggregate(last=Max("order"))["last"]
        resolution = Resolution.objects.create(
            item=item, kind=kind, order=0 if last is None else last + 1
        )
        audit.record(item.meeting.agency, by, "resolution.add", resolution, summary=item.title)
    return resolution


def save_wording(
    resolution: Resolution, wording: Wording, *, version: int, by: User, request_id: str = ""
) -> Saved:
    """Save a draft's wording, as `save_text` does, and raise what that raises."""
    meeting = resolution.item.meeting
    with transaction.atomic():
        hold_minutes(meeting)
        return save_text(
            resolution,
            wording.changes(),
            version=version,
            by=by,
            agency=meeting.agency,
            editable=Q(status=ResolutionStatus.DRAFT) & IN_WRITTEN_MINUTES,
            request_id=request_id,
        )


def remove_draft(resolution: Resolution, *, by: User) -> None:
    """Take away what is no resolution after all. Raises NotEditable once it was confirmed."""
    with transaction.atomic():
        hold_minutes(resolution.item.meeting)
        audit.record(
            resolution.item.meeting.agency,
            by,
            "resolution.remove",
            resolution,
            summary=words_of(resolution),
        )
        drafts = Resolution.objects.filter(pk=resolution.pk, status=ResolutionStatus.DRAFT)
        gone, _rows = drafts.filter(
            pk__in=Resolution.objects.filter(IN_WRITTEN_MINUTES).values("pk")
        ).delete()
        if not gone:
            raise NotEditable


def is_task(resolution: Resolution) -> bool:
    """Return whether somebody has to do something: an owner or a day was named."""
    return bool(resolution.owner_id or resolution.owner_unit_id or resolution.due_on)


def confirm(resolution: Resolution, *, by: User) -> TransitionLog:
    """Make a draft stand: open where it is a task, else done on the day of the meeting.

    Raises what `approvals.transitions.perform` raises.
    """
    if is_task(resolution):
        return perform(resolution, "open_task", by)
    day = clock.day_of(resolution.item.meeting.starts_at)
    return _closed(resolution, "note", by, ResolutionStatus.DRAFT, day)


def finish(resolution: Resolution, *, by: User, done_on: dt.date, note: str = "") -> TransitionLog:
    """Record that an open resolution was carried out on the day; the note says how.

    Raises what `approvals.transitions.perform` raises.
    """
    return _closed(resolution, "finish", by, ResolutionStatus.OPEN, done_on, note)


def _closed(resolution, name, by, source, day, note="") -> TransitionLog:
    """Write the day and change the state in one transaction: all of it or nothing."""
    with transaction.atomic():
        rows = Resolution.objects.filter(pk=resolution.pk, status=source)
        if not rows.update(done_on=day, closed_by=by) and resolution.status == source:
            raise AlreadyChanged(resolution)
        log = perform(resolution, name, by, comment=note)
        if note.strip():
            add_note(resolution, note, by=by)
    return log


def add_note(resolution: Resolution, text: str, *, by: User) -> ResolutionNote:
    """Keep a word on how far the resolution is. Raises ValidationError for an empty one."""
    text = normalize(text).strip()
    if not text:
        raise ValidationError(_("Write how far it is."))
    if len(text) > LONGEST_NOTE:
        raise ValidationError(_("At most %(count)s characters.") % {"count": LONGEST_NOTE})
    return ResolutionNote.objects.create(resolution=resolution, text=text, at=clock.now(), by=by)


def forget_day(resolution: Resolution, log: TransitionLog) -> None:
    """Take day and name of an earlier closing off a resolution that is open again (effect)."""
    resolution.done_on = resolution.closed_by = None
    resolution.save(update_fields=["done_on", "closed_by"])


def is_typed(resolution: Resolution) -> list[str]:
    """Return a complaint when the minutes are not typed now, or nothing was worded."""
    if not Resolution.objects.filter(pk=resolution.pk).filter(IN_WRITTEN_MINUTES).exists():
        return [_("The minutes are not being written now")]
    if not resolution.text.strip() and resolution.kind in WORDED:
        return [_("Write what was resolved")]
    return []


def owners(resolution: Resolution) -> set[int]:
    """Return who carries the resolution out: the person, the unit's head, else nobody."""
    if resolution.owner_id:
        return {resolution.owner_id}
    unit = resolution.owner_unit
    return {unit.head_id} if unit and unit.head_id else set()


def reminder_text(resolution: Resolution, url: str) -> str:
    """Return a text for a chat that reminds of the resolution; Thai, as offices talk."""
    meeting = resolution.item.meeting
    lines = [f"ติดตามมติที่ประชุม {title_of(meeting)}", words_of(resolution)]
    if resolution.due_on:
        lines.append(f"กำหนดแล้วเสร็จ {format_long(resolution.due_on, 'th')}")
    lines += ["ขอทราบความคืบหน้าที่", url]
    return "\n".join(lines)
