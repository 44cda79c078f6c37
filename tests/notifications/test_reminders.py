"""Reminders: on which day, how often, to whom; and the command the scheduler calls."""

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from core import clock
from notifications import due_items
from notifications.due_items import DueItem
from notifications.models import AgencyNoticeSettings, ContactSettings, Delivery, Notification
from notifications.reminders import rule_for, write_reminders
from tests.agencies.factories import make_office

DUE = dt.date(2027, 3, 31)


def before(days: int) -> dt.date:
    return DUE - dt.timedelta(days=days)


@pytest.fixture
def things(monkeypatch):
    """The only due items there are; a test appends to the list."""
    rows = []
    monkeypatch.setattr(due_items, "_providers", [lambda agency, user: rows])
    return rows


def thing(*people, due_on=DUE, number=1, **fields) -> DueItem:
    return DueItem(
        object_type="test.thing",
        object_id=str(number),
        title="ส่งรายงานหมวด 1",
        why="รายงานประจำปี",
        due_on=due_on,
        url="/o/office/2570/",
        action="เปิด",
        people=tuple(person.pk for person in people),
        **fields,
    )


@pytest.mark.parametrize(
    ("days", "rule"),
    [
        (31, None),
        (30, "d30"),
        (29, "d30"),
        (28, "d30"),
        (27, None),
        (8, None),
        (7, "d7"),
        (5, "d7"),
        (4, None),
        (2, None),
        (1, "d1"),
        (0, "d1"),
        (-1, "overdue"),
        (-90, "overdue"),
    ],
)
def test_rule_fires_on_its_day_and_two_days_after(days, rule):
    assert rule_for(DUE, before(days), (30, 7, 1), overdue=True) == rule


def test_rule_gives_way_to_the_next_smaller_number():
    assert [rule_for(DUE, before(left), (3, 2), True) for left in (3, 2, 1, 0)] == [
        "d3",
        "d2",
        "d2",
        "d2",
    ]


def test_rule_keeps_silent_about_what_is_overdue_where_the_office_wants_so():
    assert rule_for(DUE, before(-1), (30, 7, 1), overdue=False) is None


@pytest.mark.django_db
def test_reminders_come_on_exactly_four_days_and_once_each(things):
    office = make_office()
    things.append(thing(office.champion1))

    written = {
        days: count
        for days in range(40, -10, -1)
        if (count := write_reminders(office.agency, before(days)))
    }

    # On the third day after, the officer is told too; see test_escalations.
    assert written == {30: 1, 7: 1, 1: 1, -1: 1, -3: 1}
    assert set(Notification.objects.values_list("rule", "kind")) == {
        ("d30", "due_soon"),
        ("d7", "due_soon"),
        ("d1", "due_soon"),
        ("overdue", "overdue"),
        ("escalated", "escalation"),
    }


@pytest.mark.django_db
def test_second_run_sends_nothing(things, django_capture_on_commit_callbacks):
    office = make_office()
    things.extend([thing(office.champion1), thing(office.champion1, office.officer, number=2)])

    for person in (office.champion1, office.officer):
        ContactSettings.objects.create(user=person, wants_digest=False)

    with django_capture_on_commit_callbacks(execute=True):
        first = write_reminders(office.agency, before(7))
    with django_capture_on_commit_callbacks(execute=True):
        second = write_reminders(office.agency, before(7))

    assert (first, second) == (3, 0)
    # One message a person, however many things it carries.
    assert sorted(message.to[0] for message in mail.outbox) == [
        "champion1@example.com",
        "officer@example.com",
    ]
    assert Delivery.objects.count() == 2


@pytest.mark.django_db
def test_reminder_is_made_up_for_within_two_days(things):
    office = make_office()
    things.append(thing(office.champion1))
    assert write_reminders(office.agency, before(5)) == 1
    assert write_reminders(office.agency, before(4)) == 0
    assert Notification.objects.get().rule == "d7"


@pytest.mark.django_db
def test_office_chooses_its_days(things):
    office = make_office(reminder_days=[14], reminds_overdue=False)
    AgencyNoticeSettings.objects.create(agency=office.agency, escalate_after_days=None)
    things.append(thing(office.champion1))

    written = [days for days in range(40, -10, -1) if write_reminders(office.agency, before(days))]

    assert written == [14]


@pytest.mark.django_db
def test_nothing_due_before_the_cycle_was_opened_is_reminded(things):
    office = make_office()
    things.append(thing(office.champion1, remind_from=DUE + dt.timedelta(days=1)))
    assert write_reminders(office.agency, before(-10)) == 0


@pytest.mark.django_db
def test_undated_things_are_not_reminded(things):
    office = make_office()
    things.append(thing(office.champion1, due_on=None))
    assert write_reminders(office.agency, DUE) == 0


@pytest.mark.django_db
def test_a_moved_deadline_is_reminded_anew(things):
    office = make_office()
    things.append(thing(office.champion1))
    write_reminders(office.agency, before(7))
    things[0] = thing(office.champion1, due_on=DUE + dt.timedelta(days=30))
    assert write_reminders(office.agency, before(0)) == 1


@pytest.mark.django_db
def test_person_without_address_is_told_in_the_portal_only(things):
    office = make_office()
    office.champion1.email = ""
    office.champion1.save()
    things.append(thing(office.champion1))
    assert write_reminders(office.agency, before(7)) == 1
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_command_lists_without_writing(things):
    office = make_office()
    things.append(thing(office.champion1))
    out = io.StringIO()

    call_command("send_reminders", on="24/3/2570", dry_run=True, stdout=out)

    assert out.getvalue() == "office d7 2027-03-31 ส่งรายงานหมวด 1 ×1\nreminders: 1\n"
    assert not Notification.objects.exists()


@pytest.mark.django_db
def test_command_writes_once(things):
    office = make_office()
    things.append(thing(office.champion1))
    out = io.StringIO()
    for _run in range(2):
        call_command("send_reminders", on="2027-03-24", stdout=out)
    assert out.getvalue() == "reminders: 1\nreminders: 0\n"


@pytest.mark.django_db
def test_command_acts_for_today_by_default(things):
    office = make_office()
    things.append(thing(office.champion1, due_on=clock.today() + dt.timedelta(days=7)))
    out = io.StringIO()
    call_command("send_reminders", stdout=out)
    assert out.getvalue() == "reminders: 1\n"


@pytest.mark.django_db
def test_command_refuses_an_unknown_day():
    with pytest.raises(CommandError):
        call_command("send_reminders", on="31/2/2570")
