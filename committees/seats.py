"""Setting up a year's committees and seating people in them."""

from django.db import transaction
from django.db.models import Max

from agencies import audit
from agencies.models import Agency, User
from committees.enums import CommitteeKind
from committees.models import Committee, CommitteeMember
from core.ordering import moved, renumber

# Names and duties as the offices' orders print them; each office edits its own afterwards.
STANDARD = {
    CommitteeKind.STEERING: (
        "คณะกรรมการติดตามและกำกับดูแลการพัฒนาคุณภาพการบริหารจัดการภาครัฐ (Steering Committee)",
        (
            "กำหนดนโยบาย กรอบทิศทาง และเป้าหมายในการดำเนินงาน",
            "กำกับ ติดตาม และให้การสนับสนุนเพื่อให้การดำเนินงานเป็นไปตามแผนที่กำหนด",
        ),
    ),
    CommitteeKind.WORKING_TEAM: (
        "คณะกรรมการพัฒนาคุณภาพการบริหารจัดการภาครัฐ (Working Team)",
        (
            "จัดทำลักษณะสำคัญขององค์การ และประเมินองค์การด้วยตนเองครบ 7 หมวด",
            "วิเคราะห์โอกาสในการปรับปรุง จัดทำแผนปรับปรุง และติดตามผลรอบ 6 เดือน 9 เดือน และ 12 เดือน",
            "รวบรวมหลักฐาน และจัดทำรายงานเสนอคณะกรรมการติดตามและกำกับดูแล",
            "ปฏิบัติงานอื่นตามที่ได้รับมอบหมาย",
        ),
    ),
    CommitteeKind.SINGLE: (
        "คณะกรรมการพัฒนาคุณภาพการบริหารจัดการภาครัฐ (PMQA)",
        (
            "กำหนดนโยบาย กรอบทิศทาง และเป้าหมายในการดำเนินงาน",
            "จัดทำลักษณะสำคัญขององค์การ และประเมินองค์การด้วยตนเองครบ 7 หมวด",
            "จัดทำแผนปรับปรุง กำกับ และติดตามผลรอบ 6 เดือน 9 เดือน และ 12 เดือน",
            "ปฏิบัติงานอื่นตามที่ได้รับมอบหมาย",
        ),
    ),
}
SHAPES = {
    "two": (CommitteeKind.STEERING, CommitteeKind.WORKING_TEAM),
    "single": (CommitteeKind.SINGLE,),
}


def start_committees(agency: Agency, year: int, shape: str, *, by: User) -> list[Committee]:
    """Create the year's empty committees with standard names and duties.

    `shape` is "two" (Steering Committee and Working Team) or "single". Returns [] when the
    year already has committees; then nothing is written.
    """
    with transaction.atomic():
        # Two people may press start at once: the office's row is the lock.
        Agency.objects.select_for_update().get(pk=agency.pk)
        if Committee.objects.filter(agency=agency, fiscal_year=year).exists():
            return []
        made = []
        for order, kind in enumerate(SHAPES[shape]):
            name, duties = STANDARD[kind]
            committee = Committee.objects.create(
                agency=agency,
                fiscal_year=year,
                kind=kind,
                name=name,
                duties="\n".join(duties),
                order=order,
            )
            audit.record(agency, by, "committee.create", committee, summary=f"{year} {name}")
            made.append(committee)
    return made


def seat_member(seat: CommitteeMember, *, by: User) -> CommitteeMember:
    """Store a new seat at the end of the order of precedence, or the changes to an old one.

    Raises IntegrityError when the person sits there already or the category has a champion.
    """
    agency = seat.committee.agency
    with transaction.atomic():
        is_new = seat.pk is None
        if is_new:
            last = seat.committee.members.aggregate(last=Max("order"))["last"]
            seat.order = 0 if last is None else last + 1
        seat.save()
        action = "member.add" if is_new else "member.change"
        audit.record(agency, by, action, seat, summary=_facts(seat), after=_facts(seat))
    return seat


def remove_member(seat: CommitteeMember, *, by: User) -> None:
    """Take the person out of the committee; the audit log keeps the seat."""
    with transaction.atomic():
        audit.record(seat.committee.agency, by, "member.remove", seat, summary=_facts(seat))
        seat.delete()


def move_member(seat: CommitteeMember, direction: str, *, by: User) -> bool:
    """Move the seat one place "up" or "down" in the order of precedence; False at the end."""
    with transaction.atomic():
        # The committee's row is the lock: two moves at once must not mix their orders.
        committee = Committee.objects.select_for_update().get(pk=seat.committee_id)
        seats = list(committee.members.all())
        if not moved(seats, seat.pk, direction):
            return False
        renumber(CommitteeMember, seats)
        summary = f"{_facts(seat)} {direction}"
        audit.record(committee.agency, by, "member.move", seat, summary=summary)
    return True


def place_members(committee: Committee, places: dict[int, int], *, by: User) -> bool:
    """Give seats (key → place from 1) their places; the others keep their order around them.

    Returns False when that changes nothing.
    """
    with transaction.atomic():
        # The committee's row is the lock: two moves at once must not mix their orders.
        committee = Committee.objects.select_for_update().get(pk=committee.pk)
        seats = list(committee.members.select_related("user"))
        ordered = [seat for seat in seats if seat.pk not in places]
        wanted = sorted(places.items(), key=lambda pair: pair[1])
        by_pk = {seat.pk: seat for seat in seats}
        for pk, place in wanted:
            if pk in by_pk:
                ordered.insert(max(place, 1) - 1, by_pk[pk])
        if ordered == seats:
            return False
        renumber(CommitteeMember, ordered)
        summary = f"{committee.kind}: " + ", ".join(
            f"{by_pk[pk].name} → {place}" for pk, place in wanted if pk in by_pk
        )
        audit.record(committee.agency, by, "member.move", committee, summary=summary[:500])
    return True


def _facts(seat: CommitteeMember) -> str:
    facts = [seat.committee.kind, seat.name, seat.role]
    if seat.champion_of:
        facts.append(f"champion {seat.champion_of}")
    if seat.team_of:
        facts.append(f"team {seat.team_of}")
    return " · ".join(facts)
