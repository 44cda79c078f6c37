"""Saving text so that nothing is lost: one conditional UPDATE and one revision row.

Every editable text has an integer `version`. Who saves states the version that was read;
when somebody else has saved since, nothing is written and the newest text is returned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q, QuerySet

from agencies.models import Agency, User
from core import clock
from documents.models import TextRevision


class SaveConflict(Exception):
    """Somebody saved a newer version. `current` is the row as it now stands."""

    def __init__(self, current: models.Model, last: TextRevision | None):
        super().__init__("a newer version was saved")
        self.current = current
        self.last = last


class NotEditable(Exception):
    """The row's state no longer allows changes (submitted, accepted, closed)."""


@dataclass(frozen=True)
class Saved:
    """The answer to a save: the version now stored and when it was stored."""

    version: int
    saved_at: Any


def save_text(
    obj: models.Model,
    changes: dict[str, Any],
    *,
    version: int,
    by: User,
    agency: Agency,
    editable: Q | None = None,
    request_id: str = "",
) -> Saved:
    """Write `changes` to the row if it still has `version`; add revision version + 1.

    `obj` names the row (its own field values are not used). `editable` is the condition on
    the row's state that must hold in the same UPDATE. A `request_id` seen before returns the
    first answer without writing. Raises SaveConflict when a newer version exists, NotEditable
    when the version matches but the state refuses.
    """
    history = _revisions_of(obj)
    earlier = _earlier_answer(history, request_id)
    if earlier:
        return earlier
    now = clock.now()
    try:
        with transaction.atomic():
            _claim(obj, changes, version, editable, history)
            TextRevision.objects.create(
                agency=agency,
                content_type=ContentType.objects.get_for_model(obj),
                object_id=obj.pk,
                version=version + 1,
                data={name: _plain(value) for name, value in changes.items()},
                saved_at=now,
                saved_by=by,
                request_id=request_id,
            )
    except IntegrityError:
        # Two copies of one request ran at once; the other one has answered.
        earlier = _earlier_answer(history, request_id)
        if earlier is None:
            raise
        return earlier
    return Saved(version + 1, now)


def keep_first_versions(
    rows: Iterable[tuple[models.Model, dict[str, Any]]], *, by: User, agency: Agency
) -> None:
    """Keep what new rows say as revisions of their own first version, so that a later one can be
    compared with it. The rows are of one model and were just made. One query.
    """
    now = clock.now()
    TextRevision.objects.bulk_create(
        TextRevision(
            agency=agency,
            content_type=ContentType.objects.get_for_model(obj),
            object_id=obj.pk,
            version=obj.version,
            data={name: _plain(value) for name, value in data.items()},
            saved_at=now,
            saved_by=by,
        )
        for obj, data in rows
    )


def history_of(obj: models.Model) -> QuerySet[TextRevision]:
    """Return the row's revisions, newest first, with who saved each."""
    return _revisions_of(obj).select_related("saved_by")


def _revisions_of(obj: models.Model) -> QuerySet[TextRevision]:
    kind = ContentType.objects.get_for_model(obj)
    return TextRevision.objects.filter(content_type=kind, object_id=obj.pk)


def _claim(obj, changes: dict[str, Any], version: int, editable: Q | None, history) -> None:
    """Write the changes in one UPDATE that holds every condition, or raise why it cannot."""
    rows = type(obj)._default_manager.filter(pk=obj.pk)
    claim = rows.filter(version=version)
    if editable is not None:
        # A subquery keeps the UPDATE to one table even when the state is a parent's.
        claim = claim.filter(pk__in=rows.filter(editable).values("pk"))
    if not claim.update(**changes, version=F("version") + 1):
        raise _refusal(rows, version, history)


def _earlier_answer(history: QuerySet[TextRevision], request_id: str) -> Saved | None:
    if not request_id:
        return None
    revision = history.filter(request_id=request_id).first()
    return Saved(revision.version, revision.saved_at) if revision else None


def _refusal(rows, version: int, history) -> Exception:
    current = rows.get()
    if current.version == version:
        return NotEditable()
    return SaveConflict(current, history.select_related("saved_by").first())


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
