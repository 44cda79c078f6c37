"""Two meetings of the demo office's year 2569: one held, with resolutions; one that is called.

Made by the functions that people's clicks call, each on its day, as the rest of the demo year.
"""

import datetime as dt

from django.db import transaction

from agencies.holidays import holiday_dates, next_working_day
from agencies.models import Agency, User
from approvals.transitions import perform
from committees.enums import InvitationForm, ResolutionKind
from committees.meetings import agendas, attendance, calling, minutes, resolutions
from committees.meetings.agenda_templates import SHIPPED
from committees.models import AgendaItem, Attendee, Committee, Meeting
from core import clock
from core.clock import frozen
from pmqa_portal.demo_year import FINISHED, YEAR, nobody_gets_mail

CALLED_FIRST, FIRST = dt.date(2026, 6, 8), dt.date(2026, 6, 16)
CALLED_SECOND = dt.date(2026, 9, 22)
DAYS_AHEAD = 14
BEGINS, ENDS = dt.time(13, 30), dt.time(16, 0)
PLACE = "ห้องประชุม 1 สำนักงานเขตพื้นที่การศึกษา"

# Kind of the heading → matters (title, presenter's user name, facts, what the minutes say).
MATTERS = {
    "chair_informs": [
        (
            "นโยบายการพัฒนาคุณภาพการบริหารจัดการภาครัฐ ปีงบประมาณ พ.ศ. 2569",
            "deputy",
            "",
            "ประธานแจ้งว่าสำนักงานต้องส่งผลการประเมินองค์การด้วยตนเองให้ทันภายในเดือนมิถุนายน 2569",
        ),
    ],
    "for_information": [
        (
            "ความก้าวหน้าการจัดทำลักษณะสำคัญขององค์การ",
            "champion1",
            "จัดทำครบ 13 หัวข้อแล้ว",
            "เลขานุการรายงานว่าลักษณะสำคัญขององค์การจัดทำครบ 13 หัวข้อแล้ว",
        ),
    ],
    "for_consideration": [
        (
            "ร่างผลการประเมินองค์การด้วยตนเอง 7 หมวด",
            "officer",
            "เอกสารร่างผลการประเมินรายหมวดส่งพร้อมหนังสือเชิญ",
            "ที่ประชุมพิจารณาร่างผลการประเมินทีละหมวด เห็นว่าหมวด 7 ควรใช้ข้อมูลสามปีย้อนหลังให้ครบ",
        ),
        (
            "หลักฐานที่ยังขาดของหมวด 4",
            "champion4",
            "",
            "เจ้าภาพหมวด 4 ชี้แจงว่าตัวชี้วัดระดับกลุ่มยังไม่ครบทุกกลุ่ม",
        ),
    ],
}
# Title of the matter → kind, words, owner's user name, day (a task when there is an owner).
RESOLVED = {
    "ความก้าวหน้าการจัดทำลักษณะสำคัญขององค์การ": (ResolutionKind.NOTED, "", "", None),
    "ร่างผลการประเมินองค์การด้วยตนเอง 7 หมวด": (
        ResolutionKind.APPROVED,
        "เห็นชอบร่างผลการประเมิน และให้เพิ่มข้อมูลสามปีย้อนหลังของหมวด 7",
        "",
        None,
    ),
    "หลักฐานที่ยังขาดของหมวด 4": (
        ResolutionKind.ASSIGNED,
        "มอบหมายให้รวบรวมตัวชี้วัดระดับกลุ่มให้ครบทุกกลุ่ม และรายงานในการประชุมครั้งถัดไป",
        "champion4",
        dt.date(2026, 12, 25),
    ),
}
People = dict[str, User]


def load_meetings(agency: Agency) -> None:
    """Make both meetings, unless the demo office has meetings; the year 2569 is there already.

    The second lies two weeks after the day of loading, so that there is one to reply to.
    """
    if Meeting.objects.filter(agency=agency).exists():
        return
    working = Committee.objects.get(agency=agency, fiscal_year=YEAR, kind="working_team")
    people = {user.username: user for user in User.objects.filter(memberships__agency=agency)}
    with transaction.atomic(), nobody_gets_mail(people):
        _hold_first(agency, working, people)
        _call_second(agency, working, people)


def _new(agency: Agency, working: Committee, day: dt.date, people: People, **fields) -> Meeting:
    meeting = Meeting(
        agency=agency,
        fiscal_year=YEAR,
        title="การประชุมคณะทำงานพัฒนาคุณภาพการบริหารจัดการภาครัฐ",
        starts_at=calling.at(day, BEGINS),
        ends_at=calling.at(day, ENDS),
        place=PLACE,
        invitation_form=InvitationForm.MEMO,
        **fields,
    )
    return calling.call_meeting(meeting, [working], SHIPPED["six"], by=people["officer"])


def _write_agenda(meeting: Meeting, kinds: tuple[str, ...], people: People) -> None:
    for heading in meeting.agenda.filter(parent=None, kind__in=kinds):
        for title, presenter, facts, _said in MATTERS[heading.kind]:
            item = agendas.add_item(meeting, heading, title, by=people["officer"])
            AgendaItem.objects.filter(pk=item.pk).update(
                presenter=people[presenter].get_full_name(), detail=facts
            )


def _hold_first(agency: Agency, working: Committee, people: People) -> None:
    officer = people["officer"]
    with frozen(CALLED_FIRST):
        meeting = _new(agency, working, FIRST, people)
        _write_agenda(meeting, tuple(MATTERS), people)
        perform(meeting, "call", officer)
    with frozen(FIRST + dt.timedelta(days=1)):
        absent = Attendee.objects.filter(meeting=meeting, user=people["member"]).first()
        if absent:
            attendance.mark(absent, "absent", "ติดราชการ")
        attendance.mark_all(meeting, by=officer)
        perform(meeting, "hold", officer)
        _write_minutes(meeting, people)


def _write_minutes(meeting: Meeting, people: People) -> None:
    said = {title: words for rows in MATTERS.values() for title, _by, _facts, words in rows}
    officer = people["officer"]
    times = {"opened_at": BEGINS, "closed_at": dt.time(15, 45)}
    minutes.save_facts(meeting, times, version=meeting.version, by=officer)
    for item in meeting.agenda.select_related("meeting__agency").exclude(parent=None):
        minutes.save_item(item, said[item.title], version=item.version, by=officer)
        minutes.tick(item, True)
        if item.title in RESOLVED:
            kind, words, owner, day = RESOLVED[item.title]
            wording = resolutions.Wording(kind, words, people.get(owner), None, day)
            made = resolutions.add_resolution(item, kind, by=officer)
            resolutions.save_wording(made, wording, version=made.version, by=officer)
            made.refresh_from_db()
            resolutions.confirm(made, by=officer)


def _call_second(agency: Agency, working: Committee, people: People) -> None:
    """Call the next one: its agenda confirms the minutes and follows up the open resolution."""
    day = max(clock.today(), FINISHED) + dt.timedelta(days=DAYS_AHEAD)
    day, _passed = next_working_day(
        day, holiday_dates(agency, day, day + dt.timedelta(days=DAYS_AHEAD))
    )
    first = Meeting.objects.get(agency=agency)
    with frozen(CALLED_SECOND):
        meeting = _new(
            agency, working, day, people, previous=first, reply_by=day - dt.timedelta(days=3)
        )
        heading = meeting.agenda.get(kind="for_consideration")
        title = "แนวทางการปรับปรุงตามผลการประเมิน ปีงบประมาณ พ.ศ. 2570"
        agendas.add_item(meeting, heading, title, by=people["officer"])
        perform(meeting, "call", people["officer"])
