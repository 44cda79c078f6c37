"""Papers carry the office's logo, name, emblem and signatures; each copy its digits."""

import io

import pytest
from docx import Document
from PIL import Image

from agencies.models import ActingPeriod
from documents import papers
from documents.house_look.signatures import head_in_office, signatures_of
from documents.models import HouseLook, SignatureBlock
from documents.paper_digits import printing_in
from documents.pdf_rendering import Layout
from documents.stored_files import store_bytes
from tests.agencies.factories import make_office
from tests.committees.factories import make_committees, make_order
from tests.workflows.factories import day, make_cycle, months
from workflows.sop.paper import uses_thai_digits

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2027-03-31"))
    office = make_office(name_th="สำนักงานตัวอย่าง")
    picture = io.BytesIO()
    Image.new("RGB", (56, 60), "#1b5e20").save(picture, "PNG")
    stored = store_bytes(office.agency, "ก.png", picture.getvalue(), "image/png", office.officer)
    office.picture = stored
    HouseLook.objects.create(
        agency=office.agency, emblem=stored, logo=stored, name="สนง.ตัวอย่าง", font_size=18
    )
    return office


def drawn(kind, obj, **options):
    """Return HTML and styles of a paper without drawing it."""
    sheets = []

    def keep(sheet):
        sheets.append(sheet)
        return b"", Layout([])

    papers.render(kind, obj, draw=keep, **options)
    return sheets[0].html, "\n".join(sheets[0].styles)


def block(office, words, kind="", order=1, **fields):
    return SignatureBlock.objects.create(
        agency=office.agency, kind=kind, words=words, order=order, **fields
    )


def test_house_paper_takes_logo_name_size_and_signatures(office):
    block(office, "ผู้จัดทำ", name="นางสาวตัวอย่าง ลงนาม")
    cycle = make_cycle(office.agency, [[months(0, 3)]], by=office.officer)
    html, styles = drawn("action-plan", cycle)
    assert f'src="app-image:{office.picture.pk}"' in html
    assert ">สนง.</span><wbr>ตัวอย่าง</span></h1>" in html
    assert html.index("ผู้จัดทำ") < html.index("นางสาวตัวอย่าง ลงนาม")
    assert "font-size: 12.06pt; line-height: 20.93pt" in styles


def test_blocks_of_a_kind_stand_in_place_of_those_for_all(office):
    block(office, "ผู้จัดทำ")
    block(office, "ผู้อนุมัติ", kind="action-plan", order=2)
    block(office, "ผู้เสนอ", kind="action-plan", order=1)
    found = signatures_of(office.agency, "action-plan")
    assert ([row.words for row in found.blocks], found.are_own) == (["ผู้เสนอ", "ผู้อนุมัติ"], True)
    found = signatures_of(office.agency, "evidence-index")
    assert ([row.words for row in found.blocks], found.are_own) == (["ผู้จัดทำ"], False)


def test_head_in_office_is_whoever_acts_today(office):
    director = office.people["director"]
    assert head_in_office(office.agency) == {
        "name": director.get_full_name(),
        "position": "ผู้อำนวยการสำนักงาน",
        "acting": "",
    }
    deputy = office.people["deputy"]
    ActingPeriod.objects.create(
        agency=office.agency,
        absent=director,
        acting=deputy,
        starts_on=day("2027-03-30"),
        ends_on=day("2027-04-02"),
    )
    assert head_in_office(office.agency) == {
        "name": deputy.get_full_name(),
        "position": deputy.position,
        "acting": "รักษาราชการแทนผู้อำนวยการสำนักงาน",
    }


def test_order_takes_only_the_emblem_on_paper_and_in_word(office):
    office.steering, office.working = make_committees(office)
    order = make_order(office, "draft")
    html, styles = drawn("order", order)
    assert f'<div class="order-emblem"><img src="app-image:{office.picture.pk}"' in html
    assert "font-size: 10.72pt; line-height: 18.6pt" in styles
    document = Document(io.BytesIO(papers.file_to_edit("order", order, "docx")))
    (shape,) = document.inline_shapes
    assert (round(shape.width.mm), round(shape.height.mm)) == (28, 30)


def test_one_copy_prints_in_the_digits_asked_for(office):
    cycle = make_cycle(office.agency, [[months(0, 3)]], by=office.officer)
    assert "พ.ศ. ๒๕๗๐" in drawn("action-plan", cycle)[0]
    assert "พ.ศ. 2570" in drawn("action-plan", cycle, digits="arabic")[0]
    order = make_order(office, "draft")
    said = papers.file_to_edit("order", order, "docx", digits="arabic")
    words = "\n".join(line.text for line in Document(io.BytesIO(said)).paragraphs)
    assert "/2570" in words and "/๒๕๗๐" not in words


def test_sop_obeys_the_digits_of_one_copy(office):
    version = make_cycle(office.agency, [[months(0, 3)]], by=office.officer).version
    assert uses_thai_digits(version)
    with printing_in("arabic"):
        assert not uses_thai_digits(version)
