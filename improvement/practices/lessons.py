"""Lessons learned and knowledge notes: short texts tied to an SOP step or a category.

A change is one conditional UPDATE on the version that was read and keeps a revision of all that
the note said, so that its history shows who changed what.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from agencies import audit
from agencies.models import Agency, User
from core import clock
from documents.revisions import SaveConflict, Saved, history_of, keep_first_versions, save_text
from improvement.models import Lesson
from improvement.practices.searching import searchable

FIELDS = (
    "fiscal_year",
    "kind",
    "title",
    "text",
    "category_number",
    "procedure_step_id",
    "practice_id",
)


def add_lesson(agency: Agency, fields: Mapping[str, Any], by: User) -> Lesson:
    """Note a lesson; `fields` are of FIELDS."""
    with transaction.atomic():
        lesson = Lesson.objects.create(
            agency=agency,
            created_by=by,
            created_at=clock.now(),
            search_text=_search_text(fields),
            **fields,
        )
        keep_first_versions([(lesson, _only(fields))], by=by, agency=agency)
        audit.record(agency, by, "lesson.add", lesson, summary=lesson.title)
    return lesson


def save_lesson(lesson: Lesson, fields: Mapping[str, Any], *, version: int, by: User) -> Saved:
    """Change a lesson. Raises documents.revisions.SaveConflict for a newer version."""
    changes = _only(fields) | {"search_text": _search_text(fields)}
    return save_text(lesson, changes, version=version, by=by, agency=lesson.agency)


def remove_lesson(lesson: Lesson, *, version: int, by: User) -> None:
    """Remove a lesson on the version that was read. Raises SaveConflict for a newer one."""
    with transaction.atomic():
        audit.record(
            lesson.agency, by, "lesson.remove", lesson, summary=lesson.title, before=facts(lesson)
        )
        if not Lesson.objects.filter(pk=lesson.pk, version=version).delete()[0]:
            raise SaveConflict(Lesson.objects.get(pk=lesson.pk), history_of(lesson).first())


def facts(lesson: Lesson) -> dict[str, Any]:
    return {name: getattr(lesson, name) for name in FIELDS}


def _only(fields: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - set(FIELDS):
        raise KeyError(f"no fields of a lesson: {sorted(unknown)}")
    return dict(fields)


def _search_text(fields: Mapping[str, Any]) -> str:
    return searchable([fields.get("title", ""), fields.get("text", "")])
