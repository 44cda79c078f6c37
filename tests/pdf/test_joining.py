"""PDFs bound to one: pages, tags, outline, links and what is laid over them."""

import io
import subprocess

import pikepdf
import pytest
from django.conf import settings

from documents.composing.joining import Bindable, join
from documents.pdf_rendering import PaperFailed, Sheet, draw_here, read_style

TABLE = "<table><thead><tr><th>หัวตาราง</th></tr></thead><tr><td>ช่อง</td></tr></table>"


def drawn(body: str, style: str = "") -> bytes:
    html = f'<!DOCTYPE html><html lang="th"><head><title>ก</title></head><body>{body}</body></html>'
    styles = [read_style("pdf/base.css"), style]
    return draw_here(Sheet(html, styles, str(settings.PDF_FONT_DIR)))[0]


def text_of(pdf: bytes) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


@pytest.fixture(scope="module")
def parts():
    first = drawn(
        '<h1 id="top">น้ำ</h1><p>หนึ่ง <a href="part:#top2">ไปเล่มสอง</a></p>' + TABLE,
        "@page { @bottom-center { content: 'ท้าย' } }",
    )
    wide = "@page { size: A4 landscape }"
    second = drawn(
        f'<h1 id="top2">ปี่</h1><a href="#end">ท้าย</a>{TABLE}<p id="end" '
        'style="break-before: page">จบ</p>',
        wide,
    )
    over = "".join(f'<p class="{number}">๑-{number}</p>' for number in "กขค")
    shapes = "@page wide { size: A4 landscape } p { break-after: page } .ข, .ค { page: wide }"
    return first, second, drawn(over, shapes)


@pytest.fixture(scope="module")
def joined(parts):
    first, second, over = parts
    bound = [Bindable(first), Bindable(second, "เล่มสอง")]
    return join(bound, over, title="รวมเล่ม", author="สำนักงาน", labels=["ก", "๑", "๒"])


def test_pages_keep_text_and_size_and_begin_where_told(joined):
    assert joined.first_pages == [1, 2]
    pages = text_of(joined.pdf)
    assert [("น้ำ" in pages[0]), ("ปี่" in pages[1]), ("จบ" in pages[2])] == [True] * 3
    for number, page in zip("กขค", pages, strict=True):
        assert f"๑-{number}" in page
    with pikepdf.open(io.BytesIO(joined.pdf)) as pdf:
        assert [page.mediabox[2] > page.mediabox[3] for page in pdf.pages] == [False, True, True]


def test_outline_links_and_names_lead_to_the_pages(joined):
    with pikepdf.open(io.BytesIO(joined.pdf)) as pdf:
        first = pdf.Root.Outlines.First
        assert (str(first.Title), str(first.Next.Title)) == ("น้ำ", "เล่มสอง")
        assert str(first.Next.First.Title) == "ปี่"
        names = pdf.Root.Names.Dests.Names
        places = {str(names[at]): names[at + 1][0] for at in range(0, len(names), 2)}
        numbers = {name: pikepdf.Page(place).index for name, place in places.items()}
        assert numbers == {"top": 0, "top2": 1, "end": 2}
        links = [str(note.Dest) for page in pdf.pages for note in page.get("/Annots", ())]
        assert links == ["top2", "end"]
        assert [str(row.P) for row in list(pdf.Root.PageLabels.Nums)[1::2]] == ["ก", "๑", "๒"]


def test_tags_of_the_parts_are_one_tree(joined):
    with pikepdf.open(io.BytesIO(joined.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "th" and pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "รวมเล่ม"
        root = pdf.Root.StructTreeRoot
        assert [str(part.S) for part in root.K[0].K] == ["/Part", "/Part"]
        keys = list(map(int, list(root.ParentTree.Nums)[::2]))
        assert keys == list(range(len(keys))) and root.ParentTreeNextKey == len(keys)
        entries = dict(zip(keys, list(root.ParentTree.Nums)[1::2], strict=True))
        for page in pdf.pages:
            for element in entries[int(page.StructParents)]:
                assert element.Pg.objgen == page.obj.objgen
            for note in page.get("/Annots", ()):
                assert entries[int(note.StructParent)].S == "/Link"
        ids = [str(item.ID) for item in pdf.objects if _is_head(item)]
        assert len(ids) == len(set(ids)) == 2


def _is_head(item) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"


def test_running_heads_and_what_is_laid_over_are_decoration(parts, joined):
    with pikepdf.open(io.BytesIO(parts[0])) as pdf:
        inside, found = [], []
        for step in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(step.operator) in ("BDC", "BMC"):
                inside.append(str(step.operands[0]))
            elif str(step.operator) == "EMC":
                inside.pop()
            elif str(step.operator) in ("Tj", "TJ"):
                found.append(inside[0])
        assert found.count("/Artifact") == 1 and found.count("/Span") >= 4
    with pikepdf.open(io.BytesIO(joined.pdf)) as pdf:
        last = list(pikepdf.parse_content_stream(pdf.pages[2]))[-6:]
        assert [str(step.operator) for step in last] == ["Q", "BDC", "q", "Do", "Q", "EMC"]


def test_same_input_gives_the_same_bytes_and_a_damaged_file_is_told(parts, joined):
    again = join(
        [Bindable(parts[0]), Bindable(parts[1], "เล่มสอง")],
        parts[2],
        title="รวมเล่ม",
        author="สำนักงาน",
        labels=["ก", "๑", "๒"],
    )
    assert again.pdf == joined.pdf
    with pytest.raises(PaperFailed):
        join([Bindable(b"%PDF-1.7 nothing")], title="")


def test_what_a_page_could_do_is_left_behind():
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    starts = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    site = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.go.th/")
    page.obj.AA = pikepdf.Dictionary(O=script)
    pdf.Root.OpenAction = script
    page.obj.Annots = pikepdf.Array(
        pdf.make_indirect(
            pikepdf.Dictionary(Subtype=pikepdf.Name(kind), Rect=[0, 0, 9, 9], A=action)
        )
        for kind, action in (("/Link", starts), ("/FileAttachment", script), ("/Link", site))
    )
    source = io.BytesIO()
    pdf.save(source)

    with pikepdf.open(io.BytesIO(join([Bindable(source.getvalue())], title="ก").pdf)) as bound:
        (note,) = bound.pages[0].Annots
        assert str(note.A.URI) == "https://example.go.th/"
        assert "/AA" not in bound.pages[0] and "/OpenAction" not in bound.Root
