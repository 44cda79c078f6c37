"""Every kind of paper of the demo office, drawn once and read as a person would read it.

A new kind needs a subject in the demo data and a row in PRINTED: what must stand on it.
"""

import io
import logging
import re
import subprocess
from collections import Counter
from html import unescape
from typing import NamedTuple

import pikepdf
import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from assessments.models import Evidence
from core.thai_numerals import to_arabic_digits
from documents import papers
from documents.pdf_rendering import RenderedPaper, draw_here
from tests.pdf import page_faults
from tests.pdf.page_lines import captured, lines_of

pytestmark = pytest.mark.django_db
OFFICE = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต ๑"
OF_PAGES = r"หน้า[๐-๙]+/[๐-๙]+"  # how reports number their pages
BETWEEN_HYPHENS = r"-[๐-๙]+"  # the second hyphen is lost: pdftotext takes it for a cut word
ALONE = r"[๐-๙]+"
NO_NUMBER = ""

# Kind: its title, something that the demo's record says, how its last page is numbered.
PRINTED = {
    "action-plan": ("แผนปฏิบัติงาน งานพัฒนาคุณภาพการบริหาร", "ต่อถึง ธ.ค. ๖๙", OF_PAGES),
    "agenda": ("ระเบียบวาระการประชุม", "วันอังคารที่ ๑๖ มิถุนายน ๒๕๖๙", NO_NUMBER),
    "announcement": ("ประกาศ" + OFFICE, "เรื่อง", NO_NUMBER),
    "application-report": ("รายงานผลการดำเนินการ", "๓.๙๕๓๕๗", ALONE),
    "attendance": ("ใบลงลายมือชื่อผู้เข้าประชุม", "นางมณี ตัวอย่างสกุล", BETWEEN_HYPHENS),
    "award-application": ("ข้อมูลการสมัครรางวัล", "โทรศัพท์ ๐ ๐๐๐๐ ๐๐๐๐ ต่อ ๑๐๑", OF_PAGES),
    "best-practice": ("DATA Model: ข้อมูลเดียวทั้งหน่วยงาน", "จาก ๓๒ วัน เหลือ ๙ วัน", OF_PAGES),
    "category-report": ("รายงานการประเมินตนเอง หมวด ๑", "๔๓๓.๓๓ / ๕๐๐ คะแนน", ALONE),
    "certificate": (OFFICE, "เกียรติบัตร", NO_NUMBER),
    "evidence-index": ("ดัชนีหลักฐานการประเมินตนเอง", "รวมหลักฐาน ๓๐ รายการ", OF_PAGES),
    "executive-page": ("สรุปผลการดำเนินงาน PMQA", "๓.๙๕ / ๕", NO_NUMBER),
    "executive-summary": ("บทสรุปผู้บริหาร", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๙", OF_PAGES),
    "improvement-plan": ("แผนปรับปรุงองค์การ", "รวม ๖ กิจกรรม", OF_PAGES),
    "indicator-report": ("รายงานผลตัวชี้วัด รอบ ๑๒ เดือน", "๓.๔๑๘๑๘ จาก ๕", OF_PAGES),
    "invitation": ("บันทึกข้อความ", "วันอังคารที่ ๑๖ มิถุนายน ๒๕๖๙", NO_NUMBER),
    "manual": ("คู่มือการปฏิบัติงาน", "๒.๑ งานจัดระบบบริหารงาน", NO_NUMBER),
    "meeting-pack": ("เอกสารประกอบการประชุม", "ครั้งที่ ๑/๒๕๖๙", OF_PAGES),
    "memo": ("บันทึกข้อความ", "เรียน", NO_NUMBER),
    "minutes": ("รายงานการประชุม", "เลิกประชุมเวลา ๑๕.๔๕ น.", BETWEEN_HYPHENS),
    "order": ("คำสั่ง" + OFFICE, "ที่ ๑๑๒/๒๕๖๙", BETWEEN_HYPHENS),
    "profile-summary": ("สรุปลักษณะสำคัญขององค์การ", "๑ก(๑) พันธกิจ", OF_PAGES),
    "readiness-assessment": ("แบบประเมินความพร้อมขอรับรางวัล", "๘๖.๖๗", OF_PAGES),
    "round-memo": ("บันทึกข้อความ", "ตามคำสั่งที่ ๑๑๒/๒๕๖๙", NO_NUMBER),
    "round-report": ("รายงานผลการดำเนินงาน PMQA รอบ ๖ เดือน", "๗๒.๓๓", OF_PAGES),
    "self-assessment": ("รายงานการประเมินตนเอง", "๓.๙๕๓๕๗", ALONE),
    "site-visit-briefing": ("เอกสารสรุปสำหรับการตรวจเยี่ยม", "๔๓๓.๓๓ / ๕๐๐ คะแนน", NO_NUMBER),
    "sop": ("การพัฒนาองค์การตามเกณฑ์คุณภาพ", "กรกฎาคม 2565", r"หน้า\S+/\S+"),
}
# Drawn by every office for itself, with its own office's name or none.
WITHOUT_OFFICE = {"sop"}
# A preview of a draft; and the book of all the others, which tests/reports/test_year_book.py draws.
DRAWN_ELSEWHERE = {"sop-layout", "year-book"}


class Proof(NamedTuple):
    """A drawn paper and what is found on it."""

    paper: RenderedPaper
    pages: list
    warnings: list[str]
    text: str


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The demo office, loaded once; nothing here writes, and all goes when the module is done."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


KINDS = [kind.kind for kind in papers.kinds() if kind.kind not in DRAWN_ELSEWHERE]


def test_every_kind_says_here_what_must_stand_on_it():
    assert sorted(PRINTED) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_paper_of_the_demo_is_right(kind):
    """One test a kind: drawing it takes longer than all that is asked of it."""
    proof = drawn(kind)
    assert proof.warnings == []
    assert proof.paper.page_count == len(proof.pages) > 0
    assert unsaid(kind, proof) == []
    assert page_faults.outside(proof.pages) == []
    assert page_faults.lone_headings(proof.pages) == []
    assert page_faults.headless_tables(proof.pages) == []
    assert page_faults.cut(proof.pages) == []
    assert "\u200b" not in proof.text
    assert lost_letters(proof) == {}
    assert foreign_fonts(proof.paper.pdf) == []
    # Whoever names evidence must be withdrawn when it becomes confidential.
    assert papers.get(kind).tells_evidence or named_evidence(proof) == []
    with pikepdf.open(io.BytesIO(proof.paper.pdf)) as pdf:
        assert pdf.Root.StructTreeRoot.K is not None
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "th"
        assert str(pdf.docinfo["/Title"]).strip()


def drawn(kind: str) -> Proof:
    """Draw the demo's first paper of the kind."""
    rows = papers.get(kind).model._default_manager.order_by("pk")
    # A letter is a memo or an announcement; what other rows call their kind is no paper's.
    of_the_kind = [row for row in rows if getattr(row, "kind", kind) == kind] or rows
    of_the_year = [row for row in of_the_kind if papers.get(kind).fiscal_year_of(row) == 2569]
    subject = next(iter(of_the_year or of_the_kind), None)
    assert subject is not None, f"the demo has nothing to print as {kind!r}"
    warnings: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: warnings.append(record.getMessage())
    logging.getLogger("weasyprint").addHandler(handler)
    try:
        with captured() as pages:
            paper = papers.render(kind, subject, draw=draw_here)
    finally:
        logging.getLogger("weasyprint").removeHandler(handler)
    return Proof(paper, list(pages), warnings, text_of(paper.pdf))


def text_of(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def close(text: str) -> str:
    """Return the text without any space: where lines end is no matter."""
    return re.sub(r"[\s\u200b]", "", text)


def unsaid(kind: str, proof: Proof) -> list[str]:
    """Return what should stand in the HTML and on the pages and does not."""
    title, figure, number = PRINTED[kind]
    wanted = [title, figure, *([] if kind in WITHOUT_OFFICE else [OFFICE])]
    said = close(unescape(re.sub(r"<[^>]+>", "", proof.paper.html)))
    printed = close(proof.text)
    last = close(proof.text.rstrip("\f").split("\f")[-1])
    missing = [words for words in wanted if close(words) not in said]
    missing += [words for words in wanted if close(words) not in printed]
    return missing + ([] if re.search(number, last) else [f"page number {number}"])


def named_evidence(proof: Proof) -> list[str]:
    """Return the evidence whose code is followed by its name."""
    said = to_arabic_digits(close(unescape(re.sub(r"<[^>]+>", "", proof.paper.html))))
    known = Evidence.objects.values_list("code", "title")
    return [code for code, title in known if to_arabic_digits(close(code + title)) in said]


def lost_letters(proof: Proof) -> dict[str, tuple[int, int]]:
    """Return the Thai letters that copy out less often than they were drawn, or more often."""
    lines = [line.words for page in proof.pages for line in lines_of(page)]
    shown, copied = thai_letters("".join(lines)), thai_letters(proof.text)
    in_drawings = "<text" in proof.paper.html  # their words stand in no line
    return {
        letter: (shown[letter], copied[letter])
        for letter in shown | copied
        if copied[letter] < shown[letter] or (not in_drawings and copied[letter] > shown[letter])
    }


def thai_letters(text: str) -> Counter:
    """Count the Thai letters; ำ counts as its two parts, which fonts draw one by one."""
    return Counter(re.findall("[ก-๛]", text.replace("ำ", "ํา")))


def foreign_fonts(content: bytes) -> list[str]:
    """Return the fonts that are not Sarabun or not in the file, as pdffonts tells."""
    done = subprocess.run(["pdffonts", "-"], input=content, capture_output=True, check=True)
    rows = [line.split() for line in done.stdout.decode().splitlines()[2:]]
    return [row[0] for row in rows if "Sarabun" not in row[0] or row[-5] != "yes"]
