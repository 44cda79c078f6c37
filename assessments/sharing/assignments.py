"""Handing items to members of the team: one row an item and person, with a day and a word.

Only people whose seat in the category's team is in force today are given items (category 7: all
teams). What is changed or taken back stays in the audit log.
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import audit
from agencies.models import User
from assessments.addresses import category_address, item_address
from assessments.answering import AnswerRefused, claim_or_refuse
from assessments.models import CategoryAssessment, ItemAnswer, ItemAssignment
from assessments.sharing.open_year import hold_open
from committees import roles
from core import clock
from core.thai_dates import format_short
from notifications.enums import NoticeKind
from notifications.notices import notify


def assignable(category_assessment: CategoryAssessment) -> list[User]:
    """Return whom items of the category may be given: its team in force, each once."""
    cycle = category_assessment.assessment.cycle
    team = roles.team_of_category(
        cycle.agency, cycle.fiscal_year, category_assessment.category.number
    )
    return list({person.pk: person for person in team}.values())


def assign(
    category_assessment: CategoryAssessment,
    answers: Iterable[ItemAnswer],
    people: Iterable[User],
    by: User,
    *,
    due_on: dt.date | None = None,
    note: str = "",
) -> int:
    """Give each of the items to each of the people; return how many rows are new or changed.

    Who has an item already gets the new day and word. Each person is told once. Raises
    NotEditable when the category is locked, AnswerRefused for an item of another category or
    somebody outside the team.
    """
    answers, people = list(answers), list(people)
    team = {person.pk for person in assignable(category_assessment)}
    if {row.category_assessment_id for row in answers} - {category_assessment.pk}:
        raise AnswerRefused("another category")
    if {person.pk for person in people} - team:
        raise AnswerRefused("not of the team")
    with transaction.atomic():
        claim_or_refuse(category_assessment)
        known = {
            (row.item_answer_id, row.user_id): row
            for row in ItemAssignment.objects.filter(item_answer__in=answers)
        }
        changed = 0
        for person in people:
            given = [
                answer
                for answer in answers
                if _give(known.get((answer.pk, person.pk)), answer, person, due_on, note, by)
            ]
            changed += len(given)
            if given and person.pk != by.pk:
                _tell(category_assessment, given, person, due_on, note)
    return changed


def _give(row: ItemAssignment | None, answer, person, due_on, note, by) -> bool:
    """Write one row; False when it stands so already."""
    after = {"due_on": str(due_on or ""), "note": note}
    if row is not None and (row.due_on, row.note, row.done_at) == (due_on, note, None):
        return False
    before = {} if row is None else {"due_on": str(row.due_on or ""), "note": row.note}
    values = {"due_on": due_on, "note": note, "by": by, "at": clock.now(), "done_at": None}
    if row is None:
        row = ItemAssignment.objects.create(item_answer=answer, user=person, **values)
    else:
        ItemAssignment.objects.filter(pk=row.pk).update(**values)
    _record("assignment.give", row, answer, person, by, before=before, after=after)
    return True


def take_back(assignment: ItemAssignment, by: User) -> None:
    """Take the item from the person. Raises NotEditable when the category is locked."""
    answer = assignment.item_answer
    with transaction.atomic():
        claim_or_refuse(answer.category_assessment)
        before = {"due_on": str(assignment.due_on or ""), "note": assignment.note}
        _record("assignment.remove", assignment, answer, assignment.user, by, before=before)
        assignment.delete()


def set_done(assignment: ItemAssignment, is_done: bool, by: User) -> None:
    """Note that the person's work on the item is done, or not yet. Raises NotEditable."""
    answer = assignment.item_answer
    with transaction.atomic():
        hold_open(answer.category_assessment.assessment)
        changed = ItemAssignment.objects.filter(pk=assignment.pk, done_at__isnull=is_done).update(
            done_at=clock.now() if is_done else None
        )
        if changed:
            after = {"done": is_done}
            _record("assignment.done", assignment, answer, assignment.user, by, after=after)


def _record(action, row, answer, person, by, *, before=None, after=None) -> None:
    """Write the audit entry; it names day and word before and after."""
    agency = answer.category_assessment.assessment.cycle.agency
    stages = [" ".join(filter(None, map(str, data.values()))) for data in (before, after) if data]
    summary = " → ".join([answer.item.code, str(person), *filter(None, stages)])
    audit.record(agency, by, action, row, summary=summary[:300], before=before, after=after)


def _tell(category_assessment, answers, person, due_on, note) -> None:
    """Write one notice for all items that the person was just given."""
    codes = ", ".join(answer.item.code for answer in answers)
    with translation.override(settings.LANGUAGE_CODE):
        title = ngettext(
            "You were given an item to write: %(codes)s",
            "You were given %(count)d items to write: %(codes)s",
            len(answers),
        ) % {"count": len(answers), "codes": codes}
        due = _("Due %(day)s") % {"day": format_short(due_on, "th")} if due_on else ""
        notify(
            category_assessment.assessment.cycle.agency,
            [person],
            rule="item_assigned",
            kind=NoticeKind.ASSIGNED,
            obj=answers[0],
            title=title,
            body=" · ".join(part for part in (due, note) if part),
            url=item_address(answers[0])
            if len(answers) == 1
            else category_address(category_assessment),
            occurrence=f"{clock.now():%H%M%S%f}",
        )
