"""Items handed to somebody and questions to units that wait (asked for by `assessments.due`)."""

from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, Left
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments.answering import WRITABLE
from assessments.enums import AssessmentStatus, QuestionStatus
from assessments.models import ItemAssignment, UnitQuestion
from notifications.due_items import DueItem
from workflows.enums import CycleStatus

HAND_OUT, QUESTION = "hand-out", "question"
SHOWN = 160
_CATEGORY = "item_answer__category_assessment"
_OPEN = {f"{_CATEGORY}__assessment__cycle__status": CycleStatus.OPEN}


def waiting_work(agency: Agency, user: User | None) -> list[QuerySet]:
    """Return two querysets in the columns of `assessments.due.Row` (of one person)."""
    return [_hand_outs(agency, user), _questions(agency, user)]


def _hand_outs(agency: Agency, user: User | None) -> QuerySet:
    rows = ItemAssignment.objects.filter(
        done_at=None,
        **_OPEN,
        **{
            f"{_CATEGORY}__assessment__cycle__agency": agency,
            f"{_CATEGORY}__assessment__status": AssessmentStatus.IN_PROGRESS,
            f"{_CATEGORY}__status__in": WRITABLE,
        },
    )
    rows = rows.filter(user=user) if user else rows
    return _columns(rows, HAND_OUT, F("user_id"), "title_th", "title_en")


def _questions(agency: Agency, user: User | None) -> QuerySet:
    rows = UnitQuestion.objects.filter(
        status=QuestionStatus.ASKED, **_OPEN, **{f"{_CATEGORY}__assessment__cycle__agency": agency}
    )
    owner = Coalesce("unit__head_id", "asked_by_id", output_field=IntegerField())
    if user:
        rows = rows.filter(Q(unit__head=user) | Q(unit__head=None, asked_by=user))
    return _columns(rows, QUESTION, owner, None, None)


def _columns(rows: QuerySet, status: str, owner, thai: str | None, english: str | None) -> QuerySet:
    """Return pk, status, day, year, category, two titles, two counts, owner and the answer."""

    def title(name: str | None) -> Concat:
        words = F(f"item_answer__item__{name}") if name else Left("text", SHOWN)
        return Concat("item_answer__item__code", Value(" "), words, output_field=CharField())

    return (
        rows.order_by()
        .annotate(
            c_status=Value(status),
            c_year=F(f"{_CATEGORY}__assessment__cycle__fiscal_year"),
            c_number=F(f"{_CATEGORY}__category__number"),
            c_thai=title(thai),
            c_english=title(english),
            c_written=Value(0),
            c_items=Value(0),
            c_owner=owner,
        )
        .values_list(
            *("pk", "c_status", "due_on", "c_year", "c_number", "c_thai", "c_english"),
            *("c_written", "c_items", "c_owner", "item_answer_id"),
        )
    )


def _hand_out_item(agency: Agency, row) -> DueItem:
    return DueItem(
        object_type=ItemAssignment._meta.label_lower,
        object_id=str(row.pk),
        title=_("Write item %(title)s") % {"title": row.title},
        why=_("Handed to you by the champion"),
        due_on=row.due_on,
        url=reverse("assessments:item-detail", args=[agency.code, row.year, row.target]),
        action=_("Write"),
        people=(row.owner,),
        icon="pencil",
    )


def _question_item(agency: Agency, row) -> DueItem:
    return DueItem(
        object_type=UnitQuestion._meta.label_lower,
        object_id=str(row.pk),
        title=_("Answer: %(question)s") % {"question": row.title_th},
        why=_("Question to your unit for the self-assessment"),
        due_on=row.due_on,
        url=reverse("assessments:question-detail", args=[agency.code, row.year, row.pk]),
        action=_("Answer"),
        people=(row.owner,),
        icon="question-circle",
    )


WORK_ITEMS = {HAND_OUT: _hand_out_item, QUESTION: _question_item}
