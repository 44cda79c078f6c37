"""What differs between versions and saves, as a person reads it."""

import pytest

from core.word_changes import word_changes
from tests.agencies.factories import make_office
from tests.workflows.factories import months
from tests.workflows.sop.drafts import keys, make_draft
from workflows.models import ProcedureNode
from workflows.sop import operations as op
from workflows.sop.compare import by_place, changed_steps, differences
from workflows.sop.drafts import new_draft
from workflows.sop.editing import change, parts_of, state_at
from workflows.sop.files import read_sop, shipped_files, sop_data

pytestmark = pytest.mark.django_db
TITLES = ("รับเรื่อง", "ตรวจสอบเอกสาร", "เสนอผู้อำนวยการ", "แจ้งผลผู้ยื่น")


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def used(office):
    return make_draft(office, TITLES, status="in_use")


@pytest.fixture
def draft(office, used):
    return new_draft(used.procedure, office.officer, used)


def edit(draft, office, *operations):
    for operation in operations:
        draft.refresh_from_db()
        change(draft, operation, read=draft.version, by=office.officer)
    draft.refresh_from_db()


def told(found):
    return [(d.where, d.number, d.title, d.kind, d.field, d.old, d.new) for d in found]


def runs(old, new):
    return [(words.kind, words.text) for words in word_changes(old, new)]


def test_copy_has_no_differences(used, draft):
    assert differences(parts_of(used), parts_of(draft)) == []


def test_changed_fields_are_told_by_step(office, used, draft):
    first, second, _third, _fourth = keys(draft)
    edit(
        draft,
        office,
        op.SetHead({"name": "ชื่อใหม่", "layout": "D6"}),
        op.SetStep(second, {"standard": "ภายใน 3 วัน", "phase": "check"}),
        op.SetWindows(second, [months(0, 2)]),
        op.SetNodes(
            second,
            [
                {"symbol": "decision", "label": "ครบ?", "next_label": "ครบ"}
                | {"edge_to": first, "edge_label": "ไม่ครบ"}
            ],
        ),
    )
    found = differences(parts_of(used), parts_of(draft))
    step = ("steps", 2, "ตรวจสอบเอกสาร", "changed")
    flow = ("กิจกรรม", "การตัดสินใจ: ครบ? (ครบ ↓) (ไม่ครบ → “รับเรื่อง”)")
    assert [row[:1] + row[4:] for row in told(found)[:2]] == [
        ("head", "ชื่องาน", used.procedure.name, "ชื่อใหม่"),
        ("head", "รูปแบบพิมพ์", "7 คอลัมน์ แนวนอน", "6 คอลัมน์ แนวตั้ง"),
    ]
    assert told(found)[2:] == [
        (*step, "ระยะ", "", "ตรวจสอบ (Check)"),
        (*step, "ผังขั้นตอน", *flow),
        (*step, "ระยะเวลา", "", "ตุลาคม–ธันวาคม"),
        (*step, "มาตรฐานคุณภาพงาน", "", "ภายใน 3 วัน"),
    ]
    assert changed_steps(found) == 1
    assert [(place.where, place.kinds, len(place.differences)) for place in by_place(found)] == [
        ("head", ["changed"], 2),
        ("steps", ["changed"], 4),
    ]


def test_added_removed_and_moved_steps_are_told_where_they_stand(office, used, draft):
    first, second, _third, fourth = keys(draft)
    edit(draft, office, op.RemoveStep(second), op.MoveStep(fourth, 1), op.AddStep(first))
    new = keys(draft)[2]
    edit(draft, office, op.SetStep(new, {"title": "ลงทะเบียนเลขรับ"}))
    found = differences(parts_of(used), parts_of(draft))
    assert told(found) == [
        ("steps", 2, "ตรวจสอบเอกสาร", "removed", "", "", ""),
        ("steps", 2, "ตรวจสอบเอกสาร", "removed", "ขั้นตอน", "ตรวจสอบเอกสาร", ""),
        ("steps", 2, "ตรวจสอบเอกสาร", "removed", "ผังขั้นตอน", "กิจกรรม", ""),
        ("steps", 1, "แจ้งผลผู้ยื่น", "moved", "ลำดับ", "4", "1"),
        ("steps", 3, "ลงทะเบียนเลขรับ", "added", "", "", ""),
        ("steps", 3, "ลงทะเบียนเลขรับ", "added", "ขั้นตอน", "", "ลงทะเบียนเลขรับ"),
        ("steps", 3, "ลงทะเบียนเลขรับ", "added", "ผังขั้นตอน", "", "กิจกรรม"),
    ]
    assert changed_steps(found) == 3


def test_renamed_step_is_the_same_step_and_its_arrows_too(office, used):
    second = keys(used)[1]
    ProcedureNode.objects.filter(step__version=used, step__number=4).update(
        edge_to=2, edge_label="แก้ไข"
    )
    draft = new_draft(used.procedure, office.officer, used)
    second = keys(draft)[1]
    edit(draft, office, op.SetStep(second, {"title": "ตรวจสอบเอกสารแนบ"}))
    found = differences(parts_of(used), parts_of(draft))
    assert {(d.number, d.kind) for d in found} == {(2, "changed")}


def test_sections_are_told_by_their_titles(office, used, draft):
    edit(
        draft,
        office,
        op.SetSections([{"number": "1.", "title": "ขอบเขต", "html": "<p>ทุกกลุ่มงาน</p>"}]),
    )
    before = parts_of(draft)
    edit(
        draft,
        office,
        op.SetSections(
            [
                {"number": "1.", "title": "ขอบเขต", "html": "<p>ทุกกลุ่ม</p><ul><li>ก</li></ul>"},
                {"number": "2.", "title": "คำจำกัดความ", "paragraphs": ["SOP"]},
            ]
        ),
    )
    found = differences(before, parts_of(draft))
    assert [(d.title, d.kind, d.old, d.new) for d in found] == [
        ("ขอบเขต", "changed", "1. ขอบเขต\nทุกกลุ่มงาน", "1. ขอบเขต\nทุกกลุ่ม\n- ก"),
        ("คำจำกัดความ", "added", "", "2. คำจำกัดความ\nSOP"),
    ]


def test_saves_of_one_draft_are_compared_by_row(office, draft):
    first = keys(draft)[0]
    edit(draft, office, op.SetStep(first, {"title": "คนละเรื่องเลย"}))
    found = differences(state_at(draft, 1), state_at(draft, 2))
    assert [(d.kind, d.old, d.new) for d in found][:1] == [
        ("changed", "รับเรื่อง", "คนละเรื่องเลย"),
    ]


def test_file_is_compared_with_a_version(office, used):
    assert differences(sop_data(used), parts_of(used)) == []
    shipped = read_sop(shipped_files()["doh-pmqa"].read_text())
    found = differences(shipped, read_sop(shipped_files()["phetchabun-2-1"].read_text()))
    assert {d.where for d in found} == {"head", "sections", "steps"}


def test_words_removed_and_added_are_whole_letters():
    assert runs("ตรวจภายใน 3 วัน", "ตรวจภายใน 15 วัน") == [
        ("same", "ตรวจภายใน "),
        ("removed", "3"),
        ("added", "15"),
        ("same", " วัน"),
    ]
    assert runs("จัดทำคำสั่งแต่งตั้งคณะกรรมการ", "จัดทำประกาศแต่งตั้งคณะทำงาน") == [
        ("same", "จัดทำ"),
        ("removed", "คำสั่ง"),
        ("added", "ประกาศ"),
        ("same", "แต่งตั้งคณะ"),
        ("removed", "กรรมการ"),
        ("added", "ทำงาน"),
    ]
    assert runs("ที่", "ที") == [("removed", "ที่"), ("added", "ที")]
    assert runs("", "ใหม่") == [("added", "ใหม่")]
    assert runs("เหมือน", "เหมือน") == [("same", "เหมือน")]


def test_long_texts_are_compared_by_lines():
    old = "\n".join(f"บรรทัดที่ {number}" for number in range(1000))
    changed = [(w.kind, w.text) for w in word_changes(old, old + "\nใหม่") if w.kind != "same"]
    assert changed[-1][1].endswith("ใหม่")
