"""Hand-outs, questions and remarks of one item in one query, for a page that has many others."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, Concat

from agencies.enums import OfficeRole
from agencies.models import Agency, AgencyMembership, User
from assessments.enums import QuestionStatus
from assessments.models import Comment, ItemAnswer, ItemAssignment, UnitQuestion
from core.unions import nothing

HAND_OUT, QUESTION, REMARK = "hand-out", "question", "remark"


@dataclass(frozen=True)
class Row:
    """One row of any kind. `other`: the unit asked, or who settled a remark; `ended_at`: when
    the work was done, the question answered, the remark settled; `mark`: the question's status,
    or the office role of who speaks.
    """

    what: str
    pk: int
    parent: int | None
    at: dt.datetime
    due_on: dt.date | None
    ended_at: dt.datetime | None
    person_id: int | None
    title: str
    first_name: str
    last_name: str
    other: str
    text: str
    answer: str
    mark: str
    is_from_review: bool
    file: int | None
    file_name: str

    @property
    def person(self) -> str:
        name = User(title=self.title, first_name=self.first_name, last_name=self.last_name)
        return name.get_full_name()

    @property
    def role(self) -> str:
        """What the speaker is in the office, in words."""
        return str(OfficeRole(self.mark).label) if self.mark in OfficeRole.values else ""


def of_item(answer: ItemAnswer) -> list[Row]:
    """Return everything shared on the item, but withdrawn questions, the oldest first; 1 query."""
    agency = answer.category_assessment.assessment.cycle.agency
    parts = _hand_outs(answer).union(
        _questions(answer), remarks(Comment.objects.filter(item_answer=answer), agency), all=True
    )
    rows = [Row(*values) for values in parts]
    return sorted(rows, key=lambda row: (row.what, row.due_on or dt.date.max, row.at, row.pk))


def remarks_of(rows: QuerySet[Comment], agency: Agency) -> list[Row]:
    """Return remarks with speaker and role, the oldest first; 1 query."""
    return sorted(
        (Row(*values) for values in remarks(rows, agency)), key=lambda row: (row.at, row.pk)
    )


_COLUMNS = tuple(Row.__dataclass_fields__)


def _columns(rows: QuerySet, **values) -> QuerySet:
    """Return the rows with exactly the columns of `Row`, each under a name of its own."""
    named = {f"c_{name}": value for name, value in values.items()}
    return rows.order_by().annotate(**named).values_list(*(f"c_{name}" for name in _COLUMNS))


def _words(text: str = "") -> Value:
    return Value(text, output_field=CharField())


def _names(person: str) -> dict:
    return {
        "person_id": F(f"{person}_id"),
        **{name: F(f"{person}__{name}") for name in ("title", "first_name", "last_name")},
    }


def _hand_outs(answer: ItemAnswer) -> QuerySet:
    return _columns(
        ItemAssignment.objects.filter(item_answer=answer),
        what=_words(HAND_OUT),
        pk=F("pk"),
        parent=nothing(BigIntegerField()),
        at=F("at"),
        due_on=F("due_on"),
        ended_at=F("done_at"),
        **_names("user"),
        other=_words(),
        text=Coalesce(F("note"), Value(""), output_field=TextField()),
        answer=Value("", output_field=TextField()),
        mark=_words(),
        is_from_review=Value(False, output_field=BooleanField()),
        file=nothing(BigIntegerField()),
        file_name=_words(),
    )


def _questions(answer: ItemAnswer) -> QuerySet:
    rows = UnitQuestion.objects.filter(item_answer=answer).exclude(status=QuestionStatus.CLOSED)
    empty = Value("", output_field=CharField())
    return _columns(
        rows,
        what=_words(QUESTION),
        pk=F("pk"),
        parent=nothing(BigIntegerField()),
        at=F("asked_at"),
        due_on=F("due_on"),
        ended_at=F("answered_at"),
        person_id=F("answered_by_id"),
        title=Coalesce("answered_by__title", empty),
        first_name=Coalesce("answered_by__first_name", "answered_name"),
        last_name=Coalesce("answered_by__last_name", empty),
        other=F("unit__name"),
        text=F("text"),
        answer=F("answer"),
        mark=F("status"),
        is_from_review=Value(False, output_field=BooleanField()),
        file=F("answer_file_id"),
        file_name=Coalesce("answer_file__name", empty),
    )


def remarks(rows: QuerySet[Comment], agency: Agency) -> QuerySet:
    """Return the remarks in the columns of `Row`."""
    role = AgencyMembership.objects.filter(agency=agency, user=OuterRef("author_id"))
    settled_by = Concat(
        "resolved_by__first_name", Value(" "), "resolved_by__last_name", output_field=CharField()
    )
    return _columns(
        rows,
        what=_words(REMARK),
        pk=F("pk"),
        parent=F("parent_id"),
        at=F("at"),
        due_on=nothing(DateField()),
        ended_at=F("resolved_at"),
        **_names("author"),
        other=settled_by,
        text=F("text"),
        answer=Value("", output_field=TextField()),
        mark=Coalesce(Subquery(role.values("role")[:1]), Value(""), output_field=CharField()),
        is_from_review=F("is_from_review"),
        file=nothing(BigIntegerField()),
        file_name=_words(),
    )
