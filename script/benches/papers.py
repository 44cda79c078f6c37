"""How long papers take to draw and how much memory, beside plain WeasyPrint and Chromium.

Papers are made as the worker makes them: record read, template filled, drawn in a process of its
own whose start is counted. Plain WeasyPrint draws the final HTML once, in such a process too, and
without tags. Its ratio and that of the second issue are of the processor's time, so that other
programs on the machine count little; Chromium's is of seconds.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from script.benches import _measuring as measuring  # first: it sets Django up

from django.conf import settings  # isort: skip
from django.db.models import Model  # isort: skip

from agencies.models import Agency  # isort: skip
from assessments.models import CategoryAssessment, ItemAnswer  # isort: skip
from committees.orders import draft_order  # isort: skip
from documents import papers, pdf_rendering  # isort: skip
from documents.composing.cache import FOLDER  # isort: skip
from documents.drawing.drawing_child import DrawingChild  # isort: skip
from documents.drawing.sheets import FONTS, PASSED_ON, Sheet  # isort: skip
from script.benches._previews import preview_times  # isort: skip

# Paragraphs an item so that the paper has about so many pages.
SIZES = {
    10: ("category-report", 15),
    60: ("application-report", 9),
    200: ("application-report", 50),
}
# --quick begins no paper that would not be done by then; what each takes on a machine on which
# the order takes one second.
QUICK_SECONDS = 38
NEEDED = {"order": 0, "sop": 7, "pages-10": 6, "pages-60": 20, "pages-200": 70}
QUICK_PREVIEWS_BEFORE = 5
GOALS = {
    "one pass": 1.2,
    "page breaks first": 2.3,
    "second issue": 0.5,
    "memory_mb": 600,
}
PARAGRAPH = (
    "สำนักงานทบทวนวิสัยทัศน์และพันธกิจร่วมกับผู้มีส่วนได้ส่วนเสีย ครั้งที่ {0} โดยวิเคราะห์ข้อมูลผลการดำเนินงาน"
    "ย้อนหลัง 3 ปี ข้อร้องเรียน {1} เรื่อง และผลสำรวจความพึงพอใจร้อยละ 8{2}.50 แล้วกำหนดผู้รับผิดชอบและระยะเวลา"
    "ถ่ายทอดสู่กลุ่มงานทุกกลุ่มผ่านการประชุมประจำเดือน ติดตามผลทุกไตรมาส และนำผลมาปรับปรุงแผนในปีถัดไป"
)


@dataclass
class Cost:
    """What an act took: seconds on the clock and of the processor, ours and our processes'."""

    seconds: float
    work: float


def measured(act: Callable[[], object]) -> Cost:
    began, worked = time.perf_counter(), _work()
    act()
    return Cost(time.perf_counter() - began, _work() - worked)


def _work() -> float:
    rows = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(row.ru_utime + row.ru_stime for row in rows)


def _memory() -> tuple[float, float]:
    """Return the most memory so far in MB: ours, and that of the largest of our processes."""
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own, children


def write(agency: Agency, paragraphs: int) -> None:
    """Give every item so many paragraphs."""
    rows = list(ItemAnswer.objects.filter(category_assessment__assessment__cycle__agency=agency))
    for row in rows:
        row.narrative = "\n".join(
            PARAGRAPH.format(number + 1, (row.pk + number) % 50, number % 10)
            for number in range(paragraphs)
        )
    ItemAnswer.objects.bulk_update(rows, ["narrative"])


def change_category(agency: Agency, number: int) -> None:
    """Write one sentence anew in a category."""
    row = ItemAnswer.objects.filter(
        category_assessment__assessment__cycle__agency=agency,
        category_assessment__category__number=number,
    ).first()
    ItemAnswer.objects.filter(pk=row.pk).update(narrative=f"{row.narrative}\nปรับปรุงแล้ว")


def sheet_of(kind: str, obj: Model, html: str) -> Sheet:
    """Return the final HTML with the styles and pictures of its kind."""
    paper = papers.get(kind)
    agency = paper.agency_of(obj)
    look = papers.look_of(agency)
    names = (pdf_rendering.BASE_STYLESHEET, *paper.stylesheets)
    styles = [pdf_rendering._digits_style(papers.uses_thai_digits(agency))]
    styles += [pdf_rendering.read_style(name, look) for name in names]
    return Sheet(html, styles, str(settings.PDF_FONT_DIR), papers.pictures_of(agency, html))


def plain(sheet: Sheet) -> None:
    """Draw with plain WeasyPrint in a process of its own."""
    with DrawingChild() as child:
        child._write_sheet("sheet.json", sheet)
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        command = [sys.executable, "-m", "script.benches._plain", str(child.folder)]
        subprocess.run(command, check=True, env=environment, capture_output=True)


def chromium(sheet: Sheet) -> bool:
    """Print the same HTML with Chromium; False where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return False
    with tempfile.TemporaryDirectory(prefix="chromium-") as name:
        folder = Path(name)
        style = "\n".join(sheet.styles)
        for font, path in FONTS.items():
            style = style.replace(f"pdf-font:{font}", (Path(sheet.font_dir) / path).as_uri())
        html = sheet.html.replace("</head>", f"<style>{style}</style></head>", 1)
        (folder / "paper.html").write_text(html)
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/paper.pdf"]
        subprocess.run(
            [*command, (folder / "paper.html").as_uri()],
            capture_output=True,
            check=True,
            timeout=300,
        )
    return True


def compare(kind: str, obj: Model, goal: str, *, change: Callable[[], None] | None = None) -> dict:
    """Return the figures of one paper: itself, its second issue, plain WeasyPrint, Chromium."""
    shutil.rmtree(settings.DATA_DIR / FOLDER, ignore_errors=True)
    drawn = []
    first = measured(lambda: drawn.append(papers.render(kind, obj)))
    own, children = _memory()
    pages = drawn[0].page_count
    figures: dict[str, float | int] = {
        "pages": pages,
        "seconds": first.seconds,
        "ms_per_page": first.seconds * 1000 / pages,
        "memory_mb": children,
        "memory_of_worker_mb": own,
    }
    if change is not None:
        change()
        again = measured(lambda: papers.render(kind, obj))
        figures["second_issue_seconds"] = again.seconds
        figures["second_issue_ratio"] = again.work / first.work
        figures["second_issue_goal"] = GOALS["second issue"]
    sheet = sheet_of(kind, obj, drawn[0].html)
    beside = measured(lambda: plain(sheet))
    figures["plain_seconds"] = beside.seconds
    figures["plain_ratio"] = first.work / beside.work
    figures["plain_goal"] = GOALS[goal]
    figures["work"] = first.work
    printed = []
    other = measured(lambda: printed.append(chromium(sheet)))
    if printed[0]:
        figures["chromium_seconds"] = other.seconds
        figures["chromium_ratio"] = first.seconds / other.seconds
    else:
        print("chromium: not installed, nothing to compare with")
    return figures


def main() -> int:
    started, quick = time.perf_counter(), measuring.is_quick(__doc__)
    agency = measuring.prepare(1)[0]
    cycle = agency.cycles.get()
    officer = measuring.person(agency, "officer")
    figures: dict[str, float | int] = {}

    def take(name: str, *args, **options) -> None:
        needed = NEEDED[name] * max(1, figures.get("order.seconds", 1))
        if quick and time.perf_counter() - started + needed > QUICK_SECONDS:
            print(f"{name}: not measured, the time of --quick is over")
            return
        for key, value in compare(*args, **options).items():
            figures[f"{name}.{key}"] = value
            print(f"{name}.{key}: {value:.3f}", file=sys.stderr, flush=True)

    order = draft_order(agency, measuring.LAST_YEAR, by=officer)
    take("order", "order", order, "page breaks first")
    category = CategoryAssessment.objects.get(assessment__cycle=cycle, category__number=3)
    for size, (kind, paragraphs) in SIZES.items():
        write(agency, paragraphs)
        is_category = kind == "category-report"
        goal = "one pass" if is_category else "page breaks first"
        obj = category if is_category else cycle
        take(f"pages-{size}", kind, obj, goal, change=lambda: change_category(agency, 3))
    take("sop", "sop", cycle.version, "page breaks first")
    figures |= _growth(figures)
    if quick and time.perf_counter() - started > QUICK_PREVIEWS_BEFORE:
        print("previews: not measured, the time of --quick is over")
    else:
        write(agency, SIZES[10][1])  # a report of the usual length
        shown = preview_times(agency, cycle, officer)
        figures |= {f"preview.{name}": value for name, value in shown.items()}
    measuring.report("papers", {k: v for k, v in figures.items() if not k.endswith(".work")})
    return 0


def _growth(figures: dict) -> dict:
    """Return what a further page costs between 60 and 200, beside the first 60."""
    if "pages-200.pages" not in figures or "pages-60.pages" not in figures:
        return {"memory_goal_mb": GOALS["memory_mb"]}
    more = figures["pages-200.pages"] - figures["pages-60.pages"]
    work = (figures["pages-200.work"] - figures["pages-60.work"]) * 1000 / more
    return {
        "growth_ms_per_page": work,
        "growth_ratio": work / (figures["pages-60.work"] * 1000 / figures["pages-60.pages"]),
        "memory_goal_mb": GOALS["memory_mb"],
    }


if __name__ == "__main__":
    raise SystemExit(main())
