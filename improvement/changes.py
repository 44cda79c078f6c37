"""Changes of an approved action: asked for field by field, applied when the director agrees.

A request keeps each field's value then and the value wanted, as the form reads them. It is
applied only to the wording it was written for: a later change of the action makes it void.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.models import User
from approvals.transitions import AlreadyChanged, perform
from core import clock, thai_dates
from core.templatetags.pmqa import baht
from documents.revisions import NotEditable, SaveConflict, save_text
from improvement.doing import PLAN_UNDER_WAY
from improvement.enums import ChangeStatus
from improvement.models import Action, ChangeRequest, ImprovementPlan
from improvement.planning import RELATED

LABELS = {
    "title": pgettext_lazy("plan", "Action"),
    "project": gettext_lazy("Project"),
    "owner": gettext_lazy("Responsible person"),
    "unit": gettext_lazy("Responsible unit"),
}
FIELDS = (
    "title", "project", "owner", "unit", "starts_on", "ends_on", "measure", "target",
    "indicator", "budget", "budget_q1", "budget_q2", "budget_q3", "budget_q4", "risk",
)  # fmt: skip
OPEN = (ChangeStatus.DRAFT, ChangeStatus.SUBMITTED, ChangeStatus.RETURNED)
WRITABLE = (ChangeStatus.DRAFT, ChangeStatus.RETURNED)


class NothingChanges(Exception):
    """The wanted values are those the action has."""


class WordingChanged(AlreadyChanged):
    """The action is not what it was when the change was asked for; nothing was applied."""

    @property
    def words(self) -> str:
        return _("The action was changed after this change was asked for. Ask for it anew.")


class ChangeWaits(Exception):
    """Another change of the action waits for a decision."""


def as_text(action: Action) -> dict[str, str]:
    """Return the action's values as text, "" where there is none."""
    columns = {name: f"{name}_id" if name in RELATED else name for name in FIELDS}
    return {name: _text(getattr(action, column)) for name, column in columns.items()}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def ask(action: Action, fields: dict, reason: str, version: int, by: User) -> ChangeRequest:
    """Write the request for a change (or write it anew after a return) and submit it.

    `version` is the action's version that the person saw. Raises NothingChanges, ChangeWaits,
    SaveConflict when the action changed since, or as `perform`.
    """
    now = as_text(action)
    if version != action.version:
        raise SaveConflict(action, None)
    new = now | as_text(Action(**{name: fields[name] for name in FIELDS}))
    old, new = _comparable(now), _comparable(new)
    changes = {name: [old[name], new[name]] for name in FIELDS if new[name] != old[name]}
    if not changes:
        raise NothingChanges
    with transaction.atomic():
        change = _write(action, changes, reason, by)
        perform(change, "submit", by)
    return change


def _comparable(values: dict[str, str]) -> dict[str, str]:
    """Return the texts with money in one form: two decimals."""
    money = [name for name in values if name.startswith("budget") and values[name]]
    return values | {name: f"{Decimal(values[name]):.2f}" for name in money}


def _write(action: Action, changes: dict, reason: str, by: User) -> ChangeRequest:
    values = {
        "changes": changes,
        "reason": reason,
        "action_version": action.version,
        "requested_by": by,
        "requested_at": clock.now(),
    }
    found = action.change_requests.filter(status__in=WRITABLE).first()
    if found:
        rows = ChangeRequest.objects.filter(pk=found.pk, status=found.status, version=found.version)
        if not rows.update(**values, version=F("version") + 1):
            raise ChangeWaits
        return ChangeRequest.objects.select_related("action__plan__cycle__agency").get(pk=found.pk)
    try:
        with transaction.atomic():
            return ChangeRequest.objects.create(action=action, **values)
    except IntegrityError as error:
        raise ChangeWaits from error


def apply(change: ChangeRequest, by: User) -> None:
    """Write the wanted values into the action it was written for.

    Raises WordingChanged when that wording is no longer there, what the change names was removed
    meanwhile (an indicator, a unit), or the plan has ended.
    """
    action = change.action
    if _names_what_is_gone(change):
        raise WordingChanged(change)
    fields = {name: value_of(name, wanted) for name, (_old, wanted) in change.changes.items()}
    try:
        save_text(
            action,
            {f"{name}_id" if name in RELATED else name: value for name, value in fields.items()},
            version=change.action_version,
            by=by,
            agency=action.plan.agency,
            editable=PLAN_UNDER_WAY,
        )
    except (SaveConflict, NotEditable) as error:
        raise WordingChanged(change) from error
    action.refresh_from_db()


def _names_what_is_gone(change: ChangeRequest) -> bool:
    """Return whether a wanted person, unit, project or indicator is no longer there."""
    wanted = ((name, pair[1]) for name, pair in change.changes.items() if name in RELATED)
    return any(
        text and not Action._meta.get_field(name).related_model.objects.filter(pk=text).exists()
        for name, text in wanted
    )


def value_of(name: str, text: str) -> Any:
    field = Action._meta.get_field(name)
    if text == "":
        return None if field.null else ""
    if isinstance(field, models.ForeignKey):
        return int(text)
    return field.to_python(text)


@dataclass(frozen=True)
class Line:
    """One changed field in words."""

    label: str
    old: str
    new: str


def lines_of(*changes: ChangeRequest) -> dict[int, list[Line]]:
    """Return request → its changed fields in words; at most four queries for all of them."""
    names = _names(changes)
    found: dict[int, list[Line]] = {}
    for change in changes:
        found[change.pk] = [
            Line(_label(name), *(_words(name, value, names) for value in change.changes[name]))
            for name in FIELDS  # PostgreSQL keeps the names in an order of its own
            if name in change.changes
        ]
    return found


def _label(name: str) -> str:
    field = Action._meta.get_field(name)
    return str(LABELS.get(name) or field.verbose_name)


def _names(changes) -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {}
    for name in RELATED:
        keys = {int(value) for change in changes for value in change.changes.get(name, ()) if value}
        if keys:
            model = Action._meta.get_field(name).related_model
            names[name] = {str(row.pk): str(row) for row in model.objects.filter(pk__in=keys)}
    return names


def _words(name: str, value: str, names: dict) -> str:
    if value == "":
        return "–"
    if name in RELATED:
        return names[name].get(value, "–")
    value_now = value_of(name, value)
    if name.endswith("_on"):
        return thai_dates.format_short(value_now)
    if name.startswith("budget"):
        return baht(value_now)
    return str(value_now)


def changes_of(plan: ImprovementPlan) -> QuerySet[ChangeRequest]:
    """Return the plan's change requests, newest first."""
    return ChangeRequest.objects.filter(action__plan=plan).select_related("action", "requested_by")


def revision_of(plan: ImprovementPlan) -> int:
    """Return how often the plan was changed since its approval (แก้ไขครั้งที่)."""
    return ChangeRequest.objects.filter(action__plan=plan, status=ChangeStatus.APPROVED).count()
