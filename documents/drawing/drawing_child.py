"""The process that draws a paper, seen from the worker: commands, progress, limits, stopping.

One process draws all passes of one paper, so that it starts, and reads fonts and styles, once. It
knows no secret and no database (documents.drawing.render_child) and ends with the paper.
"""

import contextlib
import json
import logging
import os
import select
import time
from collections.abc import Callable, Mapping

from documents.drawing import ready_child
from documents.drawing.limited_process import limit_reached
from documents.drawing.sheets import Layout, PaperFailed, PaperTooLarge, Sheet
from documents.watching import NobodyWatches, PaperCancelled, Watcher

logger = logging.getLogger(__name__)

ASKED_EVERY = 0.2
# Seconds are those of the processor; on a busy machine they may take so many times as long.
PATIENCE = 3


class DrawingChild:
    """A context: inside it the process takes commands; leaving ends it and its folder.

    Every command raises PaperTooLarge, PaperFailed, or PaperCancelled once the watcher says stop.
    """

    def __init__(self, watch: Watcher | None = None):
        self._watch = watch or NobodyWatches()
        self._told = b""
        self._logged = 0

    def __enter__(self) -> "DrawingChild":
        # One that starts now gets ready while the template is filled.
        self._started = ready_child.take()
        self._process, self._limits = self._started.process, self._started.limits
        self.folder = self._started.folder
        return self

    def __exit__(self, *_error) -> None:
        self._started.end()

    def draw(self, sheet: Sheet) -> tuple[bytes, Layout]:
        """Return PDF and layout of a whole sheet."""
        self._write_sheet("sheet.json", sheet)
        self._do("draw")
        return self._read("paper")

    def draw_parts(
        self,
        sheet: Sheet,
        htmls: Mapping[int, str],
        hear: Callable[[int, bytes, Layout], str],
        first: str,
    ) -> None:
        """Draw the parts of these numbers; `hear(number, pdf, layout)` takes each of them.

        `first` is the title of the first part; `hear` returns that of the next one, so that
        errors can name it.
        """
        self._write_sheet("sheet.json", sheet)
        (self.folder / "parts.json").write_text(json.dumps(htmls))
        self._do("parts", lambda number: hear(number, *self._read(str(number))), first)

    def overlay(self, sheet: Sheet) -> bytes:
        """Return what is laid over pages: their margins' numbers and running words, untagged."""
        self._write_sheet("overlay.json", sheet)
        self._do("overlay")
        return (self.folder / "overlay.pdf").read_bytes()

    def bind(self, pdfs: list[bytes], overlay: Sheet, about: Mapping) -> bytes:
        """Return the PDFs as one, the drawn overlay laid on its pages (composing.binding)."""
        self.overlay(overlay)
        names = [f"bound-{number}.pdf" for number in range(len(pdfs))]
        for name, pdf in zip(names, pdfs, strict=True):
            (self.folder / name).write_bytes(pdf)
        (self.folder / "bind.json").write_text(json.dumps({"files": names, "about": dict(about)}))
        self._do("bind")
        return (self.folder / "paper.pdf").read_bytes()

    def _write_sheet(self, name: str, sheet: Sheet) -> None:
        pictures = {}
        for picture_id, (content_type, content) in sheet.pictures.items():
            (self.folder / picture_id).write_bytes(content)
            pictures[picture_id] = content_type
        (self.folder / name).write_text(json.dumps({**vars(sheet), "pictures": pictures}))

    def _read(self, name: str) -> tuple[bytes, Layout]:
        layout = Layout.from_json(json.loads((self.folder / f"{name}.json").read_text()))
        return (self.folder / f"{name}.pdf").read_bytes(), layout

    def _do(self, command: str, hear: Callable[[int], str] | None = None, place: str = "") -> None:
        """Give the command and wait for its end; the time counts anew after each part."""
        ends = time.monotonic() + PATIENCE * self._limits.seconds
        # Where it has ended already, the missing answer tells.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(f"{command}\n".encode())
        while True:
            line = self._line(ends)
            if line == b"done":
                break
            if line.startswith(b"part ") and hear is not None:
                place = hear(int(line[5:]))
                ends = time.monotonic() + PATIENCE * self._limits.seconds
            elif line == b"":
                self._explain(place, time.monotonic() >= ends)
        self._log()

    def _line(self, ends: float) -> bytes:
        """Return the next line of the answer; b"" when the process or its time has ended."""
        while b"\n" not in self._told:
            if self._watch.must_stop():
                raise PaperCancelled
            left = ends - time.monotonic()
            if left <= 0:
                return b""
            if select.select([self._process.stdout], [], [], min(ASKED_EVERY, left))[0]:
                more = os.read(self._process.stdout.fileno(), 65536)
                if not more:
                    return b""
                self._told += more
        line, _end, self._told = self._told.partition(b"\n")
        return line

    def _explain(self, place: str, is_late: bool) -> None:
        """Raise why the process gave no answer."""
        if is_late:
            raise PaperTooLarge("time", place)
        code = self._process.wait()
        errors = self._log()
        if limit := limit_reached(code):
            raise PaperTooLarge(limit, place)
        raise PaperFailed(errors[-1000:])

    def _log(self) -> str:
        """Log what the process has written on its error stream since the last time."""
        with (self.folder / "errors.txt").open("rb") as errors:
            errors.seek(self._logged)
            new = errors.read()
        self._logged += len(new)
        words = new.decode(errors="replace")
        if words:
            logger.warning("Drawing a paper: %s", words[-4000:])
        return words
