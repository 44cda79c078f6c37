"""The shipped SOPs as papers: drawn once for all tests of a run, as nothing changes them."""

from functools import cache

from documents import pdf_rendering
from documents.papers import render
from documents.pdf_rendering import RenderedPaper
from tests.agencies.factories import AgencyFactory
from workflows.sop.files import import_sop, read_sop, shipped_files


@cache
def shipped(slug: str) -> RenderedPaper:
    """Return the paper of a shipped SOP (`workflows/sop/shipped/`); the test needs a database."""
    data = read_sop(shipped_files()[slug].read_text(encoding="utf-8"))
    version = import_sop(data, AgencyFactory())
    return render("sop", version, draw=pdf_rendering.draw_here)
