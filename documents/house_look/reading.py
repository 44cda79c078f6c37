"""The look in which an office's papers are drawn."""

from dataclasses import dataclass

from agencies.models import Agency
from documents.models import HouseLook

MAIN_COLOUR, ACCENT_COLOUR, FONT_SIZE = "#1f3a5f", "#b08d3c", 16


@dataclass(frozen=True)
class Look:
    """What templates and styles of papers read; pictures are keys of stored files.

    Official papers (orders, announcements, letters, memos) take only the emblem from it.
    """

    name: str
    main_colour: str = MAIN_COLOUR
    accent_colour: str = ACCENT_COLOUR
    font_size: int = FONT_SIZE
    emblem_id: int | None = None
    logo_id: int | None = None


def look_of(agency: Agency) -> Look:
    """Return the office's look; ours where it has set none. One query."""
    row = HouseLook.objects.filter(agency=agency).first()
    if row is None:
        return Look(agency.name_th)
    return Look(
        name=row.name or agency.name_th,
        main_colour=row.main_colour or MAIN_COLOUR,
        accent_colour=row.accent_colour or ACCENT_COLOUR,
        font_size=row.font_size,
        emblem_id=row.emblem_id,
        logo_id=row.logo_id,
    )
