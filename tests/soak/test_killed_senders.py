"""Senders killed between the mail server's answer and the note of it: nothing doubled or lost."""

import datetime as dt

import pytest

from core import clock
from notifications.models import ContactSettings, Delivery, Notification
from notifications.sending import CLAIM_LIFETIME, sweep
from tests.agencies.factories import make_office, make_person
from tests.soak.apps import OFFICE
from tests.soak.processes import LONG, KillingSink, mail_server, wait_until

PEOPLE, KILLS, WORKERS, SECONDS = (1000, 20, 4, 900) if LONG else (60, 3, 1, 120)


def office_with_people(count: int):
    office = make_office(code=OFFICE)
    people = [make_person(office.agency, f"reader{number}") for number in range(count)]
    # Whoever is in the office anyway gets no mail; the others want each message at once.
    for member in office.agency.memberships.exclude(user__in=people):
        type(member.user).objects.filter(pk=member.user_id).update(email="")
    ContactSettings.objects.bulk_create(
        ContactSettings(user=person, wants_digest=False) for person in people
    )
    return office


@pytest.mark.soak
def test_two_schedulers_many_workers_and_kills_double_nothing(processes):
    office_with_people(PEOPLE)
    sink = KillingSink(KILLS, every=PEOPLE // (KILLS + 1))
    with mail_server(sink) as port:
        group = processes(port)
        for number in range(WORKERS):
            group.worker(number, children=1 if LONG else 4)
        for number in range(2):
            group.scheduler(number)
        try:
            wait_until(lambda: Delivery.objects.count() >= PEOPLE, SECONDS, "all are written")
            wait_until(
                lambda: (
                    not Delivery.objects.filter(status="pending").exists()
                    and Delivery.objects.filter(status="claimed").count() <= sink.killed
                    and sink.killed == KILLS
                ),
                SECONDS,
                "all are sent",
            )
        except AssertionError:
            print(group.logs())
            raise
        group.stop()
    Delivery.objects.filter(status="claimed").update(
        claimed_at=clock.now() - CLAIM_LIFETIME - dt.timedelta(seconds=1)
    )
    assert sweep() == []

    statuses = list(Delivery.objects.order_by().values_list("status", flat=True))
    found = {status: statuses.count(status) for status in set(statuses)}
    assert (
        Notification.objects.filter(object_type="soak.thing", recipient__email__gt="").count()
        == PEOPLE
    )
    assert len(sink.message_ids) == len(set(sink.message_ids)) == PEOPLE
    assert found == {"sent": PEOPLE - KILLS, "unknown": KILLS}
