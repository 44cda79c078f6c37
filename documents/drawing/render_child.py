"""Draws in limits: `python -m documents.drawing.render_child FOLDER [SECONDS MEMORY_MB FILE_MB]`.

Each line on its input is a command, answered by a line "done" (before it, lines "part N"):
`draw` reads sheet.json and the pictures in the folder and writes paper.pdf and layout.json;
`parts` does so for each part in parts.json, N.pdf and N.json; `overlay` writes overlay.pdf; `bind`
joins what bind.json says. Knows neither database nor settings. Ends with 3 when memory runs out,
with 4 when a file grows too large; the system ends it when its time is over.
"""

import contextlib
import ctypes
import errno
import json
import resource
import signal
import sys
from dataclasses import replace
from pathlib import Path

SECONDS = 60
MEMORY = 1024**3
LARGEST_FILE = 200 * 1024**2
NO_MEMORY, LARGE_FILE = 3, 4
COMMANDS = ("draw", "parts", "overlay", "bind")
_ON_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def limit(seconds: int = SECONDS, memory: int = MEMORY, largest: int = LARGEST_FILE) -> None:
    """Take from this process whatever it does not need."""
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_CORE, 0),
    ):
        # Time is counted a command: the next one moves the soft limit on.
        hard = resource.RLIM_INFINITY if kind == resource.RLIMIT_CPU else most
        resource.setrlimit(kind, (most, hard))


def end_with_parent() -> None:
    """Have Linux end this process when the worker that started it is killed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_ON_DEATH_OF_PARENT, signal.SIGKILL)


def more_time(seconds: int) -> None:
    """Let the process go on for so many seconds of work from now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


class Child:
    """Does the commands, in one folder."""

    def __init__(self, folder: Path, seconds: int):
        from documents.drawing.weasyprint_drawing import Drawer

        self.folder, self.seconds, self.drawer = folder, seconds, Drawer()

    def draw(self) -> None:
        """Draw the sheet."""
        pdf, layout = self.drawer.draw(self._sheet("sheet.json"))
        self._write("paper", pdf, layout)

    def parts(self) -> None:
        """Draw each part; say so after each."""
        from documents.drawing.weasyprint_drawing import forget

        htmls = json.loads((self.folder / "parts.json").read_text())
        sheet = self._sheet("sheet.json")
        for number, html in htmls.items():
            more_time(self.seconds)
            self._write(number, *self.drawer.draw_part(replace(sheet, html=html)))
            forget()
            print("part", number, flush=True)

    def overlay(self) -> None:
        """Draw what is laid over the parts."""
        sheet = self._sheet("overlay.json")
        (self.folder / "overlay.pdf").write_bytes(self.drawer.draw_overlay(sheet))

    def bind(self) -> None:
        """Join the files of the job to paper.pdf."""
        from documents.composing.binding import Piece, bind

        job = json.loads((self.folder / "bind.json").read_text())
        pieces = [Piece(self.folder / name) for name in job["files"]]
        bind(pieces, self.folder / "paper.pdf", overlay=self.folder / "overlay.pdf", **job["about"])

    def _sheet(self, name: str):
        from documents.drawing.sheets import Sheet

        job = json.loads((self.folder / name).read_text())
        pictures = {
            key: (content_type, (self.folder / key).read_bytes())
            for key, content_type in job.pop("pictures").items()
        }
        return Sheet(**job, pictures=pictures)

    def _write(self, name: str, pdf: bytes, layout) -> None:
        (self.folder / f"{name}.pdf").write_bytes(pdf)
        (self.folder / f"{name}.json").write_text(json.dumps(layout.as_json()))


def main(folder: Path, seconds: int = SECONDS, memory: int = 0, largest: int = 0) -> int:
    """Do the commands until the input ends, and return the exit code."""
    end_with_parent()
    limit(seconds, memory * 1024**2 or MEMORY, largest * 1024**2 or LARGEST_FILE)
    try:
        child = Child(folder, seconds)
        for line in sys.stdin:
            more_time(seconds)
            getattr(child, COMMANDS[COMMANDS.index(line.strip())])()
            print("done", flush=True)
    except MemoryError:
        return NO_MEMORY
    except OSError as error:
        if error.errno == errno.EFBIG:
            return LARGE_FILE
        raise
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
