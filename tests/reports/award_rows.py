"""Who may open what of the award: everybody reads, the Working Team writes, officers set limits."""

from documents.models import PaperLimit
from reports.models import AwardText, ReadinessScore
from tests.permission_matrix.table import CHAMPIONS, EVERYONE, MEMBERS, OFFICERS, literal, row

WRITERS = OFFICERS | CHAMPIONS | MEMBERS
TEXT = {"kind": literal("executive-summary"), "topic": literal("plan")}


def award_objects(office):
    """The award's rows of the office's cycle; the item comes with the assessment."""
    cycle, answer = office["assessment"].cycle, office["item_answer"]
    text = AwardText.objects.create(cycle=cycle, form="executive-summary", topic="plan")
    score = ReadinessScore.objects.create(cycle=cycle, item=answer.item)
    return {"award_text": text, "award_cycle": cycle, "readiness_score": score}


def more_awards(office, count):
    """Texts of every topic, and limits; the items are those of the edition."""
    for number in range(count):
        PaperLimit.objects.create(
            agency=office.agency,
            fiscal_year=office.year,
            kind="executive-summary",
            section=f"other-{number}",
            most_letters=10,
        )


AWARD_ROWS = [
    row("award:overview", get=EVERYONE),
    row("award:limits", get=EVERYONE, post=OFFICERS, data={"seen": ""}),
    row("award:limits-copy", post=OFFICERS),
    row("award:readiness", get=EVERYONE),
    row("award:readiness-category", get=EVERYONE, ids={"number": literal(1)}),
    row(
        "award:readiness-score",
        post=WRITERS,
        ids={"pk": "item_answer"},
        data={"score": "3", "version": "0"},
    ),
    row(
        "award:readiness-reason",
        post=WRITERS,
        ids={"pk": "item_answer"},
        data={"text": "มีหลักฐาน", "version": "0"},
    ),
    row("award:summary-draft", post=WRITERS),
    row("award:form", get=EVERYONE, ids={"kind": literal("award-application")}),
    row("award:text-save", post=WRITERS, ids=TEXT, data={"text": "แผน", "version": "0"}),
    row("award:text-history", get=EVERYONE, ids=TEXT),
]
