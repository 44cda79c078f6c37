"""Certificates: recipients pasted one a line, saving, pages of 200 people, long names."""

import datetime as dt

import pytest

from documents import papers
from documents.pdf_rendering import draw_here
from documents.revisions import SaveConflict
from reports.certificates import writing
from reports.certificates.documents import size_of
from reports.models import Certificate
from tests.agencies.factories import make_office
from tests.pdf.measured import find, measure
from tests.reports.certificates.matrix_rows import TYPED, WORDS

pytestmark = pytest.mark.django_db
YEAR = 2570
LONG = "คณะทำงานพัฒนาคุณภาพการบริหารจัดการภาครัฐด้านการให้ความสำคัญกับผู้รับบริการและผู้มีส่วนได้ส่วนเสีย " * 2


@pytest.fixture
def office():
    return make_office(name_th="สำนักงานตัวอย่าง")


def test_recipients_are_read_one_a_line_with_bar_or_tab():
    text = " นายหนึ่ง  ตัวอย่าง | กลุ่มแผน\n\nกลุ่มอำนวยการ\nนางสอง\tนักวิเคราะห์\tเกิน"
    assert writing.recipients_in(text) == [
        ("นายหนึ่ง ตัวอย่าง", "กลุ่มแผน"),
        ("กลุ่มอำนวยการ", ""),
        ("นางสอง", "นักวิเคราะห์"),
    ]


def test_numbered_list_of_a_sheet_is_pasted_as_it_is():
    lines = ["ที่\tชื่อ - สกุล\tตำแหน่ง"]
    lines += [f"{number}.\tนายคนที่ {number}\tกลุ่ม {number}" for number in range(1, 199)]
    lines += ["๑๙๙) นางสาวสอง", "3 สหาย | ทีม"]
    rows = writing.recipients_in("\r\n".join(lines))
    assert len(rows) == 200
    assert rows[0] == ("นายคนที่ 1", "กลุ่ม 1")
    assert rows[-2:] == [("นางสาวสอง", ""), ("3 สหาย", "ทีม")]
    assert writing.named_twice([*rows, ("3 สหาย", "")]) == ["3 สหาย"]


def test_saving_puts_new_recipients_in_order_and_refuses_what_is_older(office):
    made = writing.begin(office.agency, YEAR, WORDS, [("ก", ""), ("ข", "ค")], office.officer)
    assert writing.as_lines(made) == "ก\nข | ค"
    writing.save(made, WORDS, [("ง", "")], version=1, by=office.officer)
    with pytest.raises(SaveConflict):
        writing.save(made, WORDS, [("จ", "")], version=1, by=office.officer)
    assert writing.as_lines(made) == "ง"
    assert writing.remove(made, version=1, by=office.officer) is False
    assert writing.remove(made, version=2, by=office.officer) is True


def test_names_shrink_by_their_letters_without_marks():
    assert [size_of("ก" * count) for count in (30, 31, 43, 61)] == [
        "large",
        "middle",
        "small",
        "smallest",
    ]
    assert size_of("กี่" * 30) == "large"


def test_every_recipient_has_one_page_whose_words_stay_inside_the_frame(office, monkeypatch):
    pages = measure(monkeypatch)
    signers = [
        {"name": f"นายตัวอย่าง ลำดับ{number}", "position": "ประธานกรรมการ", "acting": ""}
        for number in range(3)
    ]
    words = WORDS | {"signers": signers, "given_on": dt.date(2027, 9, 30), "reason": "ผลงานดี " * 36}
    people = [("นายสั้น ตัวอย่าง", "กลุ่มแผน"), (LONG.strip()[:200], "สำนักงาน" * 20)]
    made = writing.begin(office.agency, YEAR, words, people, office.officer)
    paper = papers.render("certificate", made, draw=draw_here)

    assert paper.page_count == 2
    for page in pages:
        lines = [line for line in page if line.words]
        assert min(line.left for line in lines) > 14
        assert max(line.right for line in lines) < 283
        assert max(line.foot for line in lines) < 196
        names = [line for line in lines if line.words.startswith("(นายตัวอย่าง")]
        assert len({line.top for line in names}) == 1 and len(names) == 3
        day = next(line for line in lines if line.words.startswith("ให้ไว้"))
        assert day.foot + 15 < names[0].top
    assert "๓๐ กันยายน พ.ศ. ๒๕๗๐" in find(pages, "ให้ไว้")[1].words
    assert find(pages, "นายสั้น")[1].is_bold


def test_page_keeps_what_was_typed_and_says_what_is_wrong(office, client_for):
    client = client_for(office.officer)
    address = office.url(f"{YEAR}/certificates/new/")
    refused = client.post(address, TYPED | {"recipients": "| หมวด 1", "name_1": ""})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "| หมวด 1" in page
    assert "ผู้รับลำดับที่ 1 ไม่มีชื่อ: “หมวด 1”" in page
    twice = TYPED | {"recipients": "กลุ่มอำนวยการ | หมวด 1\nกลุ่มอำนวยการ"}
    done = client.post(address, twice, follow=True)
    assert "มีชื่อซ้ำ: กลุ่มอำนวยการ" in done.content.decode()
    made = Certificate.objects.get()
    page = client.get(office.url(f"{YEAR}/certificates/{made.pk}/"))
    assert "กลุ่มอำนวยการ" in page.content.decode()
    found = client.get(office.url(f"{YEAR}/certificates/?words=อำนวย"))
    assert "เกียรติบัตร" in found.content.decode()
