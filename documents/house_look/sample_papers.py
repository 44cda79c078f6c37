"""Page pictures of sample papers in a look that is not saved yet.

A short house paper (cover, a page of text with table and signatures) and the head of an order, on
fixed words without real names. Drawn at once, in a process of its own within tight limits.
"""

import base64
import subprocess
from collections.abc import Sequence

from django.utils.translation import override

from agencies.enums import Digits
from core.throttle import count
from documents.house_look.look import Look
from documents.house_look.reading import look_in
from documents.house_look.signatures import EVERY_PAPER, Signatures
from documents.models import HouseLook, SignatureBlock
from documents.page_pictures import draw_pictures
from documents.papers import pictures_of
from documents.pdf_rendering import Manuscript, PaperFailed, PaperTooLarge, render_pdf

TEMPLATE = "pdf/look_preview.html"
STYLES = ("pdf/order.css", "pdf/look_preview.css")
PAGES, DOTS_PER_INCH = 3, 62
# Drawing takes a processor for a second or two; an office that asks without end waits.
MOST, WITHIN_SECONDS = 20, 60


class PreviewRefused(Exception):
    """Too many previews were asked for, or this one could not be drawn."""


@override("th")
def preview_pictures(row: HouseLook, blocks: Sequence[SignatureBlock], digits: str) -> list[str]:
    """Return the sample pages as addresses of pictures (data:), drawn in the row's look.

    The row may be unsaved; its pictures are those of its office alone. Raises PreviewRefused.
    """
    agency = row.agency
    if count(f"look-preview:{agency.pk}", WITHIN_SECONDS) > MOST:
        raise PreviewRefused("too many")
    look = look_in(row, agency)
    try:
        sample = Manuscript(
            template=TEMPLATE,
            context=_context(look, blocks, agency, digits),
            stylesheets=STYLES,
            title="ตัวอย่างรูปแบบเอกสาร",
            author=agency.name_th,
            thai_digits=digits == Digits.THAI,
            look=look,
            pictures_for=lambda html: pictures_of(agency, html),
        )
        paper = render_pdf(sample)
        pages = draw_pictures(paper.pdf, PAGES, DOTS_PER_INCH)
    except (PaperFailed, PaperTooLarge, subprocess.SubprocessError) as error:
        raise PreviewRefused("not drawn") from error
    return [f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in pages]


def _context(look: Look, blocks: Sequence[SignatureBlock], agency, digits: str) -> dict:
    """Return what the sample prints; the blocks are those of most papers, else the first's."""
    general = [block for block in blocks if block.kind == EVERY_PAPER]
    shown = general or [block for block in blocks if block.kind == blocks[0].kind]
    return {
        "look": look,
        "agency": agency,
        "paper_digits": digits,
        "signatures": Signatures(shown),
        "rows": [(str(place), place * 4, f"{place + 2}.50") for place in range(1, 5)],
    }
