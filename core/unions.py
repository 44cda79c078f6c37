"""Columns of queries that are joined into one by a union."""

from django.db.models import Field, Value
from django.db.models.functions import Cast


def nothing(field: Field) -> Cast:
    """Return an empty column of the field's type.

    PostgreSQL takes a bare NULL for text; a union with a number or a day in its place then fails.
    """
    return Cast(Value(None), field)
