"""Following resolutions up: due items, the list, progress, closing and opening again."""

import datetime as dt
import io

import openpyxl
import pytest

from agencies.models import Unit
from agencies.roles import is_officer
from committees.enums import ResolutionStatus
from committees.meetings.due import meetings_due
from committees.models import Resolution
from notifications.due_items import due_items
from tests.agencies.factories import UnitFactory
from tests.committees.factories import YEAR
from tests.committees.meetings.minutes_world import make_world

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 7, 1)


@pytest.fixture
def world(frozen_today):
    frozen_today(TODAY)
    return make_world()


def task(world, **fields) -> Resolution:
    fields = {"kind": "assigned", "status": "open", "text": "จัดทำให้ครบ 13 หัวข้อ"} | fields
    return Resolution.objects.create(item=world.items["draft"], **fields)


def url(world, path="") -> str:
    return world.office.url(f"{YEAR}/meetings/resolutions/{path}")


def waiting(world, user) -> list[tuple[str, str | None]]:
    items = due_items(world.office.agency, user)
    found = [item for item in items if item.object_type == "committees.resolution"]
    return [(item.title, item.due_on and item.due_on.isoformat()) for item in found]


def test_open_resolution_waits_for_its_owner(world):
    task(world, owner=world.office.member, due_on=dt.date(2027, 6, 25))

    assert waiting(world, world.office.member) == [("จัดทำให้ครบ 13 หัวข้อ", "2027-06-25")]
    assert waiting(world, world.office.officer) == []


def test_resolution_of_a_unit_waits_for_its_head(world):
    unit = UnitFactory(agency=world.office.agency, head=world.office.champion3)
    task(world, owner_unit=unit)

    assert waiting(world, world.office.champion3) == [("จัดทำให้ครบ 13 หัวข้อ", None)]


def test_resolution_without_anybody_waits_for_the_officers(world):
    Unit.objects.update(head=None)
    task(world, owner_unit=world.office.unit)

    assert waiting(world, world.office.officer) == [("จัดทำให้ครบ 13 หัวข้อ", None)]
    assert waiting(world, world.office.member) == []


@pytest.mark.parametrize("status", ["draft", "done", "dropped"])
def test_resolution_that_is_not_open_waits_for_nobody(world, status):
    task(world, owner=world.office.member, status=status, done_on=TODAY)

    assert waiting(world, world.office.member) == []


def test_due_items_make_one_query(world, django_assert_num_queries):
    for _place in range(40):
        task(world, owner=world.office.member)

    assert not is_officer(world.office.member, world.office.agency)  # asked once a request
    with django_assert_num_queries(1):
        rows = list(meetings_due(world.office.agency, world.office.member))
    assert len(rows) == 40


def test_owner_reports_and_marks_it_done_and_the_officer_hears(world, client_for):
    made = task(world, owner=world.office.member)
    client = client_for(world.office.member)

    client.post(url(world, f"{made.pk}/note/"), {"text": "ได้ 12 หัวข้อแล้ว"})
    client.post(url(world, f"{made.pk}/finish/"), {"done_on": "30/6/2570", "text": "ครบแล้ว"})

    made.refresh_from_db()
    assert (made.status, made.done_on, made.closed_by) == (
        "done",
        dt.date(2027, 6, 30),
        world.office.member,
    )
    assert [note.text for note in made.notes.all()] == ["ได้ 12 หัวข้อแล้ว", "ครบแล้ว"]
    assert world.office.officer.notifications.get().rule == "resolution-done"


def test_day_in_the_future_is_refused_and_loses_nothing(world, client_for):
    made = task(world, owner=world.office.member)

    answer = client_for(world.office.member).post(
        url(world, f"{made.pk}/finish/"), {"done_on": "2/7/2570", "text": "จะเสร็จ"}
    )

    assert answer.status_code == 422
    assert "จะเสร็จ" in answer.content.decode()
    made.refresh_from_db()
    assert made.status == "open"


def test_officer_drops_with_a_reason_and_opens_again(world, client_for):
    made = task(world, owner=world.office.member)
    client = client_for(world.office.officer)

    silent = client.post(url(world, f"{made.pk}/drop/"), {"reason": " "})
    client.post(url(world, f"{made.pk}/drop/"), {"reason": "ยกเลิกโครงการ"})
    made.refresh_from_db()
    dropped = made.status
    client.post(url(world, f"{made.pk}/reopen/"))

    made.refresh_from_db()
    assert (silent.status_code, dropped, made.status) == (422, "dropped", "open")
    assert "ยกเลิกโครงการ" in client.get(url(world, f"{made.pk}/")).content.decode()


def test_finishing_twice_is_refused_the_second_time(world, client_for):
    made = task(world, owner=world.office.member)
    client = client_for(world.office.member)
    data = {"done_on": "30/6/2570", "text": ""}

    first = client.post(url(world, f"{made.pk}/finish/"), data)
    second = client.post(url(world, f"{made.pk}/finish/"), data)

    assert (first.status_code, second.status_code) == (302, 409)


def shown(answer) -> list[str]:
    return [row.text for row, *_rest in answer.context["rows"]]


def test_list_is_narrowed_by_state_person_committee_and_words(world, client_for):
    task(world, text="ของสมาชิก", owner=world.office.member, due_on=dt.date(2027, 6, 25))
    task(world, text="ยังไม่ถึงกำหนด", owner=world.office.champion1, due_on=dt.date(2027, 8, 1))
    task(world, text="เสร็จแล้ว", owner=world.office.member, status="done", done_on=TODAY)
    Resolution.objects.create(item=world.items["draft"], status="done", done_on=TODAY)
    client = client_for(world.office.member)
    working = world.meeting.committees.get()

    def ask(**query):
        return shown(client.get(url(world), query))

    assert ask() == ["ของสมาชิก", "ยังไม่ถึงกำหนด"]
    assert ask(state="overdue") == ["ของสมาชิก"]
    assert ask(state="done") == ["เสร็จแล้ว"]
    assert ask(state="all", mine="1") == ["ของสมาชิก", "เสร็จแล้ว"]
    assert ask(q="กำหนด") == ["ยังไม่ถึงกำหนด"]
    assert ask(committee=working.pk) == ["ของสมาชิก", "ยังไม่ถึงกำหนด"]
    assert ask(committee=working.pk + 1000) == []
    assert ask(committee="x", state="zzz") == ["ของสมาชิก", "ยังไม่ถึงกำหนด"]


def test_sheet_keeps_texts_as_texts(world, client_for):
    task(
        world,
        text='=HYPERLINK("http://x")',
        owner=world.office.member,
        kind="other",
        due_on=dt.date(2027, 6, 25),
    )

    answer = client_for(world.office.officer).get(url(world, "export/"))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [(cell.value, cell.data_type) for cell in sheet[2]]
    assert cells == [
        ("การประชุมคณะทำงาน ครั้งที่ 2/2570", "s"),
        ("ร่างผลการประเมิน 7 หมวด", "s"),
        ('มติที่ประชุม =HYPERLINK("http://x")', "s"),
        (world.office.member.get_full_name(), "s"),
        ("25 มิ.ย. 2570", "s"),
        ("เลยกำหนด", "s"),
        ("", "s"),
    ]


def test_reminder_names_meeting_words_day_and_address(world, client_for):
    made = task(world, owner=world.office.member, due_on=dt.date(2027, 6, 25))

    page = client_for(world.office.officer).get(url(world, f"{made.pk}/"))

    assert page.context["reminder"].splitlines() == [
        "ติดตามมติที่ประชุม การประชุมคณะทำงาน ครั้งที่ 2/2570",
        "มติที่ประชุม มอบหมาย จัดทำให้ครบ 13 หัวข้อ",
        "กำหนดแล้วเสร็จ 25 มิถุนายน 2570",
        "ขอทราบความคืบหน้าที่",
        f"http://testserver{url(world, f'{made.pk}/')}",
    ]


def test_draft_has_no_page(world, client_for):
    made = task(world, status=ResolutionStatus.DRAFT)

    assert client_for(world.office.officer).get(url(world, f"{made.pk}/")).status_code == 404
