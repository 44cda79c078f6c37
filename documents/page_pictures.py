"""Pictures of a PDF's pages, so that a phone can show a paper without opening the PDF."""

import logging
import resource
import subprocess
import time
from functools import partial
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction

from agencies.models import Agency, User
from documents.enums import PaperStage
from documents.models import StoredFile
from documents.pdf_rendering import RenderedPaper
from documents.stored_files import open_file, store_bytes, write_once
from documents.watching import NobodyWatches, PaperCancelled, Watcher
from documents.work_folders import work_folder

logger = logging.getLogger(__name__)

DOTS_PER_INCH = 96
MOST_PAGES = 60
SECONDS = 90
MEMORY = 1024**3
# Seconds between two looks at how far the pictures are.
LOOKS_APART = 0.2


def store_pdf(agency: Agency, name: str, paper: RenderedPaper, by: User) -> StoredFile:
    """Keep a drawn paper and the pictures of its pages."""
    stored = store_bytes(agency, name, paper.pdf, "application/pdf", by, pages=paper.page_count)
    make_pictures(stored, paper.pdf)
    return stored


def release(keys: set[int]) -> None:
    """Forget those of the files that nothing holds any more, with their bytes and pictures.

    Bytes go after the transaction, which may yet be taken back.
    """
    # Locked first: who is about to hold one of them has done so, or waits and is refused.
    found = list(StoredFile.objects.filter(pk__in=keys).select_for_update().order_by("pk"))
    held = _held(keys)
    gone = [stored for stored in found if stored.pk not in held]
    StoredFile.objects.filter(pk__in=[stored.pk for stored in gone]).delete()
    for stored in gone:
        transaction.on_commit(partial(_delete_bytes, stored), robust=True)


def _held(keys: set[int]) -> set[int]:
    """Return those of the files that some row names, also one without a way back to it."""
    held: set[int] = set()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete:
            continue
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": keys})
        held.update(rows.values_list(name, flat=True))
    return held


def _delete_bytes(stored: StoredFile) -> None:
    """Delete the bytes of a row that is gone, unless the same were stored anew meanwhile."""
    if StoredFile.objects.filter(agency=stored.agency_id, sha256=stored.sha256).exists():
        return
    for page in range(1, pictured_pages(stored) + 1):
        default_storage.delete(picture_path(stored, page))
    default_storage.delete(stored.path)


def picture_path(stored: StoredFile, page: int) -> str:
    """Return where in the storage the picture of a page (from 1) is kept."""
    return f"{stored.agency_id}/pages/{stored.sha256}/{page}.png"


def pictured_pages(stored: StoredFile) -> int:
    """Return how many pages are shown as pictures."""
    return min(stored.pages or 0, MOST_PAGES)


def make_pictures(stored: StoredFile, pdf: bytes, watch: Watcher | None = None) -> None:
    """Make the pictures that are not there yet, within limits of time and memory.

    Raises PaperCancelled when `watch` says that nobody waits any more; none is kept then.
    """
    pages = pictured_pages(stored)
    if not pages or default_storage.exists(picture_path(stored, pages)):
        return
    for page, picture in enumerate(draw_pictures(pdf, pages, DOTS_PER_INCH, watch), start=1):
        write_once(picture_path(stored, page), picture)


def draw_pictures(pdf: bytes, pages: int, dots: int, watch: Watcher | None = None) -> list[bytes]:
    """Return pictures of the first pages; `dots` per inch.

    Raises PaperCancelled when `watch` says so, and subprocess errors over the limits.
    """
    watch = watch or NobodyWatches()
    with work_folder("pages") as name:
        folder = Path(name)
        (folder / "paper.pdf").write_bytes(pdf)
        command = ["pdftoppm", "-png", "-r", str(dots), "-l", str(pages), "paper.pdf", "page"]
        with subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=limit_memory_and_time,
        ) as drawing:
            try:
                _watch_over(drawing, folder, pages, watch)
            finally:
                drawing.kill()
        if drawing.returncode:
            raise subprocess.CalledProcessError(drawing.returncode, command)
        return [picture.read_bytes() for picture in sorted(folder.glob("page-*.png"))]


def _watch_over(drawing: subprocess.Popen, folder: Path, pages: int, watch: Watcher) -> None:
    """Wait for the end; tell how many pages are there, and stop when nobody waits."""
    end = time.monotonic() + SECONDS
    while True:
        watch.hear(PaperStage.PICTURES, min(len(list(folder.glob("page-*.png"))), pages), pages)
        if watch.must_stop():
            raise PaperCancelled
        try:
            drawing.wait(LOOKS_APART)
            return
        except subprocess.TimeoutExpired:
            if time.monotonic() > end:
                raise


def limit_memory_and_time() -> None:
    """Take from a child of ours what drawing pictures does not need (a `preexec_fn`)."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def picture_upload(stored: StoredFile) -> None:
    """Make the pictures of an uploaded PDF; what cannot be drawn simply has none."""
    if not stored.pages:
        return
    with open_file(stored) as content:
        pdf = content.read()
    try:
        make_pictures(stored, pdf)
    except (subprocess.SubprocessError, OSError):
        logger.warning("no pictures of the pages of file %s", stored.pk)
