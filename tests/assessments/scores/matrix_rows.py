"""Who may open what of scores; tests/assessments/matrix.py takes these rows in."""

import datetime as dt

from agencies.models import User
from assessments.models import ItemScore, ScorePoint
from core import clock
from tests.permission_matrix.table import EVERYONE, OFFICERS, literal, row

WRITERS = frozenset({"officer", "champion1", "member"})
CHAMPION = frozenset({"champion1"})
ITEM = {"pk": "item_answer"}


def objects(office, answer):
    """An item whose consensus is open, so that it may be recorded."""
    ItemScore.objects.create(
        item_answer=answer, kind="consensus", user=office.people["champion1"], at=clock.now()
    )
    return {}


def more(office, count):
    """Further members who handed in, and further days on which the score changed."""
    answer = office["item_answer"]
    line = office["checklist_line"]
    for number in range(count):
        user = User.objects.create_user(f"{office.agency.code}-scorer{number}", sort_key="x")
        ItemScore.objects.create(
            item_answer=answer,
            kind="member",
            user=user,
            lines={line.code: "yes" if number % 2 else "no"},
            score=number,
            is_handed_in=True,
            at=clock.now(),
        )
        ScorePoint.objects.create(
            item_answer=answer,
            on=dt.date(2027, 1, 1) + dt.timedelta(days=number),
            score=number,
            by=user,
            at=clock.now(),
        )


ROWS = [
    row("assessments:scores-compare", get=EVERYONE),
    row("assessments:what-if", get=EVERYONE, ids={"number": literal(1)}),
    row("assessments:item-scores", get=EVERYONE, ids=ITEM),
    row("assessments:my-scores", get=WRITERS, ids=ITEM),
    row(
        "assessments:my-score-line",
        post=WRITERS,
        ids=ITEM | {"line_pk": "checklist_line"},
        data={"answer": "yes"},
    ),
    # Item 1.1 is scored by its checklist: whoever may is told that there is no percentage.
    row("assessments:my-score-percent", post=WRITERS, ids=ITEM, data={"percent": "30"}, ok={404}),
    row("assessments:my-score-hand-in", post=WRITERS, ids=ITEM),
    row("assessments:consensus-open", post=CHAMPION, ids=ITEM),
    row("assessments:consensus", get=WRITERS - {"member"}, post=WRITERS - {"member"}, ids=ITEM),
    row("assessments:external-score", get=OFFICERS, post=OFFICERS, ids=ITEM),
]
