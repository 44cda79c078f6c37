"""The tables of a Word file as plain cells: their words, and what in them is no words.

Joined cells are told apart from empty ones; words of drawn shapes are kept beside the cell's own.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx.oxml.ns import qn

from core.file_checks import check_upload
from core.office_xml import check_office_xml
from core.thai_text import normalize

MAX_BYTES = 10 * 1024 * 1024
# An SOP of fifty pages has about 40,000.
MAX_ELEMENTS = 150_000
MAX_TABLES, MAX_ROWS, MAX_CELLS = 60, 400, 40
# Longer than any field of an SOP; a cell that holds more is no cell of a step table.
MAX_TEXT = 20_000

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
_GEOMETRY = "{http://schemas.openxmlformats.org/drawingml/2006/main}prstGeom"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_VML = "{urn:schemas-microsoft-com:vml}"
_NO_SYMBOL = ("arrow", "connector", "line")


@dataclass
class Shape:
    """A drawn shape: its geometry as Word calls it (“flowChartDecision”) and its words."""

    geometry: str
    text: str


@dataclass
class Cell:
    """A cell of the table's grid; `first` and `last` are its grid columns."""

    first: int
    last: int
    text: str = ""
    shapes: list[Shape] = field(default_factory=list)
    has_picture: bool = False
    has_table: bool = False
    # Goes on from the cell above, joined with it.
    continues: bool = False
    begins_join: bool = False


@dataclass
class Row:
    number: int
    cells: list[Cell]


@dataclass
class WordFile:
    """What is in the file: its tables' rows, and the paragraphs outside of tables."""

    tables: list[list[Row]]
    paragraphs: list[str]


def read_word_file(uploaded) -> WordFile:
    """Return the file's tables and paragraphs. Raises ValidationError, and nothing else.

    `uploaded` is a Django UploadedFile. Entities, macros and files that unpack to too much are
    refused before any parser of Word files sees them.
    """
    checked = check_upload(uploaded, allowed=("docx",), max_bytes=MAX_BYTES)
    check_office_xml(checked.content, most=MAX_ELEMENTS)
    try:
        body = docx.Document(io.BytesIO(checked.content)).element.body
        tables = [table for table in body.iter(qn("w:tbl")) if not _inside(table, "w:tc")]
        return WordFile(
            [_rows(table) for table in tables[:MAX_TABLES]],
            [
                text
                for paragraph in body.iter(qn("w:p"))
                if not _inside(paragraph, "w:tbl") and (text := _text(paragraph))
            ],
        )
    except Exception as error:  # any parser trouble is the file's fault
        raise ValidationError(_("The file is damaged and cannot be read.")) from error


def _inside(element: Any, tag: str) -> bool:
    return any(above.tag == qn(tag) for above in element.iterancestors())


def _rows(table: Any) -> list[Row]:
    found = [row for row in table.iter(qn("w:tr")) if next(_tables_above(row)) is table]
    return [Row(number, _cells(row)) for number, row in enumerate(found[:MAX_ROWS], start=1)]


def _tables_above(element: Any) -> Iterator[Any]:
    return element.iterancestors(qn("w:tbl"))


def _cells(row: Any) -> list[Cell]:
    place = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    cells = []
    for element in [cell for cell in row.iter(qn("w:tc")) if _row_of(cell) is row][:MAX_CELLS]:
        properties = element.find(qn("w:tcPr"))
        span, join = 1, None
        if properties is not None:
            span = max(1, _number(properties.find(qn("w:gridSpan")), 1))
            join = properties.find(qn("w:vMerge"))
        begins = join is not None and join.get(qn("w:val")) == "restart"
        cells.append(_cell(element, place, place + span - 1, join is not None, begins))
        place += span
    return cells


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(qn("w:tr")))


def _number(element: Any, default: int) -> int:
    value = element.get(qn("w:val"), "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 4 else default


def _cell(element: Any, first: int, last: int, is_joined: bool, begins: bool) -> Cell:
    paragraphs = [
        text
        for paragraph in element.iter(qn("w:p"))
        if next(paragraph.iterancestors(qn("w:tc"))) is element
        and not _inside(paragraph, "w:txbxContent")
        and (text := _text(paragraph))
    ]
    return Cell(
        *(first, last),
        text="\n".join(paragraphs)[:MAX_TEXT],
        shapes=_shapes(element),
        has_picture=_has_picture(element),
        has_table=element.find(qn("w:tbl")) is not None,
        continues=is_joined and not begins,
        begins_join=begins,
    )


def _text(paragraph: Any) -> str:
    """Return the paragraph's own words, without those of shapes drawn beside it."""
    parts = []
    for piece in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:noBreakHyphen")):
        if next(piece.iterancestors(qn("w:p"))) is not paragraph:
            continue
        if piece.tag == qn("w:t"):
            parts.append(piece.text or "")
        else:
            parts.append({qn("w:br"): "\n", qn("w:tab"): " "}.get(piece.tag, "-"))
    return _clean("".join(parts))


def _clean(text: str) -> str:
    kept = "".join(letter if letter == "\n" or letter.isprintable() else " " for letter in text)
    lines = [" ".join(line.split()) for line in normalize(kept).split("\n")]
    return "\n".join(line for line in lines if line)


def _shapes(cell: Any) -> list[Shape]:
    """Return the drawn symbols from top to bottom of the file; arrows and lines are left out."""
    drawn = [shape for shape in cell.iter(_SHAPE) if not _is_fallback(shape)]
    old = [
        shape
        for shape in cell.iter(
            *(f"{_VML}{name}" for name in ("shape", "rect", "roundrect", "oval"))
        )
        if not _is_fallback(shape)
    ]
    shapes = []
    for shape in (*drawn, *old):
        preset = shape.find(f".//{_GEOMETRY}")
        geometry = preset.get("prst", "") if preset is not None else shape.tag.rpartition("}")[2]
        if any(word in geometry.lower() for word in _NO_SYMBOL):
            continue
        words = [_text(paragraph) for paragraph in shape.iter(qn("w:p"))]
        shapes.append(Shape(geometry, " ".join(word for word in words if word)))
    return shapes


def _is_fallback(element: Any) -> bool:
    """Word writes a drawing twice, the second time for programs of before 2010."""
    return any(above.tag == _FALLBACK for above in element.iterancestors())


def _has_picture(cell: Any) -> bool:
    found = cell.iter(_BLIP, f"{_VML}imagedata")
    return any(not _is_fallback(picture) for picture in found)
