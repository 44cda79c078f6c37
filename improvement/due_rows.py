"""The columns in which plans, actions, rounds and reports are read by one union."""

from django.db.models import BigIntegerField, CharField, DateField, Expression, IntegerField, Value

from core.unions import nothing

COLUMNS = {
    "what": CharField(),
    "key": BigIntegerField(),
    "state": CharField(),
    "year": IntegerField(),
    "part": BigIntegerField(),
    "words": CharField(),
    "begins": DateField(),
    "day": DateField(),
    "due": DateField(),
    "done": DateField(),
    "person": BigIntegerField(),
}


def columns(what: str, **given: Expression) -> dict[str, Expression]:
    """Return all columns in order: those given, the rest empty."""
    known = {"what": Value(what, output_field=CharField()), **given}
    return {name: known.get(name) or nothing(field) for name, field in COLUMNS.items()}
