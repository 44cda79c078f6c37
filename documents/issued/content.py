"""What a paper says, line by line, taken from the HTML it was drawn from.

Lines are pairs: "h" for a heading, "p" for text, "r" for a row of a table as "cell | cell". Left
out are the seal, what stands in the margins of pages and the heads of tables that are repeated.
"""

import hashlib
import re
import subprocess
from html.parser import HTMLParser

from documents.models import IssuedDocument
from documents.stored_files import open_file

Line = tuple[str, str]
HEADING, TEXT, ROW = "h", "p", "r"
MOST_LINES, MOST_LETTERS = 20_000, 4_000
SECONDS = 20
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = _HEADINGS | frozenset(
    {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "header", "footer"}
    | {"main", "table", "caption", "figure", "figcaption", "blockquote", "pre", "br", "hr"}
)
_SILENT = frozenset({"head", "style", "script", "svg", "nav"})
# Classes of what belongs to the sheet and not to what the paper says; cells of page numbers too.
_OF_THE_SHEET = frozenset({"paper-seal", "paper-code", "paper-pages"})
_VOID = frozenset({"br", "hr", "img", "col", "wbr", "input", "meta", "link"})
_SPACES = re.compile(r"[\s​­]+")
_PICTURE = re.compile(r'"app-image:([0-9]+)"')


def lines_of(html: str) -> list[Line]:
    """Return what the HTML says; what is beyond 20,000 lines is left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return reader.lines


def content_of(document: IssuedDocument) -> list[Line]:
    """Return what an issued paper says; of an early one what its PDF can be asked for."""
    if document.content:
        return [(kind, text) for kind, text in document.content]
    return _lines_of_pdf(document)


def version_of(html: str, lines: list[Line]) -> str:
    """Return the hash of the data that a paper shows: its words and its pictures.

    Two drawings of the same data have the same, whatever code their feet carry.
    """
    digest = hashlib.sha256()
    for kind, text in lines:
        digest.update(f"{kind} {text}\n".encode())
    digest.update(" ".join(_PICTURE.findall(html)).encode())
    return digest.hexdigest()


def _lines_of_pdf(document: IssuedDocument) -> list[Line]:
    with open_file(document.file) as content:
        pdf = content.read()
    try:
        words = subprocess.run(
            ["pdftotext", "-nopgbrk", "-", "-"],
            input=pdf,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        ).stdout.decode(errors="replace")
    except (subprocess.SubprocessError, OSError):
        return []
    told = (_plain(line) for line in words.splitlines()[: MOST_LINES * 2])
    return [(TEXT, line) for line in told if line][:MOST_LINES]


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()[:MOST_LETTERS]


class _Reader(HTMLParser):
    """Gathers the lines. Rows inside a cell belong to the outer row."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._kind = TEXT
        self._cells: list[str] | None = None
        self._rows = 0
        self._silent: list[str] = []
        self._in_head = False
        self._heads: set[str] = set()

    def handle_starttag(self, tag, attrs):
        if tag in _VOID:
            if tag in ("br", "hr"):
                self._words.append(" ")
            return
        if self._silent:
            self._silent.append(tag)
            return
        classes = set((dict(attrs).get("class") or "").split())
        if tag in _SILENT or classes & _OF_THE_SHEET:
            self._silent.append(tag)
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._rows += 1
            if self._rows == 1:
                self.end_line()
                self._cells = []
        elif tag in _CELLS and self._rows == 1:
            self._words = []
        elif tag in _BLOCKS:
            self._begin_block(tag)

    def handle_endtag(self, tag):
        if self._silent:
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
            return
        if tag == "thead":
            self._in_head = False
        elif tag == "tr" and self._rows:
            self._rows -= 1
            if self._rows == 0:
                self._end_row()
        elif tag in _CELLS and self._rows == 1 and self._cells is not None:
            self._cells.append(_plain("".join(self._words)))
            self._words = []
        elif tag in _BLOCKS:
            self._begin_block("")

    def handle_data(self, data):
        if not self._silent:
            self._words.append(data)

    def end_line(self) -> None:
        """Keep the words gathered so far as a line."""
        words, self._words = _plain("".join(self._words)), []
        if words and len(self.lines) < MOST_LINES:
            self.lines.append((self._kind, words))
        self._kind = TEXT

    def _begin_block(self, tag: str) -> None:
        if self._rows:
            self._words.append(" ")
            return
        self.end_line()
        self._kind = HEADING if tag in _HEADINGS else TEXT

    def _end_row(self) -> None:
        cells, self._cells, self._words = self._cells or [], None, []
        row = " | ".join(cells)[:MOST_LETTERS]
        if not row.strip(" |"):
            return
        if self._in_head:
            if row in self._heads:
                return
            self._heads.add(row)
        if len(self.lines) < MOST_LINES:
            self.lines.append((ROW, row))
