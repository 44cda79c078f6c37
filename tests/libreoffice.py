"""LibreOffice without a window, as offices use it: it opens our files and saves them."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

SECONDS = 90


def converted(path: Path, to: str, folder: Path) -> Path:
    """Return the file as LibreOffice saves it in another form (`pdf`, `xlsx`, …) in the folder."""
    return all_converted([path], to, folder)[path]


def all_converted(paths: Iterable[Path], to: str, folder: Path) -> dict[Path, Path]:
    """As `converted`, for several files in one run; returns file → what LibreOffice saved."""
    paths = list(paths)
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            "soffice",
            # A profile of its own: two runs at once must not wait for each other.
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return {path: folder / f"{path.stem}.{to}" for path in paths}


def text_of_pdf(path: Path) -> str:
    """Return the words of a PDF, spaces and line ends as single spaces."""
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    )
    return " ".join(done.stdout.split())
