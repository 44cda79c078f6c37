"""Writing a self-assessment: start it, answer lines, write texts, note findings.

Every write first claims its category: one UPDATE that holds only while the category is being
written (or was returned), the assessment is in progress and the cycle is open. A submission
and a late save can therefore never pass each other.
"""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import F, ProtectedError, Q

from agencies import audit
from agencies.models import User
from assessments.criteria.importing import current_edition, load_editions
from assessments.enums import Answer, AssessmentStatus, CategoryStatus, FindingKind
from assessments.indicators.attaching import attach_to_items
from assessments.models import (
    Assessment,
    Category,
    CategoryAssessment,
    ChecklistLine,
    Finding,
    Item,
    ItemAnswer,
    LineAnswer,
    LineNote,
    PartDone,
    ProfileAnswer,
    ProfileTopic,
)
from assessments.progress import ItemState
from assessments.scores import bands
from assessments.scores.history import note_score
from committees import roles
from core import clock
from documents.revisions import NotEditable, Saved, save_text
from workflows.enums import CycleStatus, ResponsibleKind
from workflows.models import Cycle

# What the texts may hold, in characters.
LONGEST_NARRATIVE, LONGEST_FINDING, LONGEST_NOTE = 60_000, 2_000, 4_000
DEFAULT_EDITION = "pmqa-4.0"
WRITABLE = (CategoryStatus.WRITING, CategoryStatus.RETURNED)
# The condition on an ItemAnswer's state that each save repeats in its UPDATE.
ANSWER_EDITABLE = Q(
    category_assessment__status__in=WRITABLE,
    category_assessment__assessment__status=AssessmentStatus.IN_PROGRESS,
    category_assessment__assessment__cycle__status=CycleStatus.OPEN,
)
FINDING_EDITABLE = Q(
    item_answer__category_assessment__status__in=WRITABLE,
    item_answer__category_assessment__assessment__status=AssessmentStatus.IN_PROGRESS,
    item_answer__category_assessment__assessment__cycle__status=CycleStatus.OPEN,
)


class EditionUnknown(Exception):
    """No current edition of the criteria has this code."""


class CycleClosed(Exception):
    """The cycle is closed; nothing can be started in it."""


class AnswerRefused(ValueError):
    """The value is not one the edition allows (a wrong step, a line of another item)."""


class FindingInUse(Exception):
    """An action of the improvement plan rests on the finding; it cannot be removed."""


def start_assessment(
    cycle: Cycle, edition_code: str = DEFAULT_EDITION, by: User | None = None
) -> Assessment:
    """Start the cycle's self-assessment with the current revision of an edition: the office's
    own where it corrected the edition, else the common one.

    Makes the 7 categories, one answer an item and the 13 profile answers; a cycle that has
    an assessment keeps it. Categories are due with the cycle's step that assesses, where it
    is dated. Shipped editions are loaded when missing. Raises EditionUnknown or CycleClosed.
    """
    existing = Assessment.objects.filter(cycle=cycle).first()
    if existing:
        return existing
    load_editions()
    edition = current_edition(edition_code, cycle.agency)
    if edition is None:
        raise EditionUnknown(edition_code)
    with transaction.atomic():
        if not Cycle.objects.filter(pk=cycle.pk, status=CycleStatus.OPEN).update(
            status=F("status")
        ):
            raise CycleClosed
        assessment, is_new = Assessment.objects.get_or_create(
            cycle=cycle, defaults={"edition": edition}
        )
        if is_new:
            _fill(assessment)
            attach_to_items(cycle)
            audit.record(
                cycle.agency,
                by,
                "assessment.start",
                assessment,
                summary=f"{edition.code} r{edition.revision}",
                after={"edition": edition.data_hash},
            )
    return assessment


def _fill(assessment: Assessment) -> None:
    due_on = assessing_due_on(assessment.cycle)
    categories = CategoryAssessment.objects.bulk_create(
        CategoryAssessment(assessment=assessment, category=category, due_on=due_on)
        for category in Category.objects.filter(edition=assessment.edition)
    )
    by_category = {row.category_id: row for row in categories}
    ItemAnswer.objects.bulk_create(
        ItemAnswer(category_assessment=by_category[item.category_id], item=item)
        for item in Item.objects.filter(category__edition=assessment.edition)
    )
    ProfileAnswer.objects.bulk_create(
        ProfileAnswer(assessment=assessment, topic=topic) for topic in ProfileTopic.objects.all()
    )


def assessing_due_on(cycle: Cycle) -> dt.date | None:
    """Return when the cycle's assessing step is due: the first dated step that belongs to the
    champions, else the first whose title says ประเมินตนเอง or ประเมินองค์การ; None without one.
    """
    steps = cycle.steps.filter(due_on__isnull=False).order_by("number")
    named = Q()
    for words in ("ประเมินตนเอง", "ประเมินองค์การ", "ประเมินองค์กร"):
        named |= Q(title__contains=words)
    step = (
        steps.filter(procedure_step__responsible_kind=ResponsibleKind.CATEGORY).first()
        or steps.filter(named).first()
    )
    return step.due_on if step else None


def claim(category_assessment: CategoryAssessment) -> bool:
    """Hold the category open for a write until the transaction ends; False when it is locked.

    Must run inside `transaction.atomic()`. Evidence, indicators and findings use it too.
    """
    open_parents = CategoryAssessment.objects.filter(
        assessment__status=AssessmentStatus.IN_PROGRESS,
        assessment__cycle__status=CycleStatus.OPEN,
    ).values("pk")
    return bool(
        CategoryAssessment.objects.filter(
            pk=category_assessment.pk, status__in=WRITABLE, pk__in=open_parents
        ).update(version=F("version"))
    )


def claim_or_refuse(category_assessment: CategoryAssessment) -> None:
    """As `claim`, but raises NotEditable when the category is locked."""
    if not claim(category_assessment):
        raise NotEditable


def answer_line(answer: ItemAnswer, line: ChecklistLine, value: str, by: User) -> ItemState:
    """Store yes or no to one line; "" takes the answer back. The last answer given holds.

    Returns the item as it then stands. Raises NotEditable when the category is locked,
    AnswerRefused for a line of another item or an unknown value.
    """
    if line.item_id != answer.item_id or value not in (*Answer.values, ""):
        raise AnswerRefused(value)
    with transaction.atomic():
        claim_or_refuse(answer.category_assessment)
        if value:
            LineAnswer.objects.bulk_create(
                [
                    LineAnswer(
                        item_answer=answer,
                        line=line,
                        answer=value,
                        answered_at=clock.now(),
                        answered_by=by,
                    )
                ],
                update_conflicts=True,
                unique_fields=["item_answer", "line"],
                update_fields=["answer", "answered_at", "answered_by"],
            )
        else:
            LineAnswer.objects.filter(item_answer=answer, line=line).delete()
        return note_score(answer, by)


def save_narrative(
    answer: ItemAnswer, text: str, *, version: int, by: User, request_id: str = ""
) -> Saved:
    """Store the narrative if `version` is still the newest; see `documents.revisions`.

    Raises SaveConflict (with the newest text) or NotEditable; then nothing is written.
    """
    with transaction.atomic():
        claim(answer.category_assessment)
        return save_text(
            answer,
            {"narrative": text},
            version=version,
            by=by,
            agency=answer.category_assessment.assessment.agency,
            editable=ANSWER_EDITABLE,
            request_id=request_id,
        )


def save_line_note(
    answer: ItemAnswer,
    line: ChecklistLine,
    text: str,
    *,
    version: int,
    by: User,
    request_id: str = "",
) -> Saved:
    """Store what explains a line if `version` is still the newest (0: none was written).

    Raises SaveConflict (with the newest text), NotEditable, AnswerRefused for a line of another
    item; then nothing is written.
    """
    if line.item_id != answer.item_id:
        raise AnswerRefused(line.code)
    with transaction.atomic():
        claim_or_refuse(answer.category_assessment)
        note, _is_new = LineNote.objects.get_or_create(item_answer=answer, line=line)
        return save_text(
            note,
            {"text": text},
            version=version,
            by=by,
            agency=answer.category_assessment.assessment.agency,
            editable=FINDING_EDITABLE,
            request_id=request_id,
        )


def set_written(answer: ItemAnswer, is_written: bool) -> None:
    """Mark the item as written, or take the mark back. Raises NotEditable."""
    _update(answer, is_written=is_written)


def set_percent(
    answer: ItemAnswer, percent: int | None, by: User, *, dimensions: dict[str, int] | None = None
) -> None:
    """Store the percentage of a percent edition: one of its steps, or None for unanswered.

    `dimensions` (code → step) are stored with it; None leaves the stored ones, which cap the
    percentage as well. Raises AnswerRefused for a step the bands do not know and for a
    percentage above the band of the weakest dimension; NotEditable when locked.
    """
    with transaction.atomic():
        claim_or_refuse(answer.category_assessment)
        rows = ItemAnswer.objects.filter(pk=answer.pk)
        if dimensions is None:
            dimensions = rows.values_list("dimensions", flat=True).get()
        whole = answer.category_assessment
        is_result = whole.category.number == roles.SHARED_CATEGORY
        fault = bands.check(percent, dimensions, whole.assessment.edition, is_result=is_result)
        if fault:
            raise AnswerRefused(fault)
        rows.update(percent=percent, dimensions=dimensions)
        note_score(answer, by)


def set_points(answer: ItemAnswer, points: Decimal | None, by: User) -> None:
    """Store the item's full points where the edition does not know them. Raises AnswerRefused
    where it does, NotEditable when locked.
    """
    if answer.item.points is not None:
        raise AnswerRefused(str(points))
    with transaction.atomic():
        _update(answer, points=points)
        note_score(answer, by)


def _update(answer: ItemAnswer, **changes) -> None:
    with transaction.atomic():
        claim_or_refuse(answer.category_assessment)
        ItemAnswer.objects.filter(pk=answer.pk).update(**changes)


def add_finding(answer: ItemAnswer, kind: str, text: str, by: User) -> Finding:
    """Note a strength or an OFI. Raises NotEditable when the category is locked."""
    if kind not in FindingKind.values:
        raise AnswerRefused(kind)
    with transaction.atomic():
        claim_or_refuse(answer.category_assessment)
        finding = Finding.objects.create(
            item_answer=answer,
            kind=kind,
            text=text,
            version=0,
            created_at=clock.now(),
            created_by=by,
        )
        edit_finding(finding, text, version=0, by=by)
        finding.version = 1
    return finding


def edit_finding(
    finding: Finding, text: str, *, version: int, by: User, request_id: str = ""
) -> Saved:
    """Store the finding's text if `version` is the newest. Raises SaveConflict, NotEditable."""
    category_assessment = finding.item_answer.category_assessment
    with transaction.atomic():
        claim(category_assessment)
        return save_text(
            finding,
            {"text": text},
            version=version,
            by=by,
            agency=category_assessment.assessment.agency,
            editable=FINDING_EDITABLE,
            request_id=request_id,
        )


def remove_finding(finding: Finding, by: User) -> None:
    """Take the finding out; its revisions stay. Raises NotEditable or FindingInUse."""
    category_assessment = finding.item_answer.category_assessment
    with transaction.atomic():
        claim_or_refuse(category_assessment)
        audit.record(
            category_assessment.assessment.agency,
            by,
            "finding.remove",
            finding,
            before={"kind": finding.kind, "text": finding.text},
        )
        try:
            finding.delete()
        except ProtectedError as error:
            raise FindingInUse from error


def mark_part(category_assessment: CategoryAssessment, number: int, by: User) -> None:
    """Note that the champion of category `number` finished its part of category 7.

    May run again. Raises NotEditable when category 7 is locked.
    """
    with transaction.atomic():
        claim_or_refuse(category_assessment)
        PartDone.objects.get_or_create(
            category_assessment=category_assessment,
            category_number=number,
            defaults={"at": clock.now(), "by": by},
        )


def unmark_part(category_assessment: CategoryAssessment, number: int) -> None:
    """Take the mark of a part back. Raises NotEditable when category 7 is locked."""
    with transaction.atomic():
        claim_or_refuse(category_assessment)
        category_assessment.parts_done.filter(category_number=number).delete()


def set_due_dates(
    assessment: Assessment,
    due: dict[int, dt.date | None],
    by: User,
    *,
    character_limit: int | None = None,
) -> None:
    """Set when categories (by number) are due, and how long an item's text may be.

    Raises NotEditable when all is accepted.
    """
    with transaction.atomic():
        if not Assessment.objects.filter(
            pk=assessment.pk,
            status=AssessmentStatus.IN_PROGRESS,
            pk__in=Assessment.objects.filter(cycle__status=CycleStatus.OPEN).values("pk"),
        ).update(version=F("version"), item_character_limit=character_limit):
            raise NotEditable
        for number, day in due.items():
            CategoryAssessment.objects.filter(
                assessment=assessment, category__number=number
            ).update(due_on=day)
        audit.record(
            assessment.agency,
            by,
            "assessment.due_dates",
            assessment,
            after={str(number): str(day) for number, day in due.items()}
            | {"item_character_limit": character_limit},
        )
