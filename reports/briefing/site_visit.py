"""เอกสารสรุปสำหรับการตรวจเยี่ยม: one landscape page a category, all of it from the record.

How much of each part is shown is fixed (`clipping`), so that a page never runs over.
"""

from decimal import Decimal
from fractions import Fraction

from assessments.enums import Answer
from assessments.models import ChecklistLine, ItemLink, LineAnswer
from committees.roles import champions, team_of_category
from core.thai_numerals import plain_decimal
from documents.paper_digits import uses_thai_digits
from reports.application_report import LEVEL_WORDS, report_context
from reports.award.readiness import to_two
from reports.briefing.clipping import Clipped, clip_list, clip_text, fit_texts, lines_of
from workflows.award_stages import stages_in
from workflows.models import Cycle

RESULTS = 7
# A page holds 150 mm of lines 5.3 mm high. Beside results, findings have a narrow column.
FINDING_LINES, NARROW, WIDE = 22, 46, 80
FIGURES, PROOFS, PEOPLE = 3, 5, 3
# What proofs and questions share of their column's lines.
RIGHT_LINES, RIGHT_WIDTH = 18, 56
LONG_FINDING, LONG_NAME, LONG_UNIT, LONG_PROOF, LONG_QUESTION = 240, 60, 12, 60, 160


def briefing_context(cycle: Cycle) -> dict:
    """Return what the briefing prints of a cycle with a self-assessment.

    The number of queries does not grow with items, evidence or people.
    """
    report = report_context(cycle)
    facts = _Facts(cycle, report)
    return {
        "agency": cycle.agency,
        "year": cycle.fiscal_year,
        "edition": report["edition"],
        "edition_words": report["edition_words"],
        "total": report["total"],
        "maximum": report["maximum"],
        "pages": [_page(category, facts) for category in report["categories"]],
        "stages": list(stages_in(cycle.agency, cycle.fiscal_year)[:6]),
        "is_by_percent": report["is_by_percent"],
    }


class _Facts:
    """What all pages share, each table read once."""

    def __init__(self, cycle: Cycle, report: dict):
        assessment = cycle.assessment
        agency, year = cycle.agency, cycle.fiscal_year
        self.maximum = report["maximum"]
        self.thai = uses_thai_digits(agency)
        self.champions = champions(agency, year)
        self.teams = {number: team_of_category(agency, year, number) for number in range(1, 8)}
        self.titles = {
            row["evidence"].pk: row["title"] for g in report["evidence"] for row in g["rows"]
        }
        self.results = {
            row["indicator"].pk: row
            for category in report["categories"]
            for row in category["indicators"]
        }
        self.links: dict[int, list[int]] = {}
        links = ItemLink.objects.filter(
            item_answer__category_assessment__assessment=assessment, indicator__isnull=False
        ).order_by("item_answer__item__order", "pk")
        number_of = "item_answer__category_assessment__category__number"
        for number, indicator in links.values_list(number_of, "indicator"):
            found = self.links.setdefault(number, [])
            if indicator not in found:
                found.append(indicator)
        self.open_lines = self._open_lines(assessment)

    @staticmethod
    def _open_lines(assessment) -> dict[int, list[tuple[str, str]]]:
        """Return category → (item code, words) of the lines not answered with yes; 1 query."""
        met = LineAnswer.objects.filter(
            item_answer__category_assessment__assessment=assessment, answer=Answer.YES
        )
        rows = (
            ChecklistLine.objects.filter(item__category__edition=assessment.edition)
            .exclude(pk__in=met.values("line"))
            .select_related("item__category")
            .order_by("item__category__number", "item__order", "order", "pk")
        )
        found: dict[int, list[tuple[str, str]]] = {}
        for line in rows:
            found.setdefault(line.item.category.number, []).append((line.item.code, line.title_th))
        return found


def _page(category: dict, facts: _Facts) -> dict:
    number = category["number"]
    proofs: dict[int, tuple[str, str]] = {}
    for item in category["items"]:
        for row in item["evidence"]:
            title = clip_text(facts.titles.get(row.pk, ""), LONG_PROOF)
            proofs.setdefault(row.pk, (row.code, title))
    shown = clip_list(list(proofs.values()), PROOFS)
    results = _results(category, facts)
    champion = facts.champions.get(number)
    team = [user for user in facts.teams[number] if user != champion]
    return {
        "number": number,
        "title": category["title"],
        "score": category["score"],
        "maximum": category["maximum"],
        "percent": _percent(category),
        "levels": _levels(category),
        **_findings(category, NARROW if results.rows else WIDE),
        "results": results,
        "proofs": shown,
        "champion": champion,
        "people": clip_list(team, PEOPLE),
        "questions": _questions(category, facts, RIGHT_LINES - _lines_of_proofs(shown)),
    }


def _percent(category: dict) -> Decimal | None:
    if category["share"] is None or not category["maximum"]:
        return None
    return to_two(Fraction(category["score"]) * 100 / Fraction(category["maximum"]))


def _levels(category: dict) -> list[tuple[str, int, int]]:
    """Return (level in Thai, lines met, lines) over the category's items."""
    sums: dict[str, list[int]] = {}
    for item in category["items"]:
        for row in item["levels"]:
            both = sums.setdefault(row["level"].code, [0, 0])
            both[0] += row["level"].yes
            both[1] += row["level"].lines
    return [(LEVEL_WORDS[code], yes, lines) for code, (yes, lines) in sums.items()]


def _findings(category: dict, width: int) -> dict[str, Clipped]:
    """Return strengths and OFI; strengths take half of the column, OFI what is left of it."""
    strengths = fit_texts(category["strengths"], FINDING_LINES / 2, width, LONG_FINDING)
    left = FINDING_LINES - lines_of(strengths, width)
    return {
        "strengths": strengths,
        "ofis": fit_texts(category["ofis"], left, width, LONG_FINDING),
    }


def _results(category: dict, facts: _Facts) -> Clipped:
    """Return the category's own indicators, or those that its items name as their proof."""
    rows = category["indicators"]
    if category["number"] != RESULTS:
        linked = facts.links.get(category["number"], [])
        rows = [facts.results[pk] for pk in linked if pk in facts.results]
    known = [row for row in rows if row["value"] is not None]
    found = clip_list(known, FIGURES)
    return Clipped([_figure(row) for row in found.rows], found.more)


def _figure(row: dict) -> dict:
    indicator = row["indicator"]
    target = indicator.target
    return {
        "name": clip_text(indicator.name, LONG_NAME),
        "value": plain_decimal(row["value"], commas=True),
        "unit": clip_text(indicator.unit, LONG_UNIT),
        "target": "" if target is None else plain_decimal(target, commas=True),
        "chart": row["chart"]["svg"] if row["chart"] else "",
    }


def _lines_of_proofs(shown: Clipped) -> float:
    titles = Clipped([f"[{code}] {title}" for code, title in shown.rows], shown.more)
    return lines_of(titles, RIGHT_WIDTH)


def _questions(category: dict, facts: _Facts, lines: float) -> Clipped:
    """Return what visitors may ask: lines not yet met; without a checklist, what is to improve."""
    rows = facts.open_lines.get(category["number"], [])
    if category["number"] == RESULTS or not rows:
        rows = [(item["code"], text) for item in category["items"] for text in item["ofis"]]
    found = fit_texts([text for _code, text in rows], lines, RIGHT_WIDTH, LONG_QUESTION)
    codes = [code for code, _text in rows]
    return Clipped(list(zip(codes, found.rows, strict=False)), found.more)
