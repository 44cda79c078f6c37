"""What keeps a message back when it is about to leave."""

import datetime as dt

import pytest

from core import clock
from core.clock import BANGKOK
from notifications.address_flags import clear, flag, is_flagged
from notifications.models import AddressFlag, ContactSettings, Delivery, Notification
from notifications.notices import write_rows
from notifications.sending import send
from tests.agencies.factories import make_office
from tests.notifications.factories import notice

pytestmark = pytest.mark.django_db


def written(office, **fields) -> Delivery:
    write_rows([notice(office, **fields)])
    return Delivery.objects.get()


def test_nothing_is_sent_to_whoever_left_meanwhile(mailoutbox):
    office = make_office()
    delivery = written(office)
    office.officer.memberships.update(is_active=False)

    assert send(delivery.pk) == "skipped"

    delivery.refresh_from_db()
    assert delivery.error == "ผู้รับออกจากสำนักงานแล้ว"
    assert mailoutbox == []


def test_nothing_is_sent_to_a_closed_account(mailoutbox):
    office = make_office()
    delivery = written(office)
    type(office.officer).objects.filter(pk=office.officer.pk).update(is_active=False)
    assert send(delivery.pk) == "skipped"
    assert mailoutbox == []


def test_nothing_is_queued_for_whoever_left_but_a_guest_of_another_office_is_told():
    office, other = make_office(), make_office("other")
    office.officer.memberships.update(is_active=False)
    write_rows([notice(office), notice(office, other.officer)])
    assert [row.recipient for row in Delivery.objects.all()] == [other.officer]


def test_message_waits_until_the_quiet_hours_end(mailoutbox):
    office = make_office()
    local = clock.now().astimezone(BANGKOK)
    end = (local + dt.timedelta(hours=2)).replace(second=0, microsecond=0)
    delivery = written(office)
    ContactSettings.objects.create(
        user=office.officer,
        quiet_from=(local - dt.timedelta(hours=1)).time().replace(second=0, microsecond=0),
        quiet_until=end.time(),
    )

    assert send(delivery.pk) == "pending"

    delivery.refresh_from_db()
    assert (delivery.next_try_at, delivery.tries, mailoutbox) == (end, 0, [])
    # Written inside the quiet hours, a message waits from the beginning.
    write_rows([notice(office, number=2)])
    assert Delivery.objects.exclude(pk=delivery.pk).get().next_try_at == end


def test_flagged_address_gets_nothing_until_somebody_clears_it(mailoutbox):
    office = make_office()
    delivery = written(office)
    flag(delivery, "550 no such person")
    flag(delivery, "550 again")
    assert AddressFlag.objects.get().reason == "550 no such person"

    assert send(delivery.pk) == "skipped"
    write_rows([notice(office, number=2)])
    assert (Delivery.objects.count(), Notification.objects.count()) == (1, 2)

    assert clear(AddressFlag.objects.get(), office.admin) is True
    assert clear(AddressFlag.objects.get(), office.admin) is False
    assert is_flagged(delivery) is False


def test_another_address_is_free_of_the_flag():
    office = make_office()
    delivery = written(office)
    flag(delivery, "550")
    delivery.recipient.email = "new@example.com"
    assert is_flagged(delivery) is False
