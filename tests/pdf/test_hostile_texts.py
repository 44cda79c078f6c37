"""Hostile words in real papers: nothing is read, opened or run, and drawing ends at its limits."""

import sys

import pytest

from assessments.models import ItemAnswer
from committees.models import AgendaItem
from documents import papers
from documents.jobs.failures import reason_of
from documents.pdf_rendering import PaperTooLarge, draw_here
from tests.agencies.factories import make_office
from tests.assessments.factories import add_finding, make_assessment
from tests.committees.factories import make_committees
from tests.committees.meetings.on_paper import add_headings, make_meeting, take_minutes
from tests.pdf.page_faults import outside
from tests.pdf.page_lines import captured
from tests.pdf.test_rendering import listener  # noqa: F401 - a fixture
from tests.reports.letters.factories import make_letter
from workflows.sop.data import SopData, StepData
from workflows.sop.files import import_sop

pytestmark = pytest.mark.django_db
SENTINEL = "hostile-sentinel"
LONG = "x" * 5000
THAI = "ก" * 5000
ODD = "مرحبا \u202eabc\u202c \u200b\u200d\ufeff\u0e48\u0e48\u0e49 😀 𝕏 \x07"


def hostile(port: int, folder) -> str:
    """Return rich text with everything that must not work, and with texts hard to lay out."""
    remote, local = f"http://127.0.0.1:{port}/a.png", f"file://{folder}/{SENTINEL}"
    inner = "<ul><li>" * 60 + "ลึก" + "</li></ul>" * 60
    return (
        f'<script src="{remote}">alert(1)</script><img src="{remote}"><img src="{local}">'
        f'<link rel="stylesheet" href="{remote}"><style>@import "{local}";</style>'
        f'<iframe src="{local}"></iframe><object data="{remote}"></object>'
        f'<p style="font-size:9000pt;background:url({remote});position:fixed">ใหญ่</p>'
        f"<font size='99'>{ODD}</font><p>{LONG}</p><p>{THAI}</p>"
        f"<table><tr><td>{LONG[:400]}</td><td>ข</td></tr></table>"
        f"{{{{ 7|add:7 }}}}</p></body>{inner}"
    )


def memo(office, text):
    return "memo", make_letter(office, body=text, subject=ODD + LONG[:200])


def minutes(office, text):
    _steering, working = make_committees(office)
    meeting = make_meeting(office, working)
    add_headings(meeting)
    AgendaItem.objects.filter(meeting=meeting, kind="other").update(minutes_text=text)
    take_minutes(meeting, office)
    return "minutes", meeting


def category(office, text):
    year = make_assessment(office)
    answer = year.answer("1.1")
    ItemAnswer.objects.filter(pk=answer.pk).update(narrative=text)
    add_finding(answer, office.officer)
    return "category-report", year.category(1)


def sop(office, text):
    data = SopData(
        *("hostile", ODD, "", "", "", "D6", None, "", []),
        [{"number": "1.", "title": text[:300], "html": text}, {"title": "ก", "shows": "table"}],
        *([text[:2000]], [], {}),
        steps=[StepData(1, "ขั้นตอน", detail=text[:3000])],
    )
    return "sop", import_sop(data, office.agency)


@pytest.fixture
def opened():
    """What Python opened whose name is the sentinel's."""
    found, watching = [], [True]

    def hear(event, args):
        if watching[0] and event == "open" and SENTINEL in str(args[0]):
            found.append(args[0])

    sys.addaudithook(hear)
    yield found
    watching[0] = False


@pytest.mark.parametrize("paper_of", [memo, minutes, category, sop])
def test_hostile_text_is_printed_as_words_or_not_at_all(
    paper_of,
    listener,  # noqa: F811 - the fixture
    opened,
    tmp_path,
):
    port, met = listener
    (tmp_path / SENTINEL).write_text("secret")
    opened.clear()
    kind, subject = paper_of(make_office(), hostile(port, tmp_path))
    with captured() as pages:
        paper = papers.render(kind, subject, draw=draw_here)
    assert (met, opened) == ([], [])
    # Words of plain texts are escaped; tags of rich ones are gone.
    tags = (
        "<script",
        '<img src="http',
        "<iframe",
        "<object",
        "<font",
        '<p style="font-size:9000pt',
    )
    assert [tag for tag in tags if tag in paper.html] == []
    assert outside(pages) == []
    assert paper.page_count < 20


@pytest.mark.parametrize(
    ("paper_of", "text"),
    [
        (memo, "<table><tr>" + "<td>ก</td>" * 100_000 + "</tr></table>"),
        (category, "การพัฒนาคุณภาพ " * 25_000),
    ],
)
def test_what_takes_too_long_ends_with_a_plain_reason(paper_of, text, settings):
    settings.PAPER_SECONDS_PER_PASS = 3
    kind, subject = paper_of(make_office(), text)
    with pytest.raises(PaperTooLarge) as ended:
        papers.render(kind, subject)
    assert reason_of(ended.value)[0] == "too_long"
