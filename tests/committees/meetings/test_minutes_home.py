"""The home page carries what minutes and resolutions ask, and stays cheap."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.models import AgendaItem, Resolution
from tests.committees.factories import YEAR
from tests.committees.meetings.minutes_world import make_world

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.mark.parametrize("name", ["officer", "director", "deputy", "champion1", "observer"])
def test_home_page_stays_within_its_queries(client_for, frozen_today, name):
    frozen_today(dt.date(2027, 7, 1))
    world = make_world()
    person = world.office.people[name]
    for place in range(40):
        Resolution.objects.create(
            item=world.items["draft"], status="open", text=f"งาน {place}", owner=person
        )
    client = client_for(person)
    address = world.office.url(f"{YEAR}/")
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)

    assert "งาน 0" in page.content.decode()
    assert len(queries) <= MOST_QUERIES


def test_minutes_of_many_items_ask_as_often_as_of_few(client_for):
    world = make_world()
    client = client_for(world.office.officer)
    client.get(world.url())

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(world.url()).status_code == 200
        return len(queries)

    few = count()
    for place in range(14):
        heading = AgendaItem.objects.create(
            meeting=world.meeting, kind="other", title=f"วาระ {place}", order=10 + place
        )
        for number in range(60):
            AgendaItem.objects.create(
                meeting=world.meeting,
                parent=heading,
                kind="other",
                title=f"เรื่อง {number}",
                order=100 + number,
                minutes_text="<p>ที่ประชุมหารือ</p>",
            )
    item = world.items["draft"]
    for place in range(40):
        Resolution.objects.create(
            item=item, status="open", text=f"งาน {place}", owner=world.office.member
        )

    assert count() == few <= MOST_QUERIES
