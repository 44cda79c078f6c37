"""The foot of frozen papers: who decided, when, and the code, on every page and beside nothing."""

import re
import subprocess

import pytest

from documents import papers
from documents.issued.seals import Seal
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
    """Return papers of more than one page: subject, and how its pages are numbered."""
    office = make_office()
    make_committees(office)
    plan = make_plan(office)
    for _number in range(8):
        add_action(plan, office.officer)
    return {
        "order": (make_order(office, "signed"), r"- [๐-๙]+ -"),
        "improvement-plan": (plan.cycle, r"หน้า\s+[๐-๙]+\s+/\s+[๐-๙]+"),
    }


def test_every_page_of_a_frozen_paper_carries_its_code_and_no_other_paper_does():
    for kind, (obj, number) in subjects().items():
        pages = pages_of(kind, obj, Seal(WORDS, CODE))
        assert len(pages) > 1, kind
        for page in pages:
            assert f"127.0.0.1:8000/verify/{CODE}" in page, kind
            assert "อนุมัติในระบบ" in page, kind
        # The seal leaves the page number readable.
        assert re.search(number, pages[-1]), kind
        assert not any("verify" in page for page in pages_of(kind, obj, None)), kind


@pytest.mark.parametrize("slug", ["sisaket-pmqa", "doh-pmqa", "phetchabun-2-1"])
def test_sop_of_every_layout_carries_the_code_on_every_page(slug):
    version = import_sop(read_sop(shipped_files()[slug].read_text()), make_office().agency)
    pages = pages_of("sop", version, Seal(WORDS, CODE))
    assert all(f"verify/{CODE}" in page for page in pages)
    assert all(re.search(r"หน้า \S+ / \S+", page) for page in pages)


def test_template_without_a_place_for_the_seal_is_never_frozen():
    office = make_office()
    kind = register_office_paper("test-no-seal", template="pdf/sop/_head_unit.html")
    with pytest.raises(PaperFailed):
        papers.render(kind, office.agency, draw=draw_here, seal=Seal(WORDS, CODE))
