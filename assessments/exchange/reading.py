"""Reading a workbook that the portal made and a person filled: only what was changed in it."""

from dataclasses import astuple, dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from assessments.exchange.slots import FIELDS, OTHER_KIND_WORDS, Place, clean, mark_of
from assessments.exchange.workbook import FORM, HEADS, META_SHEET, TOO_LONG
from assessments.models import Assessment
from core.excel_reading import Limits, read_tables
from core.thai_numerals import to_arabic_digits

LIMITS = Limits(size=10 * 1024 * 1024, sheets=12, rows=3000, columns=20, letters=4_000_000)
HEAD_ROWS = 5
# A form has at most a thousand fields, and each change may ask for a choice.
MOST_CHANGED = 900


@dataclass(frozen=True)
class Cell:
    """A changed cell: where it stands in the file, what it fills, its text.

    `seen` is the mark of what the portal had written there; "" where that is lost.
    """

    sheet: str
    row: int
    column: str
    place: Place
    text: str
    seen: str

    @property
    def head(self) -> str:
        return HEADS[self.place.field]

    def plain(self) -> list:
        return [*astuple(self)[:3], list(astuple(self.place)), self.text, self.seen]

    @classmethod
    def from_plain(cls, data: list) -> "Cell":
        sheet, row, column, place, text, seen = data
        return cls(sheet, row, column, Place(*place), text, seen)


def read_workbook(uploaded, assessment: Assessment) -> list[Cell]:
    """Return the cells of the file that were changed since the portal wrote it.

    `uploaded` is a Django UploadedFile. Raises ValidationError with a message for the person,
    and nothing else; so for a file of another year or office.
    """
    tables = dict(read_tables(uploaded, LIMITS, clean))
    _check_origin(tables.pop(META_SHEET, []), assessment)
    cells = [cell for name, table in tables.items() for cell in _changed(name, table)]
    if len(cells) > MOST_CHANGED:
        raise ValidationError(
            _("More than %(limit)s cells were changed. Import the file in parts.")
            % {"limit": MOST_CHANGED}
        )
    return cells


def _check_origin(table: list[list[str]], assessment: Assessment) -> None:
    first = [row[0] if row else "" for row in table]
    if not first or first[0] != FORM:
        raise ValidationError(
            _("This is not a workbook of the portal. Export it here first, then fill that file.")
        )
    if first[1:2] != [str(assessment.pk)]:
        raise ValidationError(_("The workbook belongs to another year or another office."))
    if first[2:3] != [assessment.edition.data_hash]:
        raise ValidationError(_("The workbook is of another edition of the criteria."))


def _changed(sheet: str, table: list[list[str]]) -> list[Cell]:
    """Return the changed cells below the heads; a sheet without the heads has none."""
    names = {head: column for column, head in HEADS.items()}
    for top, values in enumerate(table[:HEAD_ROWS]):
        columns = {names[text]: index for index, text in enumerate(values) if text in names}
        if {"kind", "item", "text"} <= set(columns):
            rows = enumerate(table[top + 1 :], start=top + 2)
            return [cell for number, row in rows for cell in _of_row(sheet, number, row, columns)]
    return []


def _of_row(sheet: str, number: int, row: list[str], columns: dict[str, int]) -> list[Cell]:
    def said(column: str) -> str:
        return row[columns[column]] if column in columns else ""

    ref, *marks = said("mark").split("|")
    seen = dict(mark.partition("=")[::2] for mark in marks)
    kind = OTHER_KIND_WORDS.get(said("kind"), said("kind"))
    cells = []
    # A row of an unknown kind is told as a fault of its kind, if anything is written in it.
    fields = FIELDS.get(kind, ("text",))
    for field in fields:
        if field not in columns:
            continue
        text = said(field)
        line = to_arabic_digits(said("line"))
        place = Place(kind, to_arabic_digits(said("item")), line, ref, field)
        known = seen.get(field, "")
        is_changed = mark_of(place, text) != known if known else bool(text)
        if is_changed and text != TOO_LONG:
            letter = get_column_letter(columns[field] + 1)
            cells.append(Cell(sheet, number, letter, place, text, known))
    return cells
