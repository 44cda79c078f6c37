"""รายงานการพัฒนาองค์การ (Application Report): one record of the year as one book."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments import scoring
from assessments.enums import FindingKind, Level, ScoringKind
from assessments.evidence.papers import SECRET
from assessments.models import Assessment, Evidence, EvidenceLink, Finding
from assessments.overview import Scale
from assessments.profile.documents import printed_parts
from assessments.progress import AssessmentState, CategoryState, ItemState, fetch_values, load
from committees.enums import OrderStatus
from committees.models import AppointmentOrder
from core.drawing.radar import Series, lines_of, radar_svg
from core.thai_numerals import to_thai_digits
from core.thai_text import shown_length
from documents.paper_digits import uses_thai_digits
from documents.pdf_rendering import Layout
from improvement.enums import PlanStatus, PointKind
from improvement.models import ImprovementPlan, PlanPoint
from improvement.queries import actions_of, totals
from reports.numbered import number_report
from reports.references import element_of, references_in
from reports.report_summary import summary
from reports.results import indicator_row, years_printed
from workflows.models import Cycle

LEVEL_WORDS = {
    Level.BASIC: "พื้นฐาน",
    Level.ADVANCE: "ก้าวหน้า",
    Level.SIGNIFICANCE: "พัฒนาจนเกิดผล",
}
PLAN_WORDS = {
    PlanStatus.DRAFT: "ร่าง",
    PlanStatus.SUBMITTED: "รอผู้อำนวยการพิจารณา",
    PlanStatus.RETURNED: "ส่งกลับแก้ไข",
    PlanStatus.APPROVED: "อนุมัติแล้ว",
    PlanStatus.IN_PROGRESS: "อนุมัติแล้ว อยู่ระหว่างดำเนินการ",
    PlanStatus.CLOSED: "ดำเนินการแล้วเสร็จ",
}
POINT_WORDS = {
    PointKind.OFI: "OFI",
    PointKind.STRENGTH: "จุดแข็ง",
    PointKind.GAP: "ช่องว่างของผลลัพธ์",
    PointKind.RESOLUTION: "มติที่ประชุม",
    PointKind.FEEDBACK: "ข้อเสนอแนะจากการประเมิน",
    PointKind.OTHER: "ประเด็นอื่น",
}


# Lines of a summary that stay together on a page, and how many letters a line of it has.
LINES_TOGETHER, LETTERS_A_LINE = 14, 38


@dataclass(frozen=True)
class Year:
    """An assessment with its state, and last year's where both use one scale."""

    assessment: Assessment
    state: AssessmentState
    last: AssessmentState | None

    def last_category(self, number: int) -> CategoryState | None:
        rows = self.last.categories if self.last else []
        return next((row for row in rows if row.number == number), None)

    def last_item(self, code: str) -> ItemState | None:
        rows = self.last.items if self.last else []
        return next((row for row in rows if row.answer.item.code == code), None)


def report_context(cycle: Cycle) -> dict:
    """Return everything the Application Report prints of a cycle with an assessment.

    The number of queries does not grow with the number of items.
    """
    year = _year(cycle)
    findings = _findings(year.assessment)
    evidence = _evidence(year.assessment)
    plan = ImprovementPlan.objects.filter(cycle=cycle).first()
    scale = Scale.of(year.state.edition)
    categories = [
        _category(year, row, findings, evidence["by_item"]) for row in year.state.categories
    ]
    context = {
        "agency": cycle.agency,
        "year": cycle.fiscal_year,
        "last_year": cycle.fiscal_year - 1,
        "has_last": year.last is not None,
        "edition": year.state.edition,
        "edition_words": _according_to(year.state.edition),
        "is_by_percent": year.state.edition.scoring != ScoringKind.LEVELS,
        "maximum": year.state.edition.total_points,
        "profile": printed_parts(year.assessment),
        "categories": categories,
        "has_findings": any(row["strengths"] or row["ofis"] for row in categories),
        "levels": LEVEL_WORDS,
        "total": scoring.to_five(year.state.total),
        "total_shown": scale.shown(year.state.total),
        "shown_maximum": scale.maximum,
        "last_total": _five(year.last.total) if year.last else None,
        "total_difference": _difference(year.state.total, year.last.total if year.last else None),
        "radar": _radar(year, cycle),
        "evidence": _titled(evidence["groups"], categories),
        "evidence_count": evidence["count"],
        "references": evidence["references"],
        "plan": plan,
        "plan_status": PLAN_WORDS[plan.status] if plan else "",
        "actions": _actions(plan),
        "totals": totals(plan) if plan else None,
        "orders": AppointmentOrder.objects.filter(
            agency=cycle.agency,
            fiscal_year=cycle.fiscal_year,
            status=OrderStatus.SIGNED,
        ).order_by("signed_on", "pk"),
    }
    return number_report(context | {"summary": summary(context)})


def cite_pages(cycle: Cycle, context: dict, layout: Layout) -> dict:
    """Return the context with the pages on which the items cite each piece of evidence.

    Cited is what stands below an item or is named in its text. Pages count from the first one of
    the report's body, as they are printed.
    """
    before = (layout.page_of("summary") or 1) - 1
    pages = layout.element_pages
    typed = _typed(context)
    for group in context["evidence"]:
        for row in group["rows"]:
            places = [f"proofs-{code}" for code in row["items"]]
            places += typed.get(row["evidence"].code, [])
            cited = {pages.get(place, 0) - before for place in places}
            row["pages"] = [page for page in sorted(cited) if page > 0]
    return context


def _typed(context: dict) -> dict[str, list[str]]:
    """Return evidence code → ids of the references that writers typed in the items' texts."""
    found: dict[str, list[str]] = {}
    for category in context["categories"]:
        for item in category["items"]:
            for line, text in enumerate(item["paragraphs"], start=1):
                for number, one in enumerate(references_in(text, context["references"])):
                    place = element_of(f"cited-{item['code']}-{line}", number)
                    found.setdefault(one.code, []).append(place)
    return found


def _according_to(edition) -> str:
    """Return "ตาม" with the edition's name, which may begin with a noun or with the act."""
    return f"ตาม{edition.title_th}"


def _titled(groups: list[dict], categories: list[dict]) -> list[dict]:
    titles = {str(row["number"]): row["title"] for row in categories}
    return [{**group, "title": titles.get(group["number"], "")} for group in groups]


def _actions(plan: ImprovementPlan | None) -> list:
    """Return the plan's actions, each with the words that name the point it answers."""
    actions = list(actions_of(plan)) if plan else []
    for action in actions:
        action.answers = _answers(action.point) if action.point else ""
    return actions


def _answers(point: PlanPoint) -> str:
    if point.finding:
        return f"ตอบ {POINT_WORDS[point.kind]} หัวข้อ {point.finding.item_answer.item.code}"
    return f"ตอบ{POINT_WORDS[point.kind]}"


def _year(cycle: Cycle) -> Year:
    rows = Assessment.objects.filter(
        cycle__agency=cycle.agency,
        cycle__fiscal_year__in=(cycle.fiscal_year, cycle.fiscal_year - 1),
    ).select_related("edition", "cycle__agency")
    this = next((row for row in rows if row.cycle_id == cycle.pk), None)
    if this is None:
        raise Assessment.DoesNotExist(f"cycle {cycle.pk} has no self-assessment to report")
    before = next((row for row in rows if row.cycle.fiscal_year < cycle.fiscal_year), None)
    if before and before.edition.total_points != this.edition.total_points:
        before = None
    states = load(*(row for row in (this, before) if row))
    fetch_values(row for item in states[this.pk].items for row in item.indicators)
    return Year(this, states[this.pk], states[before.pk] if before else None)


def _findings(assessment: Assessment) -> dict[int, dict[str, list[str]]]:
    """Return answer pk → kind → texts; one query."""
    found: dict[int, dict[str, list[str]]] = {}
    for row in Finding.objects.filter(item_answer__category_assessment__assessment=assessment):
        found.setdefault(row.item_answer_id, {}).setdefault(row.kind, []).append(row.text)
    return found


def _evidence(assessment: Assessment) -> dict:
    """Return the evidence index by category, and the codes that each answer uses."""
    links = EvidenceLink.objects.filter(
        item_answer__category_assessment__assessment=assessment
    ).select_related("item_answer__item")
    items: dict[int, list[str]] = {}
    by_item: dict[int, list[int]] = {}
    for link in links:
        codes = items.setdefault(link.evidence_id, [])
        if link.item_answer.item.code not in codes:
            codes.append(link.item_answer.item.code)
        pks = by_item.setdefault(link.item_answer_id, [])
        if link.evidence_id not in pks:
            pks.append(link.evidence_id)
    kept = {
        row.pk: row
        for row in Evidence.objects.filter(cycle=assessment.cycle, pk__in=items)
        .select_related("file")
        .order_by("code")
    }
    groups: dict[str, list[dict]] = {}
    for row in kept.values():
        entry = {
            "evidence": row,
            "title": SECRET if row.is_confidential else row.title,
            "items": sorted(items[row.pk]),
            "form": "" if row.is_confidential else _form(row),
            "pages": [],
        }
        groups.setdefault(row.code.split(".")[0].split("-")[0], []).append(entry)
    return {
        "groups": [{"number": number, "rows": rows} for number, rows in sorted(groups.items())],
        "count": len(kept),
        "references": {row.code: row.pk for row in kept.values()},
        "by_item": {
            answer: sorted((kept[pk] for pk in pks), key=lambda row: row.code)
            for answer, pks in by_item.items()
        },
    }


def _form(evidence: Evidence) -> str:
    """Return the evidence's form in words, such as "PDF 12 หน้า"."""
    if evidence.file is None:
        return {"link": "เว็บไซต์", "note": "บันทึก"}[evidence.kind]
    extension = evidence.file.name.rsplit(".", 1)[-1].upper()
    return f"{extension} {evidence.file.pages} หน้า" if evidence.file.pages else extension


def _category(year: Year, state: CategoryState, findings: dict, evidence: dict) -> dict:
    last = year.last_category(state.number)
    years = years_printed(state)
    items = [_item(year, item, findings, evidence, years) for item in state.items]
    strengths = [text for item in items for text in item["strengths"]]
    ofis = [text for item in items for text in item["ofis"]]
    return {
        "number": state.number,
        "title": state.category_assessment.category.title_th,
        "running": _in_digits(
            f"หมวด {state.number} {state.category_assessment.category.title_th}", year
        ),
        "is_results": any(item.is_result for item in state.items),
        "has_levels": any(item.has_checklist for item in state.items),
        "score": scoring.to_five(state.score),
        "maximum": state.maximum,
        "share": _share(year, state),
        "last_score": _five(last.score) if last else None,
        "difference": _difference(state.score, last.score if last else None),
        "items": items,
        "strengths": strengths,
        "ofis": ofis,
        "closes_short": max(_lines(strengths), _lines(ofis)) <= LINES_TOGETHER,
        "indicators": [row for item in items for row in item["indicators"]],
        "charts": [row["chart"] for item in items for row in item["indicators"] if row["chart"]],
    }


def _lines(texts: list[str]) -> int:
    """Return about how many lines the texts take in half a page's width."""
    return sum(1 + shown_length(text) // LETTERS_A_LINE for text in texts)


def _item(year: Year, item: ItemState, findings: dict, evidence: dict, years: list[int]) -> dict:
    answer = item.answer
    last = year.last_item(answer.item.code)
    own = findings.get(answer.pk, {})
    thai_digits = uses_thai_digits(year.assessment.agency)
    return {
        "code": answer.item.code,
        "title": answer.item.title_th,
        "levels": [
            {"yes": range(level.yes), "no": range(level.lines - level.yes), "level": level}
            for level in item.levels
        ],
        "score": _five(item.score),
        "last_score": _five(last.score) if last else None,
        "difference": _difference(item.score, last.score if last else None),
        "percent": answer.percent,
        "points": item.points,
        "paragraphs": [line for line in answer.narrative.splitlines() if line.strip()],
        "evidence": evidence.get(answer.pk, []),
        "strengths": own.get(FindingKind.STRENGTH, []),
        "ofis": own.get(FindingKind.OFI, []),
        "indicators": [
            indicator_row(row, answer, years, thai_digits=thai_digits) for row in item.indicators
        ],
    }


def _radar(year: Year, cycle: Cycle) -> str:
    def shares(state: AssessmentState) -> list[float]:
        return [
            float(row.score / Fraction(row.maximum or state.edition.total_points)) * 100
            for row in state.categories
        ]

    series = [Series(str(cycle.fiscal_year), shares(year.state))]
    if year.last and len(year.last.categories) == len(year.state.categories):
        series.append(Series(str(cycle.fiscal_year - 1), shares(year.last), True))
    return radar_svg(
        [row.number for row in year.state.categories],
        series,
        100,
        title=f"คะแนนรายหมวด ปีงบประมาณ พ.ศ. {cycle.fiscal_year}",
        names={
            row.number: "\n".join(lines_of(row.category_assessment.category.title_th, 21))
            for row in year.state.categories
        },
        for_print=True,
        thai_digits=uses_thai_digits(cycle.agency),
    )


def _share(year: Year, state: CategoryState) -> float | None:
    """Return the category's score as a part of its full points; None where no item has one."""
    if all(item.score is None for item in state.items):
        return None
    return float(state.score / Fraction(state.maximum or year.state.edition.total_points))


def _in_digits(text: str, year: Year) -> str:
    """Return the text with the office's digits, for attributes that printing reads."""
    thai = uses_thai_digits(year.assessment.agency)
    return to_thai_digits(text) if thai else text


def _five(value: Fraction | None) -> Decimal | None:
    return None if value is None else scoring.to_five(value)


def _difference(now: Fraction | None, before: Fraction | None) -> str:
    """Return now − before as "+1.50", "-2.00" or "0.00"; empty where one is missing."""
    if now is None or before is None:
        return ""
    value = scoring.to_five(now - before).quantize(Decimal("0.01"))
    return f"{value:+}" if value else "0.00"
