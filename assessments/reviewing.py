"""What a submission, a review and the acceptance demand, and what they leave behind."""

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import User
from agencies.roles import director_of, officers_of
from approvals.models import TransitionLog
from approvals.transitions import AlreadyChanged
from assessments.addresses import category_address, overview_address
from assessments.enums import AssessmentStatus, CategoryStatus
from assessments.models import (
    Assessment,
    CategoryAssessment,
    Finding,
    ItemAnswer,
    LineAnswer,
    ProfileAnswer,
)
from assessments.progress import (
    RESULTS,
    CategoryState,
    load,
    load_category,
    missing_measures,
)
from assessments.scoring import to_five
from committees import roles
from committees.enums import CommitteeKind, CommitteeRole
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.enums import CycleStatus


def is_in_progress(category_assessment: CategoryAssessment) -> list[str]:
    """Demand that the whole is not yet accepted and the cycle is open."""
    status, cycle_status = (
        Assessment.objects.filter(pk=category_assessment.assessment_id)
        .values_list("status", "cycle__status")
        .get()
    )
    return _closed(status, cycle_status)


def is_fully_answered(category_assessment: CategoryAssessment) -> list[str]:
    """Demand that every line is answered, texts are there and scores are supported."""
    state = load_category(category_assessment)
    return [*state.missing(), *missing_measures(state)]


def all_parts_are_done(category_assessment: CategoryAssessment) -> list[str]:
    """Demand for category 7 that the champions of 1–6 have all marked their part done."""
    done = category_assessment.parts_done.values_list("category_number", flat=True)
    return parts_left(category_assessment.category.number, set(done))


def missing_before_submission(state: CategoryState, parts_done: set[int]) -> list[str]:
    """Return what the three requirements of a submission lack, from a state already loaded."""
    assessment = state.category_assessment.assessment
    return [
        *_closed(assessment.status, assessment.cycle.status),
        *state.missing(),
        *missing_measures(state),
        *parts_left(state.number, parts_done),
    ]


def _closed(status: str, cycle_status: str) -> list[str]:
    if status == AssessmentStatus.ACCEPTED:
        return [_("The assessment is accepted; the officer must reopen it first")]
    if cycle_status == CycleStatus.CLOSED:
        return [_("The cycle of the year is closed")]
    return []


def parts_left(number: int, done: set[int]) -> list[str]:
    """Return which champions have not marked their part of category 7 as done, in words."""
    if number != RESULTS:
        return []
    return [
        _("The champion of category %(number)d has not marked the part of category 7 as done")
        % {"number": part}
        for part in roles.CHAMPION_CATEGORIES
        if part not in done
    ]


def all_categories_are_accepted(assessment: Assessment) -> list[str]:
    """Demand that the Working Team accepted all seven categories."""
    waiting = (
        assessment.categories.exclude(status=CategoryStatus.ACCEPTED)
        .select_related("category")
        .order_by("category__number")
    )
    return [
        _("Category %(number)d: %(status)s")
        % {"number": row.category.number, "status": row.get_status_display()}
        for row in waiting
    ]


def hold_categories(assessment: Assessment, log: TransitionLog) -> None:
    """Claim all categories as accepted, so that none is returned while the whole is accepted."""
    held = assessment.categories.filter(status=CategoryStatus.ACCEPTED).update(version=F("version"))
    if held != assessment.categories.count():
        raise AlreadyChanged(assessment)


def take_marks_back(category_assessment: CategoryAssessment, log: TransitionLog) -> None:
    """A returned category is to be gone through again: its items are no longer written."""
    ItemAnswer.objects.filter(category_assessment=category_assessment).update(is_written=False)


def freeze(assessment: Assessment, log: TransitionLog) -> None:
    """Keep scores and answers as they were accepted."""
    Assessment.objects.filter(pk=assessment.pk).update(snapshot=snapshot_of(assessment))
    assessment.refresh_from_db()


def snapshot_of(assessment: Assessment) -> dict:
    """Return the assessment as JSON-able data: edition, scores (5 decimals), answers, profile."""
    assessment = Assessment.objects.select_related("edition", "cycle__agency").get(pk=assessment.pk)
    state = load(assessment)[assessment.pk]
    lines, findings = _lines_of(assessment), _findings_of(assessment)
    return {
        "edition": state.edition.code,
        "revision": state.edition.revision,
        "total": str(to_five(state.total)),
        "total_points": str(state.edition.total_points),
        "categories": [
            {
                "number": category.number,
                "score": str(to_five(category.score)),
                "items": [_item_data(item, lines, findings) for item in category.items],
            }
            for category in state.categories
        ],
        "profile": {
            str(row.topic.number): row.text
            for row in ProfileAnswer.objects.filter(assessment=assessment).select_related("topic")
        },
    }


def category_data(category_assessment: CategoryAssessment) -> dict:
    """Return what is decided on when a category is submitted, returned or accepted."""
    state = load_category(category_assessment)
    assessment = category_assessment.assessment
    lines, findings = _lines_of(assessment), _findings_of(assessment)
    return {
        "edition": state.edition.data_hash,
        "number": state.number,
        "score": str(to_five(state.score)),
        "items": [_item_data(item, lines, findings) for item in state.items],
    }


def _item_data(item, lines: dict, findings: dict) -> dict:
    answer = item.answer
    return {
        "code": answer.item.code,
        "score": None if item.score is None else str(to_five(item.score)),
        "percent": answer.percent,
        "narrative": answer.narrative,
        "lines": lines.get(answer.pk, {}),
        "findings": findings.get(answer.pk, []),
        "evidence": answer.evidence_count,
        "indicators": [
            {
                "name": row.indicator.name,
                "target": None if row.indicator.target is None else str(row.indicator.target),
                "value": None if row.value is None else str(row.value),
                "score": None if row.result.score is None else str(row.result.score),
            }
            for row in item.indicators
        ],
    }


def _lines_of(assessment: Assessment) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = LineAnswer.objects.filter(
        item_answer__category_assessment__assessment=assessment
    ).values_list("item_answer", "line__code", "answer")
    for answer, code, value in rows:
        found.setdefault(answer, {})[code] = value
    return found


def _findings_of(assessment: Assessment) -> dict[int, list[list[str]]]:
    found: dict[int, list[list[str]]] = {}
    rows = Finding.objects.filter(
        item_answer__category_assessment__assessment=assessment
    ).values_list("item_answer", "kind", "text")
    for answer, kind, text in rows:
        found.setdefault(answer, []).append([kind, text])
    return found


def reviewers_of(assessment: Assessment) -> list[User]:
    """Return who reviews categories: the officers and the chair of the Working Team."""
    cycle = assessment.cycle
    chairs = roles.holders(
        cycle.agency, cycle.fiscal_year, roles.WORKING_KINDS, (CommitteeRole.CHAIR,)
    )
    return [*officers_of(cycle.agency), *chairs]


def accepters_of(assessment: Assessment) -> list[User]:
    """Return who accepts the whole: chairs of the Steering Committee and the director."""
    cycle = assessment.cycle
    chairs = roles.holders(
        cycle.agency,
        cycle.fiscal_year,
        (CommitteeKind.STEERING,),
        (CommitteeRole.CHAIR, CommitteeRole.VICE_CHAIR),
    )
    director = director_of(cycle.agency)
    return [*chairs, *([director] if director else [])]


def writers_of(category_assessment: CategoryAssessment) -> list[User]:
    """Return champion and team of the category; the officers where it has nobody."""
    cycle = category_assessment.assessment.cycle
    team = roles.team_of_category(
        cycle.agency, cycle.fiscal_year, category_assessment.category.number
    )
    return team or list(officers_of(cycle.agency))


def tell_reviewers(category_assessment: CategoryAssessment, log: TransitionLog) -> None:
    """Tell the reviewers that a category waits for them."""
    _tell(
        category_assessment,
        log,
        reviewers_of(category_assessment.assessment),
        ("category_submitted", NoticeKind.DECISION),
        _("Category %(number)d waits for your review"),
    )


def tell_writers_returned(category_assessment: CategoryAssessment, log: TransitionLog) -> None:
    """Tell champion and team that their category came back, with the reason."""
    _tell(
        category_assessment,
        log,
        writers_of(category_assessment),
        ("category_returned", NoticeKind.RETURNED),
        _("Category %(number)d was returned for correction"),
    )


def tell_writers_accepted(category_assessment: CategoryAssessment, log: TransitionLog) -> None:
    """Tell champion and team that the Working Team accepted; the chairs when it was the last."""
    _tell(
        category_assessment,
        log,
        writers_of(category_assessment),
        ("category_accepted", NoticeKind.APPROVED),
        _("Category %(number)d was accepted by the Working Team"),
    )
    assessment = category_assessment.assessment
    if not all_categories_are_accepted(assessment):
        notify(
            log.agency,
            accepters_of(assessment),
            rule="assessment_complete",
            kind=NoticeKind.DECISION,
            obj=assessment,
            title=_("All 7 categories of the self-assessment wait for your acceptance"),
            url=overview_address(assessment),
            occurrence=str(log.pk),
        )


def tell_everybody(assessment: Assessment, log: TransitionLog) -> None:
    """Tell officers and teams that the whole was accepted or reopened."""
    cycle = assessment.cycle
    people = roles.team_of_category(cycle.agency, cycle.fiscal_year, RESULTS)
    is_accepted = log.to_status == AssessmentStatus.ACCEPTED
    notify(
        log.agency,
        [*officers_of(cycle.agency), *people],
        rule="assessment_accepted" if is_accepted else "assessment_reopened",
        kind=NoticeKind.APPROVED if is_accepted else NoticeKind.RETURNED,
        obj=assessment,
        title=_("The self-assessment was accepted by the Steering Committee")
        if is_accepted
        else _("The self-assessment was reopened"),
        body=log.comment,
        url=overview_address(assessment),
        occurrence=str(log.pk),
    )


def _tell(category_assessment, log, people, event: tuple[str, NoticeKind], title: str) -> None:
    rule, kind = event
    notify(
        log.agency,
        people,
        rule=rule,
        kind=kind,
        obj=category_assessment,
        title=title % {"number": category_assessment.category.number},
        body=log.comment,
        url=category_address(category_assessment),
        occurrence=str(log.pk),
    )


def count_missing(missing: list[str]) -> str:
    """Return how much is left before submission, in words; "" when nothing is."""
    if not missing:
        return ""
    return ngettext(
        "%(count)d thing left before it can be submitted",
        "%(count)d things left before it can be submitted",
        len(missing),
    ) % {"count": len(missing)}
