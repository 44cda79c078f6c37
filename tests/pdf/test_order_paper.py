"""The appointment order on paper: parts, digits, long lists, what a signature froze."""

import datetime as dt
import itertools
import re
import subprocess

import pytest

from committees.documents import continuation_word
from committees.models import AppointmentOrder
from committees.order_words import order_context
from committees.orders import order_data
from documents import papers
from documents.pdf_rendering import draw_here
from tests.agencies.factories import make_office
from tests.committees.factories import SeatFactory, make_committees, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")
    office.steering, office.working = make_committees(office)
    return office


def text_of(pdf: bytes, *options) -> str:
    command = ["pdftotext", "-layout", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def rendered(order):
    return papers.render("order", order, draw=draw_here)


def test_signed_order_prints_its_parts_in_order(office):
    order = make_order(
        office,
        "signed",
        number="187",
        signed_on=dt.date(2027, 5, 24),
        effective_on=dt.date(2027, 5, 24),
        signer_name="นายตัวอย่าง ลำดับหนึ่ง",
        signer_position="ผู้อำนวยการสำนักงาน",
        supersedes_text="คำสั่งที่ 198/2566 ลงวันที่ 9 พฤศจิกายน 2566",
    )
    text = " ".join(text_of(rendered(order).pdf).split())
    places = [
        text.find(part)
        for part in (
            "คำสั่งสำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต ๑",
            "ที่ ๑๘๗/๒๕๗๐",
            "เรื่อง แต่งตั้งคณะกรรมการ",
            "ประจำปีงบประมาณ พ.ศ. ๒๕๗๐",
            "เพื่อให้การดำเนินงาน",
            "อาศัยอำนาจตามความในมาตรา ๓๗",
            "๑๙๘/๒๕๖๖",
            "๑. คณะกรรมการกำกับดูแล PMQA",
            "๑.๑",
            "มีหน้าที่",
            "๒. คณะทำงาน PMQA",
            "๒.๑",
            "ทั้งนี้ ตั้งแต่วันที่ ๒๔ พฤษภาคม พ.ศ. ๒๕๗๐ เป็นต้นไป",
            "วันที่ ๒๔ พฤษภาคม พ.ศ. ๒๕๗๐",
            "(นายตัวอย่าง ลำดับหนึ่ง)",
            "ผู้อำนวยการสำนักงาน",
        )
    ]
    assert -1 not in places
    assert places[:-2] == sorted(places[:-2])


def test_draft_prints_dots_for_number_and_day(office):
    text = text_of(rendered(make_order(office)).pdf)
    assert re.search(r"ที่ \.{6,}/", text)
    assert re.search(r"วันที่ \.{6,} พ\.ศ\. \.{6,}", text)


def test_arabic_digits_by_office_setting(office):
    office.agency.paper_digits = "arabic"
    office.agency.save()
    text = text_of(rendered(make_order(office, "signed", number="187")).pdf)
    assert "ที่ 187/2570" in text
    assert not re.search("[๐-๙]", text)


def test_long_order_numbers_pages_and_leads_over(office):
    for number in range(120):
        SeatFactory(
            committee=office.working,
            user__first_name=f"ลำดับที่{number}",
            user__position="นักวิเคราะห์นโยบายและแผนชำนาญการพิเศษ กลุ่มนโยบายและแผน",
            order=2000 + number,
        )
    paper = rendered(make_order(office))
    assert paper.page_count > 5
    pages = text_of(paper.pdf).split("\f")
    assert "- ๒ -" in pages[1] and "- ๓ -" in pages[2]
    assert "- ๑ -" not in pages[0]
    for page, following in itertools.pairwise(pages[: paper.page_count]):
        last = page.rstrip().splitlines()[-1].strip()
        assert last.endswith("...")
        lines = [line.strip() for line in following.splitlines() if line.strip()]
        first = last.removesuffix("...").split()[0]
        assert lines[1].startswith(first)
    assert "๒.๑๓๔" in pages[-2] or "๒.๑๓๔" in pages[-3]


def test_no_text_leaves_the_margins(office):
    for number in range(30):
        SeatFactory(
            committee=office.working,
            user__first_name="ชื่อยาวมากเป็นพิเศษสำหรับทดสอบ",
            user__last_name="นามสกุลยาวมากเป็นพิเศษณอยุธยา",
            user__position="ผู้อำนวยการกลุ่มนิเทศติดตามและประเมินผลการจัดการศึกษาขั้นพื้นฐาน" * 2,
            order=2000 + number,
        )
    pdf = rendered(make_order(office)).pdf
    boxes = re.findall(
        r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)"',
        text_of_boxes(pdf),
    )
    assert boxes
    assert min(float(box[0]) for box in boxes) >= 85
    assert max(float(box[1]) for box in boxes) <= 539.5
    assert max(float(box[2]) for box in boxes) <= 842


def text_of_boxes(pdf: bytes) -> str:
    command = ["pdftotext", "-bbox", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def test_signed_order_keeps_names_when_people_move(office):
    order = make_order(office, "signed", signer_name="นายผู้ลงนาม เดิม", signer_position="ผอ.")
    AppointmentOrder.objects.filter(pk=order.pk).update(snapshot=order_data(order))
    order.refresh_from_db()
    old = office.champion1.get_full_name()
    office.champion1.last_name = "เปลี่ยนใหม่"
    office.champion1.save()
    names = [
        member["name"]
        for committee in order_context(order)["committees"]
        for member in committee["members"]
    ]
    assert old in names
    assert office.champion1.get_full_name() not in names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("๒.๘ ว่าที่ร้อยตรี ตัวอย่าง ลำดับห้า", "๒.๘ ว่าที่ร้อยตรี ตัวอย่าง..."),
        ("", ""),
        ('a" } @page { content: "b', "a } @page { content: b..."),
        ("ก" * 60, "ก" * 32 + "..."),
    ],
)
def test_continuation_word_is_short_and_harmless(text, words):
    assert continuation_word(text) == words
