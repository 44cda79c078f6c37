"""Binds PDFs within limits: `python -m documents.composing.join_child FOLDER`.

Reads job.json and the files it names; writes joined.pdf and pages.json. Ends with 3 when memory
runs out.
"""

import json
import sys
from pathlib import Path

from documents.composing.binding import Piece, bind
from documents.drawing.render_child import limit


def main(folder: Path) -> int:
    """Bind what the folder's job names and return the exit code."""
    limit()
    job = json.loads((folder / "job.json").read_text())
    pieces = [Piece(folder / row.pop("file"), **row) for row in job["pieces"]]
    overlay = folder / job["overlay"] if job["overlay"] else None
    try:
        pages = bind(pieces, folder / "joined.pdf", overlay=overlay, **job["about"])
    except MemoryError:
        return 3
    (folder / "pages.json").write_text(json.dumps(pages))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
