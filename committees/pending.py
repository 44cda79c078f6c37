"""Where the committee as officers keep it differs from the last signed order.

Seats count by the order alone (`appointing`), so every difference waits for a new order.
"""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from committees.models import Appointment, AppointmentOrder, Committee, CommitteeMember
from core import clock

ADDED, CHANGED = "added", "changed"


@dataclass
class Row:
    """A seat with its place in the order of precedence and what waits for a new order.

    state: "", "added" or "changed"; `before` says in words what the last order gave.
    """

    seat: CommitteeMember
    place: int
    state: str = ""
    before: str = ""


@dataclass
class Pending:
    """A committee's seats against its last signed order (None: it was never appointed)."""

    order: AppointmentOrder | None
    rows: list[Row]
    removed: list[Appointment] = field(default_factory=list)
    is_reordered: bool = False
    # The last order holds only from this day; until then the order before it holds.
    starts_on: object = None

    @property
    def count(self) -> int:
        return sum(bool(row.state) for row in self.rows) + len(self.removed)


def pending(committee: Committee, members: list[CommitteeMember]) -> Pending:
    """Compare the members with the seats last given to the committee; one query."""
    given = list(last_given(committee))
    rows = [Row(seat, place) for place, seat in enumerate(members, start=1)]
    if not given:
        return Pending(None, rows)
    waiting = {_person(seat): seat for seat in given}
    kept = []
    for row in rows:
        old = waiting.pop(_person(row.seat), None)
        if old is None:
            row.state = ADDED
            continue
        kept.append(old.place)
        if _tasks(old) != _tasks(row.seat):
            row.state, row.before = CHANGED, words_of(old)
    first = given[0].starts_on
    return Pending(
        order=given[0].order,
        rows=rows,
        removed=list(waiting.values()),
        is_reordered=kept != sorted(kept),
        starts_on=first if first > clock.today() else None,
    )


def last_given(committee: Committee) -> QuerySet[Appointment]:
    """Return the seats no later order has ended, in the order printed."""
    rows = Appointment.objects.filter(committee=committee, ends_on=None)
    return rows.select_related("order").order_by("place", "pk")


def words_of(seat: Appointment | CommitteeMember) -> str:
    """Return role and categories of a seat in words."""
    words = [str(seat.get_role_display())]
    if seat.champion_of:
        words.append(_("champion of category %(number)d") % {"number": seat.champion_of})
    if seat.team_of:
        words.append(_("team of category %(number)d") % {"number": seat.team_of})
    return " · ".join(words)


def _person(seat: Appointment | CommitteeMember):
    return seat.user_id or seat.name


def _tasks(seat: Appointment | CommitteeMember) -> tuple:
    return seat.role, seat.champion_of, seat.team_of
