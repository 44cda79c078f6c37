"""An SOP kept in Word: what is read of its table, what is guessed, what is told as not read."""

import io
import zipfile

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from tests.agencies.factories import make_office
from workflows.models import ProcedureVersion
from workflows.sop.docx_reading import read_sop_table
from workflows.sop.docx_table import read_word_file
from workflows.sop.time_reading import likely_year, read_times

S7 = [
    *("ลำดับที่", "ผังขั้นตอนการดำเนินงาน", "รายละเอียดงาน", "เวลาดำเนินการ"),
    *("มาตรฐานคุณภาพงาน", "ผู้รับผิดชอบ", "หมายเหตุ"),
]
D6 = ["ลำดับ", "ผังกระบวนการ", "รายละเอียดงาน/ จุดควบคุม", "ระยะเวลา", "ผู้รับผิดชอบ", "เอกสารที่เกี่ยวข้อง"]
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document(*tables, paragraphs=()):
    """Return a Word document with the paragraphs and tables, each a list of rows of texts."""
    made = docx.Document()
    for words in paragraphs:
        made.add_paragraph(words)
    for rows in tables:
        table = made.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return made


def upload(made, name="คู่มือ.docx"):
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile(name, out.getvalue(), TYPE)


def read(made):
    return read_sop_table(read_word_file(upload(made)))


def drawn(geometry, words):
    """Return a paragraph with a drawn shape, as Word writes it."""
    return parse_xml(
        f"<w:p {nsdecls('w')} "
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><a:prstGeom prst="{geometry}"/>'
        f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></wps:wsp>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:rect><w:txbxContent><w:p><w:r>"
        f"<w:t>{words}</w:t></w:r></w:p></w:txbxContent></v:rect></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


def row(number, chart="", detail="", time="", standard="", responsible="", remark=""):
    return [number, chart, detail, time, standard, responsible, remark]


TIMES = {
    "มีนาคม-ธันวาคม": [("months", "", 5, 14)],
    "กรกฎาคม – กันยายน": [("months", "", 9, 11)],
    "มี.ค. - เม.ย.": [("months", "", 5, 6)],
    "เดือนพฤษภาคม": [("months", "", 7, 7)],
    "ธันวาคม 2564 - มกราคม 2565": [("dated", "", 2, 3)],
    "ธันวาคม ๒๕๖๔ – มกราคม ๒๕๖๕": [("dated", "", 2, 3)],
    "ต.ค.64-ก.ย.65": [("dated", "", 0, 11)],
    "กันยายน 2564": [("dated", "", -1, -1)],
    "ธันวาคม - มกราคม 2565": [("dated", "", 2, 3)],
    "1 - 15 มีนาคม 2565": [("dated", "", 5, 5)],
    "ขั้นตอนที่ 1 : มี.ค. 2565\nขั้นตอนที่ 2: มิ.ย. - ก.ค. 2565": [
        ("dated", "ขั้นตอนที่ 1", 5, 5),
        ("dated", "ขั้นตอนที่ 2", 8, 9),
    ],
    "2 สัปดาห์": [(2, "weeks")],
    "๕ วันทำการ": [(5, "working_days")],
    "ภายใน ๗ วัน": [(7, "working_days")],
    "1 เดือน": [(1, "months")],
    "ตลอดปีงบประมาณ": [("months", "", 0, 11)],
    "2 ชั่วโมง": [],
    "1-2 วัน": [],
    "0 วัน": [],
    "มีนาคม 2565 - มกราคม 2565": [],
    "มกราคม 2599": [],
    "ตามที่ สพฐ. กำหนด": [],
    "มีนาคม\nตามที่กำหนด": [],
    "": [],
}


@pytest.mark.parametrize("text", TIMES)
def test_times_of_thai_offices_are_understood(text):
    windows = read_times(text, 2565).windows
    assert [
        (w.duration, w.duration_unit)
        if w.kind == "duration"
        else (w.kind, w.label, w.start_month, w.end_month)
        for w in windows
    ] == TIMES[text]


@pytest.mark.parametrize(
    ("text", "is_guess", "drops_words"),
    [
        ("มีนาคม-เมษายน", False, False),
        ("มีนาคม-ธันวาคม", True, False),
        ("3 วัน", True, False),
        ("3 วันทำการ", False, False),
        ("ภายใน 3 วันทำการ", False, True),
        ("15 มีนาคม 2565", False, True),
        ("ตลอดปี", True, True),
    ],
)
def test_what_is_guessed_or_left_out_of_a_time_is_known(text, is_guess, drops_words):
    read = read_times(text, 2565)
    assert (read.is_guess, read.drops_words) == (is_guess, drops_words)


def test_year_is_the_one_most_months_lie_in():
    assert likely_year(["กันยายน 2564", "ธันวาคม 2564", "มกราคม 2565"]) == 2565
    assert likely_year(["มีนาคม", "2 สัปดาห์"]) is None


def test_table_of_seven_columns_becomes_steps():
    word = read(
        document(
            [
                S7,
                row("๑", "เริ่ม", "แต่งตั้ง\nคณะทำงาน", "มีนาคม-ธันวาคม", "ครบ", "คณะทำงาน", "ก"),
                row("๒.", "จัดทำแผน", "ร่างแผน", "2 สัปดาห์"),
                row("3", "รายงาน", "สรุป", "ตามที่กำหนด"),
            ],
            paragraphs=["คู่มือ", "ชื่องาน : งานพัฒนาคุณภาพ"],
        )
    )
    sop = word.data
    assert (sop.name, sop.layout, sop.written_for_year) == ("งานพัฒนาคุณภาพ", "S7", None)
    assert [(step.number, step.title, step.detail) for step in sop.steps] == [
        (1, "เริ่ม", "แต่งตั้ง\nคณะทำงาน"),
        (2, "จัดทำแผน", "ร่างแผน"),
        (3, "รายงาน", "สรุป"),
    ]
    first = sop.steps[0]
    assert (first.standard, first.responsible_text, first.remark) == ("ครบ", "คณะทำงาน", "ก")
    assert [[node.symbol for node in step.nodes] for step in sop.steps] == [
        ["terminal"],
        ["activity"],
        ["terminal"],
    ]
    assert [step.time_text for step in sop.steps] == ["", "", "ตามที่กำหนด"]
    assert [len(step.windows) for step in sop.steps] == [1, 1, 0]
    assert len(word.rows) == 3
    assert word.rows[0].guessed[0].startswith("ช่วงเวลา")
    assert word.rows[2].unread != []


def test_heads_repeated_on_later_pages_are_merged():
    word = read(
        document(
            [D6, *[[str(n), f"งาน {n}", "ทำ", "", "กลุ่ม", "1) ก\n2) ข"] for n in (1, 2)]],
            [D6, ["3", "งาน 3", "ทำ", "", "กลุ่ม", "- ค"], D6, ["4", "งาน 4", "ทำ", "", "", ""]],
            [["5", "งาน 5", "ทำ", "", "", ""]],
            [["ผู้จัดทำ", "ลงชื่อ"]],
        )
    )
    assert [step.title for step in word.data.steps] == [f"งาน {n}" for n in range(1, 6)]
    assert word.data.layout == "D6"
    assert word.data.steps[0].documents == ["ก", "ข"]
    assert word.data.steps[2].documents == ["ค"]
    assert [(report.table, report.row) for report in word.rows] == [
        (1, 2),
        (1, 3),
        (2, 2),
        (2, 4),
        (3, 1),
    ]
    assert len(word.notes) == 3


def test_heads_below_a_title_row_and_in_another_order_are_known():
    word = read(
        document(
            [
                ["แบบฟอร์ม", "", "", ""],
                ["ผู้รับผิดชอบ", "รายละเอียดงาน", "ระยะเวลา", "ลำดับที่"],
                ["กลุ่ม", "ทำงาน", "1 เดือน", "1"],
            ]
        )
    )
    step = word.data.steps[0]
    assert (step.title, step.detail, step.responsible_text) == ("ทำงาน", "ทำงาน", "กลุ่ม")
    assert len(word.rows[0].guessed) == 2


def test_joined_cells_and_rows_that_go_on_are_told():
    made = document(
        [
            S7,
            row("1", "เริ่ม", "ก", "", "มาตรฐานเดียว"),
            row("2", "ทำ", "ข"),
            row("", "", "ข ต่อ"),
            row("4", "จบ", "ค"),
        ]
    )
    table = made.tables[0]
    table.cell(1, 4).merge(table.cell(2, 4))
    word = read(made)
    assert [(step.number, step.title, step.detail) for step in word.data.steps] == [
        (1, "เริ่ม", "ก"),
        (2, "ทำ", "ข\nข ต่อ"),
        (3, "จบ", "ค"),
    ]
    assert [step.standard for step in word.data.steps] == ["มาตรฐานเดียว", "", ""]
    assert [report.step for report in word.rows] == [1, 2, 2, 3]
    assert "มาตรฐานคุณภาพงาน" in word.rows[1].unread[0]
    assert "“4”" in word.rows[3].guessed[0]


def test_drawn_chart_gives_symbols_and_its_lines_are_told_as_not_read():
    made = document([S7, row("1", "", "ก"), row("2", "", "ข"), row("3", "", "ค")])
    cells = [made.tables[0].cell(line, 1) for line in (1, 2, 3)]
    cells[0]._tc.append(drawn("flowChartTerminator", "เริ่มงาน"))
    cells[1]._tc.append(drawn("rect", "ตรวจเอกสาร"))
    cells[1]._tc.append(drawn("straightArrowConnector", ""))
    cells[1]._tc.append(drawn("flowChartDecision", "ครบ?"))
    cells[2]._tc.append(drawn("flowChartTerminator", "จบงาน"))
    word = read(made)
    assert [[(n.symbol, n.label, n.edge_to) for n in step.nodes] for step in word.data.steps] == [
        [("terminal", "เริ่มงาน", None)],
        [("activity", "ตรวจเอกสาร", None), ("decision", "ครบ?", 1)],
        [("terminal", "จบงาน", None)],
    ]
    assert [step.title for step in word.data.steps] == ["เริ่มงาน", "ตรวจเอกสาร", "จบงาน"]
    assert all(report.unread for report in word.rows)


def test_pictures_and_tables_inside_cells_are_told():
    made = document([S7, row("1", "เริ่ม", "ก"), row("", "", "")])
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    picture.seek(0)
    cell = made.tables[0].cell(1, 1)
    cell.paragraphs[0].add_run().add_picture(picture)
    made.tables[0].cell(1, 2).add_table(1, 1).cell(0, 0).text = "ในตารางซ้อน"
    word = read(made)
    assert word.data.steps[0].detail == "ก"
    assert len(word.rows[0].unread) == 2
    assert (word.rows[1].step, len(word.rows[1].unread)) == (None, 1)


def test_deleted_words_of_tracked_changes_are_left_out():
    made = document([S7, row("1", "เริ่ม", "คงไว้")])
    paragraph = made.tables[0].cell(1, 2).paragraphs[0]._p
    paragraph.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>ลบแล้ว</w:delText></w:r></w:del>")
    )
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>เพิ่ม</w:t></w:r></w:ins>"))
    assert read(made).data.steps[0].detail == "คงไว้เพิ่ม"


def test_long_cells_are_cut_and_told_and_steps_end_at_ninety_nine():
    rows = [row(str(n), f"งาน {n}", "ก" * (2001 if n == 1 else 1)) for n in range(1, 102)]
    word = read(document([S7, *rows]))
    assert (len(word.data.steps), len(word.data.steps[0].detail)) == (99, 2000)
    assert word.rows[0].unread != []
    assert [report.step for report in word.rows[98:]] == [99, None, None]


@pytest.mark.parametrize(
    "tables",
    [[], [[["ก", "ข", "ค"]]], [[S7]], [[["ลำดับที่", "ผู้รับผิดชอบ", "หมายเหตุ"], ["1", "ก", ""]]]],
)
def test_file_without_a_table_of_steps_is_refused(tables):
    with pytest.raises(ValidationError):
        read(document(*tables))


def changed(name, change):
    """Return a sound Word file with one of its parts changed."""
    sound = upload(document([S7, row("1", "เริ่ม", "ก")])).read()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return out.getvalue()


def with_entity(declared):
    def change(content):
        start = content.index(b"<w:document")
        return content[:start] + declared + content[start:].replace("เริ่ม".encode(), b"&a;")

    return change


MAIN = "word/document.xml"
HOSTILE = {
    "external entity": lambda: changed(
        MAIN, with_entity(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')
    ),
    "entities": lambda: changed(
        MAIN, with_entity(b'<!DOCTYPE x [<!ENTITY b "bbbb"><!ENTITY a "&b;&b;&b;">]>')
    ),
    "doctype in another part": lambda: changed(
        "word/styles.xml", lambda xml: xml.replace(b"<w:styles", b"<!DOCTYPE x><w:styles", 1)
    ),
    "doctype in a part called a picture": lambda: changed(
        "docProps/thumbnail.jpeg", lambda _jpeg: b"\xef\xbb\xbf <!DOCTYPE x><x/>"
    ),
    "broken xml": lambda: changed(MAIN, lambda xml: xml[:-9]),
    "no document": lambda: changed(MAIN, lambda xml: b"<x/>"),
    "no types": lambda: changed("[Content_Types].xml", lambda xml: b"<Types/>"),
    "large": lambda: changed("word/styles.xml", lambda xml: b"<x>" + b" " * 21_000_000 + b"</x>"),
    "many elements": lambda: changed(MAIN, lambda xml: b"<x>" + b"<y/>" * 150_001 + b"</x>"),
    "cut off": lambda: changed("", bytes)[:300],
    "text": lambda: b"plain",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_a_message(name):
    with pytest.raises(ValidationError):
        read_sop_table(read_word_file(SimpleUploadedFile("x.docx", HOSTILE[name](), TYPE)))


@pytest.fixture
def office():
    return make_office()


@pytest.mark.django_db
def test_officer_looks_and_makes_a_draft(office, client_for):
    client = client_for(office.officer)
    made = document([S7, row("1", "เริ่ม", "ก", "ธันวาคม 2564"), row("2", "จบ", "ข")])
    preview = client.post(office.url("2570/sop/import/word/"), {"file": upload(made)})
    assert preview.status_code == 200
    assert not ProcedureVersion.objects.exists()
    address = office.url("2570/sop/import/word/draft/")
    payload = preview.context["payload"]
    refused = client.post(address, {"payload": payload, "name": " ", "layout": "S7"})
    assert refused.status_code == 422
    assert len(refused.context["rows"]) == 2
    done = client.post(address, {"payload": payload, "name": "งานจากเวิร์ด", "layout": "P"})
    version = ProcedureVersion.objects.get()
    assert done.url == office.url(f"2570/sop/{version.procedure.slug}/1/edit/")
    assert (version.status, version.layout, version.written_for_year) == ("draft", "P", 2565)
    assert version.procedure.name == "งานจากเวิร์ด"
    assert list(version.steps.values_list("title", flat=True)) == ["เริ่ม", "จบ"]
    assert version.steps.first().windows.get().start_month == 2
    again = client.post(address, {"payload": payload, "name": "งานจากเวิร์ด", "layout": "P"})
    assert again.url == office.url("2570/sop/")
    assert ProcedureVersion.objects.count() == 1


@pytest.mark.django_db
def test_bad_file_and_forged_preview_write_nothing(office, client_for):
    client = client_for(office.officer)
    file = SimpleUploadedFile("คู่มือ.doc", b"old", "application/msword")
    response = client.post(office.url("2570/sop/import/word/"), {"file": file})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]
    forged = {"payload": "x:y:z", "name": "ก", "layout": "S7"}
    assert client.post(office.url("2570/sop/import/word/draft/"), forged).status_code == 302
    assert not ProcedureVersion.objects.exists()


def test_reader_leaves_words_of_other_paragraphs_alone():
    made = document([S7, row("1", "เริ่ม", "ก")], paragraphs=["วัตถุประสงค์", "เพื่อทดสอบ"])
    assert made.element.body.find(qn("w:tbl")) is not None
    word = read(made)
    assert (word.data.sections, word.data.name, len(word.notes)) == ([], "", 2)
