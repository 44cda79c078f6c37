"""The named levels of a scale, as an office keeps them: which band a total lies in.

Nobody published the bounds of every level, so a bound may be empty; then nothing is concluded.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, User
from assessments.models import LevelBand
from assessments.official.checks import Check, five
from core.thai_text import fold_for_search
from documents.revisions import NotEditable


def is_known(band: LevelBand) -> bool:
    """Return whether both bounds of the band are written."""
    return band.lowest is not None and band.highest is not None


def band_of(total: Decimal, bands: Sequence[LevelBand]) -> LevelBand | None:
    """Return the band with known bounds that holds the total; where two touch, the higher."""
    holding = [band for band in bands if is_known(band) and band.lowest <= total <= band.highest]
    return max(holding, key=lambda band: (band.lowest, band.pk or 0), default=None)


def check_level(total: Decimal | None, level_name: str, bands: Sequence[LevelBand]) -> list[Check]:
    """Return how the announced level stands to the band of the total; nothing when unknown."""
    if total is None or not level_name.strip():
        return []
    wanted = fold_for_search(level_name)
    announced = next((band for band in bands if fold_for_search(band.name) == wanted), None)
    found = band_of(total, bands)
    if announced is not None and is_known(announced):
        if announced.lowest <= total <= announced.highest:
            words = _("The total %(total)s lies in the announced level (%(range)s).")
            given = {"total": five(total), "range": range_words(announced)}
            return [Check("level", words % given, False)]
        return [Check("level_differs", _outside(total, announced, found), True)]
    if announced is None and found is not None:
        words = _(
            "The announced level is “%(announced)s”; by the office's bands the total %(total)s "
            "lies in “%(band)s” (%(range)s). Both are kept."
        )
        given = {
            "announced": level_name,
            "total": five(total),
            "band": found.name,
            "range": range_words(found),
        }
        return [Check("level_differs", words % given, True)]
    return []


def range_words(band: LevelBand) -> str:
    """Return “4.00000–4.50000”, with … for a bound that is not known."""
    low, high = (five(end) if end is not None else "…" for end in (band.lowest, band.highest))
    return f"{low}–{high}"


def _outside(total: Decimal, announced: LevelBand, found: LevelBand | None) -> str:
    given = {
        "announced": announced.name,
        "range": range_words(announced),
        "total": five(total),
        "by": five(max(announced.lowest - total, total - announced.highest)),
    }
    words = _(
        "The announced level “%(announced)s” is %(range)s; the total %(total)s lies %(by)s "
        "outside it."
    )
    if found is None:
        return words % given
    return words % given + " " + _("By the office's bands it is “%(band)s”.") % {"band": found.name}


@transaction.atomic
def add_band(agency: Agency, fields: dict, by: User) -> LevelBand:
    """Add a level at the end of its scale."""
    rows = LevelBand.objects.filter(agency=agency, scale=fields["scale"])
    order = (rows.aggregate(last=Max("order"))["last"] or 0) + 1
    band = LevelBand.objects.create(agency=agency, order=order, **fields)
    audit.record(agency, by, "official.band", band, summary=_summary(band))
    return band


@transaction.atomic
def save_band(band: LevelBand, fields: dict, *, version: int, by: User) -> None:
    """Change a level on the version that was read. Raises NotEditable when it is newer."""
    rows = LevelBand.objects.filter(pk=band.pk, version=version)
    if not rows.update(**fields, version=F("version") + 1):
        raise NotEditable
    band.refresh_from_db()
    audit.record(band.agency, by, "official.band", band, summary=_summary(band))


@transaction.atomic
def remove_band(band: LevelBand, *, version: int, by: User) -> None:
    """Remove a level on the version that was read. Raises NotEditable when it is newer."""
    audit.record(band.agency, by, "official.band_remove", band, summary=_summary(band))
    if not LevelBand.objects.filter(pk=band.pk, version=version).delete()[0]:
        raise NotEditable


def _summary(band: LevelBand) -> str:
    return f"{band.name} {range_words(band)}"
