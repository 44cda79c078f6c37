"""The paper `manual`: covers, page numbers, contents, and SOPs in their own layouts."""

import re
import subprocess
from html import unescape

import pytest

from documents import pdf_rendering
from documents.papers import render
from pmqa_portal.demo_manual import load_manual
from tests.agencies.factories import AgencyFactory, make_office
from tests.pdf.cells import watch_cells
from workflows.models import SopLayout
from workflows.sop.files import import_sop, read_sop, shipped_files
from workflows.sop.manuals import new_manual, save_manual

pytestmark = pytest.mark.django_db
SOPS = ("phetchabun-2-1", "phetchabun-2-2", "phetchabun-2-3")


@pytest.fixture
def office():
    return make_office()


def imported(office, slug):
    return import_sop(read_sop(shipped_files()[slug].read_text()), office.agency)


def page_texts(paper):
    """Return the text of each page as somebody would copy it, with its margins."""
    command = ["pdftotext", "-layout", "-", "-"]
    done = subprocess.run(command, input=paper.pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def sizes(paper):
    """Return "portrait" or "landscape" for each page."""
    command = ["pdfinfo", "-l", "99", "-"]
    told = subprocess.run(command, input=paper.pdf, capture_output=True, check=True).stdout.decode()
    pages = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", told)
    return ["landscape" if float(w) > float(h) else "portrait" for w, h in pages]


def contents(page):
    """Return the lines of the contents as (words, page number)."""
    lines = [re.match(r"\s*(.+?)(?: ?\.)+ +(\S+)$", line) for line in page.splitlines()]
    return [(line[1], line[2]) for line in lines if line]


def test_manual_of_the_demo_has_numbered_front_body_and_contents(office, monkeypatch):
    for slug in SOPS:
        imported(office, slug)
    manual = load_manual(office.agency, office.officer)
    overflowing = []
    watch_cells(monkeypatch, overflowing)
    paper = render("manual", manual, draw=pdf_rendering.draw_here)
    assert overflowing == []
    assert sizes(paper) == [
        *["portrait"] * 4,
        *["portrait", "portrait", "landscape"] * 3,
        "portrait",
    ]
    pages = page_texts(paper)
    numbers = [page.strip().split()[0] for page in pages]
    assert numbers[1:3] == ["ก", "ข"]
    assert numbers[3:-1] == [*"๑๒๓๔๕๖๗๘๙", "๑๐"]
    assert "คู่มือการปฏิบัติงาน" in pages[0]
    assert "กระทรวงศึกษาธิการ" in pages[0]
    assert "กระทรวงศึกษาธิการ" in pages[-1]
    lines = contents(pages[2])
    assert lines[:6] == [
        ("คำนำ", "ก"),
        ("ส่วนที่ ๑ บทนำ", "๑"),
        ("๑.๑ แนวคิด", "๑"),
        ("๑.๒ วัตถุประสงค์", "๑"),
        ("ส่วนที่ ๒ ขั้นตอนและมาตรฐานการปฏิบัติงาน", "๒"),
        ("๒.๑ งานจัดระบบบริหารงาน", "๒"),
    ]
    assert [at for words, at in lines if words.startswith("- สรุปมาตรฐาน")] == ["๔", "๗", "๑๐"]
    assert "2.1" not in pages[2]


def test_connectors_name_the_numbers_that_the_pages_carry(office):
    procedure = imported(office, "sisaket-pmqa").procedure
    manual = new_manual(office.agency, office.officer)
    save_manual(manual, {}, [(procedure, "งานหลัก")], version=1, by=office.officer)
    pages = page_texts(render("manual", manual, draw=pdf_rendering.draw_here))
    numbers = [page.strip().split()[0] for page in pages]
    assert numbers[1] == "ก"  # contents; no foreword was written
    assert numbers[2] == "๑"  # no introduction: the first SOP begins the body
    told = [
        [re.sub(r"\s+", "", found) for found in re.findall(r"(?:ไป|จาก)หน้า\s*\S+", page)]
        for page in pages
    ]
    tables = [place for place, found in enumerate(told) if found]
    assert [told[place] for place in tables] == [
        [f"ไปหน้า{numbers[tables[1]]}"],
        [f"จากหน้า{numbers[tables[0]]}", f"ไปหน้า{numbers[tables[2]]}"],
        [f"จากหน้า{numbers[tables[1]]}"],
    ]


def test_sop_stands_in_its_own_layout_and_empty_manual_has_its_covers(office):
    version = imported(office, "phetchabun-2-2")
    version.own_layout = SopLayout.objects.create(
        agency=office.agency,
        name="แนวตั้ง",
        base="P",
        settings={"orientation": "portrait", "head": "job"},
    )
    version.save()
    manual = new_manual(office.agency, office.officer)
    assert len(page_texts(render("manual", manual, draw=pdf_rendering.draw_here))) == 3
    save_manual(manual, {}, [(version.procedure, "งาน")], version=1, by=office.officer)
    paper = render("manual", manual, draw=pdf_rendering.draw_here)
    assert set(sizes(paper)) == {"portrait"}
    assert "<b>ชื่องาน :</b>" in paper.html


def test_arabic_digits_of_the_office_hold_in_the_whole_manual(office):
    version = imported(office, "phetchabun-2-2")
    office.agency.paper_digits = "arabic"
    office.agency.save()
    manual = new_manual(office.agency, office.officer)
    changes = {"title": "คู่มือ 2569", "introduction": [{"title": "ก", "html": "<p>ข้อ 5</p>"}]}
    save_manual(manual, changes, [(version.procedure, "งาน")], version=1, by=office.officer)
    manual.refresh_from_db()
    text = "".join(page_texts(render("manual", manual, draw=pdf_rendering.draw_here)))
    assert not re.search("[๐-๙]", text)


def test_hostile_words_of_a_manual_are_printed_as_words(office):
    manual = new_manual(office.agency, office.officer)
    bad = "<script>x</script>{{ 7|add:7 }} ' } @page{}"
    changes = {
        **{"title": bad, "subtitle": bad, "compiler": bad, "foreword": bad},
        **{"bodies_above": [bad], "introduction": [{"title": bad, "html": f"<p>{bad}</p>"}]},
    }
    version = imported(office, "phetchabun-2-1")
    save_manual(manual, changes, [(version.procedure, bad)], version=1, by=office.officer)
    manual.refresh_from_db()
    paper = render("manual", manual, draw=pdf_rendering.draw_here)
    assert "<script" not in paper.html
    assert bad.replace("'", "’") in unescape(paper.html).replace("'", "’")


def test_manual_of_another_office_is_not_printed(office, client_for):
    foreign = new_manual(AgencyFactory(), office.officer)
    address = office.url(f"2570/papers/manual/{foreign.pk}/")
    assert client_for(office.officer).post(address).status_code == 404
