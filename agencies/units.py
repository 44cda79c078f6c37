"""Units of an office: their order, and which still work."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, Unit, User


@transaction.atomic
def save_unit(unit: Unit, by: User) -> None:
    """Store a new or changed unit; a new one goes to the end."""
    is_new = unit.pk is None
    if is_new:
        last = unit.agency.units.aggregate(last=Max("order"))["last"]
        unit.order = 1 if last is None else last + 1
    unit.save()
    audit.record(unit.agency, by, "unit.add" if is_new else "unit.edit", unit, summary=unit.name)


@transaction.atomic
def move_unit(unit: Unit, by: User, step: int) -> None:
    """Move the unit one place up (-1) or down (+1) and number all units anew from 1."""
    units = list(unit.agency.units.all())
    place = next(index for index, row in enumerate(units) if row.pk == unit.pk)
    target = place + step
    if not 0 <= target < len(units):
        return
    units[place], units[target] = units[target], units[place]
    for number, row in enumerate(units, start=1):
        row.order = number
    Unit.objects.bulk_update(units, ["order"])
    audit.record(unit.agency, by, "unit.move", unit, summary=unit.name)


@transaction.atomic
def set_unit_active(unit: Unit, by: User, is_active: bool) -> None:
    """Close or reopen a unit. Raises ValidationError while active people belong to it."""
    if not is_active and unit.memberships.filter(is_active=True).exists():
        raise ValidationError(_("People still belong to this unit. Move them to another first."))
    changed = Unit.objects.filter(pk=unit.pk, is_active=not is_active).update(is_active=is_active)
    if changed:
        action = "unit.reopen" if is_active else "unit.close"
        audit.record(unit.agency, by, action, unit, summary=unit.name)


@transaction.atomic
def save_settings(agency: Agency, by: User, changed: list[str]) -> None:
    """Store the changed fields of the office's settings."""
    if not changed:
        return
    agency.save(update_fields=changed)
    audit.record(
        agency,
        by,
        "office.edit",
        agency,
        summary=", ".join(changed),
        after={name: getattr(agency, name) for name in changed},
    )
