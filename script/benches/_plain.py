"""Draws HTML with WeasyPrint as it comes, in one go: what our drawing is compared with.

`python -m script.benches._plain FOLDER` reads sheet.json and pictures as drawing.render_child does,
but without limits (200 pages in one go take more memory than papers may); writes plain.pdf.
"""

import sys
from pathlib import Path

from documents.drawing.render_child import Child
from documents.drawing.weasyprint_drawing import Drawer


def main(folder: Path) -> None:
    sheet = Child(folder, 600)._sheet("sheet.json")
    (folder / "plain.pdf").write_bytes(Drawer()._render(sheet).write_pdf())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
