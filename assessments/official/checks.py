"""What is odd about a result as it was received, in plain sentences. Nothing is ever repaired.

A weighted mean of the categories lies between the lowest and the highest of them, whatever the
weights; a total outside was made in another way, and is kept as it was announced.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments import scoring
from assessments.enums import ScoreScale
from core.thai_numerals import format_decimal

CATEGORIES = range(1, 8)
MAXIMA = {
    ScoreScale.FIVE: Decimal(5),
    ScoreScale.FIVE_HUNDRED: Decimal(500),
    ScoreScale.THOUSAND: Decimal(1000),
    ScoreScale.PERCENT: Decimal(100),
}


@dataclass(frozen=True)
class Check:
    """One finding; `is_flag` marks what deserves a look, the rest is said for information."""

    code: str
    words: str
    is_flag: bool


def sums_up(scale: str) -> bool:
    """Return whether the total of the scale is a sum of points, not a mean."""
    return scale == ScoreScale.THOUSAND


def whole_of(scale: str, scores: Mapping[int, Decimal]) -> Decimal | None:
    """Return what seven categories give: their mean, or their sum on the scale of points.

    None unless all seven are there. Shown beside the announced total, never in its place.
    """
    if set(scores) != set(CATEGORIES):
        return None
    values = [Fraction(score) for score in scores.values()]
    whole = scoring.sum_of_points(values) if sums_up(scale) else scoring.mean(values)
    return scoring.to_five(whole)


def check(scale: str, total: Decimal | None, scores: Mapping[int, Decimal]) -> list[Check]:
    """Return what is odd about total and scores of the categories, the gravest first."""
    found = [*_outside(scale, total, scores)]
    whole = whole_of(scale, scores)
    if whole is not None and total is not None and whole != total:
        words = (
            _("The sum of the 7 categories is %(whole)s; the announced total differs by %(by)s.")
            if sums_up(scale)
            else _(
                "The mean of the 7 categories is %(whole)s; the announced total differs by %(by)s."
            )
        )
        found.append(
            Check("whole", words % {"whole": five(whole), "by": signed(total - whole)}, False)
        )
    left = len(set(CATEGORIES) - set(scores))
    if scores and left:
        words = ngettext(
            "%(count)d category has no announced score.",
            "%(count)d categories have no announced score.",
            left,
        )
        found.append(Check("left", words % {"count": left}, False))
    return found


def _outside(scale: str, total: Decimal | None, scores: Mapping[int, Decimal]):
    """Yield the check that the total lies between the lowest and the highest category."""
    if total is None or not scores or sums_up(scale):
        return
    lowest = min(sorted(scores), key=scores.__getitem__)
    highest = max(sorted(scores), key=scores.__getitem__)
    if total < scores[lowest]:
        yield Check("below", _below(total, lowest, scores[lowest]), True)
    elif total > scores[highest]:
        yield Check("above", _above(total, highest, scores[highest]), True)


def _below(total: Decimal, number: int, score: Decimal) -> str:
    return _(
        "The total received, %(total)s, is below the lowest category (%(number)d: %(score)s), so "
        "it cannot be a mean of the 7 categories whatever the weights. It is kept as announced "
        "and not corrected."
    ) % {"total": five(total), "number": number, "score": five(score)}


def _above(total: Decimal, number: int, score: Decimal) -> str:
    return _(
        "The total received, %(total)s, is above the highest category (%(number)d: %(score)s), "
        "so it cannot be a mean of the 7 categories whatever the weights. It is kept as announced "
        "and not corrected."
    ) % {"total": five(total), "number": number, "score": five(score)}


def check_printed(
    total: Decimal | None, printed: Sequence[tuple[str, Decimal, int]]
) -> list[Check]:
    """Return how the versions printed elsewhere, (place, total, decimals), stand to the total.

    One that is another figure is flagged. One that has fewer decimals and is the total rounded
    to them is said for information. Every version stays as printed.
    """
    if total is None or not printed:
        return []
    listed = " · ".join(f"{as_printed(value, count)} ({place})" for place, value, count in printed)
    given = {"total": five(total), "printed": listed}
    if any(value != rounded(total, count) for _place, value, count in printed):
        words = _(
            "The total is printed differently: %(total)s as announced, but %(printed)s. Each is "
            "kept as printed and none is corrected."
        )
        return [Check("printed", words % given, True)]
    if any(value != total for _place, value, _count in printed):
        words = _("The total %(total)s is printed with fewer decimals elsewhere: %(printed)s.")
        return [Check("rounded", words % given, False)]
    return []


def rounded(total: Decimal, decimals: int) -> Decimal:
    return total.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def as_printed(value: Decimal, decimals: int) -> str:
    return format_decimal(value, decimals)


def five(value: Decimal) -> str:
    return format_decimal(value, 5)


def signed(value: Decimal) -> str:
    """Return the difference with its sign: +0.04805, −0.19154."""
    words = five(abs(value))
    return f"−{words}" if value < 0 else f"+{words}"
