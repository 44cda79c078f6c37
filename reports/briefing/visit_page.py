"""A category's page in the briefing: what stands on it, in which size, and how much of it fits.

Heights are counted before drawing, in lines of the size: the largest size in which nothing is
left out is taken; in the usual size each part is cut to its share, and says what is left out.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from assessments.enums import Direction
from assessments.indicators.reading import meets
from assessments.progress import RESULTS
from core.thai_numerals import plain_decimal
from core.thai_text import shown_length
from reports.application_report import LEVEL_WORDS
from reports.award.readiness import to_two
from reports.briefing.clipping import (
    Block,
    Clipped,
    Row,
    clip_list,
    clip_text,
    fit_rows,
    in_columns,
    lines_of,
    shares,
)
from reports.briefing.spark import spark_svg

# What the body of a page holds, in mm; the styles give it 156.
BODY = 154
COLUMNS, COLUMN = 3, 84
# What the columns of figures leave of 267 mm to the names of the two tables; a row's padding.
ITEMS_FIXED, RESULTS_FIXED, YEAR, COMPARATOR, ROW = 48, 86, 18, 28, 1.8
LEVELS, COUNTS, LAST = 81, 54, 34
WIDTH, MARGIN = 267, 3
YEARS = 4
# A part's heading with its distances, in lines.
HEADING = 2.0
LONG_TEXT, LONG_NAME, LONGEST_FIGURE = 260, 120, 8
# Letters of the line that names who can answer.
PEOPLE = 62
# How much of what the items leave the results may take.
RESULTS_SHARE = 0.5


@dataclass(frozen=True)
class Size:
    """A size of letters: its class in the styles, a line in mm, the letters of a column."""

    name: str
    line: float
    letters: int

    def lines(self, text: str, width: float = COLUMN) -> int:
        """Return how many lines the text takes in a column of so many mm."""
        return max(1, -(-shown_length(text) // int(self.letters * width / COLUMN)))


SIZES = (Size("largest", 6.18, 37), Size("large", 5.72, 39), Size("usual", 5.3, 42))


@dataclass
class Part:
    """One list of the columns, cut when the page is laid out; `lacks` says so where it is empty."""

    heading: str
    unit: str
    rows: list[Row]
    lacks: bool = True
    shown: Clipped = field(default_factory=lambda: Clipped([], 0))


def laid_out(category: dict, facts) -> dict:
    """Return a category's page, as the template prints it."""
    number, percent = category["number"], _percent(category)
    champion = facts.champions.get(number)
    page = {
        "number": number,
        "title": category["title"],
        "score": category["score"],
        "maximum": category["maximum"],
        "percent": percent,
        "fill": 0 if percent is None else round(percent),
        "difference": category["difference"],
        "has_last": facts.has_last,
        "has_levels": category["has_levels"],
        "is_results": category["is_results"],
        "levels": LEVEL_WORDS.values(),
        "items": _items(category),
        "champion": champion,
        "people": _people(champion, [user for user in facts.teams[number] if user != champion]),
    }
    return page | _below(page, category, facts)


def _below(page: dict, category: dict, facts) -> dict:
    """Return what stands below the items, and in which size all of it is printed."""
    results, parts, told = _results(category, facts), _parts(category, facts), _told(category)
    size, figures = _fitted(page, results, parts, told)
    return {
        "size": size.name,
        "results": figures,
        "years": results[0]["years"] if results else [],
        "has_comparator": any(row["comparator"] for row in figures.rows),
        "columns": _columns([*parts, told] if told.shown.rows else parts, size),
        "lacking": [part.heading for part in parts if part.lacks and not part.rows],
    }


def _columns(parts: list[Part], size: Size) -> list[list[dict]]:
    """Return the parts in columns, as the template prints them."""
    columns = in_columns(_blocks(parts, size), COLUMNS)
    return [[block.said for block in column] for column in columns]


def _blocks(parts: list[Part], size: Size) -> list[Block]:
    """Return what stays together: a heading with its first row, what is more with the last."""
    blocks = []
    for part in parts:
        rows = part.shown.rows or ([()] if part.shown.more else [])
        for number, row in enumerate(rows):
            is_last = number + 1 == len(rows)
            heading = part.heading if number == 0 else ""
            more = part.shown.more if is_last else 0
            said = {"heading": heading, "row": row, "more": more, "unit": part.unit}
            lines = lines_of([row], size.letters) + (HEADING if heading else 0)
            blocks.append(Block(said | {"is_last": is_last}, lines + (1.5 if more else 0)))
    return blocks


def _people(champion, team: list) -> Clipped:
    """Return who of the team is named beside the champion: as many as one line takes."""
    left = PEOPLE - shown_length(str(champion or ""))
    shown = 0
    for person in team:
        left -= shown_length(str(person)) + 3
        if left < 0:
            break
        shown += 1
    return clip_list(team, shown)


def _fitted(page: dict, results: list[dict], parts: list[Part], more: Part) -> tuple:
    """Choose the size, cut the parts to what fits; return the size and the results shown.

    What room is left where nothing was cut goes to the part `more`.
    """
    names = [row["title"] for row in page["items"]]
    lacking = any(part.lacks and not part.rows for part in parts)
    for size in SIZES:
        left = BODY - _height(names, _item_width(page), size) - (2 * size.line if lacking else 0)
        figures = _fitting_results(results, left * RESULTS_SHARE, size)
        left -= _results_height(figures.rows, size) + (size.line if figures.more else 0)
        room = _cut(parts, left / size.line, size)
        if not figures.more and not any(part.shown.more for part in parts):
            _fill(parts, more, room, left / size.line, size)
            break
    return size, figures


def _cut(parts: list[Part], lines: float, size: Size) -> float:
    """Cut the parts so that no column is longer than `lines`; return how many all may take.

    Rows are never parted, so columns end unevenly: that much less fits, which is tried out.
    """
    room = COLUMNS * lines
    while True:
        filled = [part for part in parts if part.rows]
        needs = [HEADING + lines_of(part.rows, size.letters) for part in filled]
        for part, given in zip(filled, shares(needs, room), strict=True):
            part.shown = fit_rows(part.rows, given - HEADING + 0.01, size.letters, LONG_TEXT)
        if _highest(parts, size) <= lines or room <= COLUMNS:
            return room
        room -= 1


def _fill(parts: list[Part], more: Part, room: float, lines: float, size: Size) -> None:
    """Give the part `more` what room the others leave, as far as the columns hold it."""
    used = sum(HEADING + lines_of(part.rows, size.letters) for part in parts if part.rows)
    for taken in range(int(room - used - HEADING), 2, -1):
        more.shown = fit_rows(more.rows, taken, size.letters, LONG_TEXT)
        if _highest([*parts, more], size) <= lines:
            return
    more.shown = Clipped([], 0)


def _highest(parts: list[Part], size: Size) -> float:
    columns = in_columns(_blocks(parts, size), COLUMNS)
    return max(sum(block.lines for block in column) for column in columns)


def _item_width(page: dict) -> int:
    """Return the width in mm of the names in the table of items."""
    figures = LEVELS if page["has_levels"] else COUNTS if page["is_results"] else LAST / 2
    return WIDTH - ITEMS_FIXED - figures - (LAST if page["has_last"] else 0)


def _results_height(rows: list[dict], size: Size) -> float:
    if not rows:
        return 0
    width = WIDTH - RESULTS_FIXED - YEAR * len(rows[0]["years"])
    if any(row["comparator"] for row in rows):
        width -= COMPARATOR
    return _height([row["name"] for row in rows], width, size)


def _height(names: list[str], width: float, size: Size) -> float:
    """Return the height of a table with these names in mm, its head and distance included."""
    rows = sum(size.lines(name, width) * size.line + ROW for name in names)
    return SIZES[-1].line + ROW + rows + MARGIN


def _fitting_results(results: list[dict], room: float, size: Size) -> Clipped:
    shown = len(results)
    while shown and _results_height(results[:shown], size) > room:
        shown -= 1
    return clip_list(results, shown)


def _percent(category: dict) -> Decimal | None:
    if category["share"] is None or not category["maximum"]:
        return None
    return to_two(Fraction(category["score"]) * 100 / Fraction(category["maximum"]))


def _items(category: dict) -> list[dict]:
    rows = []
    for item in category["items"]:
        known = [row for row in item["indicators"] if row["value"] is not None]
        rows.append(
            {
                "code": item["code"],
                "title": clip_text(item["title"], LONG_NAME),
                "levels": item["levels"],
                "percent": item["percent"],
                "score": item["score"],
                "last_score": item["last_score"],
                "difference": item["difference"],
                "evidence": len(item["evidence"]),
                "indicators": len(item["indicators"]),
                "met": sum(bool(meets(row["indicator"], row["value"])) for row in known),
            }
        )
    return rows


def _results(category: dict, facts) -> list[dict]:
    """Return the category's own indicators, or those that its items name as their proof.

    Only those with a value of the year; first what met its target, the longest known first.
    """
    rows = category["indicators"]
    if category["number"] != RESULTS:
        rows = [
            facts.results[pk]
            for pk in facts.links.get(category["number"], [])
            if pk in facts.results
        ]
    known = [row for row in rows if row["value"] is not None]
    known.sort(key=lambda row: (not meets(row["indicator"], row["value"]), -_years_known(row)))
    return [_result(row) for row in known]


def _years_known(row: dict) -> int:
    return sum(value["shown"] is not None for value in row["values"])


def _result(row: dict) -> dict:
    indicator = row["indicator"]
    met = meets(indicator, row["value"])
    years, values = row["years"][-YEARS:], row["values"][-YEARS:]
    points = [(year, value["shown"]) for year, value in zip(years, values, strict=True)]
    name = f"{indicator.name} ({indicator.unit})"
    return {
        "code": row["code"],
        "name": clip_text(name, LONG_NAME),
        "is_lower": indicator.direction == Direction.LOWER,
        "years": years,
        "values": values,
        "target": row["target"],
        "comparator": _comparator(indicator),
        "word": {True: "บรรลุ", False: "ยังไม่บรรลุ", None: "–"}[met],
        "is_met": bool(met),
        "spark": spark_svg(points, indicator.target, indicator.name),
    }


def _comparator(indicator) -> str:
    if indicator.comparator_value is None:
        return ""
    value = plain_decimal(indicator.comparator_value, commas=True)
    return f"{clip_text(indicator.comparator_name, 24)} {value}".strip()


def _parts(category: dict, facts) -> list[Part]:
    """Return the lists of the columns, also the empty ones."""
    number = category["number"]
    ofis = [
        (text, *facts.done.get((item["code"], text), ()))
        for item in category["items"]
        for text in item["ofis"]
    ]
    ofis.sort(key=len, reverse=True)
    others = [(words,) for words in facts.actions.get(number, [])]
    return [
        Part("จุดเด่น", "ข้อ", [(text,) for text in category["strengths"]]),
        Part("โอกาสในการปรับปรุง (OFI) และการดำเนินการ", "ข้อ", ofis),
        Part("หลักฐานที่พร้อมแสดง", "รายการ", _proofs(category, facts)),
        Part("กิจกรรมปรับปรุงอื่นของหมวด", "กิจกรรม", others, lacks=False),
        Part("ประเด็นที่อาจถูกถาม", "ข้อ", _questions(category, facts), lacks=False),
    ]


def _told(category: dict) -> Part:
    """Return what the items tell; it fills what room the rest leaves, so nothing is counted."""
    rows = [
        (f"{item['code']} {' '.join(item['paragraphs'])}",)
        for item in category["items"]
        if item["paragraphs"]
    ]
    return Part("สิ่งที่ดำเนินการ (จากคำบรรยาย)", "หัวข้อ", rows, lacks=False)


def _proofs(category: dict, facts) -> list[Row]:
    """Return the evidence of the items: what proves the highest level first, then most used."""
    pks = {row.pk: None for item in category["items"] for row in item["evidence"]}
    rows = [(facts.proved.get(pk, -1), facts.evidence[pk]) for pk in pks if pk in facts.evidence]
    rows.sort(key=lambda found: (-found[0], -len(found[1]["items"]), found[1]["evidence"].code))
    return [(_proof(entry),) for _level, entry in rows]


def _proof(entry: dict) -> str:
    form = f" · {entry['form']}" if entry["form"] else ""
    items = f" · ใช้ที่ {', '.join(entry['items'])}" if len(entry["items"]) > 1 else ""
    return f"{entry['evidence'].code} {entry['title']}{form}{items}"


def _questions(category: dict, facts) -> list[Row]:
    """Return what visitors may ask: results below their target, lines not yet met."""
    rows = [words for row in category["indicators"] if (words := _doubt(row))]
    for code, level, words in facts.open_lines.get(category["number"], []):
        if category["has_levels"]:
            rows.append(f"{code} ({LEVEL_WORDS[level]}) {words}")
    if not category["has_levels"] and not category["is_results"]:
        bare = [item for item in category["items"] if not item["evidence"]]
        rows += [f"{item['code']} {item['title']}: ยังไม่มีหลักฐาน" for item in bare]
    return [(words,) for words in rows]


def _doubt(row: dict) -> str:
    """Return what may be asked about an indicator; "" where it met its target three years long."""
    indicator = row["indicator"]
    name = f"{row['code']} {indicator.name}"
    if row["value"] is None:
        return f"{name}: ยังไม่มีผลของปี"
    if meets(indicator, row["value"]) is False:
        value, target = (
            plain_decimal(figure, commas=True) for figure in (row["value"], indicator.target)
        )
        return f"{name}: ผล {value} ยังไม่ถึงเป้าหมาย {target}"
    if _years_known(row) < len(row["years"]):
        return f"{name}: ผลย้อนหลังไม่ครบ {len(row['years'])} ปี"
    return ""
