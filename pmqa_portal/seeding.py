"""A large data set to measure with: many offices, each with its people and several years.

The same call makes the same data, office by office, whatever other offices there are: every
figure, name and text is drawn from a generator that starts from the seed, the office and the year.
Rows are written in bulk; years before the last are closed and all their categories accepted.
"""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from agencies import people
from agencies.demo import PASSWORD, PEOPLE, UNITS
from agencies.holidays import fill_holidays
from agencies.models import Agency, AgencyMembership, Unit, User
from assessments.criteria.importing import load_editions
from committees.appointing import appoint
from committees.enums import CommitteeKind, CommitteeRole, OrderStatus
from committees.models import AppointmentOrder, Committee, CommitteeMember
from committees.orders import committees_in, order_data
from core import clock
from core import fiscal_year as fiscal
from pmqa_portal.seeding_years import Criteria, write_assessments, write_plans
from workflows.dates import dated_windows, holidays_around
from workflows.enums import CycleStatus, StepStatus
from workflows.models import Cycle, ProcedureVersion, Step, StepDocument, StepWindow
from workflows.opening import document_names, slot_rows, window_rows
from workflows.sop.files import import_sop, read_sop, shipped_files

SOP = "sisaket-pmqa"
CODE = "seed{:04}"
FIRST_NAMES = (
    *("กมล", "ขวัญใจ", "จิราพร", "ชัยวัฒน์", "ณัฐวุฒิ", "ดวงใจ", "ทองดี", "นภา"),
    *("บุญมี", "ปรีชา", "พรทิพย์", "มานพ", "ยุพา", "วิไล", "สมศรี"),
)
LAST_NAMES = (
    *("ตัวอย่างกิจ", "ตัวอย่างเจริญ", "ตัวอย่างพงษ์"),
    *("ตัวอย่างมงคล", "ตัวอย่างสุข", "ตัวอย่างอุดม"),
)


@dataclass
class SeededOffice:
    """An office in the making: its rows as far as they are written."""

    agency: Agency
    random: Random
    units: list[Unit] = field(default_factory=list)
    people: dict[str, User] = field(default_factory=dict)
    version: ProcedureVersion | None = None
    cycles: dict[int, Cycle] = field(default_factory=dict)


def seed_offices(count: int, years: int, last_year: int, seed: int = 1) -> list[Agency]:
    """Make the offices that are not there yet, with `years` years up to `last_year` (B.E.).

    Returns the offices made now. One transaction an office: what is there is whole.
    """
    codes = [CODE.format(number) for number in range(1, count + 1)]
    present = set(Agency.objects.filter(code__in=codes).values_list("code", flat=True))
    load_editions()
    fill_holidays(last_year - years, last_year + 1)
    criteria = Criteria.load()
    password = make_password(PASSWORD)
    made = []
    for code in codes:
        if code not in present:
            with transaction.atomic():
                made.append(_make(code, range(last_year - years + 1, last_year + 1), seed,
                                  password, criteria))  # fmt: skip
    return made


def _make(code: str, years: range, seed: int, password: str, criteria) -> Agency:
    with clock.frozen(fiscal.first_day(years[0])):
        office = _office(code, Random(f"{seed}:{code}"), password)
    for year in years:
        with clock.frozen(fiscal.first_day(year)):
            _committees(office, year)
            office.cycles[year] = _cycle(office, year, is_last=year == years[-1])
    randoms = {year: Random(f"{seed}:{code}:{year}") for year in years}
    findings = write_assessments(office, randoms, criteria, last_year=years[-1])
    write_plans(office, randoms, findings, last_year=years[-1])
    return office.agency


def _office(code: str, random: Random, password: str) -> SeededOffice:
    number = int(code.removeprefix("seed"))
    name = f"สำนักงานเขตพื้นที่การศึกษาจำลอง เขต {number}"
    agency = Agency.objects.create(
        code=code,
        name_th=name,
        short_name=f"สพป.จำลอง เขต {number}",
        head_position=f"ผู้อำนวยการ{name}",
        reminder_days=[30, 7, 1],
    )
    office = SeededOffice(agency, random)
    office.units = Unit.objects.bulk_create(
        Unit(agency=agency, name=name, short_name=short_name, order=order)
        for order, (name, short_name) in enumerate(UNITS, start=1)
    )
    rows = [_person(code, random, password, *row) for row in PEOPLE]
    users = User.objects.bulk_create(user for user, _unit, _role in rows)
    AgencyMembership.objects.bulk_create(
        AgencyMembership(
            agency=agency, user=user, unit=office.units[unit - 1] if unit else None, role=role
        )
        for user, (_same, unit, role) in zip(users, rows, strict=True)
    )
    office.people = {user.username.removeprefix(f"{code}-"): user for user in users}
    text = shipped_files()[SOP].read_text(encoding="utf-8")
    office.version = import_sop(read_sop(text), agency, office.people["officer"])
    return office


def _person(code, random, password, username, title, _first, _last, position, unit, role):
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    user = User(
        username=f"{code}-{username}",
        password=password,
        title=title,
        first_name=first,
        last_name=last,
        position=position,
        sort_key=people.sort_key(first, last),
    )
    return user, unit, role


def _committees(office: SeededOffice, year: int) -> None:
    steering, working = Committee.objects.bulk_create(
        Committee(agency=office.agency, fiscal_year=year, kind=kind, name=name, order=order,
                  duties="กำหนดแนวทาง\nติดตามผล\nรายงานผู้อำนวยการ")
        for order, (kind, name) in enumerate(
            [
                (CommitteeKind.STEERING, "คณะกรรมการกำกับดูแลการพัฒนาคุณภาพการบริหารจัดการภาครัฐ"),
                (CommitteeKind.WORKING_TEAM, "คณะทำงานพัฒนาคุณภาพการบริหารจัดการภาครัฐ"),
            ]
        )
    )  # fmt: skip
    names = office.people
    seats: list[tuple[Committee, str, dict[str, Any]]] = [
        (steering, "director", {"role": CommitteeRole.CHAIR}),
        (steering, "deputy", {"role": CommitteeRole.VICE_CHAIR}),
        (steering, "officer", {"role": CommitteeRole.SECRETARY}),
        (working, "deputy", {"role": CommitteeRole.CHAIR}),
        *((working, f"champion{number}", {"champion_of": number}) for number in range(1, 7)),
        *((working, f"staff{number}", {"team_of": number}) for number in range(1, 7)),
        (working, "officer", {"role": CommitteeRole.SECRETARY}),
    ]
    CommitteeMember.objects.bulk_create(
        CommitteeMember(committee=committee, user=names[name], order=order, **fields)
        for order, (committee, name, fields) in enumerate(seats)
    )
    _order(office, year, [steering, working])


def _order(office: SeededOffice, year: int, committees: list[Committee]) -> None:
    """Sign the year's order on its first day: seats count from the day an order gives them."""
    day = fiscal.first_day(year)
    order = AppointmentOrder.objects.create(
        agency=office.agency,
        fiscal_year=year,
        status=OrderStatus.SIGNED,
        title=f"แต่งตั้งคณะกรรมการ ประจำปีงบประมาณ พ.ศ. {year}",
        number="1",
        calendar_year=fiscal.to_be(day.year),
        signed_on=day,
        signer_name=office.people["director"].get_full_name(),
        signer_position=office.agency.head_position,
    )
    order.committees.set(committees)
    named = committees_in(order)
    order.snapshot = order_data(order, named)
    order.save(update_fields=["snapshot"])
    appoint(order, named)


def _cycle(office: SeededOffice, year: int, *, is_last: bool) -> Cycle:
    officer = office.people["officer"]
    first = fiscal.first_day(year)
    closed = {} if is_last else {
        "status": CycleStatus.CLOSED, "closed_at": _noon(fiscal.last_day(year)),
        "closed_by": officer,
    }  # fmt: skip
    cycle = Cycle.objects.create(
        agency=office.agency,
        fiscal_year=year,
        version=office.version,
        starts_on=first,
        opened_at=_noon(first),
        opened_by=officer,
        **closed,
    )
    dated = dated_windows(office.version, year, first, holidays_around(office.agency, year))
    steps = Step.objects.bulk_create(
        Step(cycle=cycle, procedure_step=row.step, number=row.step.number, title=row.step.title,
             due_on=row.due_on, **_progress(office, row.due_on, is_last))
        for row in dated
    )  # fmt: skip
    pairs = list(zip(steps, dated, strict=True))
    StepWindow.objects.bulk_create(
        window for step, row in pairs for window in window_rows(step, row.windows)
    )
    StepDocument.objects.bulk_create(
        slot for step, row in pairs for slot in slot_rows(step, document_names(row.step))
    )
    return cycle


def _progress(office: SeededOffice, due_on: dt.date | None, is_last: bool) -> dict[str, Any]:
    """Return a step's end: done around its due day in past years, open in the last one."""
    if is_last or due_on is None:
        return {}
    done_on = due_on + dt.timedelta(days=office.random.randint(-14, 10))
    return {
        "status": StepStatus.DONE,
        "started_on": done_on - dt.timedelta(days=office.random.randint(1, 30)),
        "done_on": done_on,
        "done_by": office.people["officer"],
    }


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), clock.BANGKOK)
