"""Several PDFs of ours become one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from documents.drawing.limited_process import run_limited
from documents.drawing.render_child import SECONDS
from documents.work_folders import work_folder


@dataclass(frozen=True)
class Bindable:
    """One PDF to bind: its bytes and how it is found in the whole.

    With a `title` it gets an entry of its own in the outline, its own outline below that, and
    its tags carry the title; without one its outline stays on the level where it is. `prefix`
    stands before the names of its link targets: give each paper its own ("order-7-"), since two
    papers may name an element alike; the parts of one paper, which link to each other, share one.
    The prefix alone names the PDF's first page.
    """

    pdf: bytes
    title: str = ""
    prefix: str = ""


@dataclass(frozen=True)
class Joined:
    """The whole, and the page on which each of the given PDFs begins, counted from 1."""

    pdf: bytes
    first_pages: list[int]


def join(
    parts: Sequence[Bindable],
    overlay: bytes | None = None,
    *,
    title: str,
    author: str = "",
    labels: Sequence[str] = (),
    seconds: float = SECONDS,
) -> Joined:
    """Return one PDF of all pages in the given order.

    Guaranteed: pages keep size, look and text; tags (of parts that have them), outlines, links
    inside a part, and links `part:#name` to the target `<prefix>name` of another part go on
    working; title, author and language "th" are the whole's; fonts stay embedded, those of each
    part apart; the same input gives the same bytes. Forms and attachments are not carried over.

    `overlay` is a PDF of as many pages as the whole: each is laid on the page of its number and
    marked as decoration, so readers of tags skip it. Draw it without tags and with pages of the
    same sizes. `labels` are what viewers show as the pages' numbers, one a page ("ก", "๑").

    Files are opened in a process of its own with the limits of drawing. Raises PaperTooLarge when
    that ends, PaperFailed when a file cannot be read (a damaged one, one with a password).
    """
    with work_folder("join") as name:
        folder = Path(name)
        rows = []
        for number, part in enumerate(parts):
            (folder / f"{number}.pdf").write_bytes(part.pdf)
            rows.append({"file": f"{number}.pdf", "title": part.title, "prefix": part.prefix})
        if overlay is not None:
            (folder / "overlay.pdf").write_bytes(overlay)
        job = {
            "pieces": rows,
            "overlay": "" if overlay is None else "overlay.pdf",
            "about": {"title": title, "author": author, "labels": list(labels)},
        }
        run_limited("documents.composing.join_child", folder, job, seconds)
        pages = json.loads((folder / "pages.json").read_text())
        return Joined((folder / "joined.pdf").read_bytes(), pages)
