"""Due items and notices for tests; each name says what it is."""

import datetime as dt

from core import clock
from notifications.due_items import DueItem
from notifications.models import Notification

DUE = dt.date(2027, 3, 31)  # a Wednesday


def before(days: int) -> dt.date:
    return DUE - dt.timedelta(days=days)


def thing(*people, due_on=DUE, number=1, **fields) -> DueItem:
    values = {
        "title": "ส่งรายงานหมวด 1",
        "why": "รายงานประจำปี",
        "url": "/o/office/2570/",
        "action": "เปิด",
    }
    return DueItem(
        object_type="test.thing",
        object_id=str(number),
        due_on=due_on,
        people=tuple(person.pk for person in people),
        **(values | fields),
    )


def notice(office, recipient=None, *, kind="assigned", number=1, **fields) -> Notification:
    """Return an unsaved notice; to the officer when nobody is named."""
    values = {
        "rule": {"due_soon": "d7", "overdue": "overdue"}.get(kind, "event"),
        "object_type": "test.thing",
        "object_id": str(number),
        "due_on": clock.today(),
        "title": "ส่งรายงานหมวด 1",
        "url": "/o/office/2570/",
        "created_at": clock.now(),
    }
    if "address" not in fields:
        fields["recipient"] = recipient or office.officer
    return Notification(agency=office.agency, kind=kind, **(values | fields))
