"""The look in which an office's papers are drawn."""

from agencies.models import Agency
from documents.house_look.look import ACCENT_COLOUR, MAIN_COLOUR, Look
from documents.models import HouseLook
from documents.queries import files_for_everybody
from documents.stored_files import open_file


def look_of(agency: Agency) -> Look:
    """Return the office's look; ours where it has set none. One query."""
    row = HouseLook.objects.filter(agency=agency).first()
    return Look(agency.name_th) if row is None else look_in(row, agency)


def look_in(row: HouseLook, agency: Agency) -> Look:
    """Return the look that a row says, saved or not."""
    main = row.main_colour or MAIN_COLOUR
    return Look(
        name=row.name or agency.name_th,
        main_colour=main,
        accent_colour=row.accent_colour or ACCENT_COLOUR,
        font_size=row.font_size,
        emblem_id=row.emblem_id,
        logo_id=row.logo_id,
        second_colour=row.accent_colour or main,
        chosen_colour=row.main_colour,
    )


def emblem_of(agency: Agency) -> bytes | None:
    """Return the emblem's bytes (PNG) for files that carry their pictures, such as Word's."""
    stored = files_for_everybody(agency).filter(pk=look_of(agency).emblem_id).first()
    if stored is None:
        return None
    with open_file(stored) as content:
        return content.read()
