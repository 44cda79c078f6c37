"""Whatever app registers a due item: reminders and calendars carry the same date."""

import datetime as dt

import pytest

from agencies.models import User
from notifications import due_items
from notifications.reminders import reminders_due
from tests.permission_matrix.table import apps_with_rows, object_makers
from tests.permission_matrix.world import make_office
from workflows.feeds import feed_events
from workflows.models import CalendarFeed

WEEK = dt.timedelta(days=7)


def dates_by_provider(agency, user):
    """Return each registered provider's dated items: {provider: {(type, id, day), …}}."""
    return {
        f"{provider.__module__}.{provider.__name__}": {
            (item.object_type, item.object_id, item.due_on)
            for item in provider(agency, user)
            if item.due_on and user.pk in item.people
        }
        for provider in due_items._providers
    }


@pytest.mark.django_db
def test_calendar_and_reminders_carry_the_dates_of_every_provider():
    office = make_office("own")
    for make in object_makers(apps_with_rows()[-1]):
        office.rows.update(make(office))
    agency, told = office.agency, set()

    for user in User.objects.filter(memberships__agency=agency).order_by("pk"):
        wanted = dates_by_provider(agency, user)
        told |= {name for name, rows in wanted.items() if rows}
        everything = set().union(*wanted.values())
        events = feed_events(CalendarFeed(agency=agency, user=user))
        served = {(event.key, event.starts_on) for event in events if event.key.startswith("due-")}
        assert served == {(f"due-{kind}-{pk}", day) for kind, pk, day in everything}

    for item in due_items.due_items(agency):
        if item.due_on and not (item.remind_from and item.due_on < item.remind_from):
            rows = reminders_due(agency, item.due_on - WEEK)
            assert ("d7", item) in rows

    # Those of which the matrix has dated rows; a provider that gains some joins by itself.
    assert told >= {
        "assessments.due.due_categories",
        "committees.meetings.due.meetings_due",
        "improvement.due.work_due",
        "workflows.due.due_items",
    }
