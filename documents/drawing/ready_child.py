"""Starting the process that draws; in a worker one waits, so that nobody waits for its start.

Reading Python, WeasyPrint and fonts takes most of the time of a short paper. A process that waits
has read nothing else: whoever takes it draws one paper with it and ends it, so that no paper meets
what another one left behind. Its limits are those of every drawing; time is counted from the
first command.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from documents.drawing.limited_process import passed_on
from documents.work_folders import work_folder


@dataclass(frozen=True)
class Limits:
    """What one drawing may cost: seconds a pass (or a part), megabytes of memory and of file."""

    seconds: int
    memory: int
    file: int

    @classmethod
    def of_settings(cls) -> "Limits":
        return cls(
            settings.PAPER_SECONDS_PER_PASS,
            settings.PAPER_MEMORY_MB,
            settings.PAPER_FILE_MB,
        )


class Started:
    """A process that takes commands, and its folder."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self._folder = work_folder("paper")
        self.folder = Path(self._folder.name)
        with (self.folder / "errors.txt").open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "documents.drawing.render_child", str(self.folder)]
                + [str(int(most)) for most in (limits.seconds, limits.memory, limits.file)],
                cwd=settings.BASE_DIR,
                env=passed_on(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                bufsize=0,
            )

    def end(self) -> None:
        """End the process and delete its folder."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self._folder.cleanup()


_keeps_one = False
_waiting: Started | None = None


def keep_one() -> None:
    """Let a process wait from now on (a worker says so when it starts)."""
    global _keeps_one
    _keeps_one = True
    prepare()


def prepare() -> None:
    """Start the process for the next paper, where one is kept; it is not waited for."""
    global _waiting
    if _keeps_one and _waiting is None:
        _waiting = Started(Limits.of_settings())


def keep_none() -> None:
    """End the process that waits: its worker ends."""
    global _keeps_one
    _keeps_one = False
    if (waiting := _taken()) is not None:
        waiting.end()


def take() -> Started:
    """Return a process that nobody has used: the one that waits if it lives, else a new one."""
    limits = Limits.of_settings()
    waiting = _taken()
    if waiting is not None:
        # Systems empty /tmp of what nobody used for days.
        is_whole = (waiting.folder / "errors.txt").exists()
        if is_whole and waiting.limits == limits and waiting.process.poll() is None:
            return waiting
        waiting.end()
    return Started(limits)


def _taken() -> Started | None:
    global _waiting
    waiting, _waiting = _waiting, None
    return waiting
