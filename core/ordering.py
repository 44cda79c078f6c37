"""Rows in an order of their own: one place up or down, numbered again from 0."""

from collections.abc import Iterable

from django.db.models import Model


def moved(rows: list, pk: int, direction: str) -> bool:
    """Move the row one place "up" or "down" in the list; False at the end, or where it is not."""
    here = next((place for place, row in enumerate(rows) if row.pk == pk), None)
    there = None if here is None else here + (-1 if direction == "up" else 1)
    if there is None or not 0 <= there < len(rows):
        return False
    rows[here], rows[there] = rows[there], rows[here]
    return True


def renumber(model: type[Model], rows: Iterable) -> None:
    """Store each row's place in its `order`; writes only what changed, by one statement."""
    changed = []
    for order, row in enumerate(rows):
        if row.order != order:
            row.order = order
            changed.append(row)
    model.objects.bulk_update(changed, ["order"])
