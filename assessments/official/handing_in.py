"""What the office itself typed into another body's system: the record, and how it compares.

The fields stay as they were copied. Only what stands around them (day, person, receipt, note) is
changed later, on the version that was read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.db.models import F

from agencies import audit
from agencies.models import Agency, User
from assessments.models import HandedIn, OfficialResult
from assessments.official.copying import Field
from core import clock
from core.thai_numerals import to_arabic_digits
from core.thai_text import normalize
from documents.revisions import NotEditable

MOST_LETTERS = 200
MOST_DIGITS = 15


@dataclass(frozen=True)
class Compared:
    """One field as handed in, as it now stands in our own record, and as announced."""

    label: str
    handed: str
    own: str
    announced: Decimal | None
    from_own: Decimal | None
    from_announced: Decimal | None


def as_copied(fields: Sequence[Field], typed: Mapping[str, str]) -> list[list[str]]:
    """Return label, value and key of the fields whose value was typed; empty ones are left out."""
    rows = []
    for field in fields:
        value = normalize(typed.get(f"field-{field.key}", "")).strip()[:MOST_LETTERS]
        if value:
            rows.append([field.label, value, field.key])
    return rows


def record(agency: Agency, columns: dict, fields: list[list[str]], by: User) -> HandedIn:
    """Keep what was handed in, with the fields as copied."""
    with transaction.atomic():
        row = HandedIn.objects.create(
            agency=agency, fields=fields, recorded_by=by, recorded_at=clock.now(), **columns
        )
        audit.record(
            agency, by, "official.handed_in", row, summary=str(row), after={"fields": fields}
        )
    return row


def save_around(row: HandedIn, columns: dict, *, version: int, by: User) -> None:
    """Change day, person, receipt or note. Raises NotEditable for a newer version."""
    with transaction.atomic():
        rows = HandedIn.objects.filter(pk=row.pk, version=version)
        if not rows.update(**columns, version=F("version") + 1):
            raise NotEditable
        row.refresh_from_db()
        audit.record(row.agency, by, "official.handed_in_edit", row, summary=str(row))


def remove(row: HandedIn, *, version: int, by: User) -> None:
    """Remove a record; the audit log keeps its fields. Raises NotEditable for a newer version."""
    with transaction.atomic():
        audit.record(
            row.agency,
            by,
            "official.handed_in_remove",
            row,
            summary=str(row),
            before={"fields": row.fields},
        )
        if not HandedIn.objects.filter(pk=row.pk, version=version).delete()[0]:
            raise NotEditable


def compare(
    row: HandedIn, fields: Sequence[Field], result: OfficialResult | None
) -> list[Compared]:
    """Return each field beside our own figure of today and the announced one; no query.

    A difference is shown where both are figures: what was handed in less the other.
    """
    own = {field.key: field.value for field in fields}
    announced = _announced(result)
    compared = []
    for label, value, *key in row.fields:
        name = key[0] if key else ""
        mine, theirs = own.get(name, ""), announced.get(name)
        compared.append(
            Compared(label, value, mine, theirs, _less(value, mine), _less(value, theirs))
        )
    return compared


def _announced(result: OfficialResult | None) -> dict[str, Decimal]:
    if result is None:
        return {}
    found = {f"category-{row.category_number}": row.score for row in result.scores.all()}
    return found | ({"total": result.total} if result.total is not None else {})


def _less(first, second) -> Decimal | None:
    first, second = number_of(first), number_of(second)
    return None if first is None or second is None else first - second


def number_of(value: str | Decimal | None) -> Decimal | None:
    """Return a typed figure, in Thai or Arabic digits, as a number; None when it is none."""
    if value is None or isinstance(value, Decimal):
        return value
    try:
        number = Decimal(to_arabic_digits(value).replace(",", ""))
    except InvalidOperation:
        return None
    # Nobody types figures of hundreds of digits; what 1e999999 less something is, nobody can print.
    return number if number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS else None
