"""400 days of a scheduler that once stood still for 30: every due date is reminded, once a rule."""

import datetime as dt
from collections import Counter

import pytest

from notifications import due_items
from notifications.models import AgencyNoticeSettings, Notification
from notifications.reminders import write_reminders
from tests.agencies.factories import make_office
from tests.notifications.factories import thing

START = dt.date(2026, 10, 1)
GAP = range(100, 130)
# Days after the start on which something is due, and the rules that tell of it.
EXPECTED = {
    40: ["d1", "d30", "d7", "overdue"],
    105: ["d30", "d7", "overdue"],  # one day before fell into the gap
    115: ["d30", "overdue"],  # all but the first fell into it
    131: ["d1", "overdue"],  # a month and a week before fell into it
    134: ["d1", "overdue"],
    136: ["d1", "d7", "overdue"],  # a week before is made up for a day late
    165: ["d1", "d30", "d7", "overdue"],
    390: ["d1", "d30", "d7", "overdue"],
}


@pytest.mark.django_db
def test_every_due_date_is_reminded_once_a_rule_through_a_gap(monkeypatch):
    office = make_office()
    AgencyNoticeSettings.objects.create(agency=office.agency, escalate_after_days=None)
    items = [
        thing(office.officer, due_on=START + dt.timedelta(days=due), number=due) for due in EXPECTED
    ]
    monkeypatch.setattr(due_items, "_providers", [lambda agency, user: items])

    for day in range(400):
        if day not in GAP:
            for _scheduler in range(1 + (day % 7 == 0)):
                write_reminders(office.agency, START + dt.timedelta(days=day))

    told = Counter(Notification.objects.values_list("object_id", "rule"))
    assert set(told.values()) == {1}
    by_due = {due: sorted(rule for number, rule in told if number == str(due)) for due in EXPECTED}
    assert by_due == EXPECTED
