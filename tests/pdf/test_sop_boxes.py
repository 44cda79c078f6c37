"""However long its words are, an SOP's paper keeps them apart and inside their places."""

import random

import pytest

from documents import pdf_rendering
from documents.papers import render
from tests.agencies.factories import AgencyFactory
from tests.pdf.text_boxes import outside, outside_diamonds, overlapping, watch_texts
from workflows.sop.chart import SHOULDER
from workflows.sop.data import NodeData, SopData, StepData, WindowData
from workflows.sop.files import import_sop

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
WORDS = [
    *("การพัฒนาคุณภาพ", "การบริหารจัดการภาครัฐ", "คณะกรรมการพัฒนาคุณภาพ", "เสนอ", "PMQA", "4.0"),
    *("ผู้อำนวยการสำนักงาน", "ปี่", "ฟ้า", "น้ำ", "เขตพื้นที่การศึกษาประถมศึกษา", "พ.ศ.", "2566"),
    *("ประชุมชี้แจง", "สร้างความตระหนัก", "จัดทำแผนปฏิบัติงาน", "ทบทวนตัวชี้วัด", "ประเมินผล"),
    *("ผู้รับบริการและผู้มีส่วนได้ส่วนเสีย", "กำกับติดตาม", "รายงานผล", "ประกาศ"),
]
UNBROKEN = "ก" * 120
SYMBOLS = ("activity", "activity", "decision", "terminal")
PHASES = ("plan", "do", "check", "act")


def words(chance, least, most):
    """Return Thai words of some length; now and then one without any space."""
    length = chance.randint(least, most)
    if chance.random() < 0.1:
        return UNBROKEN[:length]
    joint = chance.choice((" ", ""))
    return joint.join(chance.choice(WORDS) for _ in range(length // 4 + 1))[:length].strip() or "ก"


def random_step(chance, number, count, longest):
    symbol = chance.choice(SYMBOLS)
    several = chance.random() < 0.12
    edge = chance.randint(1, count) if chance.random() < 0.25 else None
    nodes = [
        NodeData(
            *("activity" if several else symbol, words(chance, 5, longest)),
            words(chance, 4, 30) if chance.random() < 0.4 else "",
            edge,
            words(chance, 4, 30) if edge and chance.random() < 0.6 else "",
        )
    ]
    if several:
        nodes += [NodeData("activity", words(chance, 5, longest)) for _ in range(2)]
    return StepData(
        *(number, "ขั้นตอน"),
        detail=words(chance, 5, 200) if chance.random() < 0.9 else "",
        standard=words(chance, 5, 200) if chance.random() < 0.4 else "",
        responsible_text=words(chance, 5, 200) if chance.random() < 0.8 else "",
        accountable_text=words(chance, 5, 60) if chance.random() < 0.2 else "",
        documents=[words(chance, 5, 80)] if chance.random() < 0.5 else [],
        remark=words(chance, 5, 60) if chance.random() < 0.2 else "",
        phase=PHASES[min(3, number * 4 // count)] if count % 2 else "",
        nodes=nodes,
        windows=[WindowData("months", "", 5, 14)] if chance.random() < 0.8 else [],
    )


def random_sop(seed, layout, count, longest=120):
    chance = random.Random(seed)
    return SopData(
        *("some", words(chance, 20, 200), "", words(chance, 20, 200), words(chance, 5, 80), layout),
        *(None, "", [words(chance, 20, 200)]),
        [{"number": "1.", "title": "ผัง", "shows": "flow_chart"}, {"title": "ก", "shows": "table"}],
        *([words(chance, 20, 200)], [words(chance, 5, 80)], {"title": words(chance, 5, 200)}),
        steps=[random_step(chance, number, count, longest) for number in range(1, count + 1)],
    )


def drawn(data, monkeypatch):
    """Return the paper and the texts of its pages."""
    version = import_sop(data, AgencyFactory())
    pages = watch_texts(monkeypatch)
    done = render("sop", version, draw=pdf_rendering.draw_here)
    return done, pages


def assert_in_order(done, pages, count):
    for page in pages:
        assert outside(page) == []
        assert overlapping(page) == []
        assert outside_diamonds(page, SHOULDER * 96 / 25.4) == []
    steps = [done.layout.page_of(f"step-{number}") for number in range(1, count + 1)]
    assert None not in steps
    assert steps == sorted(steps)
    # Each page holds one sheet: nothing flowed over.
    sheets = done.html.count('<section class="sheet')
    first = done.layout.page_of("sheet-1")
    found = [done.layout.page_of(f"sheet-{number}") for number in range(1, sheets + 1)]
    assert found == list(range(first, first + sheets))


@pytest.mark.parametrize(
    ("seed", "layout", "count"),
    [(1, "S7", 4), (2, "D6", 9), (3, "P", 8), (4, "S7", 10)],
)
def test_words_of_any_length_stay_apart(seed, layout, count, monkeypatch):
    done, pages = drawn(random_sop(seed, layout, count), monkeypatch)
    assert_in_order(done, pages, count)


def test_many_steps_are_printed_with_connectors_on_every_page(monkeypatch):
    done, pages = drawn(random_sop(7, "D6", 26, longest=60), monkeypatch)
    assert_in_order(done, pages, 26)
    sheets = done.html.count('<section class="sheet')
    assert sheets > 3
    body = done.html.split('<section class="sheet')[1:]
    for place, sheet in enumerate(body):
        assert ('class="connector above"' in sheet) == (place > 0)
        assert ('class="connector below"' in sheet) == (place < sheets - 1)
