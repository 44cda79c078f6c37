"""Who may open what in the self-assessment."""

from assessments.models import ChecklistLine, ItemLink
from tests.assessments import criteria_rows, profile_rows
from tests.assessments.evidence import matrix_rows as evidence_rows
from tests.assessments.exchange import matrix_rows as exchange_rows
from tests.assessments.factories import (
    add_evidence,
    add_finding,
    add_indicator,
    make_assessment,
)
from tests.assessments.indicators import definition_rows, result_rows
from tests.assessments.insight import matrix_rows as insight_rows
from tests.assessments.official import matrix_rows as official_rows
from tests.assessments.scores import matrix_rows as score_rows
from tests.assessments.sharing import matrix_rows as sharing_rows
from tests.permission_matrix.table import DEPUTIES, DIRECTORS, EVERYONE, OFFICERS, row
from workflows.models import Cycle

# champion1 leads category 1, champion2 category 2, member is in the team of category 1.
WRITERS = frozenset({"officer", "champion1", "member"})
CHAMPION = frozenset({"champion1"})
REVIEWERS = OFFICERS | DEPUTIES


def objects(office):
    """A started assessment of the year's first cycle with a finding in item 1.1."""
    cycle = Cycle.objects.filter(agency=office.agency, fiscal_year=office.year).first()
    started = make_assessment(office, office.year, cycle=cycle)
    answer = started.answer("1.1")
    link = add_evidence(answer, office.people["champion1"])
    indicator = add_indicator(started.answer("7.1"), value=90)
    return {
        "assessment": started.assessment,
        "item_answer": answer,
        "checklist_line": ChecklistLine.objects.filter(item=answer.item).first(),
        "assessment_finding": add_finding(answer, office.people["champion1"]),
        "result_answer": started.answer("7.1"),
        "item_link": ItemLink.objects.create(item_answer=answer, other=started.answer("1.2")),
        "indicator": indicator,
        **result_rows.objects(office, indicator),
        "evidence_link": link,
        **evidence_rows.objects(office, link),
        **criteria_rows.objects(office),
        **score_rows.objects(office, answer),
        **official_rows.objects(office),
        **sharing_rows.objects(office, answer),
        **definition_rows.objects(office),
    }


def more(office, count):
    """Further rows for each list: the number of queries must stay the same."""
    result_rows.more(office, count)
    score_rows.more(office, count)
    official_rows.more(office, count)
    sharing_rows.more(office, count)
    definition_rows.more(office, count)


ITEM = {"pk": "item_answer"}
FINDING = {"pk": "assessment_finding"}
# Results belong to all champions and to the officer.
RESULT_WRITERS = frozenset({"officer", "champion1", "champion2", "member"})
INDICATOR = {
    "name": "ร้อยละความสำเร็จ",
    "unit": "ร้อยละ",
    "direction": "higher_is_better",
    "rule": "pct-of-target",
    "target": "88",
    "value_2570": "90.48",
    "version": 1,
}


def category(office):
    """Category 1: the address names it by number, the same in every office."""
    return 1


ROWS = [
    row("assessments:overview", get=EVERYONE),
    row("assessments:assessment-start", post=OFFICERS, data={"edition": "pmqa-4.0"}),
    row("assessments:due-dates", get=OFFICERS, post=OFFICERS),
    row("assessments:assessment-accept", post=DIRECTORS),
    row("assessments:assessment-reopen", post=OFFICERS, data={"comment": "คะแนนผิด"}),
    row("assessments:category-detail", get=EVERYONE, ids={"number": category}),
    row("assessments:category-submit", post=CHAMPION, ids={"number": category}),
    row("assessments:category-return", post=REVIEWERS, ids={"number": category}),
    row("assessments:category-accept", post=REVIEWERS, ids={"number": category}),
    row("assessments:part-mark", post=CHAMPION, ids={"part": category}, data={"done": "1"}),
    row("assessments:item-detail", get=EVERYONE, ids=ITEM),
    row(
        "assessments:line-answer",
        post=WRITERS,
        ids=ITEM | {"line_pk": "checklist_line"},
        data={"answer": "yes"},
    ),
    row("assessments:narrative-save", post=WRITERS, ids=ITEM, data={"version": 0}),
    row("assessments:percent-save", post=WRITERS, ids=ITEM, ok={404}),
    row("assessments:written-mark", post=WRITERS, ids=ITEM, data={"written": "1"}),
    row(
        "assessments:line-note-save",
        post=WRITERS,
        ids=ITEM | {"line_pk": "checklist_line"},
        data={"text": "ทบทวนทุกปี", "version": 0},
    ),
    row("assessments:item-compare", get=EVERYONE, ids=ITEM),
    row("assessments:item-claims", get=EVERYONE, ids=ITEM),
    row(
        "assessments:item-links",
        get=WRITERS,
        post=WRITERS,
        ids=ITEM,
        data=lambda office: {"other": office["result_answer"].pk},
        foreign_data=lambda own, other: {"other": other["result_answer"].pk},
    ),
    row("assessments:item-link-remove", post=WRITERS, ids={"pk": "item_link"}),
    row(
        "assessments:finding-add",
        post=WRITERS,
        ids=ITEM,
        data={"kind": "ofi", "text": "ยังไม่มีการวัด"},
    ),
    row(
        "assessments:finding-edit",
        get=WRITERS,
        post=WRITERS,
        ids=FINDING,
        data={"text": "ยังไม่มีการวัด", "version": 1},
    ),
    row("assessments:finding-remove", post=WRITERS, ids=FINDING),
    *profile_rows.ROWS,
    *sharing_rows.ROWS,
    *definition_rows.ROWS,
    *result_rows.ROWS,
    *score_rows.ROWS,
    *official_rows.ROWS,
    *criteria_rows.ROWS,
    *evidence_rows.ROWS,
    *exchange_rows.ROWS,
    *insight_rows.ROWS,
    row(
        "assessments:indicator-add",
        get=RESULT_WRITERS,
        post=RESULT_WRITERS,
        ids={"pk": "result_answer"},
        data=INDICATOR,
    ),
    row(
        "assessments:indicator-edit",
        get=RESULT_WRITERS,
        post=RESULT_WRITERS,
        ids={"pk": "indicator"},
        data=INDICATOR,
    ),
    row("assessments:indicator-remove", post=RESULT_WRITERS, ids={"pk": "indicator"}),
]
