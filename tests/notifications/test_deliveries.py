"""Messages through a real mail server: sent once, tried again, never doubled."""

import datetime as dt
import email
import email.policy
import os
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection

from core import clock
from notifications import due_items
from notifications.due_items import DueItem
from notifications.models import Carriage, ContactSettings, Delivery, Notification
from notifications.reminders import write_reminders
from notifications.sending import CLAIM_LIFETIME, MAX_TRIES, send, send_again, sweep
from notifications.tasks import sweep_deliveries
from tests.agencies.factories import make_office, make_person
from tests.notifications.conftest import REFUSED_FOR_GOOD, REFUSED_FOR_NOW

REMINDERS = 60
TITLE = "ส่งรายงานหมวด 1\r\nBcc: all@example.com"


def make_delivery(office, recipient=None, **fields):
    """Return a message that waits to be sent and carries one reminder."""
    recipient = recipient or office.officer
    values = {
        "message_id": f"{Delivery.objects.count()}@pmqa-portal",
        "next_try_at": clock.now(),
    }
    delivery = Delivery.objects.create(
        agency=office.agency, recipient=recipient, **(values | fields)
    )
    notice = Notification.objects.create(
        agency=office.agency,
        recipient=recipient,
        rule="d7",
        kind="due_soon",
        object_type="test.thing",
        object_id=str(delivery.pk),
        due_on=dt.date(2027, 3, 31),
        title=TITLE,
        url="/o/office/2570/",
        created_at=clock.now(),
    )
    Carriage.objects.create(notification=notice, delivery=delivery)
    return delivery


def come_due(delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(next_try_at=clock.now())


@pytest.mark.django_db
def test_message_arrives_in_thai_with_its_own_id(smtp, settings):
    settings.BASE_URL = "https://pmqa.example.go.th"
    delivery = make_delivery(make_office(), message_id="abc@pmqa-portal")

    assert send(delivery.pk) == "sent"

    message = email.message_from_bytes(smtp.arrived[0], policy=email.policy.default)
    assert message["Subject"].strip() == "PMQA: ใกล้ครบกำหนด"
    assert message["Message-ID"] == "<abc@pmqa-portal>"
    assert message["To"] == "officer@example.com"
    assert message["Bcc"] is None
    body = message.get_body(("plain",)).get_content()
    assert "เรียน" in body
    assert "กำหนด 31 มีนาคม 2570" in body
    assert "https://pmqa.example.go.th/o/office/2570/" in body


@pytest.mark.django_db
def test_no_header_comes_from_what_people_write(smtp):
    send(make_delivery(make_office()).pk)
    message = email.message_from_bytes(smtp.arrived[0], policy=email.policy.default)
    assert "รายงาน" not in "".join(str(value) for value in message.values())
    assert "Bcc" not in message


@pytest.mark.django_db
def test_sent_message_is_not_sent_again(smtp):
    delivery = make_delivery(make_office())
    assert [send(delivery.pk), send(delivery.pk)] == ["sent", "sent"]
    assert len(smtp.arrived) == 1


@pytest.mark.django_db
def test_passing_trouble_is_tried_six_times_with_growing_wait(smtp):
    office = make_office()
    delivery = make_delivery(office, make_person(office.agency, "busy", email=REFUSED_FOR_NOW))
    waits = []

    for _try in range(MAX_TRIES - 1):
        assert send(delivery.pk) == "pending"
        assert send(delivery.pk) == "pending"  # too early: nothing happens
        delivery.refresh_from_db()
        waits.append((delivery.next_try_at - clock.now()).total_seconds())
        come_due(delivery)

    assert send(delivery.pk) == "failed"
    delivery.refresh_from_db()
    assert (delivery.tries, len(waits)) == (6, 5)
    assert all(
        60 * 2**number * 0.7 < wait < 60 * 2**number * 1.3
        for number, wait in enumerate(waits, start=1)
    )
    assert "450" in delivery.error


@pytest.mark.django_db
def test_refused_address_fails_at_once_and_shows_why(smtp):
    office = make_office()
    delivery = make_delivery(office, make_person(office.agency, "gone", email=REFUSED_FOR_GOOD))
    assert send(delivery.pk) == "failed"
    delivery.refresh_from_db()
    assert (delivery.tries, "550" in delivery.error) == (1, True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "not an address", "a@b.com\nBcc: c@d.com", "ก@ข", "a@"])
def test_bad_address_never_stops_the_batch(smtp, address):
    office = make_office()
    bad = make_delivery(office, make_person(office.agency, "bad", email=address))
    good = make_delivery(office)

    sweep_deliveries()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.status == "sent"
    assert bad.status in {"failed", "sent"}
    assert b"c@d.com" not in b"".join(smtp.arrived)


@pytest.mark.django_db
def test_server_that_is_away_is_passing_trouble(smtp, settings):
    settings.EMAIL_PORT = 1
    delivery = make_delivery(make_office())
    assert send(delivery.pk) == "pending"


@pytest.mark.django_db
def test_interrupted_message_becomes_unknown_and_waits_for_an_operator(smtp, client_for):
    office = make_office()
    delivery = make_delivery(
        office,
        status="claimed",
        claimed_at=clock.now() - CLAIM_LIFETIME - dt.timedelta(seconds=1),
        tries=1,
    )
    for _run in range(3):
        sweep_deliveries()
    delivery.refresh_from_db()
    assert delivery.status == "unknown"
    assert smtp.arrived == []

    page = client_for(office.officer).get(office.url("notifications/messages/"))
    assert "ไม่ทราบผล" in page.text
    again = office.url(f"notifications/messages/{delivery.pk}/again/")
    assert client_for(office.staff).post(again).status_code == 403
    assert client_for(office.officer).post(again).status_code == 302
    sweep_deliveries()
    delivery.refresh_from_db()
    assert delivery.status == "sent"
    assert len(smtp.arrived) == 1


@pytest.mark.django_db
def test_fresh_claim_is_left_to_its_sender():
    delivery = make_delivery(make_office(), status="claimed", claimed_at=clock.now())
    assert sweep() == []
    delivery.refresh_from_db()
    assert delivery.status == "claimed"


@pytest.mark.django_db
def test_only_failed_and_unknown_messages_are_sent_again():
    office = make_office()
    assert [
        send_again(make_delivery(office, status=status))
        for status in ("pending", "claimed", "sent", "failed", "unknown")
    ] == [False, False, False, True, True]


def test_email_url_names_the_server():
    """The one setting that the real set-up gives switches mail to that server."""
    code = (
        "import os; os.environ['EMAIL_URL'] = 'smtp://user:secret@mail.example.go.th:2525';"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'pmqa_portal.settings_test';"
        "import pmqa_portal.settings as s;"
        "print(s.EMAIL_BACKEND, s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER)"
    )
    environment = {**os.environ, "SECRET_KEY": "only-for-tests", "PMQA_READ_DOTENV": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=django_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [
        "django.core.mail.backends.smtp.EmailBackend",
        "mail.example.go.th",
        "2525",
        "user",
    ]


class Killed(BaseException):
    """Stands for the end of a process between sending and noting that it sent."""


def retried(call):
    """Call again while SQLite's file is locked."""
    while True:
        try:
            return call()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.01)


@pytest.mark.soak
@pytest.mark.usefixtures("committed_database")
def test_two_schedulers_and_four_senders_double_nothing_through_kills(smtp, settings, monkeypatch):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr("notifications.tasks.send_delivery.delay_on_commit", lambda pk: None)
    office = make_office()
    people = [make_person(office.agency, f"reader{number}") for number in range(REMINDERS)]
    ContactSettings.objects.bulk_create(
        ContactSettings(user=person, wants_digest=False) for person in people
    )
    day = clock.today()
    things = [
        DueItem("test.thing", str(number), "งาน", "", day + dt.timedelta(7), "/", "", (person.pk,))
        for number, person in enumerate(people)
    ]
    monkeypatch.setattr(due_items, "_providers", [lambda agency, user: things])
    faults, kills = [], []
    lock = threading.Lock()

    def guarded(work):
        def run():
            try:
                work()
            except Exception as error:  # a thread's failure must fail the test
                faults.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def scheduler():
        retried(lambda: write_reminders(office.agency, day))

    for thread in [guarded(scheduler) for _number in range(2)]:
        thread.join()
    waiting = list(Delivery.objects.values_list("pk", flat=True))

    from notifications.channels import email as channel

    hand_over = channel.hand_over

    def hand_over_and_die(delivery):
        hand_over(delivery)
        with lock:
            dies = len(kills) < 5 and delivery.pk % 7 == 0
            if dies:
                kills.append(delivery.pk)
        if dies:
            raise Killed

    monkeypatch.setattr(channel, "hand_over", hand_over_and_die)

    def sender():
        for pk in waiting:
            try:
                retried(lambda pk=pk: send(pk))
            except Killed:
                continue

    for thread in [guarded(sender) for _number in range(4)]:
        thread.join()
    Delivery.objects.filter(status="claimed").update(
        claimed_at=clock.now() - CLAIM_LIFETIME - dt.timedelta(seconds=1)
    )
    sweep_deliveries()

    assert faults == []
    statuses = list(Delivery.objects.values_list("status", flat=True))
    assert (len(statuses), Notification.objects.count()) == (REMINDERS, REMINDERS)
    assert (statuses.count("unknown"), statuses.count("sent")) == (5, REMINDERS - 5)
    assert len(smtp.message_ids) == len(set(smtp.message_ids)) == REMINDERS
