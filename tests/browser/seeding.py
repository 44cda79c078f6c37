"""A year in full swing, made without the screens: every kind of page has something to show."""

import datetime as dt

from agencies.models import Agency, User
from approvals.transitions import perform
from assessments.answering import add_finding, answer_line, start_assessment
from assessments.evidence import add_evidence
from assessments.indicators.writing import add_indicator
from assessments.models import Assessment, ItemAnswer
from committees.meetings import agendas, calling, minutes, resolutions
from committees.meetings.agenda_templates import SHIPPED
from committees.models import Committee, CommitteeMember, Meeting
from committees.orders import draft_order
from committees.seats import seat_member, start_committees
from improvement.planning import add_action, start_plan
from improvement.points import gather
from tests.committees.in_force import put_in_force
from workflows.models import Procedure
from workflows.opening import open_cycle

YEAR = 2570


def person(username: str) -> User:
    return User.objects.get(username=username)


def seed_year() -> Assessment:
    """Open the demo office's year, seat its people, start the assessment, submit order and plan."""
    agency, officer = Agency.objects.get(code="demo"), person("officer")
    version = Procedure.objects.get(agency=agency, slug="sisaket-pmqa").versions.get()
    cycle = open_cycle(agency, version, YEAR, officer)
    steering, working = start_committees(agency, YEAR, "two", by=officer)
    seats = [
        CommitteeMember(committee=steering, user=person("director"), role="chair"),
        CommitteeMember(committee=working, user=person("deputy"), role="chair"),
        *(
            CommitteeMember(
                committee=working, user=person(f"champion{n}"), role="member", champion_of=n
            )
            for n in range(1, 6)
        ),
    ]
    for seat in seats:
        seat_member(seat, by=officer)
    put_in_force(steering, working)
    draft_order(agency, YEAR, by=officer)
    assessment = start_assessment(cycle, by=officer)
    _answer_some(answer_of(assessment, "1.1"))
    _measure(answer_of(assessment, "7.1"))
    plan = start_plan(cycle, officer)
    gather(plan, officer)
    add_action(plan, _action(plan.points.get(kind="ofi"), officer), officer)
    perform(plan, "submit", officer)
    return assessment


def seed_meeting() -> Meeting:
    """Call a meeting of the year's Working Team, with a matter and a resolution in its minutes."""
    agency, officer = Agency.objects.get(code="demo"), person("officer")
    working = Committee.objects.get(agency=agency, fiscal_year=YEAR, kind="working_team")
    meeting = Meeting(
        agency=agency,
        fiscal_year=YEAR,
        title="การประชุมคณะทำงาน PMQA",
        starts_at=calling.at(dt.date(2027, 6, 29), dt.time(13, 30)),
        place="ห้องประชุม 1",
    )
    calling.call_meeting(meeting, [working], SHIPPED["six"], by=officer)
    heading = meeting.agenda.get(kind="for_consideration")
    item = agendas.add_item(meeting, heading, "ร่างผลการประเมิน", by=officer)
    perform(meeting, "call", officer)
    minutes.save_item(item, "<p>ที่ประชุมพิจารณาแล้ว</p>", version=item.version, by=officer)
    resolutions.add_resolution(item, "approved", by=officer)
    return meeting


def answer_of(assessment: Assessment, code: str) -> ItemAnswer:
    return ItemAnswer.objects.select_related(
        "item", "category_assessment__assessment__cycle__agency", "category_assessment__category"
    ).get(category_assessment__assessment=assessment, item__code=code)


def _answer_some(answer: ItemAnswer) -> None:
    champion = person("champion1")
    lines = list(answer.item.lines.all())
    answer_line(answer, lines[0], "yes", champion)
    answer_line(answer, lines[1], "no", champion)
    add_finding(answer, "strength", "ผู้บริหารกำหนดทิศทางชัดเจน", champion)
    add_finding(answer, "ofi", "ยังไม่ได้ติดตามการรับรู้ของบุคลากร", champion)
    add_evidence(answer, champion, title="ประกาศวิสัยทัศน์", note="ประกาศ ณ วันที่ 1 ตุลาคม 2569")
    add_evidence(
        answer, champion, title="หน้าเว็บไซต์", url="https://example.com/", line=lines[0], page="3"
    )


def _measure(answer: ItemAnswer) -> None:
    fields = {
        "name": "ร้อยละความสำเร็จของแผนปฏิบัติการ",
        "measure": answer.item.measures.first(),
        "unit": "ร้อยละ",
        "direction": "higher",
        "rule": "pct-of-target",
        "target": 80,
    }
    add_indicator(answer, fields, {2568: 70, 2569: 75, 2570: 84}, person("champion1"))


def _action(point, owner: User) -> dict:
    return {
        "title": "สำรวจการรับรู้ทิศทางองค์การ",
        "category_number": 1,
        "point": point,
        "owner": owner,
        "starts_on": dt.date(2027, 7, 1),
        "ends_on": dt.date(2027, 9, 30),
        "measure": "ร้อยละของบุคลากรที่รับรู้",
        "target": "90",
        "budget": 12000,
    }
