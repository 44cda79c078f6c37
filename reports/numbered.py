"""Numbers of tables and figures in reports: counted through the whole, in the order of print.

They are given here and not by the styles, since the parts of a report are drawn apart.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Numbered:
    """A table or figure: its number, the id of its element, and what its list says."""

    number: int
    element: str
    title: str


class Numbers:
    """Counts tables and figures; each gets the next number of its sort."""

    def __init__(self):
        self.tables: list[Numbered] = []
        self.figures: list[Numbered] = []

    def table(self, title: str) -> int:
        return _next(self.tables, "table", title)

    def figure(self, title: str) -> int:
        return _next(self.figures, "figure", title)


def _next(kept: list[Numbered], sort: str, title: str) -> int:
    number = len(kept) + 1
    kept.append(Numbered(number, f"{sort}-{number}", title))
    return number


def number_report(context: dict) -> dict:
    """Return the context of the Application Report with the numbers of what it prints."""
    numbers = Numbers()
    given = {"summary": numbers.table("การดำเนินการในรอบปี")}
    _number_categories(numbers, context)
    given |= _number_scores(numbers, context)
    if context["has_findings"]:
        given["findings"] = numbers.table("จุดเด่นและโอกาสในการปรับปรุงรายหมวด")
    if context["plan"]:
        given["plan"] = numbers.table(f"แผนปรับปรุงองค์การ ประจำปีงบประมาณ พ.ศ. {context['year']}")
    return context | {"numbers": given, "tables": numbers.tables, "figures": numbers.figures}


def number_assessment(context: dict, *, is_whole: bool) -> dict:
    """As `number_report`, for the self-assessment, which begins with the scores."""
    numbers = Numbers()
    given = {}
    if is_whole:
        given = _number_scores(numbers, context)
        given["bars"] = numbers.figure("คะแนนรายหมวด (ร้อยละของคะแนนเต็ม)")
    _number_categories(numbers, context)
    return context | {"numbers": given, "tables": numbers.tables, "figures": numbers.figures}


def _number_scores(numbers: Numbers, context: dict) -> dict[str, int]:
    compared = "เทียบกับปีก่อน" if context["has_last"] else ""
    return {
        "radar": numbers.figure(f"คะแนนรายหมวด{compared} (ร้อยละของคะแนนเต็ม)"),
        "scores": numbers.table("คะแนนรายหมวด"),
    }


def _number_categories(numbers: Numbers, context: dict) -> None:
    for category in context["categories"]:
        name = f"หมวด {category['number']}"
        category["table_number"] = numbers.table(f"ผลการประเมินรายหัวข้อ {name}")
        if category["indicators"]:
            first = category["indicators"][0]["years"][0]
            words = f"ผลลัพธ์ตามตัวชี้วัด {name} ปีงบประมาณ พ.ศ. {first} – {context['year']}"
            category["results_number"] = numbers.table(words)
        for chart in category["charts"]:
            chart["number"] = numbers.figure(chart["name"])
