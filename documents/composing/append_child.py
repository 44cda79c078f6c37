"""Opens PDFs of others within limits: `python -m documents.composing.append_child FOLDER`.

Reads job.json: {"files": [name]} asks for the shapes of their pages; with {"paper", "places"}
their pages are laid on the paper's. Ends with 3 when memory runs out.
"""

import json
import sys
from pathlib import Path

import pikepdf

from documents.drawing.render_child import limit

# What stays free on a page for the strip above and the page's number below, in mm.
ABOVE, BELOW, BESIDE = 17, 15, 8
MM = 72 / 25.4
SMALLEST = 1


def shapes_of(path: Path, most: int) -> list[bool] | None:
    """Return whether each page is wider than high; None where the PDF cannot be laid on pages."""
    try:
        with pikepdf.open(path) as pdf:
            shapes = []
            for number, page in enumerate(pdf.pages):
                if number < most:
                    page.as_form_xobject()
                shapes.append(_is_wide(page))
            return shapes or None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError, RecursionError):
        return None


def _is_wide(page: pikepdf.Page) -> bool:
    left, foot, right, top = (float(edge) for edge in page.cropbox)
    width, height = abs(right - left), abs(top - foot)
    if width < SMALLEST or height < SMALLEST:
        raise ValueError("a page without size")
    if page.rotation % 180:
        width, height = height, width
    return width > height


def lay_over(folder: Path, job: dict) -> None:
    """Lay the files' pages on the pages of the paper: places are (page, file, page of file)."""
    with pikepdf.open(folder / job["paper"]) as paper:
        sources: dict[str, pikepdf.Pdf] = {}
        for number, name, source_number in job["places"]:
            if name not in sources:
                sources[name] = _flat(folder / name)
            page = paper.pages[number - 1]
            _left, _foot, width, height = (float(edge) for edge in page.mediabox)
            space = pikepdf.Rectangle(
                BESIDE * MM, BELOW * MM, width - BESIDE * MM, height - ABOVE * MM
            )
            page.add_overlay(sources[name].pages[source_number - 1], space, expand=False)
        paper.save(folder / "laid.pdf", compress_streams=True)


def _flat(path: Path) -> pikepdf.Pdf:
    """Open a PDF; what was filled into its forms becomes part of its pages."""
    pdf = pikepdf.open(path)
    try:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations()
    except (pikepdf.PdfError, ValueError, RuntimeError):
        pdf.close()
        pdf = pikepdf.open(path)
    return pdf


def main(folder: Path) -> int:
    """Do what the folder's job asks and return the exit code."""
    limit()
    job = json.loads((folder / "job.json").read_text())
    try:
        if "paper" in job:
            lay_over(folder, job)
        else:
            shapes = [shapes_of(folder / name, job["most"]) for name in job["files"]]
            (folder / "shapes.json").write_text(json.dumps(shapes))
    except MemoryError:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
