"""The papers of a round: one set of figures as PDF, Word and Excel, and the covering memo."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from approvals.transitions import perform
from documents import papers
from improvement.monitoring.memo_paper import memo_data
from improvement.monitoring.report_paper import report_data
from tests.agencies.factories import make_office
from tests.improvement.monitoring.factories import make_year, open_round, report, round_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office(name_th="สำนักงานตัวอย่าง เขต 1")


@pytest.fixture
def row(office):
    """A round in which one action is done and one is below its plan of 30 percent."""
    plan = make_year(office, actions=2)
    opened = open_round(office, plan)
    first, second = plan.actions.all()
    report(opened, first, office.officer, planned_pct=Decimal(100), actual_pct=Decimal(100))
    report(
        opened,
        second,
        office.officer,
        planned_pct=Decimal(30),
        actual_pct=Decimal("17.50"),
        problem="=1+1",
        obstacle="ส่งล่าช้า",
        remedy="ติดตามทุกสัปดาห์",
    )
    return opened


def test_report_says_head_figures_means_and_words(row):
    data = report_data(row)
    assert data["title"] == "รายงานผลการดำเนินงาน PMQA รอบ 6 เดือน"
    assert data["period"] == "ประจำปีงบประมาณ พ.ศ. 2570 (1 ตุลาคม 2569 – 31 มีนาคม 2570)"
    assert [figure for figure, _label in data["head"]] == [
        "58.75",
        "65.00",
        "1 จาก 2",
        "0 จาก 2",
        "1 จาก 2",
    ]
    assert data["totals"]["ratio"] == "90.38"
    assert [(each["ratio"], each["state"]) for each in data["actions"]] == [
        ("100.00", "แล้วเสร็จ"),
        ("58.33", "เสี่ยง (ต่ำกว่าแผน)"),
    ]
    assert data["actions"][1]["trouble"] == "=1+1\nส่งล่าช้า"
    assert data["proposals"] == [
        "เร่งรัดกิจกรรมลำดับที่ 2 ให้เป็นไปตามแผนโดยเร็ว",
        "ให้ผู้รับผิดชอบรายงานความก้าวหน้าทุกเดือน จนกว่าจะเป็นไปตามแผน",
        "เสนอผลรวมอีกครั้งในรอบ 9 เดือน (ข้อมูล ณ วันที่ 30 มิถุนายน 2570)",
    ]
    assert data["compared"] is None


def test_later_round_stands_beside_the_earlier_one(office, row):
    perform(row, "close", office.officer)
    plan = row.cycle.improvement_plan
    later = open_round(office, plan, 9)
    report(later, plan.actions.last(), office.officer, actual_pct=Decimal(60))
    compared = report_data(later)["compared"]
    assert compared["heads"] == ["รอบ 6 เดือน", "รอบ 9 เดือน"]
    assert compared["actions"][1]["cells"] == [
        {"text": "17.50", "way": ""},
        {"text": "60.00", "way": "เพิ่มขึ้น"},
    ]


def test_closed_round_prints_what_it_kept(office, row):
    perform(row, "close", office.officer)
    row.cycle.improvement_plan.actions.update(title="เปลี่ยนแล้ว")
    data = report_data(round_of(row.cycle.improvement_plan))
    assert [each["title"] for each in data["actions"]] == ["กิจกรรมที่ 1", "กิจกรรมที่ 2"]
    assert data["reporter"].name == office.officer.get_full_name()
    assert data["state"].startswith("ข้อมูล ณ วันปิดรอบ ")


def test_memo_tells_the_director_what_he_is_asked(row):
    data = memo_data(row)
    assert data["subject"] == ("รายงานผลการดำเนินงาน PMQA รอบ 6 เดือน ประจำปีงบประมาณ พ.ศ. 2570")
    heads = [head for head, _text in data["parts"]]
    assert heads == ["1. เรื่องเดิม", "2. ข้อเท็จจริง", "3. ข้อพิจารณา", "4. ข้อเสนอ"]
    assert "จำนวน 2 กิจกรรม ดำเนินการแล้วเสร็จ 1 กิจกรรม" in data["parts"][1][1]
    assert "ความก้าวหน้าสะสมร้อยละ 58.75 จากแผนร้อยละ 65.00" in data["parts"][1][1]


def test_memo_counts_indicators_below_target_and_without_value(row):
    cycle = row.cycle
    for place, value in enumerate((85, 70, None)):
        one = cycle.indicators.create(code=f"K-{place}", name=f"ตัว {place}", target=80)
        if value is not None:
            one.values.create(fiscal_year=cycle.fiscal_year, months=6, value=value)
    facts = memo_data(row)["parts"][1][1]
    assert "ตัวชี้วัด 3 ตัว เป็นไปตามเป้าหมาย 1 ตัว ต่ำกว่าเป้าหมาย 1 ตัว ยังไม่มีผล 1 ตัว" in facts


def test_excel_holds_numbers_and_no_formula(row):
    book = openpyxl.load_workbook(io.BytesIO(papers.file_to_edit("round-report", row, "xlsx")))
    sheet = book["กิจกรรม"]
    line = [cell.value for cell in sheet[7]]
    assert line[:6] == [2, "กิจกรรมที่ 2", 30, 17.5, 58.33, "เสี่ยง (ต่ำกว่าแผน)"]
    assert (sheet["H7"].value, sheet["H7"].data_type) == ("=1+1\nส่งล่าช้า", "s")
    assert [cell.value for cell in sheet[8]][1:5] == [
        "เฉลี่ย 2 กิจกรรม (น้ำหนักเท่ากัน)",
        65,
        58.75,
        90.38,
    ]


@pytest.mark.parametrize(
    ("kind", "words"), [("round-report", "กิจกรรมที่ ๒"), ("round-memo", "บันทึกข้อความ")]
)
def test_word_files_carry_the_words(row, kind, words):
    content = papers.file_to_edit(kind, row, "docx")
    document = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert words in document


def test_memo_in_word_asks_before_the_director_signs(row):
    content = papers.file_to_edit("round-memo", row, "docx")
    document = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    data = memo_data(row)
    places = [f"({data['signer'].name})", "☐ ทราบ", f"({data['director'].name})"]
    found = [document.rindex(words) for words in places]
    assert found == sorted(found)
