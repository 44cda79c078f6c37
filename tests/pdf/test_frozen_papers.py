"""The foot of frozen papers: who decided, when, and the code, on every page and beside nothing."""

import re
import subprocess

import pytest

from documents import papers
from documents.issued_papers import Seal
from documents.pdf_rendering import PaperFailed, draw_here
from tests.agencies.factories import make_office
from tests.committees.factories import make_committees, make_order
from tests.documents.factories import register_office_paper
from tests.improvement.factories import add_action, make_plan
from workflows.sop.files import import_sop, read_sop, shipped_files

pytestmark = pytest.mark.django_db
CODE = "ABCD-EFGH-JKMN-PQRS"
WORDS = (
    "อนุมัติในระบบ โดย นางสาวชื่อยาวเป็นพิเศษ นามสกุลยาวเป็นพิเศษ รองผู้อำนวยการสำนักงานเขตพื้นที่ "
    "รักษาราชการแทนผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา เมื่อ ๒๑ พฤศจิกายน ๒๕๖๙ เวลา ๑๕.๐๔ น."
)


def pages_of(kind, obj, seal):
    pdf = papers.render(kind, obj, draw=draw_here, seal=seal).pdf
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    return text.split("\f")[:-1]


def subjects():
    office = make_office()
    make_committees(office)
    plan = make_plan(office)
    for _number in range(30):
        add_action(plan, office.officer)
    return {"order": make_order(office, "signed"), "improvement-plan": plan.cycle}


def test_every_page_of_a_frozen_paper_carries_its_code_and_no_other_paper_does():
    for kind, obj in subjects().items():
        pages = pages_of(kind, obj, Seal(WORDS, CODE))
        assert len(pages) > 1, kind
        for page in pages:
            assert f"127.0.0.1:8000/verify/{CODE}" in page, kind
            assert "อนุมัติในระบบ" in page, kind
        assert not any("verify" in page for page in pages_of(kind, obj, None)), kind


def test_foot_leaves_the_page_number_readable():
    for kind, obj in subjects().items():
        last = pages_of(kind, obj, Seal(WORDS, CODE))[-1]
        number = r"- [๐-๙]+ -" if kind == "order" else r"หน้า\s+[๐-๙]+\s+/\s+[๐-๙]+"
        assert re.search(number, last), kind


def test_sop_of_every_layout_carries_the_code_on_every_page():
    office = make_office()
    for slug, path in shipped_files().items():
        version = import_sop(read_sop(path.read_text(encoding="utf-8")), office.agency)
        pages = pages_of("sop", version, Seal(WORDS, CODE))
        assert all(f"verify/{CODE}" in page for page in pages), slug
        assert all(re.search(r"หน้า \S+ / \S+", page) for page in pages), slug


def test_template_without_a_place_for_the_seal_is_never_frozen():
    office = make_office()
    kind = register_office_paper("test-no-seal", template="pdf/sop/_head_unit.html")
    with pytest.raises(PaperFailed):
        papers.render(kind, office.agency, draw=draw_here, seal=Seal(WORDS, CODE))
