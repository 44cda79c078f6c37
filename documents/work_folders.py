"""Folders in which papers are drawn: each goes with its drawing, or is swept up later.

They hold the words of papers, secret ones too, readable to the portal's own user alone. A worker
that is killed cannot delete them.
"""

import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "pmqa-work-"
# No drawing takes so long. A process that waits for a paper has an empty folder, which stays.
SWEPT_AFTER = 24 * 3600


def work_folder(name: str) -> tempfile.TemporaryDirectory:
    """Return a new folder, a context; `name` tells people what it is for."""
    return tempfile.TemporaryDirectory(prefix=f"{PREFIX}{name}-")


def sweep() -> int:
    """Delete the folders that killed workers left behind; return how many."""
    left = [folder for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if _is_left(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _is_left(folder: Path) -> bool:
    try:
        is_old = folder.stat().st_mtime < time.time() - SWEPT_AFTER
        return is_old and any(path.stat().st_size for path in folder.iterdir())
    except OSError:
        # Gone meanwhile, or somebody else's.
        return False
