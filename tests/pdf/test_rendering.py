"""The door to WeasyPrint: what it lets in, how Thai comes out, where it ends."""

import contextlib
import io
import socket
import subprocess
import sys
import threading

import pikepdf
import pytest
from django.conf import settings

from documents import papers
from documents.drawing.drawing_child import DrawingChild
from documents.pdf_rendering import (
    Manuscript,
    PaperTooLarge,
    Sheet,
    draw_here,
    in_sarabun_points,
    read_style,
    render_pdf,
)
from documents.stored_files import store_bytes
from tests.agencies.factories import make_office

WORDS = "น้ำ ที่ ปี่ ฟ้า ญู ฐุ ำ า การดำเนินงาน ผู้อำนวยการสำนักงาน ๑๒๓"


def sheet(body, *styles, head="", pictures=None):
    return Sheet(
        f'<!DOCTYPE html><html lang="th"><head>{head}</head><body>{body}</body></html>',
        [read_style("pdf/base.css"), *styles],
        str(settings.PDF_FONT_DIR),
        pictures or {},
    )


def draw_in_child(sheet):
    with DrawingChild() as child:
        return child.draw(sheet)


def paper_of(**about):
    return render_pdf(Manuscript(template="pdf/base.html", **about), draw=draw_here)


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_thai_copies_out_as_it_was_written():
    pdf, _layout = draw_here(sheet(f"<p>{WORDS}</p><p><b>{WORDS}</b></p>"))

    lines = " ".join(text_of(pdf).split())
    assert lines == f"{WORDS} {WORDS}"


def test_word_break_marks_do_not_reach_the_copied_text():
    pdf, _layout = draw_here(sheet("<p>สำนักงาน\u200bเขต<wbr>พื้นที่</p>"))

    assert text_of(pdf).strip() == "สำนักงานเขตพื้นที่"


def test_svg_text_is_one_run():
    words = "ปี่ที่น้ำ"
    pdf, _layout = draw_here(
        sheet(f'<svg width="200" height="40"><text x="5" y="25">{words}</text></svg>')
    )

    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = [str(step.operator) for step in pikepdf.parse_content_stream(document.pages[0])]
    assert names.count("Tj") + names.count("TJ") == 1


def test_sizes_are_said_in_th_points():
    assert in_sarabun_points("a{font-size:th(16)} b{font-size: th( 14 )}") == (
        "a{font-size:10.72pt} b{font-size: 9.38pt}"
    )


def test_title_and_author_stand_in_the_document():
    paper = paper_of(title="แผน", author="สำนักงาน")

    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "แผน"
        assert str(pdf.docinfo["/Author"]) == "สำนักงาน"


@pytest.mark.parametrize(("thai", "printed"), [(True, "หน้า ๑ / ๑"), (False, "หน้า 1 / 1")])
def test_page_numbers_follow_the_office(thai, printed):
    paper = paper_of(title="", thai_digits=thai)

    assert printed in text_of(paper.pdf)


def test_refine_sees_where_things_stand():
    seen = []

    def refine(context, layout):
        seen.append((layout.page_count, context["title"]))
        return context | {"title": f"รวม {layout.page_count} หน้า"}

    paper = paper_of(title="ร่าง", refine=refine)

    assert seen == [(1, "ร่าง")]
    assert "รวม 1 หน้า" in paper.html


def test_layout_tells_pages_and_first_words_without_running_heads():
    body = '<p id="a">ก</p><p style="break-before:page" id="b">คณะกรรมการ ชุด ที่ สอง</p>'
    running = '@page { @top-left { content: "หัวกระดาษ" } }'

    _pdf, layout = draw_in_child(sheet(body, running))

    assert layout.page_count == 2
    assert (layout.page_of("a"), layout.page_of("b")) == (1, 2)
    assert layout.first_words(2, 3) == "คณะกรรมการ ชุด ที่"


WAYS = [
    ('<img src="{url}">', ""),
    ('<img srcset="{url} 2x" src="x:">', ""),
    ('<object data="{url}"></object>', ""),
    ('<embed src="{url}">', ""),
    ('<iframe src="{url}"></iframe>', ""),
    ('<a rel="attachment" href="{url}">a</a>', ""),
    ('<p style="background:url({url})">a</p>', ""),
    ('<p style="list-style-image:url({url});display:list-item">a</p>', ""),
    ('<p style="border-image:url({url}) 1;border:1px solid">a</p>', ""),
    ('<p style="content:url({url})">a</p>', ""),
    ('<p style="mask-image:url({url})">a</p>', ""),
    ("<p>a</p>", '<link rel="stylesheet" href="{url}">'),
    ("<p>a</p>", '<link rel="attachment" href="{url}">'),
    ("<p>a</p>", '<link rel="icon" href="{url}">'),
    ("<p>a</p>", '<base href="{url}"><link rel="stylesheet" href="x">'),
    ("<p>a</p>", '<style>@import "{url}";</style>'),
    ("<p>a</p>", "<style>@font-face{{font-family:x;src:url({url})}} p{{font-family:x}}</style>"),
    ("<p>a</p>", "<style>p::before{{content:url({url})}}</style>"),
    ("<p>a</p>", "<style>@page{{background:url({url});@top-left{{content:url({url})}}}}</style>"),
    ("<p>a</p>", "<style>@color-profile --c{{src:url({url})}}</style>"),
    ('<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>', ""),
    ('<svg width="9" height="9"><image xlink:href="{url}" width="9" height="9"/></svg>', ""),
    ('<svg width="9" height="9"><use href="{url}#a"/></svg>', ""),
    ('<svg width="9" height="9"><rect width="9" height="9" fill="url({url}#a)"/></svg>', ""),
    ('<svg width="9" height="9"><style>@import "{url}";</style><rect width="9"/></svg>', ""),
    (
        "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' "
        "height='9'%3E%3Cimage href='{url}' width='9' height='9'/%3E%3C/svg%3E\">",
        "",
    ),
]


@pytest.fixture
def listener():
    """A server that notes every connection."""
    met = []
    server = socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            met.append(connection)
            connection.close()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield server.getsockname()[1], met
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


@pytest.mark.weasyprint_errors
@pytest.mark.parametrize(("body", "head"), WAYS)
def test_no_address_in_a_paper_is_opened(body, head, listener, tmp_path):
    port, met = listener
    sentinel = tmp_path / "sentinel.svg"
    sentinel.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    opened = []
    # Reading is noticed where every opening in Python passes.
    watching = [True]
    sys.addaudithook(
        lambda event, args: (
            opened.append(args[0])
            if watching[0] and event == "open" and "sentinel" in str(args[0])
            else None
        )
    )
    for url in (f"http://127.0.0.1:{port}/a.css", f"file://{sentinel}", str(sentinel)):
        # A refused colour profile ends the drawing; everything else is left out of it.
        with contextlib.suppress(OSError):
            pdf, _layout = draw_here(sheet(body.format(url=url), head=head.format(url=url)))
            assert b"/EmbeddedFile" not in pdf
    watching[0] = False

    assert met == []
    assert opened == []


@pytest.mark.django_db
def test_papers_show_only_pictures_of_their_own_office():
    office, other = make_office(), make_office("other")
    own = store_bytes(office.agency, "a.png", b"own", "image/png", None)
    paper = store_bytes(office.agency, "a.pdf", b"pdf", "application/pdf", None)
    foreign = store_bytes(other.agency, "b.png", b"foreign", "image/png", None)
    html = "".join(f'<img src="app-image:{file.pk}">' for file in (own, paper, foreign))

    assert papers.pictures_of(office.agency, html) == {str(own.pk): ("image/png", b"own")}


def test_a_hostile_table_ends_at_the_limit(settings):
    settings.PAPER_SECONDS_PER_PASS = 3
    nested = "<table><tr>" + "<td>ก</td>" * 300 + "</tr></table>"
    body = "<div style='display:grid'>" + nested * 400 + "</div>"

    with pytest.raises(PaperTooLarge) as ended:
        draw_in_child(sheet(body))
    assert ended.value.limit == "time"


def test_a_drawing_process_gets_no_more_than_its_memory():
    code = (
        "from documents.drawing import render_child; render_child.limit()\n"
        "try: bytearray(render_child.MEMORY)\n"
        "except MemoryError: print('refused')"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, check=True
    )

    assert done.stdout == b"refused\n"
