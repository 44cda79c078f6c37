"""Changing an agenda before the meeting: words, order, place under a heading, taking out.

Texts are saved by their version (documents/revisions.py); the order of items by a lock on the
meeting's row, so that two people who move items never lose one.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, User
from committees.meetings.agendas import PREPARING, flat, locked, rows_of, tidy
from committees.models import AgendaItem, Meeting, MeetingPaper, Resolution
from documents.issued.listed_papers import register_of
from documents.models import IssuedDocument
from documents.papers import visible_object
from documents.revisions import NotEditable, SaveConflict, save_text
from documents.stored_files import store_upload

IS_PREPARING = Q(meeting__status__in=PREPARING)


def save_item(item: AgendaItem, changes: dict[str, Any], *, version: int, by: User) -> None:
    """Save title, facts, presenter or kind of an item.

    Raises SaveConflict when somebody saved a newer text, NotEditable after the meeting.
    """
    agency = item.meeting.agency
    save_text(item, changes, version=version, by=by, agency=agency, editable=IS_PREPARING)


def move_item(meeting: Meeting, item: AgendaItem, direction: str, *, by: User) -> bool:
    """Move an item one place "up" or "down" among its neighbours; False at the edge.

    A sub-item at the edge of its heading goes over to the heading beside it.
    """
    with transaction.atomic():
        _preparing_or_refuse(meeting)
        rows = rows_of(meeting, list(meeting.agenda.order_by("order", "pk")))
        step = -1 if direction == "up" else 1
        if item.parent_id:
            moved = _move_below(rows, item.pk, step)
        else:
            moved = _swap(rows, item.pk, step)
        if moved:
            _write_order(rows)
            audit.record(meeting.agency, by, "agenda.move", meeting, summary=item.title[:300])
    return moved


def put_under(meeting: Meeting, item: AgendaItem, heading: AgendaItem, *, by: User) -> None:
    """Put a sub-item at the end of another heading."""
    with transaction.atomic():
        _preparing_or_refuse(meeting)
        rows = rows_of(meeting, list(meeting.agenda.order_by("order", "pk")))
        last = flat([row for row in rows if row.item.pk == heading.pk])[-1].item
        AgendaItem.objects.filter(pk=item.pk).update(
            parent=heading, kind=heading.kind, order=last.order
        )
        tidy(meeting)
        audit.record(meeting.agency, by, "agenda.move", meeting, summary=item.title[:300])


def remove_item(meeting: Meeting, item: AgendaItem, *, version: int, by: User) -> int:
    """Take an item out with what is below it; return how many rows went.

    Raises SaveConflict when its text is newer than what was read, ValidationError when a
    resolution was taken on it, NotEditable after the meeting.
    """
    with transaction.atomic():
        _preparing_or_refuse(meeting)
        current = AgendaItem.objects.get(pk=item.pk)
        if current.version != version:
            raise SaveConflict(current, None)
        rows = AgendaItem.objects.filter(Q(pk=item.pk) | Q(parent=item.pk))
        if Resolution.objects.filter(item__in=rows).exists():
            raise ValidationError(_("A resolution was taken on this item; it stays."))
        count = rows.count()
        rows.filter(parent__isnull=False).delete()
        AgendaItem.objects.filter(pk=item.pk).delete()
        tidy(meeting)
        audit.record(meeting.agency, by, "agenda.remove", meeting, summary=current.title[:300])
    return count


def attach_file(item: AgendaItem, uploaded, title: str, *, by: User) -> MeetingPaper:
    """Put an uploaded file to an item. Raises ValidationError as `store_upload`."""
    meeting = item.meeting
    with transaction.atomic():
        stored = store_upload(meeting.agency, uploaded, by)
        return _attach(item, title or stored.name, by, file=stored)


def attach_issued(item: AgendaItem, issued: IssuedDocument, *, by: User) -> MeetingPaper:
    """Put a paper that the portal issued to an item."""
    with transaction.atomic():
        return _attach(item, issued.title, by, issued=issued)


def detach(paper: MeetingPaper, *, by: User) -> None:
    """Take a paper off an item; the file itself is kept."""
    with transaction.atomic():
        _open_or_refuse(paper.meeting)
        audit.record(paper.meeting.agency, by, "agenda.unpaper", paper.meeting, summary=paper.title)
        paper.delete()


def issued_choices(user: User, agency: Agency, year: int) -> list[IssuedDocument]:
    """Return issued papers of the year that the person may read, newest first (at most 60)."""
    return list(register_of(user, agency).rows.filter(fiscal_year=year)[:60])


def may_read(user: User, issued: IssuedDocument) -> bool:
    """Return whether the person may have the paper: its kind may narrow who does."""
    try:
        visible_object(issued.kind, user, issued.agency, issued.object_id)
    except Http404:
        return False
    return True


def _attach(item: AgendaItem, title: str, by: User, **what) -> MeetingPaper:
    meeting = item.meeting
    _open_or_refuse(meeting)
    last = MeetingPaper.objects.filter(item=item).order_by("order").last()
    paper = MeetingPaper.objects.create(
        meeting=meeting, item=item, title=title[:250], order=last.order + 1 if last else 1, **what
    )
    audit.record(meeting.agency, by, "agenda.paper", meeting, summary=paper.title)
    return paper


def _preparing_or_refuse(meeting: Meeting) -> None:
    if locked(meeting).status not in PREPARING:
        raise NotEditable


def _open_or_refuse(meeting: Meeting) -> None:
    """Papers may still be laid on the table at and after the meeting, never of a cancelled one."""
    if locked(meeting).status == "cancelled":
        raise NotEditable


def _swap(rows: list, pk: int, step: int) -> bool:
    place = next(index for index, row in enumerate(rows) if row.item.pk == pk)
    other = place + step
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    return True


def _move_below(rows: list, pk: int, step: int) -> bool:
    """Move a sub-item among its neighbours, over the edge into the next heading."""
    place = next(i for i, row in enumerate(rows) if any(c.item.pk == pk for c in row.children))
    if _swap(rows[place].children, pk, step):
        return True
    if not 0 <= place + step < len(rows):
        return False
    children, target = rows[place].children, rows[place + step]
    child = children.pop(0 if step < 0 else -1)
    child.item.parent, child.item.kind = target.item, target.item.kind
    target.children.insert(len(target.children) if step < 0 else 0, child)
    return True


def _write_order(rows: list) -> None:
    items = []
    for place, row in enumerate(flat(rows), 1):
        row.item.order = place
        items.append(row.item)
    AgendaItem.objects.bulk_update(items, ["order", "parent", "kind"])
