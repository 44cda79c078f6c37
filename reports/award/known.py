"""What the office's record already says on a topic of the application.

It is printed while the topic's text is empty. What the record does not say stays empty.
"""

from agencies.enums import OfficeRole
from agencies.models import User
from agencies.roles import active_memberships
from assessments.models import ProfileAnswer
from committees.enums import CommitteeRole, OrderStatus
from committees.models import AppointmentOrder
from committees.queries import committees_of
from core.thai_dates import format_long
from workflows.models import Cycle

MISSION, PEOPLE = 1, 3


def known_of(cycle: Cycle) -> dict[str, str]:
    """Return name of the fact → words in Thai; "" where the record says nothing. 5 queries."""
    return basic_facts(cycle, profile_of(cycle)) | {"committees": _committees(cycle)}


def basic_facts(cycle: Cycle, profile: dict[int, str]) -> dict[str, str]:
    """Return the facts without the committees; `profile` as `profile_of`. 1 query."""
    agency = cycle.agency
    assessment = getattr(cycle, "assessment", None)
    people: dict[str, list[User]] = {}
    for row in active_memberships(agency):
        people.setdefault(row.role, []).append(row.user)
    heads = people.get(OfficeRole.DIRECTOR, [])[:1]
    return {
        "edition": assessment.edition.title_th if assessment else "",
        "agency": "\n".join(filter(None, (agency.name_th, str(agency.parent or "")))),
        "address": _address(agency),
        "head": "".join(_person(user, agency.head_position) for user in heads),
        "contact": "\n".join(_person(user) for user in people.get(OfficeRole.OFFICER, [])),
        "mission": profile.get(MISSION, ""),
        "people": profile.get(PEOPLE, ""),
    }


def profile_of(cycle: Cycle) -> dict[int, str]:
    """Return number → text of the profile's topics; 1 query."""
    rows = ProfileAnswer.objects.filter(assessment__cycle=cycle)
    return {number: text.strip() for number, text in rows.values_list("topic__number", "text")}


def _address(agency) -> str:
    rows = (
        agency.address,
        f"โทรศัพท์ {agency.phone}" if agency.phone else "",
        f"อีเมล {agency.email}" if agency.email else "",
    )
    return "\n".join(filter(None, rows))


def _person(user: User, position: str = "") -> str:
    """Return name, position and telephone, as far as they are registered."""
    phone = f"โทรศัพท์ {user.phone}" if user.phone else ""
    return " ".join(filter(None, (str(user), user.position or position, phone)))


def _committees(cycle: Cycle) -> str:
    """Return each committee with its chair and size, and the orders that appoint them."""
    lines = []
    for committee in committees_of(cycle.agency, cycle.fiscal_year):
        members = list(committee.members.all())
        chair = next((row for row in members if row.role == CommitteeRole.CHAIR), None)
        named = f" ประธาน {chair.name}" if chair else ""
        lines.append(f"{committee.name}{named} จำนวน {len(members)} คน")
    orders = AppointmentOrder.objects.filter(
        agency=cycle.agency, fiscal_year=cycle.fiscal_year, status=OrderStatus.SIGNED
    ).order_by("signed_on", "pk")
    for order in orders:
        day = format_long(order.signed_on, "th")
        lines.append(f"คำสั่งที่ {order.number}/{order.calendar_year} ลงวันที่ {day}")
    return "\n".join(lines)
