"""What must hold of a definition, whoever types it: the short form, the full form or a sheet.

Sources: criteria.yaml, `kpi_scoring` (five levels, three targets, direction) and `result_rules`
(the linear rule needs both bounds).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from assessments.enums import Direction, IndicatorKind, ResultRule
from core.thai_numerals import to_arabic_digits
from core.thai_text import normalize

LEVELS = 5
# How many thresholds a rule takes; milestones may be fewer.
COUNTS = {ResultRule.FIVE_LEVELS: 5, ResultRule.THREE_TARGETS: 3, ResultRule.MILESTONES: 5}
LONGEST_MILESTONE = 300
WHOLE_DIGITS, PLACES = 13, 5
Fault = tuple[str, str]


def level_name(number: int) -> str:
    """Return the name of the field of the threshold of a level (1 to 5)."""
    return f"level_{number}"


LEVEL_NAMES = tuple(level_name(number) for number in range(1, LEVELS + 1))


def thresholds_of(rule: str, texts: Sequence[str]) -> list[str]:
    """Return what is kept of five typed texts: as many as the rule takes, numbers made plain.

    The rules without thresholds keep none. Milestones that were left empty at the end go.
    """
    kept = [normalize(text or "").strip() for text in texts[: COUNTS.get(rule, 0)]]
    if rule == ResultRule.MILESTONES:
        while kept and not kept[-1]:
            kept.pop()
        return kept
    return [text if (number := number_of(text)) is None else f"{number:f}" for text in kept]


def number_of(text: str) -> Decimal | None:
    """Return the number that was typed, with Thai digits or thousands commas; None for no number.

    Also None for one that the portal cannot keep: more than 13 digits or 5 decimals.
    """
    try:
        number = Decimal(to_arabic_digits(text).replace(",", "").strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() >= WHOLE_DIGITS:
        return None
    exponent = number.normalize().as_tuple().exponent
    return number if isinstance(exponent, int) and -exponent <= PLACES else None


def faults_of(data: Mapping[str, Any]) -> list[Fault]:
    """Return (field, message) for everything wrong between the fields of a definition.

    `data` are cleaned values; a field that is missing, because its own text was refused, is not
    judged. `thresholds` are the five typed texts.
    """
    return [fault for check in _CHECKS for fault in check(data)]


def _kind(data: Mapping[str, Any]) -> Iterator[Fault]:
    if data.get("kind") == IndicatorKind.CATEGORY_7 and "group" in data and not data["group"]:
        yield "group", _("A result of category 7 belongs to one of its items, 7.1 to 7.6.")


def _measure(data: Mapping[str, Any]) -> Iterator[Fault]:
    measure = data.get("measure")
    if measure and "group" in data and measure.item.code != data["group"]:
        yield (
            "measure",
            _("The measure %(measure)s belongs to item %(item)s.")
            % {"measure": measure.code, "item": measure.item.code},
        )


def _people(data: Mapping[str, Any]) -> Iterator[Fault]:
    owner, checker = data.get("owner"), data.get("checker")
    if owner and owner == checker:
        yield "checker", _("The checker must be another person than the owner.")


def _weight(data: Mapping[str, Any]) -> Iterator[Fault]:
    weight = data.get("weight")
    if weight is not None and weight < 0:
        yield "weight", _("The weight cannot be below 0.")


def _bounds(data: Mapping[str, Any]) -> Iterator[Fault]:
    if data.get("rule") == ResultRule.LINEAR:
        for name in ("lower_bound", "upper_bound"):
            if name in data and data[name] is None:
                yield name, _("The linear rule needs both bounds.")
    lower, upper = data.get("lower_bound"), data.get("upper_bound")
    if lower is not None and upper is not None and upper <= lower:
        yield "upper_bound", _("The upper bound must be above the lower bound.")


def _thresholds(data: Mapping[str, Any]) -> Iterator[Fault]:
    rule, texts = data.get("rule"), data.get("thresholds")
    if texts is None or rule not in COUNTS:
        return
    texts = [(text or "").strip() for text in [*texts, *[""] * LEVELS][: COUNTS[rule]]]
    if rule == ResultRule.MILESTONES:
        yield from _milestones(texts)
        return
    numbers = [number_of(text) for text in texts]
    for place, (text, number) in enumerate(zip(texts, numbers, strict=True), start=1):
        if not text:
            yield level_name(place), _NEEDED[rule]()
        elif number is None:
            yield level_name(place), _("Write a number, for example 85.5 or 12,000.")
    if None not in numbers:
        yield from _order(numbers, data.get("direction"))


def _milestones(texts: list[str]) -> Iterator[Fault]:
    last = max((place for place, text in enumerate(texts, start=1) if text), default=0)
    if last == 0:
        yield level_name(1), _("Write at least one milestone: what is done when it is reached.")
    for place, text in enumerate(texts[:last], start=1):
        if not text:
            yield level_name(place), _("A milestone is missing here; leave none out in between.")
        elif len(text) > LONGEST_MILESTONE:
            yield (
                level_name(place),
                _("Too long: %(length)s characters, at most %(limit)s.")
                % {"length": len(text), "limit": LONGEST_MILESTONE},
            )


def _order(numbers: list[Decimal], direction: str | None) -> Iterator[Fault]:
    falls = direction == Direction.LOWER
    for place, (before, here) in enumerate(pairwise(numbers), start=2):
        if falls and here >= before:
            yield (
                level_name(place),
                _("Lower is better: each threshold must be below the one before it (%(before)s).")
                % {"before": f"{before:f}"},
            )
        elif not falls and here <= before:
            yield (
                level_name(place),
                _("Higher is better: each threshold must be above the one before it (%(before)s).")
                % {"before": f"{before:f}"},
            )


_NEEDED: dict[str, Callable[[], str]] = {
    ResultRule.FIVE_LEVELS: lambda: _("The rule of five thresholds needs all five numbers."),
    ResultRule.THREE_TARGETS: lambda: _("The rule of three targets needs all three numbers."),
}
_CHECKS = (_kind, _measure, _people, _weight, _bounds, _thresholds)
