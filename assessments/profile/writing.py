"""The organisational profile: 13 topics in two parts, each a text of its own."""

from django.db import transaction
from django.db.models import F, Q

from agencies.models import User
from agencies.roles import is_officer
from assessments.enums import AssessmentStatus
from assessments.models import Assessment, ProfileAnswer
from committees.roles import written_categories
from documents.revisions import Saved, save_text
from workflows.enums import CycleStatus

PROFILE_EDITABLE = Q(
    assessment__status=AssessmentStatus.IN_PROGRESS,
    assessment__cycle__status=CycleStatus.OPEN,
)


def is_open(assessment: Assessment) -> bool:
    """Return whether the profile may be written now (the page's view of it)."""
    return (
        assessment.status == AssessmentStatus.IN_PROGRESS
        and assessment.cycle.status == CycleStatus.OPEN
    )


def can_write(user: User, assessment: Assessment) -> bool:
    """The Working Team writes the profile: the officer, champions and their teams."""
    cycle = assessment.cycle
    return is_officer(user, cycle.agency) or bool(
        written_categories(user, cycle.agency, cycle.fiscal_year)
    )


def save_answer(
    answer: ProfileAnswer, text: str, *, version: int, by: User, request_id: str = ""
) -> Saved:
    """Store a topic's text if `version` is still the newest; see `documents.revisions`.

    Raises SaveConflict with the newest text, or NotEditable when the assessment is accepted.
    """
    with transaction.atomic():
        # Holds the assessment in its state until the text is written.
        Assessment.objects.filter(pk=answer.assessment_id).update(version=F("version"))
        return save_text(
            answer,
            {"text": text},
            version=version,
            by=by,
            agency=answer.assessment.agency,
            editable=PROFILE_EDITABLE,
            request_id=request_id,
        )


def parts(answers) -> list[dict]:
    """Return the answers as parts and groups with how many topics are written.

    `answers` come in order of their topics, with `topic` fetched.
    """
    found: list[dict] = []
    for answer in answers:
        topic = answer.topic
        if not found or found[-1]["code"] != topic.part:
            found.append({"code": topic.part, "title": topic.part_title, "groups": []})
        groups = found[-1]["groups"]
        if not groups or groups[-1]["code"] != topic.group:
            groups.append({"code": topic.group, "title": topic.group_title, "answers": []})
        groups[-1]["answers"].append(answer)
    for part in found:
        rows = [answer for group in part["groups"] for answer in group["answers"]]
        part["written"] = sum(bool(answer.text.strip()) for answer in rows)
        part["total"] = len(rows)
    return found
