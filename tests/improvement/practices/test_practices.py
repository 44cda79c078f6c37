"""Best-practice papers: ten headings, texts that are never lost, the director's decision."""

import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from docx import Document

from approvals.models import ApprovalRequest
from approvals.transitions import RequirementsMissing, perform
from assessments.models import OfficialTarget
from assessments.official.results import add_result
from documents.papers import get
from documents.revisions import NotEditable, SaveConflict
from improvement.models import BestPractice, PracticeSection
from improvement.practices import photos, prefill, writing
from improvement.practices.headings import HEADINGS, parts
from improvement.practices.queries import whole_practices
from improvement.practices.transitions import canonical, missing_words
from tests.agencies.factories import make_office
from tests.improvement.practices.factories import add_photo, make_practice, picture


def test_paper_has_the_ten_headings_of_the_source_in_order():
    assert [(heading.number, heading.title) for heading in HEADINGS] == [
        (1, "ชื่อผลงาน"),
        (2, "ความเป็นมา"),
        (3, "วัตถุประสงค์"),
        (4, "เป้าหมายเชิงปริมาณและคุณภาพ"),
        (5, "วิธีการดำเนินงาน/กระบวนการ"),
        (6, "รูปแบบ/เทคนิค ที่ทำให้เกิดความสำเร็จ"),
        (7, "ผลสำเร็จ"),
        (8, "ปัจจัยส่งผลให้เกิดความสำเร็จ"),
        (9, "การเผยแพร่/ประชาสัมพันธ์/หน่วยงานที่มาศึกษาดูงาน"),
        (10, "ตัวอย่างภาพกิจกรรม"),
    ]
    assert list(parts()) == [
        *("2", "3", "4.1", "4.2", "5", "5.plan", "5.do", "5.check", "5.act", "6", "7.1", "7.2"),
        *("8.1", "8.1.1", "8.1.2", "8.1.3", "8.1.4", "8.2", "8.3", "9", "10.1"),
    ]


def test_missing_of_a_heading_is_named():
    heading = HEADINGS[3]
    assert writing.missing_in(heading, {"4.1": "<p> </p>"}, 0, 0) == [
        "4.1 เชิงปริมาณ",
        "4.2 เชิงคุณภาพ",
    ]
    assert writing.missing_in(heading, {"4.1": "<p>ก</p>", "4.2": "ข"}, 0, 0) == []
    assert writing.missing_in(HEADINGS[9], {}, 0, 0) == ["ภาพถ่ายอย่างน้อย 1 ภาพ"]
    assert writing.missing_in(HEADINGS[9], {}, 0, 1) == []
    assert writing.missing_in(HEADINGS[5], {}, 2, 0) == []


@pytest.fixture
def office(db):
    return make_office()


def test_text_is_cleaned_saved_on_its_version_and_found(office):
    practice = make_practice(office, is_whole=False)
    saved = writing.save_section(
        practice, "2", "<p onclick='x'>วางระบบ<script>1</script></p>", version=0, by=office.officer
    )
    assert saved.version == 1
    assert PracticeSection.objects.get(practice=practice, code="2").text == "<p>วางระบบ</p>"
    with pytest.raises(SaveConflict):
        writing.save_section(practice, "2", "อื่น", version=0, by=office.officer)
    assert "วางระบบ" in BestPractice.objects.get().search_text
    with pytest.raises(KeyError):
        writing.save_section(practice, "99", "x", version=0, by=office.officer)


def test_handed_in_paper_refuses_every_change(office):
    practice = make_practice(office)
    perform(practice, "submit", office.officer)
    version = BestPractice.objects.get().version
    file = photos.store_picture(practice, picture(), office.officer)
    changes = [
        lambda: writing.save_section(practice, "2", "ใหม่", version=0, by=office.officer),
        lambda: writing.save_letters(practice, [], version=version, by=office.officer),
        lambda: writing.save_facts(practice, {"title": "ใหม่"}, version=version, by=office.officer),
        lambda: photos.set_flow_chart(practice, file, version=version, by=office.officer),
        lambda: photos.move_photo(practice.photos.get(), "down"),
        lambda: writing.remove(practice, version=version, by=office.officer),
    ]
    before = canonical(practice)
    for change in changes:
        with pytest.raises(NotEditable):
            change()
    assert canonical(practice) == before


def test_paper_goes_to_the_director_whole_and_comes_back_with_a_reason(office):
    practice = make_practice(office)
    PracticeSection.objects.filter(code="8.1.3").update(text="")
    assert missing_words(practice) == ["ข้อ 8 ปัจจัยส่งผลให้เกิดความสำเร็จ: 8.1.3 ด้านกระบวนการ"]
    with pytest.raises(RequirementsMissing):
        perform(practice, "submit", office.officer)
    PracticeSection.objects.filter(code="8.1.3").update(text="<p>ครบ</p>")
    perform(practice, "submit", office.officer)
    assert ApprovalRequest.objects.filter(object_id=practice.pk).count() == 1
    practice.refresh_from_db()
    perform(practice, "return_", office.people["director"], comment="เพิ่มตัวเลข")
    assert BestPractice.objects.get().status == "returned"
    practice.refresh_from_db()
    perform(practice, "submit", office.officer)
    practice.refresh_from_db()
    perform(practice, "approve", office.people["director"])
    assert BestPractice.objects.get().status == "approved"


def test_only_pictures_become_photographs_and_levels_keep_their_order(office):
    practice = make_practice(office, is_whole=False)
    with pytest.raises(ValidationError):
        photos.store_picture(practice, picture("ไฟล์.pdf"), office.officer)
    for shade, (caption, level, award) in enumerate(
        [("ก", "office", False), ("ข", "national", False), ("ค", "office", True)]
    ):
        add_photo(practice, office.officer, caption, shade, level=level, is_award=award)
    groups = photos.by_level(practice.photos.all())
    assert [(group["level"], [row.caption for row in group["photos"]]) for group in groups] == [
        ("national", ["ข"]),
        ("office", ["ค", "ก"]),
    ]


def test_announced_result_is_offered_as_a_sentence(office):
    practice = make_practice(office, is_whole=False)
    add_result(
        office.agency,
        {
            "fiscal_year": 2570,
            "body": "สพฐ.",
            "scale": "0-5",
            "total": Decimal("4.74511"),
            "level_name": "มุ่งสู่ระบบราชการ 4.0",
            "rank": 38,
            "rank_among": "ระดับประเทศ",
        },
        {},
        office.officer,
    )
    OfficialTarget.objects.create(
        agency=office.agency, fiscal_year=2570, scale="0-5", target=Decimal("4.5")
    )
    offers = prefill.sentences_for(practice)
    assert offers == {
        "4.1": ["ปีงบประมาณ พ.ศ. 2570 หน่วยงานมีผลการประเมินไม่ต่ำกว่า 4.50000 จากคะแนนเต็ม 5"],
        "7.1": [
            "ปีงบประมาณ พ.ศ. 2570 สพฐ. ประกาศผลการประเมินของหน่วยงานเป็น 4.74511 จากคะแนนเต็ม 5 "
            "ระดับ “มุ่งสู่ระบบราชการ 4.0” อันดับที่ 38 ระดับประเทศ สูงกว่าเป้าหมาย 4.50000 0.24511"
        ],
    }
    writing.save_section(practice, "7.1", "เดิม", version=0, by=office.officer)
    writing.append(practice, "7.1", offers["7.1"][0], office.officer)
    text = PracticeSection.objects.get(practice=practice, code="7.1").text
    assert text.startswith("<p>เดิม</p><p>ปีงบประมาณ พ.ศ. 2570 สพฐ.")


def test_word_file_reads_back_with_headings_letters_and_pictures(office):
    practice = make_practice(office, model_name="STAR Model")
    office.agency.paper_digits = "arabic"
    office.agency.save(update_fields=["paper_digits"])
    document = Document(io.BytesIO(get("best-practice").docx(practice)))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert [line for line in words if line[:2].strip(". ").isdigit() and ". " in line[:4]] == [
        f"{heading.number}. {heading.title}" for heading in HEADINGS
    ]
    assert "STAR Model" in words
    assert "รับรางวัลระดับจังหวัด" in words
    assert [row.cells[0].text for row in document.tables[0].rows] == ["S", "T"]
    assert len(document.inline_shapes) == 1


def test_paper_context_keeps_the_order_of_the_headings(office):
    practice = make_practice(office)
    data = get("best-practice").context(practice)
    assert [row["number"] for row in data["headings"]] == list(range(1, 11))
    assert [row["part"].title for row in data["headings"][4]["phases"]] == [
        "วางแผน (Plan)",
        "ปฏิบัติงานตามแผน (Do)",
        "การตรวจสอบผลการดำเนินงาน (Check)",
        "การสะท้อนผลการดำเนินงาน (Act)",
    ]
    assert [group["words"] for group in data["groups"]] == ["ระดับจังหวัดหรือเขตพื้นที่"]
    assert whole_practices().get().letters.count() == 2
