"""Messages with files, and messages to people who have no account."""

import email
import email.policy

import pytest
from django.db import IntegrityError, transaction

from core import clock
from notifications import attachments
from notifications.attachments import Attachment
from notifications.models import Delivery, Notification
from notifications.notices import write_rows
from notifications.sending import send
from tests.agencies.factories import make_office

OUTSIDER = "expert@example.org"


def notice(office, **fields):
    values = {"rule": "invited", "object_type": "test.thing", "object_id": "7"}
    return Notification(
        agency=office.agency,
        due_on=clock.today(),
        title="ขอเชิญประชุม\r\nBcc: all@example.com",
        url="/meetings/reply/abc/",
        created_at=clock.now(),
        **(values | fields),
    )


@pytest.fixture
def calendar_of_things(monkeypatch):
    """Let every notification about a test.thing carry one small calendar."""
    monkeypatch.setattr(attachments, "_providers", {})
    attachments.register(
        "test.thing",
        lambda notice: [
            Attachment(f"thing-{notice.object_id}.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar")
        ],
    )


@pytest.mark.django_db
def test_message_carries_the_files_of_its_notifications(smtp, calendar_of_things):
    office = make_office()
    write_rows([notice(office, recipient=office.officer)])

    assert send(Delivery.objects.get().pk) == "sent"

    message = email.message_from_bytes(smtp.arrived[0], policy=email.policy.default)
    (part,) = message.iter_attachments()
    assert part.get_filename() == "thing-7.ics"
    assert part.get_content_type() == "text/calendar"
    assert part.get_content() == "BEGIN:VCALENDAR\r\n"


@pytest.mark.django_db
def test_outsider_is_told_once_by_the_same_ledger(smtp):
    office = make_office()
    for _ in range(2):
        write_rows([notice(office, address=OUTSIDER)])

    delivery = Delivery.objects.get()
    assert (delivery.recipient, delivery.to_address) == (None, OUTSIDER)
    assert send(delivery.pk) == "sent"
    assert send(delivery.pk) == "sent"

    assert len(smtp.arrived) == 1
    message = email.message_from_bytes(smtp.arrived[0], policy=email.policy.default)
    assert message["To"] == OUTSIDER
    assert message["Bcc"] is None
    assert "เรียน ท่านผู้ได้รับเชิญ" in message.get_body(("plain",)).get_content()
    # Somebody without an account has no preferences to be led to.
    assert message["List-Unsubscribe"] is None


@pytest.mark.django_db
def test_message_goes_to_a_person_or_to_an_address_never_to_both_or_neither():
    office = make_office()
    for wrong in ({}, {"recipient": office.officer, "address": OUTSIDER}):
        with pytest.raises(IntegrityError), transaction.atomic():
            notice(office, **wrong).save()


@pytest.mark.django_db
def test_operator_sees_a_message_to_an_outsider(client_for):
    office = make_office()
    Delivery.objects.create(
        agency=office.agency,
        address=OUTSIDER,
        status="failed",
        message_id="x@pmqa-portal",
        next_try_at=clock.now(),
    )

    page = client_for(office.officer).get(office.url("notifications/messages/")).content.decode()

    assert page.count(OUTSIDER) >= 2
