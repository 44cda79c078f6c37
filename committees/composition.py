"""Composition rules of the committees: who must sit where before an order may be signed.

Source of the rules: the PMQA procedure of education area offices (Steering Committee for
policy, Working Team for the work, one champion for each of categories 1–6, category 7 shared).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.enums import OfficeRole
from agencies.models import Agency, AgencyMembership, Unit, User
from committees.enums import CommitteeKind, CommitteeRole
from committees.models import Committee, CommitteeMember, RuleOverride
from committees.queries import committees_of, overrides_of
from committees.roles import CHAMPION_CATEGORIES, WORKING_KINDS

OK, WARNING, OVERRIDDEN = "ok", "warning", "overridden"
LEAST_TEAM = 2
SECRETARIES = (CommitteeRole.SECRETARY, CommitteeRole.ASSISTANT_SECRETARY)


@dataclass
class Check:
    """One rule's answer. `code` names it for overrides; `fix` opens the form that mends it.

    state: "ok", "warning" or "overridden" (a named person set it aside, see `override`).
    """

    code: str
    state: str
    message: str
    detail: str = ""
    source: str = ""
    override: RuleOverride | None = None
    committee: Committee | None = None
    fix: dict = field(default_factory=dict)


@dataclass
class _Record:
    """What the rules read, fetched once: committees with seats, heads of the office, members."""

    committees: list[Committee]
    heads: list[tuple[User, str]]
    active_ids: set[int]
    has_director: bool

    def __post_init__(self):
        self.by_kind = {committee.kind: committee for committee in self.committees}
        self.seats = {item.pk: list(item.members.all()) for item in self.committees}

    def of_kind(self, *kinds: str) -> Committee | None:
        return next((self.by_kind[kind] for kind in kinds if kind in self.by_kind), None)

    def holding(self, committee: Committee, *roles: str) -> list[CommitteeMember]:
        return [seat for seat in self.seats[committee.pk] if seat.role in roles]


def checks(agency: Agency, year: int) -> list[Check]:
    """Return every composition check of the office's fiscal year (B.E.), warnings first.

    Makes five queries whatever the number of members.
    """
    record = _read(agency, year)
    overrides = overrides_of(agency, year)
    found = [check for rule in _RULES for check in rule(record)]
    for check in found:
        if check.state == WARNING and check.code in overrides:
            check.state, check.override = OVERRIDDEN, overrides[check.code]
    rank = {WARNING: 0, OVERRIDDEN: 1, OK: 2}
    return sorted(found, key=lambda check: rank[check.state])


def open_warnings(agency: Agency, year: int) -> list[str]:
    """Return the messages of the rules that are neither met nor set aside."""
    return [check.message for check in checks(agency, year) if check.state == WARNING]


def _read(agency: Agency, year: int) -> _Record:
    memberships = AgencyMembership.objects.filter(
        agency=agency, is_active=True, user__is_active=True
    ).select_related("user")
    people = list(memberships.order_by("user__sort_key", "pk"))
    active_ids = {row.user_id for row in people}
    wanted = {OfficeRole.DIRECTOR: _("Director"), OfficeRole.DEPUTY: _("Deputy director")}
    heads = {
        row.user_id: (row.user, row.user.position or wanted[role])
        for role in wanted
        for row in people
        if row.role == role
    }
    has_director = any(row.role == OfficeRole.DIRECTOR for row in people)
    units = Unit.objects.filter(agency=agency, is_active=True, head__isnull=False)
    for unit in units.select_related("head"):
        if unit.head_id in active_ids:
            title = _("Head of %(unit)s") % {"unit": unit.name}
            heads.setdefault(unit.head_id, (unit.head, title))
    return _Record(committees_of(agency, year), list(heads.values()), active_ids, has_director)


def _both_committees(record: _Record) -> Iterator[Check]:
    """Steering Committee and Working Team, or one single committee in their place."""
    message = _("There is a Steering Committee and a Working Team, or one single committee")
    source = _("PMQA procedure: policy and work are in two hands, or one committee does both")
    steering, working, single = (
        record.by_kind.get(kind)
        for kind in (CommitteeKind.STEERING, CommitteeKind.WORKING_TEAM, CommitteeKind.SINGLE)
    )
    if single or (steering and working):
        names = [item.name for item in record.committees]
        yield Check("committees", OK, message, ", ".join(names), source)
        return
    if steering:
        message = _("There is no Working Team yet")
    elif working:
        message = _("There is no Steering Committee yet")
    else:
        message = _("No committee has been set up yet")
    yield Check("committees", WARNING, message, source=source)


def _one_chair(record: _Record) -> Iterator[Check]:
    """Every committee has exactly one chair."""
    source = _("Rules of official papers: an order names one chair for a committee")
    for committee in record.committees:
        chairs = record.holding(committee, CommitteeRole.CHAIR)
        code, kind = f"chair-{_code(committee)}", kind_of(committee)
        if len(chairs) == 1:
            message = _("%(kind)s has one chair") % {"kind": kind}
            yield Check(code, OK, message, chairs[0].name, source)
        elif not chairs:
            message = _("%(kind)s has no chair") % {"kind": kind}
            fix = {"role": CommitteeRole.CHAIR.value}
            yield Check(code, WARNING, message, source=source, committee=committee, fix=fix)
        else:
            message = _("%(kind)s has %(count)d chairs") % {"kind": kind, "count": len(chairs)}
            yield Check(code, WARNING, message, _names(chairs), source)


def _team_chair_is_vice_chair(record: _Record) -> Iterator[Check]:
    """The Working Team is chaired by a vice-chair of the Steering Committee."""
    steering = record.by_kind.get(CommitteeKind.STEERING)
    working = record.by_kind.get(CommitteeKind.WORKING_TEAM)
    if not steering or not working:
        return
    vice_chairs = {_person(seat) for seat in record.holding(steering, CommitteeRole.VICE_CHAIR)}
    chairs = record.holding(working, CommitteeRole.CHAIR)
    source = _("PMQA procedure: the Steering vice-chair leads the Working Team")
    if chairs and all(_person(seat) in vice_chairs for seat in chairs):
        message = _("The chair of the Working Team is vice-chair of the Steering Committee")
        yield Check("team-chair", OK, message, _names(chairs), source)
    else:
        message = _("The chair of the Working Team is not vice-chair of the Steering Committee")
        yield Check("team-chair", WARNING, message, _names(chairs), source)


def _heads_on_steering(record: _Record) -> Iterator[Check]:
    """The head, the deputies and the heads of units sit on the Steering Committee."""
    steering = record.of_kind(CommitteeKind.STEERING, CommitteeKind.SINGLE)
    if not steering:
        return
    if not record.has_director:
        message = _("The office has no director in its register of people")
        yield Check("director", WARNING, message, _("Nobody could sign the order"))
    seated = {seat.user_id for seat in record.seats[steering.pk]}
    missing = [(user, title) for user, title in record.heads if user.pk not in seated]
    source = _("PMQA procedure: head, deputies and unit heads set the policy")
    for user, title in missing:
        message = _("%(name)s does not sit on %(committee)s") % {
            "name": user.get_full_name(),
            "committee": steering.get_kind_display(),
        }
        fix = {"user": user.pk}
        code = f"head-{user.pk}"
        yield Check(code, WARNING, message, title, source, committee=steering, fix=fix)
    if not missing:
        message = _("Head, deputies and unit heads sit on %(committee)s") % {
            "committee": steering.get_kind_display()
        }
        detail = ngettext("%(count)d person", "%(count)d people", len(record.heads))
        yield Check("heads", OK, message, detail % {"count": len(record.heads)}, source)


def _champions(record: _Record) -> Iterator[Check]:
    """Each of categories 1–6 has a champion, and nobody is champion twice."""
    working = record.of_kind(*WORKING_KINDS)
    if not working:
        return
    source = _("PMQA procedure: each of categories 1–6 has a champion of its own")
    held = defaultdict(list)
    for seat in record.seats[working.pk]:
        if seat.champion_of:
            held[_person(seat)].append(seat)
    taken = {seat.champion_of for seats in held.values() for seat in seats}
    for number in CHAMPION_CATEGORIES:
        if number not in taken:
            message = _("Category %(number)d has no champion") % {"number": number}
            fix = {"champion_of": number}
            code = f"champion-{number}"
            yield Check(code, WARNING, message, source=source, committee=working, fix=fix)
    twice = [seats for seats in held.values() if len(seats) > 1]
    for seats in twice:
        numbers = ", ".join(str(seat.champion_of) for seat in seats)
        message = _("%(name)s is champion of several categories") % {"name": seats[0].name}
        code = f"champions-{'-'.join(str(seat.champion_of) for seat in seats)}"
        detail = _("Categories %(numbers)s") % {"numbers": numbers}
        yield Check(code, WARNING, message, detail, source)
    if len(taken) == len(CHAMPION_CATEGORIES) and not twice:
        message = _("Categories 1–6 each have their own champion")
        detail = _("%(count)d of 6") % {"count": len(taken)}
        yield Check("champions", OK, message, detail, source)


def _teams(record: _Record) -> Iterator[Check]:
    """Each category 1–6 has at least two people, the champion counted."""
    working = record.of_kind(*WORKING_KINDS)
    if not working:
        return
    source = _("PMQA procedure: a champion works with a team")
    short = []
    for number in CHAMPION_CATEGORIES:
        count = len(team(record.seats[working.pk], number))
        if count < LEAST_TEAM:
            short.append(number)
            words = ngettext(
                "Category %(number)d has %(count)d person",
                "Category %(number)d has %(count)d people",
                count,
            )
            message = words % {"number": number, "count": count}
            detail = _("There should be at least 2, the champion counted")
            fix = {"team_of": number}
            code = f"team-{number}"
            yield Check(code, WARNING, message, detail, source, committee=working, fix=fix)
    if not short:
        message = _("Categories 1–6 each have a team of at least 2 people")
        yield Check("teams", OK, message, source=source)


def _results_are_shared(record: _Record) -> Iterator[Check]:
    """Category 7 has no champion of its own: the teams of 1–6 write it together."""
    working = record.of_kind(*WORKING_KINDS)
    if not working:
        return
    people = {
        _person(seat) for seat in record.seats[working.pk] if seat.champion_of or seat.team_of
    }
    message = _("Category 7 is shared by the teams of categories 1–6")
    detail = ngettext("%(count)d person", "%(count)d people", len(people))
    source = _("PMQA procedure: the results belong to all categories")
    yield Check("results", OK, message, detail % {"count": len(people)}, source)


def _secretary(record: _Record) -> Iterator[Check]:
    """Every committee has a secretary."""
    source = _("Rules of official papers: the secretary calls meetings and writes the minutes")
    for committee in record.committees:
        code, kind = f"secretary-{_code(committee)}", kind_of(committee)
        secretaries = record.holding(committee, *SECRETARIES)
        if any(seat.role == CommitteeRole.SECRETARY for seat in secretaries):
            message = _("%(kind)s has a secretary") % {"kind": kind}
            yield Check(code, OK, message, _names(secretaries), source)
        else:
            message = _("%(kind)s has no secretary") % {"kind": kind}
            fix = {"role": CommitteeRole.SECRETARY.value}
            yield Check(code, WARNING, message, source=source, committee=committee, fix=fix)


def _nobody_left(record: _Record) -> Iterator[Check]:
    """Nobody sits in a committee who has left the office or may no longer sign in."""
    source = _("Office practice: an order names people who work in the office")
    gone = {}
    for committee in record.committees:
        for seat in record.seats[committee.pk]:
            if seat.user_id and seat.user_id not in record.active_ids:
                gone.setdefault(seat.user_id, (seat, []))[1].append(committee)
    for user_id, (seat, committees) in gone.items():
        message = _("%(name)s no longer works in this office") % {"name": seat.name}
        detail = ", ".join(kind_of(item) for item in committees)
        yield Check(f"left-{user_id}", WARNING, message, detail, source)
    if record.committees and not gone:
        yield Check("left", OK, _("All members still work in this office"), source=source)


def kind_of(committee: Committee) -> str:
    """Return what the screens call the committee: its kind, another one by its name."""
    is_other = committee.kind == CommitteeKind.OTHER
    return committee.name if is_other else str(committee.get_kind_display())


def _code(committee: Committee) -> str:
    return str(committee.pk) if committee.kind == CommitteeKind.OTHER else committee.kind


def team(seats: list[CommitteeMember], number: int) -> list[CommitteeMember]:
    """Return champion and team of a category (1–6) out of the seats."""
    return [seat for seat in seats if number in (seat.champion_of, seat.team_of)]


def _person(seat: CommitteeMember):
    return seat.user_id or seat.outside_name


def _names(seats: list[CommitteeMember]) -> str:
    return ", ".join(seat.name for seat in seats)


_RULES = (
    _both_committees,
    _one_chair,
    _team_chair_is_vice_chair,
    _heads_on_steering,
    _champions,
    _teams,
    _results_are_shared,
    _secretary,
    _nobody_left,
)
