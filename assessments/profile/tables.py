"""The tables of profile topics, where rows say more than prose. Columns: profile.yaml."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.criteria.edition_files import EDITIONS, read_profile
from core.thai_numerals import plain_decimal, to_arabic_digits
from core.thai_text import normalize

MOST_ROWS = 60
LONGEST_CELL = 500
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,2})?")

Row = dict[str, str]


@dataclass(frozen=True)
class Column:
    """A column of a topic's table; numbers are summed below it."""

    code: str
    th: str
    en: str
    is_number: bool

    @property
    def title(self) -> str:
        return self.en if get_language() == "en" else self.th


@dataclass(frozen=True)
class TopicForm:
    """What a topic takes besides its text: a table with these columns, a picture."""

    columns: tuple[Column, ...] = ()
    takes_image: bool = False
    hint_en: str = ""


def form_of(number: int) -> TopicForm:
    """Return what the topic of that number takes (as `profile.yaml` says)."""
    return _forms().get(number, TopicForm())


@functools.cache
def _forms() -> dict[int, TopicForm]:
    data = read_profile((EDITIONS / "profile.yaml").read_text(encoding="utf-8"))
    topics = [
        topic for part in data["parts"] for group in part["groups"] for topic in group["topics"]
    ]
    return {
        topic["number"]: TopicForm(
            columns=tuple(
                Column(row["code"], row["th"], row["en"], row.get("kind") == "number")
                for row in topic.get("columns", [])
            ),
            takes_image=bool(topic.get("image")),
            hint_en=topic.get("hint_en", ""),
        )
        for topic in topics
    }


def rows_of_form(columns: tuple[Column, ...], data: Mapping[str, Any]) -> list[Row]:
    """Return the rows of a sent form: fields named "<row>-<column>", in order of their number."""
    pattern = re.compile(r"(\d{1,3})-(\w+)")
    codes = {column.code for column in columns}
    found: dict[int, Row] = {}
    for name in data:
        match = pattern.fullmatch(name)
        if match and match[2] in codes:
            found.setdefault(int(match[1]), {})[match[2]] = normalize(str(data[name])).strip()
    return [
        {column.code: found[index].get(column.code, "") for column in columns}
        for index in sorted(found)
    ][: MOST_ROWS + 1]


def check(columns: tuple[Column, ...], rows: list[Row]) -> tuple[list[Row], list[str]]:
    """Return the rows to keep (empty ones left out, digits Arabic) and what is wrong, by row."""
    kept, faults = [], []
    for row in rows:
        if not any(row.values()):
            continue
        clean = dict(row)
        for column in columns:
            clean[column.code], fault = _cell(column, row[column.code])
            if fault:
                words = {"row": len(kept) + 1, "column": column.title, "fault": fault}
                faults.append(_("Row %(row)d, “%(column)s”: %(fault)s") % words)
        kept.append(clean)
    if len(kept) > MOST_ROWS:
        faults.append(_("A table holds at most %(count)d rows.") % {"count": MOST_ROWS})
    return kept, faults


def _cell(column: Column, text: str) -> tuple[str, str]:
    if len(text) > LONGEST_CELL:
        return text, _("at most %(count)d characters") % {"count": LONGEST_CELL}
    if not column.is_number or not text:
        return text, ""
    number = to_arabic_digits(text).replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(number):
        return text, _("write a number, for example 12 or ๑๒")
    return number, ""


def totals(columns: tuple[Column, ...], rows: list[Row]) -> dict[str, Decimal]:
    """Return the sum of each number column; cells that are no number add nothing."""
    if not rows:
        return {}
    return {
        column.code: sum((_number(row.get(column.code, "")) for row in rows), Decimal(0))
        for column in columns
        if column.is_number
    }


def _number(text: str) -> Decimal:
    plain = to_arabic_digits(text).replace(",", "")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else Decimal(0)


def lines(columns: tuple[Column, ...], rows: list[Row]) -> list[list[str]]:
    """Return the cells of each row in the order of the columns, as they are shown."""
    return [[str(row.get(column.code, "")) for column in columns] for row in rows]


def total_line(columns: tuple[Column, ...], rows: list[Row]) -> list[str]:
    """Return the cells below the table: the sums under their columns; [] without numbers."""
    sums = totals(columns, rows)
    return (
        [
            plain_decimal(sums[column.code], commas=True) if column.code in sums else ""
            for column in columns
        ]
        if sums
        else []
    )
