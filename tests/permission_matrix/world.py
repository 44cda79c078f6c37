"""Two offices with the same people and the same kinds of rows: ours, and one we must not see."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from agencies.models import Agency, AgencyMembership, Unit, User
from tests.permission_matrix.table import EVERYONE, Row, literal, object_makers

YEAR = 2570
OFFICE_ROLE = {"champion1": "staff", "champion2": "staff", "member": "staff"}


@dataclass
class Office:
    agency: Agency
    people: dict[str, User]
    year: int = YEAR
    rows: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.rows[key]

    def value(self, wanted: Any) -> Any:
        """Return what an address part stands for: an object's pk, an attribute, a literal."""
        if isinstance(wanted, literal):
            return wanted.value
        if callable(wanted):
            return wanted(self)
        key, *attributes = wanted.split(".")
        found = self.rows[key]
        for attribute in attributes or ["pk"]:
            found = getattr(found, attribute)
        return found

    def address(self, row: Row, ids_of: "Office | None" = None) -> str:
        """Return the row's address in this office, with the ids of `ids_of` (default: its own)."""
        kwargs = {key: (ids_of or self).value(wanted) for key, wanted in row.ids.items()}
        if row.kind == "office":
            kwargs.setdefault("agency_code", self.agency.code)
            if takes_year(row.name):
                kwargs.setdefault("year", self.year)
        return reverse(row.name, kwargs=kwargs)


def takes_year(name: str) -> bool:
    from tests.permission_matrix.addresses import all_addresses

    return "year" in all_addresses()[name]


def make_office(code: str, prefix: str = "") -> Office:
    agency = Agency.objects.create(
        code=code,
        name_th=f"สำนักงานทดสอบ {code}",
        short_name=code,
        head_position="ผู้อำนวยการ",
        reminder_days=[30, 7, 1],
    )
    unit = Unit.objects.create(agency=agency, name="กลุ่มทดสอบ")
    people = {}
    for role in sorted(EVERYONE):
        user = User.objects.create_user(
            prefix + role, "pmqa-demo", first_name=role, last_name="ทดสอบ", sort_key=role
        )
        AgencyMembership.objects.create(
            agency=agency, user=user, unit=unit, role=OFFICE_ROLE.get(role, role)
        )
        people[role] = user
    return Office(agency, people)


def make_world(app: str) -> tuple[Office, Office]:
    """Return our office and the other one, each with the objects of the app and those below."""
    own, other = make_office("own"), make_office("other", "other-")
    for maker in object_makers(app):
        for office in (own, other):
            office.rows.update(maker(office) or {})
    return own, other
