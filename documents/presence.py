"""Who has the editor of an object open, so that two people do not write over each other unseen.

A page reports itself every 20 seconds while it is looked at; who was heard of within the last
45 seconds is there. Higher apps register in `ready()` which objects may be asked about.
"""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from agencies.models import User
from core import clock
from documents.models import EditingPresence

SHOWN_FOR = timedelta(seconds=45)
_visible: dict[str, Callable[[User], QuerySet]] = {}
_editors: dict[str, Callable[[User, Model], bool]] = {}


class UnknownKind(LookupError):
    """No app registered objects of this kind."""


def register(
    model: type[Model],
    visible_to: Callable[[User], QuerySet],
    may_edit: Callable[[User, Model], bool],
) -> None:
    """Let pages ask about objects of the model that `visible_to(user)` returns; only who may edit
    one is told who else does, and shown as who does.
    """
    _visible[model._meta.label_lower] = visible_to
    _editors[model._meta.label_lower] = may_edit


def objects_visible_to(kind: str, user: User) -> QuerySet:
    """Return the objects of a kind ("assessments.itemanswer") the person may ask about.

    Raises UnknownKind.
    """
    if kind not in _visible:
        raise UnknownKind(kind)
    return _visible[kind](user)


def may_edit(obj: Model, user: User) -> bool:
    """Return whether the person edits the object (of a registered kind)."""
    return _editors[obj._meta.label_lower](user, obj)


def seen(obj: Model, user: User) -> None:
    """Note that the person has the object's editor open now; one statement."""
    EditingPresence.objects.bulk_create(
        [
            EditingPresence(
                content_type=ContentType.objects.get_for_model(obj),
                object_id=obj.pk,
                user=user,
                seen_at=clock.now(),
            )
        ],
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "user"],
        update_fields=["seen_at"],
    )


def others(obj: Model, user: User) -> list[User]:
    """Return who else has it open, the newest first."""
    rows = EditingPresence.objects.filter(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        seen_at__gt=clock.now() - SHOWN_FOR,
    )
    return [row.user for row in rows.exclude(user=user).select_related("user")]
