"""Rich text as blocks of a Word file: paragraphs, list items and tables with bold and italic."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from core.rich_text import clean_html
from documents.word.sheet import Run, WordSheet

LOOKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline"}
BLOCKS = {"p", "li", "h3", "h4", "blockquote", "caption", "br"}
INDENT = 6
# Far more than people type. What goes beyond keeps its words and loses its form: one wide row above
# thousands of short ones would else fill a table of millions of cells.
MOST_BLOCKS, MOST_CELLS, MOST_COLUMNS = 1000, 2000, 20


@dataclass
class Block:
    """A paragraph with its indent, or a table of rows of texts."""

    runs: list[Run] = field(default_factory=list)
    depth: int = 0
    rows: list[list[str]] | None = None


def add_rich(
    sheet: WordSheet, html: str, digits: Callable[[str], str], left: float, *, first: float = 0
) -> None:
    """Add rich text to the sheet, `left` mm from its edge and in the office's digits.

    `first` is how far in paragraphs begin; items of lists stand there as a whole.
    """
    for block in blocks_of(html, digits):
        if block.rows is None:
            indent = left + block.depth * INDENT
            into = first if block.depth else 0
            sheet.paragraph(block.runs, left=indent + into, first=0 if block.depth else first)
            continue
        columns = max(map(len, block.rows), default=0)
        if columns > MOST_COLUMNS or columns * len(block.rows) > MOST_CELLS:
            sheet.paragraph(_words_of(block), left=left)
        elif columns:
            rows = [row + [""] * (columns - len(row)) for row in block.rows]
            sheet.table(rows, [160 / columns] * columns, lined=True)


def blocks_of(html: str, digits: Callable[[str], str] = str) -> list[Block]:
    """Return the blocks of cleaned rich text; what says nothing is left out."""
    reader = _Reader(digits)
    reader.feed(clean_html(html))
    reader.close()
    blocks = [
        block for block in reader.blocks if block.rows or any(r.text.strip() for r in block.runs)
    ]
    rest = " ".join(_words_of(block) for block in blocks[MOST_BLOCKS:])
    return blocks[:MOST_BLOCKS] + ([Block([Run(rest)])] if rest else [])


def _words_of(block: Block) -> str:
    """Return a block as plain words."""
    if block.rows is None:
        return "".join(run.text for run in block.runs).strip()
    return " ".join(cell.strip() for row in block.rows for cell in row if cell.strip())


class _Reader(HTMLParser):
    def __init__(self, digits: Callable[[str], str]):
        super().__init__()
        self.digits = digits
        self.blocks: list[Block] = [Block()]
        self.looks: list[str] = []
        # One counter for each open list; None where it has bullets.
        self.lists: list[int | None] = []
        self.table: Block | None = None

    def handle_starttag(self, tag, attrs):
        if tag in LOOKS:
            self.looks.append(LOOKS[tag])
        elif tag in ("ol", "ul"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "table":
            self.table = Block(rows=[])
            self.blocks.append(self.table)
        elif self.table is not None:
            self._in_table(tag)
        elif tag in BLOCKS:
            self.blocks.append(Block(depth=len(self.lists)))
            if tag == "li":
                self._begin_item()
            elif tag in ("h3", "h4"):
                self.looks.append("bold")

    def _in_table(self, tag):
        if tag == "tr":
            self.table.rows.append([])
        elif tag in ("td", "th") and self.table.rows:
            self.table.rows[-1].append("")

    def _begin_item(self):
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            self.handle_data(f"{self.lists[-1]}. ")
        else:
            self.handle_data("- ")

    def handle_endtag(self, tag):
        if tag in LOOKS and self.looks:
            self.looks.pop()
        elif tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        elif tag == "table":
            self.table = None
            self.blocks.append(Block())
        elif tag in ("h3", "h4") and self.table is None and self.looks:
            self.looks.pop()
        if tag in BLOCKS and self.table is None:
            self.blocks.append(Block(depth=len(self.lists)))

    def handle_data(self, data):
        words = self.digits(" ".join(data.split("\n")))
        if self.table is not None:
            if self.table.rows and self.table.rows[-1]:
                self.table.rows[-1][-1] += words
            return
        look = dict.fromkeys(self.looks, True)
        self.blocks[-1].runs.append(Run(words, **look))
