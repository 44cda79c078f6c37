"""What pages show of shared work, as plain rows: hand-outs, talks, questions to units."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency, User
from agencies.roles import active_memberships
from assessments.enums import QuestionStatus
from assessments.models import (
    CategoryAssessment,
    Comment,
    ItemAnswer,
    ItemAssignment,
    ProfileAnswer,
    UnitQuestion,
)
from assessments.sharing import comments, permissions, questions
from assessments.sharing.gathering import (
    HAND_OUT,
    QUESTION,
    REMARK,
    Row,
    of_item,
    remarks_of,
)
from assessments.sharing.words import linked
from committees import roles
from core import clock


@dataclass
class Said:
    """One remark or answer as the page shows it."""

    pk: int
    author: str
    role: str
    at: object
    words: SafeString
    is_from_review: bool
    is_settled: bool
    settled_by: str
    can_settle: bool
    can_change: bool
    about: str = ""
    address: str = ""
    answers: list["Said"] = field(default_factory=list)


def talk_of(thing: comments.Thing, user: User, *, may_settle: bool) -> dict:
    """Return the remarks on one thing with their answers; 1 query."""
    agency, _year = _office_of(thing)
    rows = Comment.objects.filter(Q(**{comments.field_of(thing): thing}))
    return _talk(thing, remarks_of(rows, agency), user, may_settle)


def _talk(thing: comments.Thing, rows: list[Row], user: User, may_settle: bool) -> dict:
    agency, year = _office_of(thing)
    may_write = permissions.can_comment(user, agency)
    threads = threads_of(rows, user, agency, year, may_settle=may_write and may_settle)
    return {
        "open": [row for row in threads if not row.is_settled],
        "settled": [row for row in threads if row.is_settled],
        "may_write": may_write,
        "on": ON_OF[type(thing)],
        "on_pk": thing.pk,
    }


ON_OF = {ItemAnswer: "item", ProfileAnswer: "topic", CategoryAssessment: "category"}


def threads_of(
    rows: Iterable[Row], user: User, agency: Agency, year: int, *, may_settle: bool
) -> list[Said]:
    """Return the remarks in order, each with its answers below it."""
    rows = list(rows)
    leads = champion_words(agency, year) if rows else {}
    shown: dict[int, Said] = {}
    below: list[tuple[int, Said]] = []
    for row in rows:
        said = _said(row, user, leads, may_settle)
        if row.parent:
            below.append((row.parent, said))
        else:
            shown[row.pk] = said
    for parent, said in below:
        if parent in shown:
            shown[parent].answers.append(said)
    return list(shown.values())


def _said(row: Row, user: User, leads: dict[int, str], may_settle: bool) -> Said:
    is_own = row.person_id == user.pk
    return Said(
        pk=row.pk,
        author=row.person,
        role=leads.get(row.person_id) or row.role,
        at=row.at,
        words=linked(row.text),
        is_from_review=row.is_from_review,
        is_settled=row.ended_at is not None,
        settled_by=row.other.strip(),
        can_settle=not row.parent and (may_settle or is_own),
        can_change=is_own and comments.is_fresh(row.at),
    )


def champion_words(agency: Agency, year: int) -> dict[int, str]:
    """Return champion → "Champion of category 3"."""
    return {
        person.pk: _("Champion of category %(number)d") % {"number": number}
        for number, person in roles.champions(agency, year).items()
    }


def names_of_people(agency: Agency, user: User) -> list[str]:
    """Return the office's other people by name, to be mentioned; 1 query."""
    rows = [row.user for row in active_memberships(agency) if row.user_id != user.pk]
    return [
        f"{person.first_name} {person.last_name}".strip()
        for person in sorted(rows, key=lambda person: (person.sort_key, person.pk))
    ]


def _office_of(thing: comments.Thing) -> tuple[Agency, int]:
    cycle = comments.assessment_of(thing).cycle
    return cycle.agency, cycle.fiscal_year


def work_of_item(answer: ItemAnswer, user: User) -> dict:
    """Return what the item's card shows: who has it, the questions asked, the talk; 1 query
    where the page has read the seats.
    """
    rows = of_item(answer)
    may_write = permissions.can_ask(user, answer)
    remarks = [row for row in rows if row.what == REMARK]
    return {
        "assignments": [_hand_out(row, user) for row in rows if row.what == HAND_OUT],
        "can_assign": permissions.can_assign(user, answer.category_assessment),
        "can_ask": may_write,
        "questions": [_question(row) for row in rows if row.what == QUESTION],
        "talk": _talk(answer, remarks, user, may_write),
    }


def _hand_out(row: Row, user: User) -> dict:
    return {
        "pk": row.pk,
        "person": row.person,
        "due_on": row.due_on,
        "note": row.text,
        "done_at": row.ended_at,
        "late": _late_words(row.due_on, row.ended_at),
        "is_own": row.person_id == user.pk,
    }


def _question(row: Row) -> dict:
    is_answered = row.mark == QuestionStatus.ANSWERED
    return {
        "pk": row.pk,
        "unit": row.other,
        "text": row.text,
        "due_on": row.due_on,
        "status": row.mark,
        "label": QuestionStatus(row.mark).label,
        "is_late": row.mark == QuestionStatus.ASKED and row.due_on < clock.today(),
        "answer": row.answer if is_answered else "",
        "words": linked(row.answer),
        "file": {"pk": row.file, "name": row.file_name} if is_answered and row.file else None,
        "answered_at": row.ended_at,
        "answered_by": row.person,
    }


def _late_words(due_on, done_at) -> str:
    late = (clock.today() - due_on).days if due_on and not done_at else 0
    words = ngettext("%(count)d day overdue", "%(count)d days overdue", late)
    return words % {"count": late} if late > 0 else ""


def assignment_row(row: ItemAssignment, user: User) -> dict:
    """Return one hand-out as the tables show it."""
    return {
        "pk": row.pk,
        "person": str(row.user),
        "due_on": row.due_on,
        "note": row.note,
        "done_at": row.done_at,
        "late": _late_words(row.due_on, row.done_at),
        "is_own": row.user_id == user.pk,
    }


def question_row(row: UnitQuestion) -> dict:
    """Return one question with its answer, for the card beside the item."""
    return {
        "pk": row.pk,
        "unit": row.unit.name,
        "text": row.text,
        "due_on": row.due_on,
        "status": row.status,
        "label": row.get_status_display(),
        "is_late": questions.is_late(row),
        "answer": row.answer if row.status == QuestionStatus.ANSWERED else "",
        "words": linked(row.answer),
        "file": row.answer_file if row.status == QuestionStatus.ANSWERED else None,
        "answered_at": row.answered_at,
        "answered_by": str(row.answered_by) if row.answered_by else row.answered_name,
    }


def sharing_of_category(category_assessment: CategoryAssessment, user: User) -> list[dict]:
    """Return the category's hand-outs in the order of the items; 1 query."""
    rows = (
        ItemAssignment.objects.filter(item_answer__category_assessment=category_assessment)
        .select_related("user", "item_answer__item")
        .order_by("item_answer__item__order", "due_on", "pk")
    )
    return [
        assignment_row(row, user)
        | {"code": row.item_answer.item.code, "answer": row.item_answer_id}
        for row in rows
    ]


def listed(rows: list[Comment], user: User, agency: Agency, year: int) -> list[Said]:
    """Return remarks of many things, each with what it is about and where it stands; 1 query."""
    things = {row.pk: row for row in rows}
    found = remarks_of(Comment.objects.filter(pk__in=things), agency)
    leads = champion_words(agency, year)
    shown = {row.pk: _said(row, user, leads, False) for row in found}
    for pk, said in shown.items():
        thing = comments.thing_of(things[pk])
        said.about = comments.name_of(thing)
        said.address = comments.address_of(thing, things[pk])
    return [shown[row.pk] for row in rows if row.pk in shown]
