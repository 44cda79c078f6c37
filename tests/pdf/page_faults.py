"""What must not be seen on any paper: each function returns the places where it is, as words."""

import itertools
import re

from weasyprint.text.line_break import get_log_attrs

from core.thai_dates import MONTHS, SHORT_MONTHS
from tests.pdf.page_lines import lines_of, tables_of

SLACK = 1.5  # pixels
AROUND = 40  # letters on each side of a line's end
D = "[0-9๐-๙]"
_MONTH = "|".join(re.escape(name) for name in [*MONTHS, *SHORT_MONTHS])
# What no line may cut: dates, numbers of meetings, amounts with their unit, title and name, times.
WHOLE = re.compile(
    rf"{D}{{1,2}} (?:{_MONTH})(?: (?:พ\.ศ\. )?{D}{{4}})?|"
    rf"(?:{_MONTH}) {D}{{4}}|"
    rf"(?:ครั้งที่|คำสั่งที่|พ\.ศ\.|เขต|ร้อยละ|มาตรา) ?{D}[0-9๐-๙.,/]*|"
    rf"{D}[0-9๐-๙.,]* (?:บาท|วัน|เดือน|ปี|คน|คะแนน|ชั่วโมง|นาที|เรื่อง|รายการ|กิจกรรม|หัวข้อ|ตัวชี้วัด)(?![ก-๎])|"
    rf"{D}{{1,2}}[.:]{D}{{2}} น\.|"
    rf"{D}[0-9๐-๙.,]*{D}|"
    r"(?:นาย|นาง|นางสาว|ว่าที่ร้อยตรี )[ก-๎]{2,20}(?= )"
)
ADDRESS = re.compile(r"https?://\S+")
# An address may break behind these letters only.
_AFTER_IN_ADDRESS = "/.-?&=_"
_NEVER_FIRST = re.compile("[ะ-ฺๅๆ็-๎ฯ)\\]”]")
_NEVER_LAST = re.compile("[เ-ไ(\\[“]$")


def outside(pages) -> list[str]:
    """Return texts that leave their page, or their table cell on the right."""
    found = []
    for number, page in enumerate(pages, start=1):
        width, height = page._page_box.margin_width(), page._page_box.margin_height()
        for line in lines_of(page):
            right = min(width, line.cell_right or width)
            is_in = line.left >= -SLACK and line.top >= -SLACK
            if not is_in or line.right > right + SLACK or line.foot > height + SLACK:
                found.append(f"page {number}: {line.words}")
    return found


def lone_headings(pages) -> list[str]:
    """Return headings at the foot of a page whose text begins on the next one."""
    found = []
    shown = [[line for line in lines_of(page) if not line.is_margin] for page in pages]
    for number, (lines, following) in enumerate(itertools.pairwise(shown), start=1):
        if not lines or not following:
            continue
        last = max(lines, key=lambda line: line.foot)
        first = min(following, key=lambda line: line.top)
        # Before a heading of the same level or a higher one, it stands for itself.
        if last.heading and not 0 < first.heading <= last.heading:
            found.append(f"page {number}: {last.words}")
    return found


def headless_tables(pages) -> list[str]:
    """Return tables that go on without their heads, or of which only heads fit on a page."""
    found = []
    open_tables: set = set()
    for number, page in enumerate(pages, start=1):
        here = set()
        for table in tables_of(page):
            element = table.element
            if element is None or element.find("thead") is None:
                continue
            here.add(element)
            heads = any(group.is_header for group in table.children)
            rows = any(not group.is_header for group in table.children)
            if (element in open_tables and not heads) or not rows:
                found.append(f"page {number}: {element.get('class')}")
        open_tables = here
    return found


def cut(pages) -> list[str]:
    """Return ends of lines that cut what must stay whole, wherever its column has the room."""
    found = []
    for number, page in enumerate(pages, start=1):
        lines = [line for line in lines_of(page) if not line.is_margin]
        for line, following in itertools.pairwise(lines):
            if line.block is not following.block or following.top < line.foot - SLACK:
                continue
            fault = _fault(line, following)
            if fault:
                found.append(f"page {number}, {fault}: {line.words[-30:]} | {following.words[:30]}")
    return found


def _fault(line, following) -> str:
    """Return what is wrong with the break between two lines, "" for nothing."""
    before, after = line.words.rstrip(" \n"), following.words.lstrip(" ")
    if not before or not after or before.endswith("\u200b") or after.startswith("\u200b"):
        return ""
    letter = (line.right - line.left) / max(1, len(line.words))
    for joint in _joints(line, before, after):
        text = before[-AROUND:] + joint + after[:AROUND]
        place = len(before[-AROUND:])
        for unit in (*WHOLE.finditer(text), *ADDRESS.finditer(text)):
            is_cut = unit.start() < place and unit.end() > place + len(joint)
            if not is_cut or len(unit.group()) * letter > line.block_width * 0.9:
                continue
            if unit.re is ADDRESS and (joint or before[-1] in _AFTER_IN_ADDRESS):
                continue
            return unit.group()
    return "" if _must_break(line, before) else _cut_word(line, before, after)


def _joints(line, before: str, after: str) -> list[str]:
    """Return what stood where the line ends, a space or nothing; both when it cannot be told."""
    said = " ".join("".join(line.block.itertext()).split())
    ends = [f"{before[-9:]}{joint}{after[:9]}".replace("\u200b", "") for joint in ("", " ")]
    found = [joint for joint, words in zip(("", " "), ends, strict=True) if words in said]
    return found or ["", " "]


def _must_break(line, before: str) -> bool:
    """Tell whether what stands at the line's end has no room: a word as wide as its column."""
    letter = (line.right - line.left) / max(1, len(line.words))
    return bool(re.search("[!-~]$", before)) or line.block_width < 9 * letter


def _cut_word(line, before: str, after: str) -> str:
    """Return what is wrong when a Thai word is broken where the dictionary has no end of a word."""
    if _NEVER_FIRST.match(after) or _NEVER_LAST.search(before):
        return "letter parted from its mark"
    if not re.search("[ก-๎]$", before) or not re.match("[ก-๎]", after):
        return ""
    if "" not in _joints(line, before, after):
        return ""
    text = before[-AROUND:] + after[:AROUND]
    attributes = get_log_attrs(text, "th")
    return "" if attributes[len(before[-AROUND:])].is_line_break else "word cut"
