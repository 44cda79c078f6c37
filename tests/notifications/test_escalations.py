"""Escalation: the unit's head and the officers are told once of what stays overdue."""

import pytest

from notifications import due_items
from notifications.models import AgencyNoticeSettings, Notification
from notifications.reminders import write_reminders
from tests.agencies.factories import UnitFactory, make_office
from tests.notifications.factories import DUE, before, thing

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(monkeypatch):
    rows = []
    monkeypatch.setattr(due_items, "_providers", [lambda agency, user: rows])
    return rows


def told() -> list[tuple[str, str]]:
    rows = Notification.objects.filter(rule="escalated").order_by("recipient__username")
    return [(row.recipient.username.partition("-")[0], row.title) for row in rows]


def in_unit(office, person, head=None):
    unit = UnitFactory(agency=office.agency, head=head)
    person.memberships.update(unit=unit)


def test_head_and_officer_are_told_once_after_three_days(things):
    office = make_office()
    in_unit(office, office.champion1, head=office.deputy)
    things.append(thing(office.champion1))

    write_reminders(office.agency, before(-2))
    assert told() == []
    for days in (3, 4, 10):
        write_reminders(office.agency, before(-days))

    title = "เลยกำหนด 3 วัน: ส่งรายงานหมวด 1"
    people = sorted([office.deputy.username, office.officer.username])
    assert told() == [(name.partition("-")[0], title) for name in people]
    notice = Notification.objects.filter(rule="escalated").first()
    assert notice.body == f"ผู้รับผิดชอบ: {office.champion1}"
    assert (notice.kind, notice.due_on) == ("escalation", DUE)


def test_without_a_head_only_the_officer_is_told(things):
    office = make_office()
    in_unit(office, office.champion1)
    things.append(thing(office.champion1))
    write_reminders(office.agency, before(-3))
    recipients = Notification.objects.filter(rule="escalated").values_list("recipient", flat=True)
    assert list(recipients) == [office.officer.pk]


def test_nobody_is_told_of_the_own_task(things):
    office = make_office()
    in_unit(office, office.officer, head=office.officer)
    things.append(thing(office.officer))
    write_reminders(office.agency, before(-3))
    assert told() == []


def test_head_who_left_is_not_told(things):
    office = make_office()
    in_unit(office, office.champion1, head=office.deputy)
    office.deputy.memberships.update(is_active=False)
    things.append(thing(office.champion1))
    write_reminders(office.agency, before(-3))
    recipients = Notification.objects.filter(rule="escalated").values_list("recipient", flat=True)
    assert list(recipients) == [office.officer.pk]


@pytest.mark.parametrize(
    ("settings", "days"),
    [
        ({"escalate_after_days": None}, None),
        ({"escalate_after_days": 7}, 7),
        ({"escalates_to_head": False, "escalates_to_officers": False}, None),
    ],
)
def test_office_decides_after_how_many_days_and_whom(things, settings, days):
    office = make_office()
    AgencyNoticeSettings.objects.create(agency=office.agency, **settings)
    things.append(thing(office.champion1))
    first = None
    for late in (1, 3, 6, 7, 30):
        write_reminders(office.agency, before(-late))
        if first is None and told():
            first = late
    assert first == days
