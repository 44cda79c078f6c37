"""The office's state emblem in Word files: a picture at the height that the regulation sets."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from docx.shared import Mm
from PIL import Image

# 28 mm wide at 30 mm high, and as much narrower where it is lower.
WIDTH_OF_HEIGHT = 28 / 30
_emblem: ContextVar[bytes | None] = ContextVar("emblem of the files being made", default=None)


@contextmanager
def emblem_in_files(picture: bytes | None) -> Iterator[None]:
    """Put this picture at the emblem's place of Word files made inside the block."""
    token = _emblem.set(picture)
    try:
        yield
    finally:
        _emblem.reset(token)


def add_emblem(paragraph, height: float) -> bool:
    """Add the emblem, at most `height` mm high, to the paragraph; False where there is none."""
    content = _emblem.get()
    if content is None:
        return False
    with Image.open(io.BytesIO(content)) as picture:
        width = height * picture.width / picture.height
    size = {"height": Mm(height)}
    if width > height * WIDTH_OF_HEIGHT:
        size = {"width": Mm(height * WIDTH_OF_HEIGHT)}
    drawn = paragraph.add_run().add_picture(io.BytesIO(content), **size)
    drawn._inline.docPr.set("descr", "ตราครุฑ")
    return True
