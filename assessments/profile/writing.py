"""The organisational profile: 13 topics in two parts, each a text of its own."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from agencies import audit
from agencies.enums import OfficeRole
from agencies.models import User
from agencies.roles import has_role, is_officer
from assessments.enums import AssessmentStatus
from assessments.models import Assessment, ProfileAnswer
from committees.roles import written_categories
from documents.revisions import NotEditable, SaveConflict, Saved, history_of, save_text
from notifications.enums import NoticeKind
from notifications.notices import notify
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


def can_write(user: User, answer: ProfileAnswer) -> bool:
    """The Working Team writes the profile (the officer, champions, their teams), and so does
    the owner of the topic. An observer only reads, whatever is named after the person.
    """
    cycle = answer.assessment.cycle
    if has_role(user, cycle.agency, OfficeRole.OBSERVER, ""):
        return False
    return (
        answer.owner_id == user.pk
        or is_officer(user, cycle.agency)
        or bool(written_categories(user, cycle.agency, cycle.fiscal_year))
    )


def can_name_owner(user: User, answer: ProfileAnswer) -> bool:
    """Return whether the person says who writes the topic: officers."""
    return is_officer(user, answer.assessment.cycle.agency)


def name_owner(answer: ProfileAnswer, owner: User | None, by: User) -> None:
    """Make an active person of the office the topic's owner, or nobody. Raises NotEditable."""
    with transaction.atomic():
        rows = ProfileAnswer.objects.filter(pk=answer.pk)
        open_rows = rows.filter(PROFILE_EDITABLE).values("pk")
        if not rows.filter(pk__in=open_rows).update(owner=owner):
            raise NotEditable
        audit.record(
            answer.assessment.cycle.agency,
            by,
            "profile.owner",
            answer,
            summary=str(owner) if owner else "–",
        )
        if owner and owner != by:
            _tell_owner(answer, owner)


def _tell_owner(answer: ProfileAnswer, owner: User) -> None:
    cycle = answer.assessment.cycle
    with translation.override(settings.LANGUAGE_CODE):
        notify(
            cycle.agency,
            [owner],
            rule="topic_assigned",
            kind=NoticeKind.ASSIGNED,
            obj=answer,
            title=_("You write profile topic %(topic)s") % {"topic": answer.topic},
            url=reverse(
                "profile:topic", args=[cycle.agency.code, cycle.fiscal_year, answer.topic.number]
            ),
        )


def save_answer(
    answer: ProfileAnswer, text: str, *, version: int, by: User, request_id: str = ""
) -> Saved:
    """Store a topic's text if `version` is still the newest text; see `documents.revisions`.

    Raises SaveConflict with the newest text, or NotEditable when the assessment is accepted.
    """
    return save_part(answer, {"text": text}, version=version, by=by, request_id=request_id)


def save_part(
    answer: ProfileAnswer,
    changes: dict[str, Any],
    *,
    version: int,
    by: User,
    request_id: str = "",
) -> Saved:
    """Store the text, the rows or the picture of a topic, each of which has its own form.

    All count one version; a save passes over newer versions that changed only other parts.
    Raises SaveConflict when the same part is newer, NotEditable when the profile is locked.
    """
    try:
        return _save(answer, changes, version, by, request_id)
    except SaveConflict as conflict:
        newer = history_of(answer).filter(version__gt=version)
        touched = {name for revision in newer for name in revision.data}
        if touched & set(changes) or not newer:
            raise
        return _save(answer, changes, conflict.current.version, by, request_id)


def _save(answer: ProfileAnswer, changes: dict, version: int, by: User, request_id: str) -> Saved:
    with transaction.atomic():
        # Holds the assessment in its state until the text is written.
        Assessment.objects.filter(pk=answer.assessment_id).update(version=F("version"))
        return save_text(
            answer,
            changes,
            version=version,
            by=by,
            agency=answer.assessment.agency,
            editable=PROFILE_EDITABLE,
            request_id=request_id,
        )


def is_filled(answer: ProfileAnswer) -> bool:
    """Return whether anything is written on the topic: a text, a row or a picture."""
    return bool(answer.text.strip() or answer.rows or answer.image_id)


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
            groups.append(
                {"code": topic.group, "title": topic.group_title, "answers": [], "written": 0}
            )
        groups[-1]["answers"].append(answer)
        groups[-1]["written"] += is_filled(answer)
    for part in found:
        rows = [answer for group in part["groups"] for answer in group["answers"]]
        part["written"] = sum(is_filled(answer) for answer in rows)
        part["total"] = len(rows)
    return found
