"""What somebody writes on purpose to keep the portal busy, or to make it stumble, costs little."""

import io
import time

import docx
import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags

from core.rich_text import clean_html
from core.thai_text import wrap_protected
from core.word_changes import word_changes
from documents.word.rich_text import add_rich
from documents.word.sheet import WordSheet
from tests.agencies.factories import make_office
from workflows.register_sheet import read_sheet
from workflows.sop.compare import matched_steps
from workflows.sop.files import SopFileError, read_sop

MANY_DIGITS = "9" * 5000


@pytest.fixture
def at_once():
    """Fail when the test takes longer than a person waits for a page on a busy machine."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("text", ["ก<![<", "ก<![ข", "ก<![foo[x", "ก<!DOCTYPE x ["])
def test_broken_declarations_are_cleaned_away_without_a_stumble(text):
    cleaned = clean_html(text)
    assert cleaned.startswith("ก")
    assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<![CDATA[", "</", '<a b="', "<?", "&"])
def test_rich_text_of_open_brackets_is_cleaned_at_once(piece, at_once):
    clean_html(piece * (400_000 // len(piece)))
    clean_html(piece * (150_000 // len(piece)))


def test_steps_of_repeated_letters_are_matched_at_once(at_once):
    before = {"order": [1], "step:1": {"title": "ก", "detail": "ก" * 1400}}
    after = {"order": [2], "step:2": {"title": "ข", "detail": "กข" * 700}}
    assert matched_steps(before, after) == {}
    after["step:2"]["detail"] = "ก" * 1399
    assert matched_steps(before, after) == {2: 1}


@pytest.mark.parametrize("piece", ["1", "1.", "1,", "ก.", "(", "จำนวน 1", "ประถมศึกษา", "ม ", "เขต"])
def test_long_words_are_wrapped_for_paper_at_once(piece, at_once):
    text = piece * (60_000 // len(piece))
    for column in (None, 30):
        assert strip_tags(wrap_protected(text, column)) == text


@pytest.mark.parametrize(
    "html",
    [
        f"<table><tr>{'<td>ก</td>' * 3000}</tr>{'<tr><td>ก</td></tr>' * 3000}</table>",
        f"<table>{'<tr><td>ก</td><td>ข</td></tr>' * 4000}</table>",
        "<p>ก</p>" * 15_000,
    ],
    ids=["wide", "long", "paragraphs"],
)
def test_endless_tables_and_texts_are_written_into_word_files_at_once(html, at_once):
    sheet = WordSheet(title="ก", author="ข", thai_digits=False)
    add_rich(sheet, html, str, 0)
    written = docx.Document(io.BytesIO(sheet.content()))
    words = "".join(paragraph.text for paragraph in written.paragraphs)
    assert words.count("ก") == html.count("ก")


def test_texts_of_repeated_letters_are_compared_at_once(at_once):
    runs = word_changes("กข" * 700, "ก" * 1400)
    assert "".join(run.text for run in runs if run.kind != "added") == "กข" * 700
    assert "".join(run.text for run in runs if run.kind != "removed") == "ก" * 1400


def test_one_long_text_shared_by_every_cell_is_refused_at_once(at_once):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["กระบวนงาน", "ประเภทงาน"])
        for row in range(1, 900):
            sheet.write_row(row, 0, ["ก" * 30_000] * 40)
    with pytest.raises(ValidationError, match="ใหญ่เกินกว่า"):
        read_sheet(SimpleUploadedFile("ทะเบียน.xlsx", out.getvalue()))


def test_step_of_a_file_has_as_many_symbols_and_windows_as_the_editor_takes():
    nodes = "".join("      - {symbol: activity, label: ก}\n" for _node in range(21))
    windows = "".join("      - {undated: true}\n" for _window in range(21))
    with pytest.raises(SopFileError) as refused:
        read_sop(
            "sop: a\nname: ก\nlayout: S7\nsteps:\n  - step: 1\n    title: ก\n"
            f"    nodes:\n{nodes}    windows:\n{windows}"
        )
    assert [fault.path for fault in refused.value.faults] == [
        "steps[1].nodes",
        "steps[1].windows",
    ]


@pytest.mark.parametrize("slug", ["new", "import", "layouts", "manuals", "register", "table"])
def test_file_takes_no_address_of_another_page(slug):
    nodes = "nodes: [{symbol: activity, label: ก}]"
    with pytest.raises(SopFileError) as refused:
        read_sop(f"sop: {slug}\nname: ก\nlayout: S7\nsteps: [{{step: 1, title: ก, {nodes}}}]")
    assert [fault.path for fault in refused.value.faults] == ["sop"]


@pytest.mark.django_db
def test_word_table_too_large_for_a_draft_is_refused_before_the_preview(client_for):
    office = make_office()
    made = docx.Document()
    table = made.add_table(76, 5)
    heads = ["ลำดับที่", "ผังขั้นตอน", "รายละเอียดงาน", "มาตรฐานคุณภาพ", "หมายเหตุ"]
    for number, row in enumerate(table._tbl.tr_lst):
        texts = heads if number == 0 else [str(number), "ก", *["ข" * 2000] * 3]
        for cell, text in zip(row.tc_lst, texts, strict=True):
            cell.p_lst[0].add_r().text = text
    out = io.BytesIO()
    made.save(out)
    response = client_for(office.officer).post(
        office.url("2570/sop/import/word/"),
        {"file": SimpleUploadedFile("คู่มือ.docx", out.getvalue())},
    )
    assert response.status_code == 422
    assert response.context["form"].errors["file"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("layouts/copy/", {"layout": MANY_DIGITS}),
        ("manuals/{manual}/edit/", {"sop": MANY_DIGITS, "part": "ก"}),
        ("manuals/{manual}/edit/", {"do": "sop-add", "wanted": MANY_DIGITS}),
        ("manuals/{manual}/edit/", {"do": f"sop-up:{MANY_DIGITS}"}),
    ],
)
def test_numbers_longer_than_python_reads_are_no_numbers(client_for, page, data):
    office = make_office()
    client = client_for(office.officer)
    client.post(office.url("2570/sop/manuals/add/"))
    address = page.format(manual=office.agency.manuals.get().pk)
    assert client.post(office.url(f"2570/sop/{address}"), data).status_code in (200, 404, 422)
