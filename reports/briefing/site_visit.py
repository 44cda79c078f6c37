"""เอกสารสรุปสำหรับการตรวจเยี่ยม: one landscape page a category, all of it from the record.

A page holds the items with their levels and scores, the results with their trend, and in three
columns what a committee looks for (`visit_page`).
"""

from assessments.enums import Answer, Level
from assessments.models import Assessment, ChecklistLine, EvidenceLink, ItemLink, LineAnswer
from committees.roles import ALL_CATEGORIES, champions, team_of_category
from core.thai_dates import format_short
from improvement.enums import ActionStatus, PlanStatus
from improvement.models import Action
from reports.application_report import report_context
from reports.briefing.visit_page import laid_out
from workflows.award_stages import stages_in
from workflows.models import Cycle

STAGES = 6
LEVELS = [*Level.values, None]
UNDECIDED = (PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.RETURNED)


def briefing_context(cycle: Cycle) -> dict:
    """Return what the briefing prints of a cycle with a self-assessment.

    The number of queries does not grow with items, evidence or people.
    """
    report = report_context(cycle)
    facts = Facts(cycle, report)
    return {
        "agency": cycle.agency,
        "year": cycle.fiscal_year,
        "last_year": cycle.fiscal_year - 1,
        "has_last": report["has_last"],
        "edition_words": report["edition_words"],
        "total": report["total"],
        "maximum": report["maximum"],
        # The cover is the first leaf.
        "pages": [
            laid_out(category, facts) | {"leaf": leaf}
            for leaf, category in enumerate(report["categories"], start=2)
        ],
        "stages": list(stages_in(cycle.agency, cycle.fiscal_year)[:STAGES]),
    }


class Facts:
    """What all pages share, each table read once.

    `evidence`: pk → the row of the report's index. `results`: pk → the row of the report's table.
    `links`: category → indicators that its items name. `proved`: evidence pk → place in LEVELS of
    the highest level whose line it proves. `open_lines`: category → (item, level, words) not yet
    met. `done`: (item code, OFI) → words of what the plan does about it. `actions`: category →
    words of the other actions of the plan.
    """

    def __init__(self, cycle: Cycle, report: dict):
        assessment = cycle.assessment
        agency, year = cycle.agency, cycle.fiscal_year
        self.has_last = report["has_last"]
        self.champions = champions(agency, year)
        self.teams = {number: team_of_category(agency, year, number) for number in ALL_CATEGORIES}
        self.evidence = {row["evidence"].pk: row for g in report["evidence"] for row in g["rows"]}
        self.results = {
            row["indicator"].pk: row
            for category in report["categories"]
            for row in category["indicators"]
        }
        self.links = _links(assessment)
        self.proved = _proved(assessment)
        self.open_lines = _open_lines(assessment)
        self.done: dict[tuple[str, str], list[str]] = {}
        self.actions: dict[int, list[str]] = {}
        is_draft = report["plan"] is not None and report["plan"].status in UNDECIDED
        for action in report["actions"]:
            finding = action.point and action.point.finding
            words = _said_of(action, is_draft)
            if finding:
                key = (finding.item_answer.item.code, finding.text)
                self.done.setdefault(key, []).append(words)
            else:
                self.actions.setdefault(action.category_number, []).append(words)


def _links(assessment: Assessment) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    links = ItemLink.objects.filter(
        item_answer__category_assessment__assessment=assessment, indicator__isnull=False
    ).order_by("item_answer__item__order", "pk")
    number_of = "item_answer__category_assessment__category__number"
    for number, indicator in links.values_list(number_of, "indicator"):
        pks = found.setdefault(number, [])
        if indicator not in pks:
            pks.append(indicator)
    return found


def _proved(assessment: Assessment) -> dict[int, int]:
    found: dict[int, int] = {}
    links = EvidenceLink.objects.filter(item_answer__category_assessment__assessment=assessment)
    for evidence, level in links.order_by("pk").values_list("evidence", "line__level"):
        place = LEVELS.index(level)
        if level is not None:
            found[evidence] = max(place, found.get(evidence, place))
    return found


def _open_lines(assessment: Assessment) -> dict[int, list[tuple[str, str, str]]]:
    """Return the lines not answered with yes, the basic level first; 1 query."""
    met = LineAnswer.objects.filter(
        item_answer__category_assessment__assessment=assessment, answer=Answer.YES
    )
    rows = (
        ChecklistLine.objects.filter(item__category__edition=assessment.edition)
        .exclude(pk__in=met.values("line"))
        .select_related("item__category")
        .order_by("item__category__number", "item__order", "order", "pk")
    )
    found: dict[int, list[tuple[str, str, str]]] = {}
    for line in sorted(rows, key=lambda row: LEVELS.index(row.level)):
        own = found.setdefault(line.item.category.number, [])
        own.append((line.item.code, line.level, line.title_th))
    return found


def _said_of(action: Action, is_draft: bool) -> str:
    """Return an action in words: what became of it, or until when it runs."""
    until = format_short(action.ends_on)
    if action.status == ActionStatus.DONE:
        outcome = f" ผล: {action.outcome}" if action.outcome else ""
        done = f" {format_short(action.done_on)}" if action.done_on else ""
        return f"ดำเนินการแล้วเสร็จ{done}: {action.title}{outcome}"
    if action.status == ActionStatus.CANCELLED:
        return f"ยกเลิก: {action.title}"
    if action.status == ActionStatus.RUNNING:
        return f"กำลังดำเนินการถึง {until}: {action.title}"
    return f"{'อยู่ในร่างแผน' if is_draft else 'มีแผนดำเนินการ'}ถึง {until}: {action.title}"
