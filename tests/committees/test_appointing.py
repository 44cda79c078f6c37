"""Seats hold by date, from the day of one order until the day of the next; nothing else counts."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from approvals.transitions import PaperSignature, perform
from assessments.permissions import can_write
from committees.models import Appointment, AppointmentOrder, CommitteeMember
from committees.orders import draft_order, record_signed_order, sign_order
from committees.roles import champions, written_categories
from core import clock
from documents.models import StoredFile
from tests.agencies.factories import make_office, make_person
from tests.assessments.factories import make_assessment
from tests.committees.factories import YEAR, make_committees

pytestmark = pytest.mark.django_db
SIGNED = dt.date(2026, 11, 20)
LATER = dt.date(2026, 12, 1)
DAY = dt.timedelta(1)


@pytest.fixture
def office(frozen_today):
    frozen_today(SIGNED)
    office = make_office()
    office.steering, office.working = make_committees(office)
    office.newcomer = make_person(office.agency, "newcomer")
    return office


def signed(office, number, signed_on=SIGNED, effective_on=None, cancels=True):
    order = draft_order(office.agency, YEAR, by=office.officer)
    AppointmentOrder.objects.filter(pk=order.pk).update(effective_on=effective_on)
    if not cancels:
        AppointmentOrder.objects.filter(pk=order.pk).update(supersedes=None)
    order.refresh_from_db()
    perform(order, "submit", office.officer)
    sign_order(order, office.director, number=number, signed_on=signed_on)
    return order


def replace_champion(office):
    CommitteeMember.objects.filter(champion_of=1).update(user=office.newcomer)


def champion_on(office, day):
    with clock.frozen(day):
        person = champions(office.agency, YEAR).get(1)
    return person and person.username


def test_draft_order_gives_nothing(office):
    order = draft_order(office.agency, YEAR, by=office.officer)
    perform(order, "submit", office.officer)
    assert written_categories(office.champion1, office.agency, YEAR) == set()


def test_signature_gives_each_printed_seat(office):
    order = signed(office, "187")
    rows = Appointment.objects.filter(order=order, committee=office.working)
    assert rows.count() == 14
    seat = rows.get(champion_of=1)
    assert (seat.user, seat.place, seat.starts_on, seat.ends_on) == (
        office.champion1,
        2,
        SIGNED,
        None,
    )
    assert rows.get(team_of=2, user=None).name == "นายภายนอก คนที่2"


def test_paper_signature_gives_seats_from_the_day_of_the_paper(office):
    order = draft_order(office.agency, YEAR, by=office.officer)
    perform(order, "submit", office.officer)
    scan = StoredFile.objects.create(
        agency=office.agency, sha256="a" * 64, name="scan.pdf", content_type="x", size=1
    )
    day = SIGNED - 3 * DAY
    record_signed_order(order, office.officer, number="9", signature=PaperSignature(day, scan))
    assert champion_on(office, day - DAY) is None
    assert champion_on(office, day) == "champion1"


def test_changed_seat_gives_and_takes_nothing_before_the_order(office):
    signed(office, "187")
    replace_champion(office)
    assert written_categories(office.champion1, office.agency, YEAR) == {1, 7}
    assert written_categories(office.newcomer, office.agency, YEAR) == set()


def test_replaced_champion_writes_until_the_new_orders_day(office):
    category = make_assessment(office).category(1)
    Appointment.objects.all().delete()
    signed(office, "187")
    replace_champion(office)
    signed(office, "188", effective_on=LATER)

    def writers(day):
        with clock.frozen(day):
            return [
                p.username for p in (office.champion1, office.newcomer) if can_write(p, category)
            ]

    assert writers(LATER - DAY) == ["champion1"]
    assert writers(LATER) == ["newcomer"]


def test_third_order_that_starts_sooner_keeps_the_second_from_starting(office):
    first = signed(office, "187")
    replace_champion(office)
    second = signed(office, "188", effective_on=LATER)
    CommitteeMember.objects.filter(champion_of=1).update(user=office.staff)
    third = signed(office, "189", effective_on=LATER - 5 * DAY)

    assert [champion_on(office, LATER + day * DAY) for day in (-6, -5, 0, 30)] == [
        "champion1",
        "staff",
        "staff",
        "staff",
    ]
    statuses = [AppointmentOrder.objects.get(pk=o.pk).status for o in (first, second, third)]
    assert statuses == ["superseded", "superseded", "signed"]


def test_older_order_recorded_late_holds_only_until_the_newer_ones_day(office):
    signed(office, "188", effective_on=LATER)
    replace_champion(office)
    signed(office, "187", signed_on=SIGNED - 9 * DAY, cancels=False)

    assert [champion_on(office, day) for day in (SIGNED - 9 * DAY, LATER - DAY, LATER)] == [
        "newcomer",
        "newcomer",
        "champion1",
    ]


def test_person_in_several_roles_holds_all_of_them(office):
    CommitteeMember.objects.filter(user=office.champion1).update(team_of=2)
    signed(office, "187")
    assert written_categories(office.champion1, office.agency, YEAR) == {1, 2, 7}
    assert Appointment.objects.filter(user=office.deputy).count() == 2


def test_orders_signed_before_get_their_seats(office):
    """What the migration makes of older orders is what signing them makes now."""
    signed(office, "187")
    replace_champion(office)
    signed(office, "188", effective_on=LATER)
    fields = ("order", "committee", "place", "user", "name", "position", "role")
    fields += ("champion_of", "team_of", "starts_on", "ends_on")
    before = list(Appointment.objects.order_by("pk").values(*fields))
    Appointment.objects.all().delete()
    migration = import_module("committees.migrations.0003_seats_of_signed_orders")
    migration.give_seats(apps, None)
    assert list(Appointment.objects.order_by("pk").values(*fields)) == before
