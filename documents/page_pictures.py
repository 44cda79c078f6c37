"""Pictures of a PDF's pages, so that a phone can show a paper without opening the PDF."""

import logging
import resource
import subprocess
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage

from agencies.models import Agency, User
from documents.models import StoredFile
from documents.pdf_rendering import RenderedPaper
from documents.stored_files import open_file, store_bytes, write_once

logger = logging.getLogger(__name__)

DOTS_PER_INCH = 96
MOST_PAGES = 60
SECONDS = 90
MEMORY = 1024**3


def store_pdf(agency: Agency, name: str, paper: RenderedPaper, by: User) -> StoredFile:
    """Keep a drawn paper and the pictures of its pages."""
    stored = store_bytes(agency, name, paper.pdf, "application/pdf", by, pages=paper.page_count)
    make_pictures(stored, paper.pdf)
    return stored


def picture_path(stored: StoredFile, page: int) -> str:
    """Return where in the storage the picture of a page (from 1) is kept."""
    return f"{stored.agency_id}/pages/{stored.sha256}/{page}.png"


def pictured_pages(stored: StoredFile) -> int:
    """Return how many pages are shown as pictures."""
    return min(stored.pages or 0, MOST_PAGES)


def make_pictures(stored: StoredFile, pdf: bytes) -> None:
    """Make the pictures that are not there yet, within limits of time and memory."""
    pages = pictured_pages(stored)
    if not pages or default_storage.exists(picture_path(stored, pages)):
        return
    with tempfile.TemporaryDirectory(prefix="pages-") as name:
        folder = Path(name)
        (folder / "paper.pdf").write_bytes(pdf)
        subprocess.run(
            ["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), "-l", str(pages), "paper.pdf", "page"],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=SECONDS,
            preexec_fn=_limit,
        )
        for page, picture in enumerate(sorted(folder.glob("page-*.png")), start=1):
            write_once(picture_path(stored, page), picture.read_bytes())


def _limit() -> None:
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
