"""Pages of uploaded PDFs inside a paper of ours.

A paper draws an empty page, with our strip and page number, for each page that it takes over;
`lay_over` then puts the pages there, shrunk to the space that is left. Files of others are
opened only in a process of its own with limits (documents.composing.append_child).
"""

import contextlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from documents.drawing.limited_process import run_limited
from documents.drawing.render_child import SECONDS
from documents.drawing.sheets import PaperFailed, PaperTooLarge
from documents.work_folders import work_folder

CHILD = "documents.composing.append_child"
SECONDS_PER_FILE = 15


@dataclass(frozen=True)
class Place:
    """Page `page` of the paper takes page `source_page` of the file; both count from 1."""

    page: int
    file: int
    source_page: int


def page_shapes(files: Mapping[int, bytes], most: int) -> dict[int, list[bool] | None]:
    """Return for each PDF whether its pages are wide; None for one that cannot be taken over.

    That is a damaged one, one that asks for a password, or one that costs the process its time
    or memory. At most `most` pages of each are tried.
    """
    try:
        return _shapes(files, most, SECONDS)
    except (PaperFailed, PaperTooLarge):
        pass
    # One of them is to blame: each by itself, as long as there is time.
    found: dict[int, list[bool] | None] = dict.fromkeys(files)
    ends = time.monotonic() + SECONDS
    for key, content in files.items():
        if time.monotonic() < ends:
            with contextlib.suppress(PaperFailed, PaperTooLarge):
                found |= _shapes({key: content}, most, SECONDS_PER_FILE)
    return found


def _shapes(files: Mapping[int, bytes], most: int, seconds: int) -> dict[int, list[bool] | None]:
    if not files:
        return {}
    with work_folder("append") as name:
        folder = Path(name)
        names = _write(folder, files)
        run_limited(CHILD, folder, {"files": list(names.values()), "most": most}, seconds)
        shapes = json.loads((folder / "shapes.json").read_text())
        return dict(zip(files, shapes, strict=True))


def lay_over(paper: bytes, files: Mapping[int, bytes], places: Sequence[Place]) -> bytes:
    """Return the paper with the files' pages in their places.

    Raises PaperTooLarge or PaperFailed, as drawing does.
    """
    if not places:
        return paper
    with work_folder("append") as name:
        folder = Path(name)
        names = _write(folder, files)
        (folder / "paper.pdf").write_bytes(paper)
        rows = [(place.page, names[place.file], place.source_page) for place in places]
        job = {"paper": "paper.pdf", "places": rows}
        run_limited(CHILD, folder, job, SECONDS)
        return (folder / "laid.pdf").read_bytes()


def _write(folder: Path, files: Mapping[int, bytes]) -> dict[int, str]:
    names = {}
    for key, content in files.items():
        names[key] = f"file-{key}.pdf"
        (folder / names[key]).write_bytes(content)
    return names
