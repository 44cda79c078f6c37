"""The action plan as data and in Excel: months, arrows, notes, text that stays text."""

import io

import openpyxl
import pytest

from tests.agencies.factories import make_office
from tests.workflows.factories import UNKNOWN, day, make_cycle, months
from workflows.action_plan import heads, plans_of
from workflows.action_plan_sheet import workbook
from workflows.models import Cycle
from workflows.shift_plans import plan_shift
from workflows.shifting import apply_shift
from workflows.steps import finish_step, start_step

pytestmark = pytest.mark.django_db
TODAY = day("2027-03-31")


@pytest.fixture
def office(frozen_today):
    frozen_today(TODAY)
    return make_office(name_th="สำนักงานตัวอย่าง")


def _cycle(office, name="งานพัฒนาคุณภาพ", **fields):
    return make_cycle(
        office.agency,
        [
            [{"title": "แต่งตั้งคณะทำงาน", "responsible_text": "กลุ่มอำนวยการ"}, months(-1, 2)],
            [{"title": "=1+1", "documents": ["คำสั่ง 1 ฉบับ"]}, months(5, 8)],
            [{"title": "สรุป", "standard": "ร้อยละ 90"}, months(10, 12)],
            [UNKNOWN],
        ],
        procedure={"name": name},
        **fields,
    )


def _sheets(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_plan_has_months_arrows_and_notes(office):
    cycle = _cycle(office)
    finish_step(
        cycle.steps.get(number=1),
        office.officer,
        day("2026-12-15"),
        1,
        started_on=day("2026-10-05"),
    )
    start_step(cycle.steps.get(number=2), office.officer, day("2027-02-10"), 1)
    (plan,) = plans_of([cycle], TODAY)
    assert plan.title == "แผนปฏิบัติงาน งานพัฒนาคุณภาพ ประจำปีงบประมาณ พ.ศ. 2570"
    assert [(sorted(row.planned), sorted(row.actual), row.notes) for row in plan.rows] == [
        ([0, 1, 2], [0, 1, 2], ["เริ่ม ก.ย. 69"]),
        ([5, 6, 7, 8], [4, 5], []),
        ([10, 11], [], ["ต่อถึง ต.ค. 70"]),
        ([], [], []),
    ]
    assert [row.outputs for row in plan.rows] == [[], ["คำสั่ง 1 ฉบับ"], ["ร้อยละ 90"], []]
    assert plan.read_on == TODAY


def test_plan_of_another_year_has_no_day_of_reading(office):
    cycle = _cycle(office, year=2571)
    (plan,) = plans_of([cycle], TODAY)
    assert plan.read_on is None


def test_shifted_step_is_printed_where_it_is_with_its_plan_in_the_note(office):
    cycle = _cycle(office)
    step = cycle.steps.get(number=2)
    days = (day("2027-04-05"), day("2027-06-30"))
    token = plan_shift(step, 1, *days).token
    apply_shift(step, 1, *days, office.officer, reason="ช้า", token=token)
    (plan,) = plans_of([cycle], TODAY)
    assert sorted(plan.rows[1].planned) == [6, 7, 8]
    assert plan.rows[1].notes == ["เลื่อนจาก 1 มี.ค. – 30 มิ.ย. 2570"]


def test_heads_name_years_and_quarters_over_their_months():
    assert heads(2568) == {
        "years": [("พ.ศ. 2567", 3), ("พ.ศ. 2568", 9)],
        "quarters": [("ไตรมาส 1", 3), ("ไตรมาส 2", 3), ("ไตรมาส 3", 3), ("ไตรมาส 4", 3)],
        "months": [
            *["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค."],
            *["เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."],
        ],
    }


def test_sheet_has_the_columns_of_the_paper(office):
    office.agency.paper_digits = "arabic"
    cycle = _cycle(office)
    sheet = _sheets(workbook(plans_of([cycle], TODAY), office.agency)).active
    assert [cell.value for cell in sheet[3]] == [
        *["ลำดับ", "กิจกรรม/ขั้นตอน", "พ.ศ. 2569", None, None, "พ.ศ. 2570", *[None] * 8],
        *["ผลผลิต/ตัวชี้วัด", "งบประมาณ (บาท)", "ผู้รับผิดชอบ"],
    ]
    assert {"C3:E3", "F3:N3", "C4:E4", "F4:H4", "I4:K4", "L4:N4", "A3:A5"} <= {
        str(area) for area in sheet.merged_cells.ranges
    }
    assert [sheet.cell(5, column).value for column in (3, 14)] == ["ต.ค.", "ก.ย."]
    assert (sheet["A6"].value, sheet["Q6"].value) == ("1", "กลุ่มอำนวยการ")
    assert sheet["B6"].value == "แต่งตั้งคณะทำงาน\n(เริ่ม ก.ย. 69)"
    assert (sheet["C6"].value, sheet["N10"].value) == ("◀", "▶")
    fills = [sheet.cell(6, column).fill.fill_type for column in range(3, 8)]
    assert fills == ["lightUp", "lightUp", "lightUp", None, None]
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), sheet.print_title_rows) == (
        "landscape",
        9,
        "$3:$5",
    )


def test_sheet_writes_text_as_text_in_the_offices_digits(office):
    cycle = _cycle(office)
    finish_step(cycle.steps.get(number=1), office.officer, day("2026-12-15"), 1)
    sheet = _sheets(workbook(plans_of([cycle], TODAY), office.agency)).active
    assert (sheet["B8"].value, sheet["B8"].data_type) == ("=๑+๑", "s")
    assert sheet["A1"].value == "แผนปฏิบัติงาน งานพัฒนาคุณภาพ ประจำปีงบประมาณ พ.ศ. ๒๕๗๐"
    assert sheet["O8"].value == "คำสั่ง ๑ ฉบับ"
    assert [sheet.cell(7, column).fill.fill_type for column in (4, 5, 6)] == [None, "solid", None]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_year_gives_one_sheet_for_each_cycle_with_names_excel_takes(office, client_for):
    long = "คู่มือ/งาน: [ทดสอบ] ชื่อยาวมาก" + "ก" * 40
    for name in (long, long, "ITA"):
        _cycle(office, name)
    foreign = make_office("other")
    _cycle(foreign, "ของผู้อื่น")
    response = client_for(office.member).get(office.url("2570/calendar/action-plan.xlsx"))
    names = _sheets(response.getvalue()).sheetnames
    assert [len(name) <= 31 for name in names] == [True, True, True]
    assert names[2] == "ITA"
    assert names[1].endswith(" (2)")
    assert response["Content-Disposition"].startswith("attachment")
    one = Cycle.objects.get(version__procedure__name="ITA")
    url = office.url(f"2570/calendar/cycles/{one.pk}/action-plan.xlsx")
    assert _sheets(client_for(office.member).get(url).getvalue()).sheetnames == ["ITA"]
    assert client_for(foreign.officer).get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 8])
def test_plans_read_a_fixed_number_of_times(office, django_assert_num_queries, count):
    for number in range(count):
        _cycle(office, f"งาน {number}")
    cycles = list(Cycle.objects.select_related("agency", "version__procedure"))
    with django_assert_num_queries(4):
        assert len(plans_of(cycles, TODAY)) == count
