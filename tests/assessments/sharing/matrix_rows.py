"""Who may open what of shared work: hand-outs, remarks, questions to units."""

import datetime as dt

from agencies.models import Unit
from assessments.models import Comment, ItemAssignment, UnitQuestion
from core import clock
from tests.permission_matrix.table import EVERYONE, OBSERVERS, literal, row

WRITERS = frozenset({"officer", "champion1", "member"})
TALKERS = EVERYONE - OBSERVERS
# Unit of the question: its people and head answer, and the officers.
ANSWERERS = TALKERS
HANDS_OUT = frozenset({"officer", "champion1"})
NUMBER = {"number": literal(1)}


def objects(office, answer):
    """A hand-out to the member, remarks of champion and review, a question to a unit."""
    people = office.people
    Comment.objects.create(
        item_answer=answer,
        text="ขอหลักฐานปีล่าสุด",
        author=people["officer"],
        at=clock.now(),
        is_from_review=True,
    )
    unit = Unit.objects.filter(agency=office.agency).first()
    return {
        "assignment": ItemAssignment.objects.create(
            item_answer=answer, user=people["member"], by=people["champion1"], at=clock.now()
        ),
        "comment": Comment.objects.create(
            item_answer=answer, text="ขอเพิ่มปีที่เริ่ม", author=people["champion1"], at=clock.now()
        ),
        "unit_question": UnitQuestion.objects.create(
            item_answer=answer,
            unit=unit,
            text="มีโรงเรียนกี่แห่ง",
            due_on=clock.today() + dt.timedelta(days=7),
            asked_by=people["champion1"],
            asked_at=clock.now(),
        ),
        "unit": unit,
    }


def more(office, count):
    """Further rows of each kind on the same item."""
    answer = office["item_answer"]
    people = office.people
    for number in range(count):
        Comment.objects.create(
            item_answer=answer,
            text=f"ข้อที่ {number}",
            author=people["member"],
            at=clock.now(),
            is_from_review=number % 2 == 0,
        )
        UnitQuestion.objects.create(
            item_answer=answer,
            unit=office["unit"],
            text=f"ถาม {number}",
            due_on=clock.today(),
            asked_by=people["officer"],
            asked_at=clock.now(),
        )


def _hand_out(office):
    return {
        "items": [office["item_answer"].pk],
        "people": [office.people["member"].pk],
        "due_on": "",
        "note": "เขียนร่างแรก",
    }


def _ask(office):
    day = clock.today() + dt.timedelta(days=3)
    text = f"{day.day}/{day.month}/{day.year + 543}"
    return {"unit": office["unit"].pk, "text": "มีโรงเรียนกี่แห่ง", "due_on": text}


ROWS = [
    row(
        "assessments:category-share",
        get=EVERYONE,
        post=HANDS_OUT,
        ids=NUMBER,
        data=_hand_out,
        foreign_data=lambda own, other: _hand_out(other),
    ),
    row(
        "assessments:assignment-done",
        post=WRITERS,
        ids={"pk": "assignment"},
        data={"done": "1"},
    ),
    row("assessments:assignment-remove", post=HANDS_OUT, ids={"pk": "assignment"}),
    row("assessments:comment-list", get=EVERYONE),
    row("assessments:category-check", get=EVERYONE, ids=NUMBER),
    row("assessments:assessment-check", get=EVERYONE),
    row("assessments:colleagues", get=TALKERS),
    row(
        "assessments:comment-add",
        get=TALKERS,
        post=TALKERS,
        ids={"on": literal("item"), "pk": "item_answer"},
        data={"text": "ดีแล้ว"},
        foreign_data=lambda own, other: {"text": "ดี", "parent": other["comment"].pk},
    ),
    row(
        "assessments:comment-edit",
        get={"champion1"},
        post={"champion1"},
        ids={"pk": "comment"},
        data={"text": "ขอปีที่เริ่ม"},
    ),
    row("assessments:comment-delete", post={"champion1"}, ids={"pk": "comment"}),
    row(
        "assessments:comment-settle",
        post=WRITERS | {"deputy"},
        ids={"pk": "comment"},
        data={"settled": "1"},
    ),
    row(
        "assessments:question-ask",
        get=WRITERS,
        post=WRITERS,
        ids={"pk": "item_answer"},
        data=_ask,
        foreign_data=lambda own, other: _ask(other),
    ),
    row(
        "assessments:question-detail",
        get=EVERYONE,
        post=ANSWERERS,
        ids={"pk": "unit_question"},
        data={"answer": "12 แห่ง"},
    ),
    row(
        "assessments:question-settle",
        post=WRITERS,
        ids={"pk": "unit_question"},
        data={"to": "closed"},
    ),
    row("assessments:question-evidence", post=WRITERS, ids={"pk": "unit_question"}),
    row(
        "question:reply",
        kind="public",
        get=EVERYONE,
        post=EVERYONE,
        ids={"token": "unit_question.token"},
        data={"answer": "12 แห่ง", "name": "นางทดสอบ"},
    ),
]
