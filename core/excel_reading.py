"""Reading Excel files of others: checked, within limits, as plain texts."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.file_checks import check_upload
from core.office_xml import check_office_xml


@dataclass(frozen=True)
class Limits:
    """How much of a file is read: bytes as uploaded, sheets, rows and columns of a sheet, letters
    of all cells. Rows, columns and sheets beyond are left out; the others refuse the file.
    """

    size: int
    sheets: int
    rows: int
    columns: int
    letters: int


Table = list[list[str]]


def read_tables(uploaded, limits: Limits, clean: Callable[[str], str]) -> list[tuple[str, Table]]:
    """Return each sheet's name and its rows of texts, each text as `clean` leaves it.

    `uploaded` is a Django UploadedFile. Formulas count as the value they last showed. Raises
    ValidationError with a message for the person, and nothing else.
    """
    checked = check_upload(uploaded, allowed=("xlsx",), max_bytes=limits.size)
    check_office_xml(checked.content)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(checked.content), read_only=True, data_only=True, keep_links=False
        )
        return _tables(book.worksheets[: limits.sheets], limits, clean)
    except ValidationError:
        raise
    except Exception as error:  # any parser trouble is the file's fault
        raise ValidationError(_("The file is damaged and cannot be read.")) from error


def _tables(sheets: Iterable, limits: Limits, clean: Callable) -> list[tuple[str, Table]]:
    tables: list[tuple[str, Table]] = []
    letters = 0
    for sheet in sheets:
        rows: Table = []
        tables.append((str(sheet.title), rows))
        cells = sheet.iter_rows(max_row=limits.rows, max_col=limits.columns, values_only=True)
        for row in cells:
            values = [_text(value, clean) for value in row]
            letters += sum(map(len, values))
            if letters > limits.letters:
                raise ValidationError(_("The file unpacks to more than the portal accepts."))
            rows.append(values)
    return tables


def _text(value: Any, clean: Callable[[str], str]) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value))
