"""The list of a year's definitions: found by words and filters, ordered as wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assessments.models import Indicator
from core.thai_text import fold_for_search, sort_key

UNGROUPED = "zz"
SORTS: dict[str, Callable[[Indicator], Any]] = {
    "": lambda row: (row.group or UNGROUPED, row.order, row.pk),
    "code": lambda row: (row.code == "", row.code, row.pk),
    "name": lambda row: (sort_key(row.name), row.pk),
    "weight": lambda row: (-row.weight, row.pk),
    "owner": lambda row: (row.owner is None, row.owner.sort_key if row.owner else "", row.pk),
    "unit": lambda row: (
        row.owner_unit is None,
        (row.owner_unit.order, row.owner_unit.name) if row.owner_unit else (0, ""),
        row.pk,
    ),
}
NOBODY = "none"


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to and ordered by; "" is no limit, `NOBODY` is without owner."""

    words: str = ""
    kind: str = ""
    group: str = ""
    perspective: str = ""
    level: str = ""
    owner: str = ""
    unit: str = ""
    sort: str = ""


def found(rows: list[Indicator], wanted: Wanted) -> list[Indicator]:
    """Return the rows that fit, ordered. `rows` have owner and unit fetched; asks nothing more.

    Words are looked for in code, name, definition and data source, without tones and blanks, so
    a word is found inside unspaced text.
    """
    words = fold_for_search(wanted.words)
    fitting = [row for row in rows if _fits(row, wanted) and (not words or words in _text(row))]
    return sorted(fitting, key=SORTS.get(wanted.sort, SORTS[""]))


def _fits(row: Indicator, wanted: Wanted) -> bool:
    owner = str(row.owner_id) if row.owner_id else NOBODY
    unit = str(row.owner_unit_id) if row.owner_unit_id else NOBODY
    return (
        wanted.kind in ("", row.kind)
        and wanted.group in ("", row.group)
        and wanted.perspective in ("", row.perspective)
        and wanted.level in ("", row.level)
        and wanted.owner in ("", owner)
        and wanted.unit in ("", unit)
    )


def _text(row: Indicator) -> str:
    return fold_for_search("\n".join((row.code, row.name, row.definition, row.data_source)))
