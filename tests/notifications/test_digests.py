"""The daily digest: one message a working day with all that waited; events go at once."""

import datetime as dt

import pytest

from agencies.models import Holiday
from core import clock
from core.clock import BANGKOK
from notifications.digests import DigestDays, digest_days
from notifications.models import AgencyNoticeSettings, ContactSettings, Delivery
from notifications.notices import write_rows
from notifications.sending import send
from tests.agencies.factories import make_office
from tests.notifications.factories import notice

FRIDAY, MONDAY = dt.date(2027, 3, 5), dt.date(2027, 3, 8)
SONGKRAN = {dt.date(2027, 4, day): Holiday() for day in (13, 14, 15)}


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2027-03-05 00:10", "2027-03-05"),
        ("2027-03-05 10:00", "2027-03-05"),  # the morning was missed: made up for
        ("2027-03-05 16:30", "2027-03-08"),  # Friday evening: Monday
        ("2027-03-06 09:00", "2027-03-08"),
        ("2027-04-12 17:00", "2027-04-16"),  # over Songkran
    ],
)
def test_digest_leaves_on_the_next_working_day(written, day):
    days = DigestDays(dt.time(8, 30), SONGKRAN)
    assert days.of(at(written)) == dt.date.fromisoformat(day)


def test_digest_leaves_at_the_hour_of_bangkok():
    days = DigestDays(dt.time(8, 30))
    assert days.moment(MONDAY) == dt.datetime(2027, 3, 8, 1, 30, tzinfo=dt.UTC)
    assert days.after(FRIDAY) == MONDAY


@pytest.mark.django_db
def test_office_sets_the_hour():
    office = make_office()
    assert digest_days(office.agency).at == dt.time(8, 30)
    AgencyNoticeSettings.objects.create(agency=office.agency, digest_at=dt.time(9, 0))
    assert digest_days(office.agency).at == dt.time(9, 0)


@pytest.mark.django_db
def test_reminders_share_one_message_and_events_go_at_once(mailoutbox):
    office = make_office()
    with clock.frozen(MONDAY):
        write_rows([notice(office, kind="due_soon", number=1)])
        write_rows([notice(office, kind="overdue", number=2), notice(office, number=3)])

        digest = Delivery.objects.exclude(digest_on=None).get()
        event = Delivery.objects.get(digest_on=None)
        assert sorted(digest.notifications.values_list("kind", flat=True)) == [
            "due_soon",
            "overdue",
        ]
        assert list(event.notifications.values_list("kind", flat=True)) == ["assigned"]

        Delivery.objects.update(next_try_at=clock.now())
        assert [send(digest.pk), send(event.pk)] == ["sent", "sent"]
        assert [message.subject for message in mailoutbox] == [
            "PMQA: เลยกำหนด · ใกล้ครบกำหนด",
            "PMQA: ได้รับมอบหมายงาน",
        ]

        # The digest of the day has gone: what comes later joins that of the next working day.
        write_rows([notice(office, kind="due_soon", number=4)])
        later = Delivery.objects.filter(status="pending").get()
        assert later.digest_on > digest.digest_on


@pytest.mark.django_db
def test_whoever_wants_no_digest_is_reminded_at_once():
    office = make_office()
    ContactSettings.objects.create(user=office.officer, wants_digest=False)
    write_rows([notice(office, kind="due_soon")])
    assert Delivery.objects.get().digest_on is None


@pytest.mark.django_db
def test_digest_waits_where_its_day_became_a_holiday(mailoutbox):
    office = make_office()
    with clock.frozen(MONDAY):
        write_rows([notice(office, kind="due_soon")])
        Delivery.objects.update(next_try_at=clock.now(), digest_on=MONDAY)
        Holiday.objects.create(agency=office.agency, date=MONDAY, name_th="หยุด", kind="special")

        delivery = Delivery.objects.get()
        assert send(delivery.pk) == "pending"

    delivery.refresh_from_db()
    assert delivery.next_try_at == at("2027-03-09 08:30")
    assert (delivery.tries, mailoutbox) == (0, [])


@pytest.mark.django_db
def test_a_day_with_nothing_to_tell_has_no_message():
    write_rows([])
    assert not Delivery.objects.exists()
