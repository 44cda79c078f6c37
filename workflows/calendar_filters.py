"""Which steps of the calendar somebody wants to see. The address keeps the choice."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from core.address_values import whole_number
from workflows.calendar import Group, Row
from workflows.enums import ResponsibleKind
from workflows.responsible import Resolver

MINE = "me"
STATES = (
    ("overdue", _("Overdue")),
    ("due_soon", _("Due within 7 days")),
    ("in_progress", _("In progress")),
    ("not_started", _("Not started")),
    ("done", _("Done")),
)
_LONGEST_WORDS = 100


@dataclass(frozen=True)
class Filters:
    """What the address asks for; nonsense in it is overlooked.

    `who` is "me", a person ("p12") or a unit ("u3"); `sop` an SOP's slug; `category` a number
    of the seven; `state` a key of STATES; `words` must all stand in the step.
    """

    who: str = ""
    sop: str = ""
    category: str = ""
    state: str = ""
    words: str = ""

    @classmethod
    def read(cls, data: QueryDict) -> "Filters":
        state, category = data.get("state", ""), data.get("category", "")
        return cls(
            who=data.get("who", "")[:20],
            sop=data.get("sop", "")[:60],
            category=category if category in set("1234567") else "",
            state=state if state in dict(STATES) else "",
            words=data.get("words", "").strip()[:_LONGEST_WORDS],
        )

    @property
    def is_active(self) -> bool:
        return self != Filters()

    def query(self, **more: object) -> str:
        """Return the part of the address that keeps the choice, with `more` before it."""
        kept = {name: value for name, value in vars(self).items() if value}
        return urlencode({name: value for name, value in more.items() if value != ""} | kept)


def narrowed(groups: list[Group], resolver: Resolver, filters: Filters, user: User) -> list[Group]:
    """Return the groups with only the steps that pass; groups left empty are dropped."""
    if not filters.is_active:
        return groups
    people = _people(filters.who, resolver, user)
    words = filters.words.casefold().split()
    kept = [
        Group(
            group.cycle,
            [row for row in group.rows if _passes(row, filters, people, words)],
            group.is_of_other_year,
        )
        for group in groups
        if not filters.sop or group.cycle.version.procedure.slug == filters.sop
    ]
    return [group for group in kept if group.rows]


def _people(who: str, resolver: Resolver, user: User) -> set[int] | None:
    """Return whose steps are wanted; None for everybody's."""
    if who == MINE:
        return {user.pk}
    number = whole_number(who[1:])
    if number is None or who[0] not in "pu":
        return None
    if who[0] == "u":
        return {row.user_id for row in resolver.memberships if row.unit_id == number}
    return {number}


def _passes(row: Row, filters: Filters, people: set[int] | None, words: list[str]) -> bool:
    if people is not None and not people & {person.pk for person in row.responsible.people}:
        return False
    if filters.state and row.state != filters.state:
        return False
    if filters.category and category_of(row) != filters.category:
        return False
    return not words or all(word in _text_of(row) for word in words)


def category_of(row: Row) -> str:
    """Return the number of the category that the SOP's step belongs to, or ""."""
    step = row.step.procedure_step
    return step.responsible_value if step.responsible_kind == ResponsibleKind.CATEGORY else ""


def _text_of(row: Row) -> str:
    step = row.step
    parts = [step.title, step.procedure_step.detail, row.responsible_text]
    return " ".join([*parts, step.cycle.version.procedure.name]).casefold()


def choices(groups: list[Group], resolver: Resolver) -> dict:
    """Return what there is to choose from, out of what is loaded."""
    units = {row.unit_id: row.unit for row in resolver.memberships if row.unit_id}
    procedures = {}
    for group in groups:
        procedure = group.cycle.version.procedure
        procedures.setdefault(procedure.slug, procedure.name)
    return {
        "people": [(f"p{row.user_id}", row.user) for row in resolver.memberships],
        "units": [(f"u{pk}", unit) for pk, unit in units.items()],
        "procedures": list(procedures.items()),
        "categories": sorted({category_of(row) for group in groups for row in group.rows} - {""}),
        "states": STATES,
    }
