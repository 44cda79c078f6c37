"""Which channels carry a notice, claimed once each, with a fixed number of queries."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import clock
from notifications import due_items
from notifications.models import (
    Carriage,
    ContactSettings,
    Delivery,
    NoticePreference,
    Notification,
    Webhook,
)
from notifications.notices import write_rows
from notifications.reminders import write_reminders
from tests.agencies.factories import make_office, make_person
from tests.notifications.factories import DUE, before, notice, thing

pytestmark = pytest.mark.django_db


def channels() -> list[str]:
    return list(Delivery.objects.order_by("channel").values_list("channel", flat=True))


def test_notice_travels_over_every_channel_that_reaches_the_person():
    office = make_office()
    ContactSettings.objects.create(user=office.officer, line_user_id="U1")
    for _again in range(2):
        write_rows([notice(office)])
    assert channels() == ["email", "line"]
    assert Carriage.objects.count() == 2


def test_database_lets_a_notice_travel_once_a_channel_and_webhook():
    office = make_office()
    hook = Webhook.objects.create(agency=office.agency, url="https://hook.example", secret="x")
    write_rows([notice(office)])
    fields = {"status": "sent", "next_try_at": clock.now()}
    to = {"agency": office.agency, "recipient": office.officer}
    other = Delivery.objects.create(**to, message_id="other", **fields)
    carried = list(Carriage.objects.order_by("channel"))
    assert [(row.channel, row.webhook) for row in carried] == [("email", None), ("webhook", hook)]
    for row in carried:
        row.pk, row.delivery = None, other
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_muted_kind_stays_in_the_portal():
    office = make_office()
    NoticePreference.objects.create(
        user=office.officer, kind="assigned", channel="email", is_wanted=False
    )
    write_rows([notice(office), notice(office, kind="returned", number=2)])
    assert Notification.objects.count() == 2
    (delivery,) = Delivery.objects.all()
    assert list(delivery.notifications.values_list("kind", flat=True)) == ["returned"]


def test_line_carries_what_cannot_wait_unless_the_person_asks_for_more():
    office = make_office()
    ContactSettings.objects.create(user=office.officer, line_user_id="U1")
    write_rows([notice(office, kind="comment")])
    assert channels() == ["email"]
    NoticePreference.objects.create(
        user=office.officer, kind="comment", channel="line", is_wanted=True
    )
    write_rows([notice(office, kind="comment", number=2)])
    # The earlier comment was not muted by the person; it goes with the next message.
    assert channels() == ["email", "email", "line"]


def test_webhook_is_told_of_a_thing_once_and_only_of_its_kinds():
    office = make_office()
    everything = Webhook.objects.create(agency=office.agency, url="https://a.example", secret="s")
    late = Webhook.objects.create(
        agency=office.agency, url="https://b.example", secret="s", kinds=["overdue"]
    )
    write_rows([notice(office), notice(office, office.director)])
    write_rows([notice(office, office.staff)])
    write_rows([notice(office, kind="overdue", number=2)])

    def told(hook):
        return [
            list(row.notifications.values_list("kind", flat=True)) for row in hook.deliveries.all()
        ]

    assert told(everything) == [["overdue"], ["assigned"]]
    assert told(late) == [["overdue"]]


def test_queries_do_not_grow_with_things_and_people(monkeypatch, django_assert_num_queries):
    office = make_office()
    items = [thing(office.officer)]
    monkeypatch.setattr(due_items, "_providers", [lambda agency, user: items])

    def queries(day) -> int:
        with CaptureQueriesContext(connection) as found:
            write_reminders(office.agency, day)
        return len(found)

    few = queries(before(30))
    people = [make_person(office.agency, f"reader{number}") for number in range(5)]
    items[:] = [thing(*people, number=number) for number in range(2, 12)]
    assert queries(before(30)) == few
    assert Notification.objects.filter(due_on=DUE).count() == 51
    # Five people, fifty reminders: one message each.
    assert Delivery.objects.filter(recipient__in=people).count() == 5
    # What was told before costs four: the settings, the people if late, the ledger.
    assert queries(before(30)) <= 4
