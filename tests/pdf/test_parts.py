"""Papers drawn in parts: the same pages as drawn whole, and nothing drawn twice."""

import os
import subprocess

import pytest

from assessments.models import ItemAnswer
from documents import papers
from documents.composing.cache import FOLDER, DrawnPart, PartCache, sweep
from documents.composing.composer import Composer
from documents.composing.labels import in_letters
from documents.composing.parts import cut, part_marks
from documents.drawing.drawing_child import DrawingChild
from documents.issued.seals import Seal
from documents.pdf_rendering import (
    Layout,
    PageLayout,
    PaperFailed,
    PaperTooLarge,
    Sheet,
    draw_here,
    read_style,
)
from documents.watching import PaperCancelled
from tests.agencies.factories import make_office
from tests.assessments.factories import add_evidence, add_indicator, make_assessment

HOSTILE = "<div style='display:grid'>" + ("<table><tr>" + "<td>ก</td>" * 300) * 200 + "</div>"


def words_of(pdf: bytes) -> list[list[str]]:
    """Return the words of each page in the order of their places."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return [page.split() for page in done.stdout.decode().split("\f")[:-1]]


def pictures_of(pdf: bytes) -> bytes:
    return subprocess.run(["pdftoppm", "-r", "40", "-"], input=pdf, capture_output=True).stdout


class Listener:
    """A watcher that writes down what it hears, and stops the drawing at a stage."""

    def __init__(self, stop=False):
        self.heard, self.stop = [], stop

    def hear(self, stage, done=0, total=0):
        self.heard.append((str(stage), done, total))

    def must_stop(self):
        return self.stop and bool(self.heard)


@pytest.fixture
def year(db):
    office = make_office(name_th="สำนักงานตัวอย่าง")
    year = make_assessment(office)
    answer = year.answer("1.1")
    ItemAnswer.objects.filter(pk=answer.pk).update(narrative="ทบทวนวิสัยทัศน์ 2 ครั้ง\n" * 30)
    add_evidence(answer, office.officer)
    add_indicator(year.answer("7.1"), target=80, value=90)
    return year


def drawn_stages(watch: Listener) -> list[tuple[int, int]]:
    return [(done, total) for stage, done, total in watch.heard if stage == "drawing"]


def test_report_in_parts_is_the_report_drawn_whole_and_only_changes_are_drawn_again(year):
    seal = Seal("อนุมัติในระบบ", "ABCD-EFGH-JKMN-PQRS")
    whole = papers.render("application-report", year.cycle, draw=draw_here, seal=seal)
    parted = papers.render("application-report", year.cycle, seal=seal)
    assert parted.html == whole.html
    assert parted.layout == whole.layout
    assert words_of(parted.pdf) == words_of(whole.pdf)
    assert pictures_of(parted.pdf) == pictures_of(whole.pdf)
    turned = [page for page in parted.layout.pages if page.name == "body-turned"]
    assert [("table-9" in page.ids, page.label) for page in turned] == [(True, "๑๒")]

    same, changed, part = Listener(), Listener(), Listener()
    again = papers.render("application-report", year.cycle, seal=seal, watch=same)
    assert (again.pdf == parted.pdf, drawn_stages(same)) == (True, [])

    ItemAnswer.objects.filter(pk=year.answer("4.1").pk).update(narrative="ใช้ข้อมูลตัดสินใจ")
    one = papers.render("application-report", year.cycle, section="category-4", watch=part)
    assert drawn_stages(part) == [(0, 1), (1, 1)]
    assert "ใช้ข้อมูลตัดสินใจ" in words_of(one.pdf)[0]
    after = papers.render("application-report", year.cycle, watch=changed)
    # Only the summary, which counts the written items: the preview has drawn the category.
    assert drawn_stages(changed) == [(15, 16), (16, 16)]
    pages = words_of(after.pdf)
    assert "ใช้ข้อมูลตัดสินใจ" in pages[after.layout.page_of("category-4") - 1]
    assert after.layout.labels["part-contents"] == "ก"
    assert after.layout.labels["category-1"] == "๔"

    with pytest.raises(LookupError):
        papers.render("application-report", year.cycle, section="category-9")
    with pytest.raises(LookupError):
        papers.render("evidence-index", year.assessment, section="category-1")


def composer_of(child, *parts, watch=None, cache=None):
    html = "".join(part_marks(name, "body", f"ตอน {name}", inner) for name, inner in parts)
    sheet = Sheet(f'<html lang="th"><body>{html}</body></html>', [], "")
    watch = watch or Listener()
    options = {"seal_styles": [], "thai_digits": True, "about": {"title": "ก"}}
    return Composer(child, cache, watch, **options), sheet


def test_limit_names_the_part_that_was_drawn(settings):
    settings.PAPER_SECONDS_PER_PASS = 3
    with DrawingChild() as child:
        composer, sheet = composer_of(child, ("a", HOSTILE))
        with pytest.raises(PaperTooLarge) as ended:
            composer.lay_out(sheet)
    assert (ended.value.limit, ended.value.part) == ("time", "ตอน a")


def test_stopped_drawing_leaves_no_process():
    watch = Listener(stop=True)
    with DrawingChild(watch) as child:
        composer, sheet = composer_of(child, ("a", HOSTILE), watch=watch)
        with pytest.raises(PaperCancelled):
            composer.lay_out(sheet)
        assert child._process.poll() is None
    assert child._process.poll() == -9
    assert not child.folder.exists()


def test_kept_part_belongs_to_its_office_and_a_damaged_one_is_none(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    part = DrawnPart(b"%PDF", Layout([PageLayout(["a"], "ก", {"a": (1.0, 2.5)}, "body")]))
    ours, others = PartCache(1), PartCache(2)
    ours.put("key", part)
    assert (ours.get("key"), others.get("key"), ours.get("other")) == (part, None, None)

    file = tmp_path / FOLDER / "1" / "key"
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert ours.get("key") is None
    assert not file.exists()


def test_sweep_keeps_what_was_used_last(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("documents.composing.cache.MOST_BYTES", 250)
    for age, name in enumerate(("new", "old", "oldest")):
        PartCache(1).put(name, DrawnPart(b"x" * 60, Layout([])))
        moment = 2_000_000_000 - age * 60
        os.utime(tmp_path / FOLDER / "1" / name, (moment, moment))
    assert sweep() == 1
    assert sorted(path.name for path in (tmp_path / FOLDER / "1").iterdir()) == ["new", "old"]


def test_text_between_parts_is_refused():
    marks = part_marks("a", "body", "ก", "<p>") + "{}" + part_marks("b", "front", "<ข>", "</p>")
    assert [part.title for part in cut(marks.format("\n ")).parts] == ["ก", "<ข>"]
    assert cut("<p>ไม่มีตอน</p>") is None
    with pytest.raises(PaperFailed):
        cut(marks.format("หลุด"))


@pytest.mark.parametrize(("number", "letters"), [(1, "ก"), (10, "ญ"), (11, "กก"), (12, "กข")])
def test_front_pages_are_numbered_in_letters_as_the_style_prints_them(number, letters):
    assert in_letters(number) == letters
    assert letters[-1] in read_style("pdf/base.css")
