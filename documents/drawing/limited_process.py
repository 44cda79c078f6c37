"""Processes that have limits (render_child) and know no secret and no database."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from documents.drawing.render_child import LARGE_FILE, NO_MEMORY
from documents.drawing.sheets import PASSED_ON, PaperFailed, PaperTooLarge


def run_limited(module: str, folder: Path, job: dict, seconds: float) -> None:
    """Run `python -m module folder`; it finds the job in job.json and writes into the folder.

    Raises PaperTooLarge when it goes over its limits, PaperFailed when it ends with an error.
    """
    (folder / "job.json").write_text(json.dumps(job))
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, str(folder)],
            cwd=settings.BASE_DIR,
            env=passed_on(),
            capture_output=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise PaperTooLarge("time") from error
    if limit := limit_reached(done.returncode):
        raise PaperTooLarge(limit)
    if done.returncode:
        raise PaperFailed(done.stderr.decode(errors="replace")[-1000:])


def limit_reached(code: int) -> str:
    """Return the limit at which a process ended: "time", "memory", "file"; "" for another end."""
    if code in (LARGE_FILE, -signal.SIGXFSZ):
        return "file"
    if code == -signal.SIGXCPU:
        return "time"
    # Libraries end the process in their own ways when they get no memory.
    return "memory" if code == NO_MEMORY or code < 0 else ""


def passed_on() -> dict[str, str]:
    """Return the environment of such a process."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}
