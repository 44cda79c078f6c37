"""Excel in and out of the process register: preview, confirmation, refusals, nothing a formula."""

import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import AuditEntry
from tests.agencies.factories import UnitFactory, make_office
from tests.workflows.factories import ProcedureFactory, VersionFactory
from workflows import register
from workflows.models import Process
from workflows.register import Wanted
from workflows.register_sheet import HEADS, read_sheet, write_sheet

pytestmark = pytest.mark.django_db

LAW = "ตามระเบียบกฎหมายหรือข้อสั่งการ"
ROUTINE = "งานสนับสนุนที่มีระเบียบปฏิบัติประจำ"
TOP = ["รหัส", "กระบวนงาน", "กลุ่ม/หน่วย", "ประเภทงาน", "เจ้าของกระบวนงาน", "คู่มือ SOP", "หมายเหตุ"]


@pytest.fixture
def office():
    return make_office()


def workbook(*rows, name="ทะเบียน.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def upload(client, office, file):
    return client.post(office.url("2570/processes/import/"), {"file": file})


def confirm(client, office, payload):
    return client.post(office.url("2570/processes/import/confirm/"), {"payload": payload})


def faults(response):
    return [(fault.row, fault.column) for fault in response.context["plan"].faults]


def test_sheet_is_shown_and_written_only_when_confirmed(office, client_for):
    client, sop = client_for(office.officer), ProcedureFactory(agency=office.agency, name="คู่มือหนึ่ง")
    old = Process.objects.create(agency=office.agency, name="งานเดิม", kind="policy", note="เดิม")
    same = Process.objects.create(agency=office.agency, name="งานคงเดิม", kind="law")
    response = upload(
        client,
        office,
        workbook(
            ["ทะเบียนของสำนักงาน"],
            TOP,
            ["อก-๐๑", "งานใหม่", "กลุ่มอำนวยการ", LAW, str(office.deputy), "คู่มือหนึ่ง", "ก"],
            [],
            [None, "งานเดิม", None, ROUTINE, None, None, "ใหม่"],
            [None, "งานคงเดิม", None, "law", None, None, None],
        ),
    )
    assert response.status_code == 200
    assert [(row.number, row.action) for row in response.context["plan"].rows] == [
        (3, "new"),
        (5, "change"),
        (6, "same"),
    ]
    assert [change[1:] for change in response.context["plan"].rows[1].changes][1] == ("เดิม", "ใหม่")
    assert Process.objects.count() == 2
    assert confirm(client, office, response.context["payload"]).status_code == 302
    new = Process.objects.get(name="งานใหม่")
    assert (new.code, new.unit, new.kind, new.owner, new.procedure, new.note) == (
        *("อก-01", office.unit, "law"),
        *(office.deputy, sop, "ก"),
    )
    old.refresh_from_db()
    same.refresh_from_db()
    assert (old.kind, old.note, old.version, same.version) == ("routine", "ใหม่", 2, 1)
    assert AuditEntry.objects.get().action == "process.import"


def test_bad_cells_are_named_by_row_and_column_and_nothing_is_written(office, client_for):
    Process.objects.create(agency=office.agency, name="งานเดิม", kind="law")
    UnitFactory(agency=office.agency, name="กลุ่มแผน", short_name="กลุ่มซ้ำ")
    UnitFactory(agency=office.agency, name="กลุ่มแผนสอง", short_name="กลุ่มซ้ำ")
    response = upload(
        client_for(office.officer),
        office,
        workbook(
            TOP,
            ["1", "งานใหม่", "กลุ่มที่ไม่มี", LAW, None, None, None],
            ["2", "งานใหม่", None, "ประเภทอื่น", "นายไม่มี ใครรู้จัก", "คู่มือที่ไม่มี", None],
            ["3", None, "กลุ่มซ้ำ", LAW, None, None, "มีแต่หมายเหตุ"],
            ["4" * 31, "ก" * 251, None, None, None, None, "ข" * 4001],
        ),
    )
    assert response.status_code == 422
    assert sorted(faults(response)) == [
        (2, "C"),
        (3, "B"),
        (3, "D"),
        (3, "E"),
        (3, "F"),
        (4, "B"),
        (4, "C"),
        (5, "A"),
        (5, "B"),
        (5, "D"),
        (5, "G"),
    ]
    page = response.content.decode()
    assert "แถวที่ 2 คอลัมน์ C (กลุ่ม/หน่วย)" in page
    assert 'name="payload"' not in page
    assert Process.objects.count() == 1


def test_columns_left_out_stay_and_unknown_ones_are_told(office, client_for):
    client = client_for(office.officer)
    old = Process.objects.create(
        agency=office.agency, name="งานเดิม", kind="law", note="อยู่ต่อ", owner=office.deputy
    )
    response = upload(
        client,
        office,
        workbook(["Process", "Kind of work", "สีประจำงาน"], ["งานเดิม", "policy", "แดง"]),
    )
    assert response.context["plan"].unread == ["สีประจำงาน"]
    confirm(client, office, response.context["payload"])
    old.refresh_from_db()
    assert (old.kind, old.note, old.owner) == ("policy", "อยู่ต่อ", office.deputy)


def test_register_that_changed_meanwhile_is_shown_again(office, client_for):
    client = client_for(office.officer)
    response = upload(client, office, workbook(TOP, ["1", "งานใหม่", None, LAW, None, None, None]))
    payload = response.context["payload"]
    Process.objects.create(agency=office.agency, name="งานใหม่", kind="policy")
    again = confirm(client, office, payload)
    assert again.status_code == 409
    assert [row.action for row in again.context["plan"].rows] == ["change"]
    assert Process.objects.get().kind == "policy"
    assert confirm(client, office, again.context["payload"]).status_code == 302
    assert Process.objects.get().kind == "law"


def test_preview_of_somebody_else_or_another_office_is_no_key(office, client_for):
    other = make_office("other")
    sheet = workbook(TOP, ["1", "งานใหม่", None, LAW, None, None, None])
    payload = upload(client_for(office.officer), office, sheet).context["payload"]
    for client, where in (
        (client_for(office.admin), office),
        (client_for(other.officer), other),
    ):
        assert confirm(client, where, payload).status_code == 302
    assert confirm(client_for(office.officer), office, payload[:-1] + "x").status_code == 302
    assert not Process.objects.exists()


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["ก", "ข"]],
        [["กระบวนงาน"], ["งาน"]],
        [["กระบวนงาน", "ประเภทงาน"]],
        [["กระบวนงาน", "ประเภทงาน", "กระบวนการ"], ["ก", "law", "ข"]],
        [["กระบวนงาน", "ประเภทงาน"], *[[f"งาน {n}", "law"] for n in range(1001)]],
        [*[["x"]] * 11, ["กระบวนงาน", "ประเภทงาน"], ["ก", "law"]],
    ],
)
def test_sheet_without_what_is_needed_is_refused(office, client_for, rows):
    response = upload(client_for(office.officer), office, workbook(*rows))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]


def changed_part(name, change):
    """Return a sound workbook with one of its parts changed."""
    sound = workbook(TOP, ["1", "งาน", None, LAW, None, None, None]).read()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return out.getvalue()


def with_entity(content):
    return content.replace(
        b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><worksheet', 1
    )


HOSTILE = {
    "entities": lambda: changed_part("xl/worksheets/sheet1.xml", with_entity),
    "broken xml": lambda: changed_part("xl/worksheets/sheet1.xml", lambda xml: xml[:-20]),
    "no sheet": lambda: changed_part("xl/workbook.xml", lambda xml: b"<x/>"),
    "large": lambda: changed_part(
        "xl/styles.xml", lambda xml: b"<x>" + b" " * 21_000_000 + b"</x>"
    ),
    "cut off": lambda: changed_part("", bytes)[:400],
    "no zip": lambda: b"PK\x03\x04 nothing",
    "text": lambda: "กระบวนงาน,ประเภทงาน".encode(),
    "empty": lambda: b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbook_is_a_form_error(office, client_for, name):
    file = SimpleUploadedFile("x.xlsx", HOSTILE[name]())
    response = upload(client_for(office.officer), office, file)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]
    assert not Process.objects.exists()


def test_other_kinds_of_files_are_refused(office):
    with pytest.raises(ValidationError):
        read_sheet(workbook(TOP, name="ทะเบียน.docx"))
    with pytest.raises(ValidationError):
        read_sheet(SimpleUploadedFile("ทะเบียน.csv", b"a,b"))


def test_export_holds_no_formula_and_comes_back_unchanged(office, client_for):
    client = client_for(office.officer)
    sop = ProcedureFactory(agency=office.agency)
    VersionFactory(procedure=sop, number=3)
    texts = ["=1+1", "+66", "-5", "@x", "http://example.com", "{=A1}", "0012"]
    for text in texts:
        Process.objects.create(
            agency=office.agency,
            code=text[:30],
            name=f"{text} งาน",
            kind="law",
            unit=office.unit,
            owner=office.deputy,
            procedure=sop,
            note=text,
        )
    response = client.get(office.url("2570/processes/export/"))
    content = b"".join(response) if response.streaming else response.content
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    assert [cell.value for cell in book.active[1]][:7] == TOP
    assert book.active["H2"].value == "ใช้อยู่ ฉบับที่ 3"
    assert sorted(book.active.cell(row, 7).value for row in range(2, 9)) == sorted(texts)
    again = upload(client, office, SimpleUploadedFile("x.xlsx", content))
    assert [row.action for row in again.context["plan"].rows] == ["same"] * 7
    assert again.context["plan"].unread == []


def test_export_follows_the_filters(office, client_for):
    for name, kind in (("ก", "law"), ("ข", "policy")):
        Process.objects.create(agency=office.agency, name=name, kind=kind)
    response = client_for(office.observer).get(office.url("2570/processes/export/?kind=policy"))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert [row[1].value for row in book.active.iter_rows(min_row=2)] == ["ข"]
    assert response["Content-Disposition"] == 'attachment; filename="processes-office.xlsx"'


def test_empty_export_has_the_heads(office):
    rows = register.found_processes(office.officer, office.agency, Wanted())
    book = openpyxl.load_workbook(io.BytesIO(write_sheet(rows)))
    assert [cell.value for cell in book.active[1]][:7] == [names[0] for names in HEADS.values()]


@pytest.mark.parametrize("who", ["director", "member", "observer"])
def test_others_may_not_import(office, client_for, who):
    response = upload(client_for(office.people[who]), office, workbook(TOP))
    assert response.status_code == 403
