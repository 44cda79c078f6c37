"""The order by the rules of official papers: margins, type, places of the parts, 120 members."""

import datetime as dt

import pytest
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from agencies.models import AgencyMembership
from committees.models import CommitteeMember
from committees.orders import draft_order, sign_order
from documents import papers
from documents.pdf_rendering import draw_here
from tests.agencies.factories import make_office
from tests.committees.factories import YEAR, make_committees, make_order

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 10, 1)
# CSS pixels in a millimetre, and TH Sarabun 16 point in pixels of our font.
MM, TH_16 = 96 / 25.4, 16 * 0.67 * 96 / 72


@pytest.fixture
def office():
    office = make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")
    office.steering, office.working = make_committees(office)
    return office


def grow(committee, count):
    """Fill the committee up to the number of members with people from outside."""
    missing = count - committee.members.count()
    CommitteeMember.objects.bulk_create(
        CommitteeMember(
            committee=committee,
            outside_name=f"นางสาวตัวอย่าง ลำดับที่{number}",
            outside_position="ผู้อำนวยการโรงเรียนอนุบาลตัวอย่าง อำเภอเมือง",
            order=8000 + number,
        )
        for number in range(missing)
    )


class Word:
    """A line of words as drawn: page from 1, edges in mm from the sheet's corner, type."""

    def __init__(self, page, box):
        self.page, self.text = page, box.text.replace("\u200b", "").strip()
        self.left, self.top = box.position_x / MM, box.position_y / MM
        self.right, self.foot = self.left + box.width / MM, self.top + box.height / MM
        self.size, self.family = box.style["font_size"], box.style["font_family"]


def drawn(order, monkeypatch):
    """Return the paper's lines of words and the place of its emblem (page, left, top, w, h)."""
    pages = []
    write = Document.write_pdf

    def write_pdf(document, *args, **kwargs):
        pages[:] = [page._page_box for page in document.pages]
        return write(document, *args, **kwargs)

    monkeypatch.setattr(Document, "write_pdf", write_pdf)
    papers.render("order", order, draw=draw_here)
    words, emblems = [], []
    for number, page in enumerate(pages, start=1):
        for box in page.descendants():
            if isinstance(box, boxes.TextBox) and box.text.strip():
                words.append(Word(number, box))
            elif getattr(box.element, "get", lambda name: None)("class") == "order-emblem":
                place = (box.content_box_x(), box.content_box_y(), box.width, box.height)
                emblems.append((number, *(round(length / MM) for length in place)))
    return words, emblems


def named(words, text):
    return next(word for word in words if text in word.text)


def test_order_of_120_members_keeps_margins_type_and_places(office, monkeypatch):
    grow(office.working, 117)
    order = make_order(
        office,
        "signed",
        number="235",
        signed_on=DAY,
        calendar_year=2567,
        signer_name="นายตัวอย่าง ลำดับหนึ่ง",
        signer_position="ผู้อำนวยการสำนักงาน",
    )
    words, emblems = drawn(order, monkeypatch)
    last = max(word.page for word in words)

    assert last >= 6
    assert emblems == [(1, 96, 15, 28, 30)]
    assert min(word.left for word in words) == pytest.approx(30, abs=0.3)
    assert max(word.right for word in words) <= 190.3
    assert {(round(word.size, 1), word.family) for word in words} == {
        (round(TH_16, 1), ("Sarabun",))
    }
    for text in ("คำสั่งสำนักงานเขต", "ที่ ๒๓๕/๒๕๖๗"):
        head = named(words, text)
        assert (head.left + head.right) / 2 == pytest.approx(110, abs=1)
    numbers = [word for word in words if word.text.startswith("- ")]
    assert [word.text for word in numbers[:2]] == ["- ๒ -", "- ๓ -"]
    assert [word.page for word in numbers] == list(range(2, last + 1))
    for word in numbers:
        assert word.top < 30 < word.foot
        assert (word.left + word.right) / 2 == pytest.approx(110, abs=1)
    assert named(words, "วันที่ ๑ ตุลาคม พ.ศ. ๒๕๖๗").page == last
    assert named(words, "๒.๑๑๗")


def test_members_stand_in_columns_on_every_page(office, monkeypatch):
    grow(office.working, 117)
    words, _emblems = drawn(make_order(office), monkeypatch)
    names = [word for word in words if word.text.startswith("นางสาวตัวอย่าง")]
    roles = [word for word in words if word.text == "กรรมการ" and word.page > 1]
    assert len({word.page for word in names}) >= 4
    assert len({round(word.left, 1) for word in names if not word.text.endswith("...")}) == 1
    assert len({round(word.left, 1) for word in roles}) == 1


@pytest.mark.parametrize("count", [16, 20, 24])
def test_signature_block_stays_whole_with_two_lines_of_text(office, monkeypatch, count):
    grow(office.working, count)
    order = make_order(office, signer_name="นายตัวอย่าง ลำดับหนึ่ง", signer_position="ผอ.")
    words, _emblems = drawn(order, monkeypatch)
    name = named(words, "นายตัวอย่าง ลำดับหนึ่ง")
    page = [word for word in words if word.page == name.page]
    body = {round(w.top) for w in page if w.top < named(page, "สั่ง").top and w.top > 32}
    assert named(page, "ผอ.").top > name.top > named(page, "สั่ง").top + 20
    assert len(body) >= 2


def test_names_stay_after_people_and_seats_are_gone(office, monkeypatch, client_for):
    order = draft_order(office.agency, YEAR, by=office.officer)
    order.status = "for_signature"
    order.save()
    sign_order(order, office.director, number="235", signed_on=DAY)
    gone = office.champion1.get_full_name()
    AgencyMembership.objects.filter(user=office.champion1).delete()
    CommitteeMember.objects.filter(user=office.champion1).delete()
    office.champion1.is_active = False
    office.champion1.first_name = "เปลี่ยนชื่อแล้ว"
    office.champion1.save()
    order.refresh_from_db()
    words, _emblems = drawn(order, monkeypatch)
    page = client_for(office.officer).get(office.url(f"{YEAR}/committees/orders/{order.pk}/"))
    for word in gone.split():  # a name wider than the column breaks at its space
        assert named(words, word)
    assert not any("เปลี่ยนชื่อแล้ว" in word.text for word in words)
    assert gone in page.content.decode()
