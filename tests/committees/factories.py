"""Committees, seats and orders for every test."""

import datetime as dt

import factory

from committees.enums import CommitteeKind, CommitteeRole
from committees.models import AppointmentOrder, Committee, CommitteeMember
from tests.agencies.factories import AgencyFactory, Office, UserFactory

YEAR = 2570


class CommitteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Committee

    agency = factory.SubFactory(AgencyFactory)
    fiscal_year = YEAR
    kind = CommitteeKind.WORKING_TEAM
    name = "คณะทำงาน PMQA"
    duties = "ประเมินองค์การด้วยตนเอง\nจัดทำรายงาน"


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommitteeMember

    committee = factory.SubFactory(CommitteeFactory)
    user = factory.SubFactory(UserFactory)
    role = CommitteeRole.MEMBER
    order = factory.Sequence(lambda number: number)


class OrderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AppointmentOrder

    agency = factory.SubFactory(AgencyFactory)
    fiscal_year = YEAR
    title = "แต่งตั้งคณะกรรมการ ประจำปีงบประมาณ พ.ศ. 2570"
    reason = "เพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อย"
    legal_basis = "อาศัยอำนาจตามความในมาตรา 37"


def seat_people(committee: Committee, *users, **fields) -> list[CommitteeMember]:
    """Seat the people one after the other, all with the same fields."""
    return [SeatFactory(committee=committee, user=user, **fields) for user in users]


def make_committees(office: Office, year: int = YEAR) -> tuple[Committee, Committee]:
    """Return Steering Committee and Working Team of the office, all composition checks met.

    Director and deputy lead, the officer is secretary of both, champion1…6 lead categories
    1–6; `member` and five people from outside make each category's second person.
    """
    agency = office.agency
    steering = CommitteeFactory(
        agency=agency,
        fiscal_year=year,
        kind=CommitteeKind.STEERING,
        name="คณะกรรมการกำกับดูแล PMQA",
        order=0,
    )
    working = CommitteeFactory(agency=agency, fiscal_year=year, order=1)
    seat_people(steering, office.director, role=CommitteeRole.CHAIR)
    seat_people(steering, office.deputy, role=CommitteeRole.VICE_CHAIR)
    seat_people(steering, office.officer, role=CommitteeRole.SECRETARY)
    seat_people(working, office.deputy, role=CommitteeRole.CHAIR)
    for number in range(1, 7):
        seat_people(working, office.people[f"champion{number}"], champion_of=number)
    seat_people(working, office.member, team_of=1)
    for number in range(2, 7):
        seat = CommitteeMember(committee=working, outside_name=f"นายภายนอก คนที่{number}")
        seat.team_of, seat.order = number, 5000 + number
        seat.save()
    seat_people(working, office.officer, role=CommitteeRole.SECRETARY, order=9000)
    return steering, working


def make_order(office: Office, status: str = "draft", **fields) -> AppointmentOrder:
    """Return an order over the year's committees; a signed one has number 1 of 2570."""
    signed = status in ("signed", "superseded")
    if signed:
        fields = {"number": "1", "calendar_year": 2570, "signed_on": dt.date(2027, 1, 4)} | fields
    order = OrderFactory(agency=office.agency, status=status, **fields)
    order.committees.set(
        Committee.objects.filter(agency=office.agency, fiscal_year=order.fiscal_year)
    )
    return order
