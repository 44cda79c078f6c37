"""Definitions from Excel: every fault by row and column, all or nothing, and there and back."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.indicators.definition_sheet import (
    HEADS,
    cells_of,
    read_sheet,
    value_key,
    write_sheet,
)
from assessments.indicators.importing import apply_plan, plan_import
from assessments.indicators.office_words import OfficeWords
from assessments.models import Indicator, IndicatorValue
from documents.models import TextRevision
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment, make_open_cycle

pytestmark = pytest.mark.django_db

YEARS = [2565, 2566, 2567, 2568, 2569]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def cycle(office):
    return make_open_cycle(office.agency, by=office.officer)


def line(number, **changed):
    """Return the cells of a good row."""
    return {
        "code": f"7.{number % 6 + 1}-{number:03d}",
        "name": f"ตัวชี้วัดที่ {number}",
        "kind": "ผลลัพธ์หมวด 7",
        "group": f"7.{number % 6 + 1}",
        "unit": "ร้อยละ",
        "direction": "ยิ่งมากยิ่งดี",
        "target": "๘๕.๕",
        "weight": "2",
        "rule": "ห้าระดับ",
        "level_1": "60",
        "level_2": "70",
        "level_3": "80",
        "level_4": "90",
        "level_5": "100",
        value_key(2568): "80",
        value_key(2569): "82.25",
    } | changed


def upload(rows):
    return SimpleUploadedFile("ตัวชี้วัด.xlsx", write_sheet(rows, YEARS, {}), XLSX)


def faults(cycle, rows):
    plan = plan_import(cycle, read_sheet(upload(rows), YEARS))
    return [(fault.row, fault.column, fault.head) for fault in plan.faults]


# What is wrong in the row of that place, and the columns that are told for it.
WRONG = {
    3: ({"name": ""}, ["name"]),
    10: ({"kind": "อะไรสักอย่าง"}, ["kind"]),
    25: ({"group": "7.9"}, ["group"]),
    31: ({"group": ""}, ["group"]),
    44: ({"target": "มาก"}, ["target"]),
    58: ({"weight": "-1"}, ["weight"]),
    63: ({"rule": ""}, ["rule"]),
    77: ({"level_3": "65"}, ["level_3"]),
    90: ({"level_5": ""}, ["level_5"]),
    101: ({"direction": "ยิ่งน้อยยิ่งดี"}, ["level_2", "level_3", "level_4", "level_5"]),
    115: ({"owner": "คนที่ไม่มีในหน่วยงาน"}, ["owner"]),
    128: ({"owner": "officer", "checker": "officer"}, ["checker"]),
    133: ({"owner_unit": "กลุ่มที่ไม่มี"}, ["owner_unit"]),
    150: ({"code": "7.1-006"}, ["code"]),
    166: ({"code": ""}, ["code"]),
    179: ({"unit": ""}, ["unit"]),
    200: ({value_key(2569): "ดี"}, [value_key(2569)]),
    222: ({"measure": "9-9"}, ["measure"]),
    250: ({"name": "ย" * 251}, ["name"]),
    299: ({"target": "1", "lower_bound": "5", "upper_bound": "4"}, ["upper_bound"]),
}


def test_300_rows_with_20_faulty_ones_tell_each_and_write_none(client_for, office, cycle):
    rows = [line(number, **WRONG.get(number, ({}, []))[0]) for number in range(1, 301)]
    columns = {key: names[0] for key, (names, _width) in HEADS.items()}
    columns[value_key(2569)] = "ผลปี 2569"
    wanted = [
        (number + 1, columns[key]) for number, (_cells, keys) in WRONG.items() for key in keys
    ]
    client = client_for(office.officer)
    address = office.url("2570/indicators/definitions/excel/import/")

    page = client.post(address, {"file": upload(rows)})

    assert page.status_code == 422
    told = page.context["plan"].faults
    assert sorted((fault.row, fault.head) for fault in told) == sorted(wanted)
    assert len({fault.row for fault in told}) == 20
    assert "แถวที่ 78 คอลัมน์ " in page.text
    assert page.context["payload"] == ""
    assert Indicator.objects.count() == 0

    good = [line(number) for number in range(1, 301)]
    preview = client.post(address, {"file": upload(good)})
    assert (preview.status_code, len(preview.context["new"])) == (200, 300)
    assert Indicator.objects.count() == 0
    payload = {"payload": preview.context["payload"]}
    assert client.post(f"{address}confirm/", payload).status_code == 302
    assert Indicator.objects.count() == 300
    assert IndicatorValue.objects.count() == 600
    assert TextRevision.objects.filter(content_type__model="indicator", version=1).count() == 300

    client.post(f"{address}confirm/", payload)
    assert Indicator.objects.count() == 300


def test_faults_name_the_letter_of_their_column(cycle):
    assert faults(cycle, [line(1), line(2, target="มาก")]) == [(3, "P", "ค่าเป้าหมาย")]


def test_same_code_changes_what_the_sheet_names(office, cycle):
    kept = Indicator.objects.create(
        cycle=cycle, code="7.2-001", name="ชื่อเดิม", unit="ร้อยละ", group="7.2"
    )
    kept.values.create(fiscal_year=2569, value=Decimal("80"))

    plan = plan_import(cycle, read_sheet(upload([line(1)]), YEARS))
    assert plan.faults == []
    changes = {label: (old, new) for label, old, new in plan.rows[0].changes}
    assert changes["ชื่อตัวชี้วัด"] == ("ชื่อเดิม", "ตัวชี้วัดที่ 1")
    assert changes["ผลปี 2569"] == ("80", "82.25")

    apply_plan(plan, office.officer)
    kept.refresh_from_db()
    assert (kept.name, kept.version, kept.target) == ("ตัวชี้วัดที่ 1", 2, Decimal("85.5"))
    assert dict(kept.values.values_list("fiscal_year", "value")) == {
        2568: Decimal(80),
        2569: Decimal("82.25"),
    }


def test_owner_of_many_is_told_once(office, cycle):
    rows = [line(number, owner=str(office.staff)) for number in (1, 2, 3)]
    apply_plan(plan_import(cycle, read_sheet(upload(rows), YEARS)), office.officer)
    assert Notification.objects.get(recipient=office.staff).kind == "assigned"


def test_export_comes_back_unchanged(office, cycle):
    rows = [
        line(1, owner="staff", checker="officer", perspective="คุณภาพการให้บริการ"),
        line(2, kind="อื่น ๆ", group="", rule="ขั้นความสำเร็จ", level_1="มีแผน", level_2="มีผล"),
        line(3, note="บรรทัดหนึ่ง\nบรรทัดสอง", direction="ยิ่งน้อยยิ่งดี", rule="ร้อยละของเป้าหมาย"),
    ]
    for cells in rows[1:]:
        cells |= dict.fromkeys(("level_3", "level_4", "level_5"), "")
    plan = plan_import(cycle, read_sheet(upload(rows), YEARS))
    assert plan.faults == []
    apply_plan(plan, office.officer)

    words = OfficeWords(cycle)
    none = dict.fromkeys(YEARS)
    lines = [cells_of(row, none | words.values[row.pk]) for row in words.rows]
    again = plan_import(cycle, read_sheet(upload(lines), YEARS))

    assert again.faults == []
    assert [row.action for row in again.rows] == ["same", "same", "same"]


def test_locked_category_7_is_a_fault_of_rows_that_would_change_it(office, cycle):
    started = make_assessment(office, cycle=cycle)
    apply_plan(plan_import(cycle, read_sheet(upload([line(3)]), YEARS)), office.officer)
    started.category(7).__class__.objects.filter(category__number=7).update(status="accepted")
    rows = [line(1), line(2, kind="อื่น ๆ", group=""), line(3)]
    assert faults(cycle, rows) == [(2, "D", "หัวข้อหมวด 7")]


def test_example_row_and_unknown_columns_are_left_out(cycle):
    sheet = read_sheet(upload([line(1, code="ตัวอย่าง"), line(2)]), YEARS)
    assert [row.text("code") for row in sheet.rows] == ["7.3-002"]


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_broken_files_are_told_at_the_field(client_for, office, cycle, content):
    file = SimpleUploadedFile("x.xlsx", content, XLSX)
    address = office.url("2570/indicators/definitions/excel/import/")
    assert client_for(office.officer).post(address, {"file": file}).status_code == 422


def test_template_offers_the_people_of_the_office(client_for, office, cycle):
    answer = client_for(office.officer).get(
        office.url("2570/indicators/definitions/excel/template/")
    )
    file = SimpleUploadedFile("แบบ.xlsx", answer.content, XLSX)
    with pytest.raises(Exception, match="ใต้หัวตาราง"):
        read_sheet(file, YEARS)
