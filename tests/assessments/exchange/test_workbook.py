"""A self-assessment goes out as a workbook and comes back with exactly what was changed."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.answering import add_finding, answer_line, save_line_note, save_narrative
from assessments.exchange.planning import plan_import
from assessments.exchange.reading import read_workbook
from assessments.exchange.slots import slots_of
from assessments.exchange.workbook import write_workbook
from assessments.models import Finding, ItemAnswer, LineAnswer, LineNote
from tests.assessments.factories import YEAR, make_assessment
from tests.libreoffice import converted
from tests.permission_matrix.world import make_office

pytestmark = pytest.mark.django_db
HEADS = ["ชนิดแถว", "หัวข้อ", "รหัสข้อ", "ระดับ", "เกณฑ์", "คำตอบ", "ข้อความของสำนักงาน", "รหัสระบบ"]


@pytest.fixture
def office():
    return make_office("one")


@pytest.fixture
def started(office):
    """An assessment with a narrative, an answered and explained line, and two findings."""
    started = make_assessment(office)
    by, answer = office.people["champion1"], started.answer("1.1")
    line = answer.item.lines.order_by("order").first()
    save_narrative(answer, "มีระบบ\r\nทบทวนทุกปี\t=1+1", version=0, by=by)
    answer_line(answer, line, "yes", by)
    save_line_note(answer, line, "ประชุมทุกไตรมาส", version=0, by=by)
    add_finding(answer, "strength", "ทำต่อเนื่อง", by)
    add_finding(answer, "ofi", "ยังไม่วัดผล", by)
    return started


def book_of(started) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(slots_of(started.assessment))))


def uploaded(book) -> SimpleUploadedFile:
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("filled.xlsx", out.getvalue())


def row_of(sheet, *words) -> int:
    """Return the number of the first row that begins with the words."""
    for row in sheet.iter_rows(min_row=2):
        if [cell.value or "" for cell in row[: len(words)]] == list(words):
            return row[0].row
    raise AssertionError(words)


def plan_of(started, book, user):
    cells = read_workbook(uploaded(book), started.assessment)
    return plan_import(started.assessment, cells, user)


def told(plan):
    return [
        (row.cell.sheet, row.cell.column, row.where, str(row.what), row.old, row.new)
        for row in plan.changes
    ]


def test_workbook_has_a_sheet_for_each_category_and_texts_as_texts(started):
    book = book_of(started)
    assert book.sheetnames == ["วิธีใช้", *(f"หมวด {n}" for n in range(1, 8)), "pmqa"]
    sheet = book["หมวด 1"]
    assert [cell.value for cell in sheet[1]] == HEADS
    assert sheet["G2"].value.splitlines()[0] == "มีระบบ"
    assert sheet["G2"].data_type == "s"
    assert (sheet["F3"].value, sheet["G3"].value) == ("มี", "ประชุมทุกไตรมาส")
    assert sheet.column_dimensions["H"].hidden
    assert book["pmqa"].sheet_state == "hidden"


def test_unchanged_workbook_changes_nothing(office, started):
    plan = plan_of(started, book_of(started), office.people["officer"])
    assert (plan.changes, plan.faults) == ([], [])


def test_each_changed_cell_is_one_change(office, started):
    book = book_of(started)
    sheet = book["หมวด 1"]
    sheet["G2"] = "มีระบบใหม่"
    sheet["F3"], sheet["F4"] = "ยังไม่มี", "มี"
    strength = row_of(sheet, "จุดแข็ง", "1.1")
    sheet.cell(strength, 7).value = None
    sheet.cell(strength + 1, 7, "จุดเด่นใหม่")
    plan = plan_of(started, book, office.people["officer"])
    codes = [row.code for row in started.answer("1.1").item.lines.order_by("order")[:2]]
    assert plan.faults == []
    assert told(plan) == [
        ("หมวด 1", "G", "1.1", "คำบรรยาย", "มีระบบ\r\nทบทวนทุกปี\t=1+1", "มีระบบใหม่"),
        ("หมวด 1", "F", codes[0], "คำตอบ", "มี", "ยังไม่มี"),
        ("หมวด 1", "F", codes[1], "คำตอบ", "", "มี"),
        ("หมวด 1", "G", "1.1", "จุดแข็ง", "ทำต่อเนื่อง", ""),
        ("หมวด 1", "G", "1.1", "จุดแข็ง", "", "จุดเด่นใหม่"),
    ]


def test_wrong_cells_are_told_by_row_and_column(office, started):
    book = book_of(started)
    sheet = book["หมวด 1"]
    sheet["F3"], sheet["B2"], sheet["C4"], sheet["A5"] = "อาจจะมี", "9.9", "1.1-X", "อะไร"
    sheet["G5"] = "ข้อความ"
    plan = plan_of(started, book, office.people["officer"])
    assert [(f.cell.row, f.cell.column, f.cell.head, f.message) for f in plan.faults] == [
        (2, "G", "ข้อความของสำนักงาน", "ไม่มีหัวข้อ “9.9” ในเกณฑ์"),
        (3, "F", "คำตอบ", "เขียน มี หรือ ยังไม่มี หรือเว้นว่างไว้"),
        (4, "F", "คำตอบ", "หัวข้อ 1.1 ไม่มีข้อ “1.1-X”"),
        (4, "G", "ข้อความของสำนักงาน", "หัวข้อ 1.1 ไม่มีข้อ “1.1-X”"),
        (
            5,
            "G",
            "ข้อความของสำนักงาน",
            "ไม่รู้จักชนิดแถวนี้ ให้เขียนอย่างใดอย่างหนึ่ง: คำบรรยาย · ข้อคำถาม · จุดแข็ง · OFI",
        ),
    ]


def test_champion_changes_only_the_own_categories(office, started):
    book = book_of(started)
    book["หมวด 1"]["G2"] = "ของหมวด 1"
    book["หมวด 2"]["G2"] = "ของหมวด 2"
    plan = plan_of(started, book, office.people["champion1"])
    assert [row.new for row in plan.changes] == ["ของหมวด 1"]
    assert [(f.cell.sheet, f.message) for f in plan.faults] == [("หมวด 2", "ท่านไม่ได้เป็นผู้เขียนหมวด 2")]


def test_locked_category_is_refused(office, started):
    book = book_of(started)
    book["หมวด 1"]["G2"] = "ช้าไป"
    type(started.category(1)).objects.filter(pk=started.category(1).pk).update(status="submitted")
    plan = plan_of(started, book, office.people["officer"])
    assert plan.changes == []
    assert [f.message for f in plan.faults] == ["หมวด 1 ถูกล็อกแล้ว เพราะส่งหรือรับแล้ว"]


def test_foreign_and_made_up_files_are_refused(office, started, client_for):
    other = make_assessment(make_office("two", "two-"))
    client = client_for(office.people["officer"])
    address = reverse("assessments:excel-import", args=[office.agency.code, YEAR])
    foreign = client.post(address, {"file": uploaded(book_of(other))})
    assert foreign.status_code == 422
    assert "ไฟล์นี้เป็นของปีอื่นหรือสำนักงานอื่น" in foreign.content.decode()
    made_up = client.post(address, {"file": uploaded(openpyxl.Workbook())})
    assert made_up.status_code == 422
    assert "ไม่ใช่ไฟล์ที่ส่งออกจากระบบ" in made_up.content.decode()


def payload_of(response) -> str:
    text = response.content.decode()
    start = text.index('name="payload" value="') + 22
    return text[start : text.index('"', start)]


def test_preview_writes_nothing_and_confirmation_writes_once(office, started, client_for):
    book = book_of(started)
    sheet = book["หมวด 1"]
    sheet["G2"], sheet["F4"], sheet["G4"] = "คำบรรยายใหม่", "มี", "เพราะมีคำสั่ง"
    added = row_of(sheet, "OFI", "1.2")
    sheet.cell(added, 7, "ควรวัดผล")
    client, here = client_for(office.people["champion1"]), [office.agency.code, YEAR]
    preview = client.post(reverse("assessments:excel-import", args=here), {"file": uploaded(book)})
    assert preview.status_code == 200
    assert started.answer("1.1").narrative.startswith("มีระบบ")
    assert Finding.objects.count() == 2
    data = {"payload": payload_of(preview)}
    first = client.post(reverse("assessments:excel-confirm", args=here), data)
    assert first.status_code == 302
    answer = started.answer("1.1")
    line = answer.item.lines.order_by("order")[1]
    assert (answer.narrative, answer.version) == ("คำบรรยายใหม่", 2)
    assert LineAnswer.objects.get(item_answer=answer, line=line).answer == "yes"
    assert LineNote.objects.get(item_answer=answer, line=line).text == "เพราะมีคำสั่ง"
    assert Finding.objects.get(item_answer=started.answer("1.2")).text == "ควรวัดผล"
    second = client.post(reverse("assessments:excel-confirm", args=here), data)
    assert second.status_code == 302
    assert started.answer("1.1").version == 2
    again = client.post(reverse("assessments:excel-import", args=here), {"file": uploaded(book)})
    assert "ไฟล์นี้ไม่เปลี่ยนอะไร" in again.content.decode()


def test_both_texts_are_shown_when_the_portal_changed_too(office, started, client_for):
    book = book_of(started)
    book["หมวด 1"]["G2"] = "ของไฟล์"
    ofi = row_of(book["หมวด 1"], "OFI", "1.1")
    book["หมวด 1"].cell(ofi, 7, "OFI ของไฟล์")
    save_narrative(started.answer("1.1"), "ของระบบ", version=1, by=office.people["champion1"])
    client, here = client_for(office.people["champion1"]), [office.agency.code, YEAR]
    address = reverse("assessments:excel-import", args=here)
    preview = client.post(address, {"file": uploaded(book)})
    page = preview.content.decode()
    assert "ของไฟล์" in page and "ของระบบ" in page
    assert page.count('name="take-0"') == 2 and 'name="take-1"' not in page
    client.post(reverse("assessments:excel-confirm", args=here), {"payload": payload_of(preview)})
    assert started.answer("1.1").narrative == "ของระบบ"
    assert Finding.objects.get(kind="ofi").text == "OFI ของไฟล์"
    preview = client.post(address, {"file": uploaded(book)})
    data = {"payload": payload_of(preview), "take-0": "file"}
    client.post(reverse("assessments:excel-confirm", args=here), data)
    assert started.answer("1.1").narrative == "ของไฟล์"


def test_change_after_the_preview_writes_nothing(office, started, client_for):
    book = book_of(started)
    book["หมวด 1"]["G2"], book["หมวด 1"]["F4"] = "ของไฟล์", "มี"
    client, here = client_for(office.people["champion1"]), [office.agency.code, YEAR]
    preview = client.post(reverse("assessments:excel-import", args=here), {"file": uploaded(book)})
    save_narrative(started.answer("1.1"), "เขียนพร้อมกัน", version=1, by=office.people["officer"])
    late = client.post(
        reverse("assessments:excel-confirm", args=here), {"payload": payload_of(preview)}
    )
    assert late.status_code == 409
    assert started.answer("1.1").narrative == "เขียนพร้อมกัน"
    assert LineAnswer.objects.count() == 1


def test_preview_of_somebody_else_is_worth_nothing(office, started, client_for):
    book = book_of(started)
    book["หมวด 1"]["G2"] = "ของไฟล์"
    here = [office.agency.code, YEAR]
    preview = client_for(office.people["officer"]).post(
        reverse("assessments:excel-import", args=here), {"file": uploaded(book)}
    )
    client_for(office.people["champion1"]).post(
        reverse("assessments:excel-confirm", args=here), {"payload": payload_of(preview)}
    )
    assert ItemAnswer.objects.filter(narrative="ของไฟล์").count() == 0


def test_percentages_and_dimensions_come_back(office):
    started = make_assessment(office, edition="pmqa-2558")
    book = book_of(started)
    sheet = book["หมวด 1"]
    heads = [cell.value for cell in sheet[1]]
    percent, dimensions = heads.index("ร้อยละ") + 1, heads.index("คะแนนรายมิติ") + 1
    row = row_of(sheet, "คำบรรยาย", "1.1")
    sheet.cell(row, percent, "๓๐%")
    sheet.cell(row, dimensions, "a 30, D 45, L=30, I 50")
    plan = plan_of(started, book, office.people["officer"])
    assert plan.faults == []
    assert [row.new for row in plan.changes] == ["30", "A 30, D 45, L 30, I 50"]
    sheet.cell(row, percent, "90")
    plan = plan_of(started, book, office.people["officer"])
    assert [(f.cell.row, f.cell.column) for f in plan.faults] == [(row, "D")]
    sheet.cell(row, percent, "33")
    plan = plan_of(started, book, office.people["officer"])
    assert [f.cell.head for f in plan.faults] == ["ร้อยละ"]


def test_thirty_items_go_through_libreoffice_and_back(office, started, tmp_path):
    """Exported, saved by LibreOffice, changed, saved by it again: exactly the changes appear."""
    path = tmp_path / "out.xlsx"
    path.write_bytes(write_workbook(slots_of(started.assessment)))
    book = openpyxl.load_workbook(converted(path, "xlsx", tmp_path / "first"))
    wanted = []
    for code, answer in slots_of(started.assessment).answers.items():
        sheet = book[f"หมวด {answer.category_assessment.category.number}"]
        row = row_of(sheet, "คำบรรยาย", code)
        column = [cell.value for cell in sheet[1]].index("ข้อความของสำนักงาน") + 1
        sheet.cell(row, column, f"แก้ใน LibreOffice {code}\nบรรทัดที่สอง")
        wanted.append((code, f"แก้ใน LibreOffice {code}\nบรรทัดที่สอง"))
    book["หมวด 1"]["F3"] = "ยังไม่มี"
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    again = openpyxl.load_workbook(converted(changed, "xlsx", tmp_path / "second"))
    plan = plan_of(started, again, office.people["officer"])
    assert len(wanted) == 30
    assert plan.faults == []
    narratives = [row for row in plan.changes if str(row.what) == "คำบรรยาย"]
    assert [(row.where, row.new) for row in narratives] == wanted
    rest = [row for row in plan.changes if row not in narratives]
    assert [(row.old, row.new) for row in rest] == [("มี", "ยังไม่มี")]


def test_preview_asks_as_little_for_many_changes(
    office, started, client_for, django_assert_max_num_queries
):
    book = book_of(started)
    for number in range(1, 7):
        sheet = book[f"หมวด {number}"]
        for row in sheet.iter_rows(min_row=2):
            if row[0].value == "ข้อคำถาม":
                row[5].value = "มี"
    client, here = client_for(office.people["champion1"]), [office.agency.code, YEAR]
    with django_assert_max_num_queries(15):
        client.post(reverse("assessments:excel-import", args=here), {"file": uploaded(book)})
