"""Offices and people for every test. Sentences like `make_office().officer` read as they mean."""

import datetime as dt
from dataclasses import dataclass, field

import factory

from agencies.enums import HolidayKind, OfficeRole
from agencies.models import Agency, AgencyMembership, Holiday, Unit, User

PASSWORD = "pmqa-demo"

# Office role of each person that `make_office` adds, by the name tests call them.
OFFICE_PEOPLE = {
    "officer": OfficeRole.OFFICER,
    "director": OfficeRole.DIRECTOR,
    "deputy": OfficeRole.DEPUTY,
    "staff": OfficeRole.STAFF,
    **{f"champion{number}": OfficeRole.STAFF for number in range(1, 7)},
    "member": OfficeRole.STAFF,
    "observer": OfficeRole.OBSERVER,
    "admin": OfficeRole.ADMINISTRATOR,
}


class AgencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agency

    code = factory.Sequence(lambda number: f"office{number:05d}")
    name_th = factory.Sequence(lambda number: f"สำนักงานตัวอย่างที่ {number:05d}")
    short_name = factory.Sequence(lambda number: f"สนง.ตัวอย่าง {number:05d}")
    head_position = "ผู้อำนวยการสำนักงาน"
    reminder_days = factory.LazyFunction(lambda: [30, 7, 1])


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda number: f"กลุ่มตัวอย่าง {number:05d}")
    order = factory.Sequence(lambda number: number)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person{number:05d}")
    title = "นาย"
    first_name = factory.Sequence(lambda number: f"ทดสอบ{number:05d}")
    last_name = "ตัวอย่าง"
    position = "นักวิชาการ"
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.com")
    sort_key = factory.LazyAttribute(lambda user: f"{user.first_name} {user.last_name}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        password = kwargs.pop("password", PASSWORD)
        return model_class.objects.create_user(*args, password=password, **kwargs)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgencyMembership

    agency = factory.SubFactory(AgencyFactory)
    user = factory.SubFactory(UserFactory)
    role = OfficeRole.STAFF


class HolidayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Holiday
        django_get_or_create = ("agency", "date")

    agency = None
    date = dt.date(2027, 4, 13)
    name_th = "วันสงกรานต์"
    kind = HolidayKind.FIXED


@dataclass
class Office:
    """An agency with its people; each is an attribute too: `office.director`."""

    agency: Agency
    people: dict[str, User] = field(default_factory=dict)
    unit: Unit | None = None

    def __getattr__(self, name):
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def url(self, path: str) -> str:
        return f"/o/{self.agency.code}/{path}"


def make_person(agency: Agency, username: str, role: str = OfficeRole.STAFF, **fields) -> User:
    """Return a new person who belongs to the office."""
    unit = fields.pop("unit", None)
    user = UserFactory(username=username, **fields)
    MembershipFactory(agency=agency, user=user, role=role, unit=unit)
    return user


def make_office(code: str = "office", *, prefix: str | None = None, **fields) -> Office:
    """Return an office with one person of each kind; their user names are the kinds.

    User names are unique over offices, so a second office (another code) gets
    `<code>_officer` and so on, unless `prefix` says otherwise.
    """
    if prefix is None:
        prefix = "" if code == "office" else f"{code}_"
    agency = AgencyFactory(code=code, **fields)
    unit = UnitFactory(agency=agency, name="กลุ่มอำนวยการ")
    people = {
        name: make_person(agency, f"{prefix}{name}", role, unit=unit)
        for name, role in OFFICE_PEOPLE.items()
    }
    people["administrator"] = people["admin"]
    return Office(agency, people, unit)
