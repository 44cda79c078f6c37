"""Parts that were drawn, kept by their content: the same part is never drawn twice.

One folder an office below DATA_DIR/paper-parts, so no office gets bytes of another. A file carries
the hash of what it holds; a damaged one counts as missing. Losing the folder costs time alone.
"""

import hashlib
import json
import os
import secrets
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from documents.drawing.sheets import Layout, Sheet

FOLDER = "paper-parts"
KEPT_DAYS = 30
# Of one office; the parts used longest ago go first.
MOST_BYTES = 200 * 1024**2
_DRAWN_BY = ("weasyprint_thai.py", "weasyprint_drawing.py", "sheets.py")


@dataclass(frozen=True)
class DrawnPart:
    """A part as it was drawn."""

    pdf: bytes
    layout: Layout


def key_of(sheet: Sheet) -> str:
    """Return what the drawing of the sheet depends on, in one hash."""
    told = hashlib.sha256(_engine().encode())
    for text in (sheet.html, *sheet.styles, sheet.font_dir):
        told.update(hashlib.sha256(text.encode()).digest())
    for name, (content_type, content) in sorted(sheet.pictures.items()):
        told.update(hashlib.sha256(f"{name} {content_type}".encode()).digest())
        told.update(hashlib.sha256(content).digest())
    return told.hexdigest()


@cache
def _engine() -> str:
    """Return what draws: a new version of it draws everything anew."""
    here = Path(__file__).parent.parent / "drawing"
    sources = b"".join((here / name).read_bytes() for name in _DRAWN_BY)
    return f"{version('weasyprint')} {version('pydyf')} {hashlib.sha256(sources).hexdigest()}"


class PartCache:
    """The parts of one office."""

    def __init__(self, agency_id: int):
        self._folder = settings.DATA_DIR / FOLDER / str(agency_id)

    def get(self, key: str) -> DrawnPart | None:
        """Return the part of that key; None when it was never drawn or its file is damaged."""
        path = self._folder / key
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        told, rest = content[:32], content[32:]
        if hashlib.sha256(rest).digest() != told:
            path.unlink(missing_ok=True)
            return None
        length = int.from_bytes(rest[:8], "big")
        pages = json.loads(rest[8 : 8 + length])
        return DrawnPart(rest[8 + length :], Layout.from_json(pages))

    def put(self, key: str, part: DrawnPart) -> None:
        """Keep the part; whoever reads meanwhile sees all of it or nothing."""
        about = json.dumps(part.layout.as_json()).encode()
        rest = len(about).to_bytes(8, "big") + about + part.pdf
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self._folder / f".{secrets.token_hex(8)}"
        try:
            beside.write_bytes(hashlib.sha256(rest).digest() + rest)
            beside.replace(self._folder / key)
        finally:
            beside.unlink(missing_ok=True)


def sweep() -> int:
    """Delete what was not used for long or is too much for one office; return how many."""
    gone, eldest = 0, time.time() - KEPT_DAYS * 86400
    for office in (settings.DATA_DIR / FOLDER).glob("*"):
        kept = 0
        rows = [(path.stat(), path) for path in office.iterdir() if path.is_file()]
        for told, path in sorted(rows, key=lambda row: (-row[0].st_mtime, row[1].name)):
            kept += told.st_size
            if kept > MOST_BYTES or told.st_mtime < eldest:
                path.unlink(missing_ok=True)
                gone += 1
    return gone
