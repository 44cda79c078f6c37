"""Saving how an office's papers look: all of the settings page at once, or nothing.

The page has one version, that of `HouseLook`; who saves states the version that was read, so
nobody overwrites what somebody else has saved meanwhile.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from agencies import audit
from agencies.models import Agency, User
from documents.models import HouseLook, SignatureBlock
from documents.revisions import save_text

LOOK_FIELDS = ("emblem_id", "logo_id", "name", "main_colour", "accent_colour", "font_size")


def saved_look(agency: Agency) -> HouseLook:
    """Return the office's row with its pictures; an unsaved one where there is none."""
    rows = HouseLook.objects.filter(agency=agency).select_related("emblem", "logo")
    return rows.first() or HouseLook(agency=agency)


@transaction.atomic
def save_look(
    agency: Agency,
    by: User,
    *,
    version: int,
    look: dict[str, Any],
    digits: str,
    blocks: Sequence[dict[str, str]],
) -> None:
    """Store look, digits and signature blocks if nobody saved since `version`.

    `look` holds LOOK_FIELDS; `blocks` are kind, words, name, position and acting, in order.
    Raises documents.revisions.SaveConflict when somebody did; then nothing is stored.
    """
    row, _new = HouseLook.objects.get_or_create(agency=agency)
    save_text(row, look, version=version, by=by, agency=agency)
    SignatureBlock.objects.filter(agency=agency).delete()
    SignatureBlock.objects.bulk_create(
        SignatureBlock(agency=agency, order=place, **block)
        for place, block in enumerate(blocks, start=1)
    )
    Agency.objects.filter(pk=agency.pk).update(paper_digits=digits)
    said = {"look": look, "digits": digits, "blocks": list(blocks)}
    audit.record(agency, by, "papers.look", row, summary=agency.short_name, after=said)
