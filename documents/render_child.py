"""Draws one sheet within limits: `python -m documents.render_child FOLDER`.

Reads sheet.json and the pictures in the folder; writes paper.pdf and layout.json. Knows neither
database nor settings. Ends with 3 when memory runs out; the system ends it when time does.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

SECONDS = 60
MEMORY = 1024**3
LARGEST_FILE = 200 * 1024**2


def limit() -> None:
    """Take from this process whatever it does not need."""
    for kind, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def main(folder: Path) -> int:
    """Draw the sheet in the folder and return the exit code."""
    limit()
    from documents.pdf_rendering import Sheet, draw_here

    job = json.loads((folder / "sheet.json").read_text())
    job["pictures"] = {
        name: (content_type, (folder / name).read_bytes())
        for name, content_type in job["pictures"].items()
    }
    try:
        pdf, layout = draw_here(Sheet(**job))
    except MemoryError:
        return 3
    (folder / "paper.pdf").write_bytes(pdf)
    (folder / "layout.json").write_text(json.dumps([asdict(page) for page in layout.pages]))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
