"""Calling a meeting: the form's proposals and refusals, numbers, changes of state."""

import datetime as dt

import pytest
from django.urls import reverse

from approvals.transitions import RequirementsMissing, perform
from committees.meetings.numbering import next_number, title_of
from committees.models import Committee, Meeting, Minutes
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.committees.factories import YEAR, make_committees
from tests.committees.meetings.calling import agenda_titles, make_meeting

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 6, 1)
FILLED = {
    "kind": "committee",
    "title": "",
    "number": "",
    "day": "15/6/2570",
    "starts": "13.30",
    "ends": "16.30",
    "mode": "on_site",
    "place": "ห้องประชุม 1",
    "agenda": "six",
    "previous": "auto",
    "invitation_form": "memo",
}


@pytest.fixture
def office(frozen_today):
    frozen_today(TODAY)
    return make_office()


@pytest.fixture
def working(office):
    return make_committees(office)[1]


@pytest.fixture
def browser(office, client_for):
    return client_for(office.officer)


def _post(office, browser, *committees, name="new", args=(), **changes):
    data = FILLED | {"committees": [each.pk for each in committees]} | changes
    address = reverse(f"meetings:{name}", args=[office.agency.code, YEAR, *args])
    return browser.post(address, data)


def _errors(response):
    assert response.status_code == 422
    return dict(response.context["form"].errors)


def test_meeting_gets_number_title_and_agenda_by_itself(office, working, browser):
    response = _post(office, browser, working)

    meeting = Meeting.objects.get()
    assert response.status_code == 302
    assert response.url.endswith(f"/meetings/{meeting.pk}/agenda/")
    assert title_of(meeting) == "การประชุมคณะทำงาน PMQA ครั้งที่ 1/2570"
    assert meeting.starts_at.isoformat() == "2027-06-15T06:30:00+00:00"
    assert agenda_titles(meeting) == [
        "1 เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
        "2 เรื่องรับรองรายงานการประชุม - ไม่มี -",
        "3 เรื่องสืบเนื่อง",
        "4 เรื่องที่เสนอให้ที่ประชุมทราบ",
        "5 เรื่องที่เสนอให้ที่ประชุมพิจารณา",
        "6 เรื่องอื่น ๆ (ถ้ามี)",
    ]


@pytest.mark.parametrize("typed", ["13:30", "๑๓.๓๐ น.", "1330", "13.30 น"])
def test_time_is_understood_as_offices_write_it(office, working, browser, typed):
    _post(office, browser, working, starts=typed)

    assert Meeting.objects.get().starts_at.isoformat() == "2027-06-15T06:30:00+00:00"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"starts": "25.10"}, "starts", "เขียนเวลาเป็น 13.30"),
        ({"ends": "13.00"}, "ends", "เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม"),
        (
            {"day": "1/5/2570"},
            "day",
            "เวลานี้ผ่านไปแล้ว เลือกวันข้างหน้า หรือทำเครื่องหมายว่าประชุมไปแล้ว",
        ),
        ({"day": "31/6/2570"}, "day", "ไม่มีวันที่ 31 มิถุนายน เดือนนี้มี 30 วัน"),
        ({"place": ""}, "place", "ระบุสถานที่ประชุม"),
        ({"mode": "online", "place": ""}, "online_url", "ระบุลิงก์สำหรับเข้าประชุม"),
        ({"reply_by": "20/6/2570"}, "reply_by", "วันตอบรับต้องไม่เกินวันประชุม"),
        ({"committees": []}, "committees", "เลือกคณะกรรมการอย่างน้อยหนึ่งคณะ"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(
    office, working, browser, changes, field, words
):
    response = _post(office, browser, working, **{"title": "ประชุมเร่งด่วน"} | changes)

    assert _errors(response) == {field: [words]}
    assert not Meeting.objects.exists()
    page = response.content.decode()
    assert 'value="ประชุมเร่งด่วน"' in page
    assert f'value="{(FILLED | changes)["day"]}"' in page


def test_past_meeting_is_recorded_when_ticked_and_marked_as_held(office, working, browser):
    _post(office, browser, working, day="3/5/2570", backfill="on")

    meeting = Meeting.objects.get()
    perform(meeting, "hold", office.officer)
    assert meeting.status == "held"


def test_speed_is_normal_unless_chosen_and_shown_once_chosen(office, working, browser):
    _post(office, browser, working)
    meeting = Meeting.objects.get()
    assert meeting.speed == ""

    refused = _post(office, browser, working, speed="ลับ", name="edit", args=(meeting.pk,))
    assert list(_errors(refused)) == ["speed"]
    _post(office, browser, working, speed="most_urgent", version="1", name="edit",
          args=(meeting.pk,))  # fmt: skip

    meeting.refresh_from_db()
    assert meeting.speed == "most_urgent"
    page = browser.get(reverse("meetings:detail", args=[office.agency.code, YEAR, meeting.pk]))
    assert "ด่วนที่สุด" in page.text


def test_number_counts_on_over_the_turn_of_the_fiscal_year(office, working):
    old = Committee.objects.create(
        agency=office.agency, fiscal_year=2571, kind="working_team", name="คณะทำงานชุดใหม่"
    )
    make_meeting(office, working, number=3, calendar_year=2570)

    assert next_number(office.agency, [old], 2570) == 4
    assert next_number(office.agency, [old], 2571) == 1


def test_taken_number_is_told_with_the_free_one(office, working, browser):
    make_meeting(office, working, number=1, calendar_year=2570)

    response = _post(office, browser, working, number="๑")

    assert _errors(response) == {
        "number": ["การประชุมคณะทำงาน PMQA ครั้งที่ 1/2570 ใช้เลขนี้แล้ว เลขถัดไปที่ว่างคือ 2"]
    }


def test_untouched_proposal_gives_way_to_the_number_of_the_day_chosen(office, working, browser):
    make_meeting(office, working, number=1, calendar_year=2570)
    proposed = {"number": "2", "proposed_number": "2"}

    _post(office, browser, working, day="15/1/2571", **proposed)

    meeting = Meeting.objects.latest("pk")
    assert (meeting.number, meeting.calendar_year) == (1, 2571)


def test_briefing_is_for_everybody_and_has_no_number(office, working, browser):
    _post(office, browser, working, kind="briefing", agenda="briefing")

    meeting = Meeting.objects.get()
    assert meeting.number is None
    assert list(meeting.committees.all()) == []
    assert meeting.title == ("การประชุมชี้แจงการพัฒนาคุณภาพการบริหารจัดการภาครัฐ ประจำปีงบประมาณ พ.ศ. 2570")


def test_next_meeting_confirms_the_last_unconfirmed_minutes(office, working, browser):
    earlier = make_meeting(office, working, status="held", day=dt.date(2027, 5, 12), number=1)

    _post(office, browser, working)

    meeting = Meeting.objects.latest("pk")
    assert meeting.previous == earlier
    assert agenda_titles(meeting)[1] == (
        "2 เรื่องรับรองรายงานการประชุม ครั้งที่ 1/2570 เมื่อวันที่ 12 พฤษภาคม 2570"
    )


def test_copy_takes_headings_and_place_but_neither_day_nor_number(office, working, browser):
    earlier = make_meeting(office, working, number=1, place="ห้องประชุมใหญ่")
    earlier.agenda.create(kind="other", title="วาระพิเศษ", order=1)
    address = reverse("meetings:new", args=[office.agency.code, YEAR])

    page = browser.get(address, {"from": earlier.pk})
    first = page.context["form"].initial
    browser.post(
        f"{address}?from={earlier.pk}", FILLED | {"committees": [working.pk], "agenda": "copy"}
    )

    assert first["place"] == "ห้องประชุมใหญ่"
    assert first["number"] == 2
    assert "day" not in first
    assert agenda_titles(Meeting.objects.latest("pk")) == ["1 วาระพิเศษ"]


def test_weekend_is_warned_of_and_saved(office, working, browser):
    response = _post(office, browser, working, day="19/6/2570")
    page = browser.get(response.url).content.decode()

    assert Meeting.objects.count() == 1
    assert "วันนี้ตรงกับวันเสาร์หรืออาทิตย์" in page


def test_proposal_answers_with_number_title_and_warnings(office, working, browser):
    address = reverse("meetings:proposal", args=[office.agency.code, YEAR])

    answer = browser.get(
        address, {"kind": "committee", "committees": working.pk, "day": "19/6/2570"}
    ).json()

    assert answer == {
        "title": "การประชุมคณะทำงาน PMQA",
        "number": 1,
        "agenda": "six",
        "warnings": ["วันนี้ตรงกับวันเสาร์หรืออาทิตย์"],
    }
    assert browser.get(address, {"kind": "training"}).json()["agenda"] == "briefing"


def test_newer_facts_are_shown_beside_ones_own(office, working, browser):
    meeting = make_meeting(office, working, place="ห้องประชุม 9", version=4)

    response = _post(
        office, browser, working, name="edit", args=[meeting.pk], place="ห้องประชุม 2", version=3
    )

    assert response.status_code == 409
    page = response.content.decode()
    assert "ห้องประชุม 9" in page
    assert 'value="ห้องประชุม 2"' in page
    meeting.refresh_from_db()
    assert meeting.place == "ห้องประชุม 9"


def test_calling_wants_an_agenda_and_a_day_to_come(office, working):
    meeting = make_meeting(office, working, day=dt.date(2027, 5, 3))

    with pytest.raises(RequirementsMissing) as refused:
        perform(meeting, "call", office.officer)

    assert refused.value.missing == [
        "เวลาประชุมผ่านไปแล้ว เปลี่ยนวัน หรือบันทึกว่าประชุมแล้ว",
        "เขียนระเบียบวาระอย่างน้อยหนึ่งเรื่อง",
    ]


def test_called_people_hear_of_a_new_place_and_of_the_end(office, working, browser):
    meeting = make_meeting(office, working, place="ห้องประชุม 9")
    meeting.agenda.create(kind="other", title="เรื่องอื่น ๆ", order=1)
    perform(meeting, "call", office.officer)
    before = Notification.objects.filter(recipient=office.member).count()

    _post(office, browser, working, name="edit", args=[meeting.pk], version=meeting.version)
    after = Notification.objects.filter(recipient=office.member).count()
    meeting.refresh_from_db()
    perform(meeting, "cancel", office.officer, comment="ประธานติดราชการ")

    assert (meeting.status, before, after) == ("cancelled", 1, 2)
    last = Notification.objects.filter(recipient=office.member).latest("pk")
    assert last.body == "ประธานติดราชการ"


def test_held_meeting_opens_again_only_while_minutes_are_written(office, working):
    meeting = make_meeting(office, working, status="held", day=dt.date(2027, 5, 3))
    Minutes.objects.create(meeting=meeting, status="for_check")

    with pytest.raises(RequirementsMissing):
        perform(meeting, "reopen", office.officer)


def test_list_splits_coming_from_held_and_is_narrowed(office, working, browser):
    make_meeting(office, working, title="ประชุมหน้า")
    make_meeting(office, working, title="ประชุมก่อน", status="held", day=dt.date(2027, 5, 3))
    address = reverse("meetings:list", args=[office.agency.code, YEAR])

    context = browser.get(address).context
    found = browser.get(address, {"q": "ก่อน", "committee": working.pk}).context
    empty = browser.get(address, {"status": "cancelled"}).content.decode()

    assert [line.title for line in context["coming"]] == ["ประชุมหน้า"]
    assert [line.title for line in context["held"]] == ["ประชุมก่อน"]
    assert (found["coming"], [line.title for line in found["held"]]) == ([], ["ประชุมก่อน"])
    assert "ไม่พบการประชุมตามเงื่อนไข" in empty


def test_list_of_a_year_without_committees_leads_to_setting_them_up(office, browser):
    page = browser.get(reverse("meetings:list", args=[office.agency.code, YEAR])).content.decode()

    assert "ยังไม่มีคณะกรรมการ" in page
    assert reverse("committees:overview", args=[office.agency.code, YEAR]) in page
