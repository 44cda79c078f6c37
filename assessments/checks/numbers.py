"""Numbers in a text that differ from the indicator they cite. Pure functions, no database.

The rule: a paragraph that holds the name of an indicator (spaces do not count) and, outside that
name, a number with the indicator's unit, is compared with the indicator's target, its bounds and
its values of all years. For the unit "ร้อยละ" the number stands after the word, or before "%" or
"เปอร์เซ็นต์"; for any other unit the unit follows the number. Thai digits and thousands commas
are read; a number written with fewer decimals is right when the value rounds to it (half up). Of
two indicators of one unit in a paragraph each number may be either's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.thai_numerals import to_arabic_digits

PERCENT = ("ร้อยละ", "%", "เปอร์เซ็นต์")
# A shorter name is found in every text.
SHORTEST_NAME = 8
_NUMBER = r"(?<![\d.,])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d,]*\d)"


@dataclass(frozen=True)
class Cited:
    """An indicator as a text may cite it; `figures` are its values, target and bounds."""

    pk: int
    name: str
    unit: str
    figures: tuple[Decimal, ...]


@dataclass(frozen=True)
class Difference:
    """A number of a paragraph (counted from 1) that no figure of the named indicator bears out."""

    paragraph: int
    written: str
    indicator: Cited


def differences(paragraphs: Sequence[str], indicators: Sequence[Cited]) -> list[Difference]:
    """Return the numbers that differ, in the order of the text."""
    found = []
    for number, paragraph in enumerate(paragraphs, 1):
        text = _plain(paragraph)
        named = [row for row in indicators if _is_named(row, text)]
        for row in named:
            text = text.replace(_plain(row.name), "|")
        for row in named:
            figures = [
                figure
                for other in named
                if _same_unit(other.unit, row.unit)
                for figure in other.figures
            ]
            first_of_unit = next(one for one in named if _same_unit(one.unit, row.unit))
            if not figures or row is not first_of_unit:
                continue
            found += [
                Difference(number, written, row)
                for written in numbers_with(row.unit, text)
                if not _is_borne_out(written, figures)
            ]
    return found


def numbers_with(unit: str, text: str) -> list[str]:
    """Return the numbers that stand with the unit, as written but in Arabic digits."""
    text, unit = _plain(text), _plain(unit)
    if unit in PERCENT:
        shapes = [rf"ร้อยละ{_NUMBER}", rf"{_NUMBER}(?:%|เปอร์เซ็นต์)"]
    elif unit:
        shapes = [rf"{_NUMBER}{re.escape(unit)}"]
    else:
        return []
    hits = {found.start(1): found[1] for shape in shapes for found in re.finditer(shape, text)}
    return [hits[place] for place in sorted(hits)]


def _plain(text: str) -> str:
    return "".join(to_arabic_digits(text).split())


def _is_named(indicator: Cited, text: str) -> bool:
    name = _plain(indicator.name)
    return len(name) >= SHORTEST_NAME and name in text


def _same_unit(one: str, other: str) -> bool:
    return _plain(one) == _plain(other) or {_plain(one), _plain(other)} <= set(PERCENT)


def _is_borne_out(written: str, figures: list[Decimal]) -> bool:
    number = Decimal(written.replace(",", ""))
    step = Decimal(1).scaleb(number.as_tuple().exponent)
    return any(figure.quantize(step, ROUND_HALF_UP) == number for figure in figures)
