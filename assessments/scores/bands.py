"""Percentages by dimension: the weakest of A, D, L, I (or Le, T, C, I) caps the item's band.

Pure functions. Source: the scoring guidelines of the edition files ("bands", "dimensions";
one band an item, no value between bands, `weakest_dimension_caps_band`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments import scoring
from assessments.models import CriteriaEdition

Bands = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Cap:
    """The weakest dimension, its step, and the band above which the item cannot be."""

    code: str
    step: int
    low: int
    high: int

    @property
    def words(self) -> str:
        return _("%(code)s %(step)d%% sets the ceiling at the band %(low)d–%(high)d") % {
            "code": self.code,
            "step": self.step,
            "low": self.low,
            "high": self.high,
        }


def band_of(step: int, bands: Bands) -> Sequence[int]:
    """Return the band that holds the step. Raises ValueError for a step that no band has."""
    for band in bands:
        if step in band:
            return band
    raise ValueError(f"{step} is not a step of the bands")


def cap_of(dimensions: Mapping[str, int], bands: Bands) -> Cap | None:
    """Return the ceiling that the chosen dimensions set; None while none is chosen.

    Dimensions that are not chosen yet cap nothing. Of equals the first is named.
    """
    if not dimensions:
        return None
    code = scoring.weakest(dimensions)
    band = band_of(dimensions[code], bands)
    return Cap(code, dimensions[code], min(band), max(band))


def refusal(percent: int | None, dimensions: Mapping[str, int], bands: Bands) -> str:
    """Return why the item cannot have the percentage, in words; "" where it may.

    The percentage may lie in the band of the weakest dimension or in any band below it.
    """
    cap = cap_of(dimensions, bands)
    if percent is None or cap is None or percent <= cap.high:
        return ""
    return _("%(cap)s; the item cannot have %(percent)d%%") % {
        "cap": cap.words,
        "percent": percent,
    }


def dimensions_of(edition: CriteriaEdition, *, is_result: bool) -> list[dict]:
    """Return the dimensions of an item as {"code", "title"}; none in an edition by levels.

    Categories 1–6 have A, D, L, I; category 7 has Le, T, C, I.
    """
    kind = "letci" if is_result else "adli"
    rows = edition.scoring_data.get("dimensions", {}).get(kind, [])
    language = "en" if get_language() == "en" else "th"
    return [{"code": row["code"], "title": row[language]} for row in rows]


def check(
    percent: int | None, dimensions: Mapping[str, int], edition: CriteriaEdition, *, is_result: bool
) -> str:
    """Return why percentage and dimensions cannot be stored, in words; "" where they can.

    Each must be a step of the bands, a dimension one of the item's own, and the percentage not
    above the ceiling.
    """
    bands = edition.scoring_data.get("bands", [])
    steps = scoring.allowed_percents(bands)
    known = {row["code"] for row in dimensions_of(edition, is_result=is_result)}
    wrong = [value for value in (percent, *dimensions.values()) if value not in (*steps, None)]
    if wrong or not set(dimensions) <= known:
        return _("Choose one of the steps of the bands")
    return refusal(percent, dimensions, bands)
