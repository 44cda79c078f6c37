"""The book of a year: what it binds, its numbers and contents, who may have it."""

import datetime as dt
import io

import pikepdf
import pytest

from committees.models import Attendee, Meeting
from documents import papers
from documents.issued.content import lines_of
from documents.models import IssuedDocument
from documents.pdf_rendering import draw_here
from documents.stored_files import store_bytes
from reports.year_book.choosing import KIND, ChoiceChanged, choose_kinds, chosen_kinds
from tests.assessments.factories import make_open_cycle
from tests.committees.factories import make_order
from tests.documents.matrix import PDF
from tests.permission_matrix.world import make_office

pytestmark = pytest.mark.django_db
ADDRESS = "/o/own/2570/reports/year-book/"
AT = dt.datetime(2027, 1, 10, 3, tzinfo=dt.UTC)


@pytest.fixture
def office():
    return make_office("own")


@pytest.fixture
def cycle(office):
    return make_open_cycle(office.agency, 2570, office.people["officer"])


def issue(office, order, content: bytes):
    officer = office.people["officer"]
    stored = store_bytes(office.agency, "o.pdf", content, "application/pdf", officer, pages=1)
    IssuedDocument.objects.create(
        agency=office.agency, fiscal_year=2570, kind="order", subject=order, sequence=2,
        title=order.title, file=stored, data_hash="0" * 64, issued_at=AT, issued_by=officer,
    )  # fmt: skip


def test_book_binds_issued_copies_and_draws_the_rest(office, cycle, frozen_today):
    frozen_today(dt.date(2027, 2, 1))
    officer = office.people["officer"]
    whole, broken = (make_order(office, title=f"คำสั่ง {name}") for name in ("ก", "ข"))
    issue(office, whole, PDF)
    issue(office, broken, b"%PDF-1 broken")
    meeting = Meeting.objects.create(
        agency=office.agency, fiscal_year=2570, title="ประชุมชี้แจง", starts_at=AT,
        created_by=officer, created_at=AT,
    )  # fmt: skip
    Attendee.objects.create(meeting=meeting, name="ผู้เข้าประชุม")
    choose_kinds(cycle, ["order", "attendance"], officer, version=0)

    book = papers.render(KIND, cycle, draw=draw_here)

    lines = lines_of(book.html.replace("nav", "div"))
    rows = [words for _kind, words in lines if " | " in words]
    assert [row.replace("\u200b", "") for row in rows] == [
        "คณะกรรมการ | หน้า ๑",
        "คำสั่ง ข คำสั่งแต่งตั้ง · ไม่ได้เย็บรวม: จัดทำไม่สำเร็จ | –",
        "คำสั่ง ก คำสั่งแต่งตั้ง · ฉบับที่ ๒ ออกเมื่อ ๑๐ ม.ค. ๒๕๗๐ | ๒",
        "การประชุม | หน้า ๓",
        "ใบลงลายมือชื่อการประชุมชี้แจง ใบลงลายมือชื่อ · ร่าง ณ วันที่ ๑ ก.พ. ๒๕๗๐ | ๔",
    ]
    with pikepdf.open(io.BytesIO(book.pdf)) as pdf:
        sizes = [[round(float(edge)) for edge in page.mediabox[2:]] for page in pdf.pages]
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root][-4:]
        targets = {str(note.Dest) for note in pdf.pages[1].Annots}
    assert sizes == [[595, 842]] * 3 + [[99, 99]] + [[595, 842]] * 2
    assert titles == ["คณะกรรมการ", "คำสั่ง ก", "การประชุม", "ใบลงลายมือชื่อการประชุมชี้แจง"]
    assert targets == {"group-committees-", "paper-2-", "group-meetings-", "paper-3-"}


def test_choice_is_remembered_and_takes_only_known_kinds(office, cycle, client_for):
    client = client_for(office.people["director"])
    assert "order" in chosen_kinds(cycle)
    assert "meeting-pack" not in chosen_kinds(cycle)
    done = client.post(ADDRESS, {"kinds": ["minutes", "x", KIND], "do": "save"})
    assert (done.status_code, done.url) == (302, ADDRESS)
    assert chosen_kinds(cycle) == {"minutes"}
    page = client.get(ADDRESS).content.decode()
    assert page.count(" checked") == 1
    assert "บันทึกการเลือกสำหรับปีนี้แล้ว" in page


def test_second_choice_of_two_is_told_of_the_first_and_keeps_its_own(office, cycle, client_for):
    officer, director = office.people["officer"], client_for(office.people["director"])
    choose_kinds(cycle, ["order", "minutes"], officer, version=0)
    mine = {"kinds": ["order", "award-application"], "do": "make", "version": "0"}
    told = director.post(ADDRESS, mine)
    page = told.content.decode()
    assert told.status_code == 409
    assert "เฉพาะในแบบนั้น: รายงานการประชุม" in page
    assert page.count(" checked") == 2
    assert 'name="version" value="1"' in page
    assert chosen_kinds(cycle) == {"order", "minutes"}
    assert director.post(ADDRESS, mine | {"version": "1", "do": "save"}).status_code == 302
    assert chosen_kinds(cycle) == {"order", "award-application"}
    assert choose_kinds(cycle, ["order", "award-application"], officer, version=1)  # the same
    with pytest.raises(ChoiceChanged):
        choose_kinds(cycle, ["order"], officer, version=1)


def test_empty_book_is_refused(office, cycle, client_for):
    client = client_for(office.people["officer"])
    answer = client.post(ADDRESS, {"do": "make"}, follow=True)
    assert "เลือกเอกสารอย่างน้อยหนึ่งประเภท" in answer.content.decode()


def test_book_is_for_those_who_may_see_everything(office, cycle, client_for):
    address = f"/o/own/2570/documents/papers/{KIND}/{cycle.pk}/"
    answers = {
        role: client_for(office.people[role]).post(address).status_code
        for role in ("officer", "director", "deputy", "staff", "observer", "administrator")
    }
    assert answers == {
        "officer": 302, "director": 302, "deputy": 302,
        "staff": 404, "observer": 404, "administrator": 404,
    }  # fmt: skip
