"""Excel files of plain texts. Whatever somebody typed is written as text, never as a formula."""

import io
from collections.abc import Callable, Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

from core.file_checks import XLSX

TEXTS_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WORDS = {"font_name": "TH Sarabun New", "font_size": 16, "text_wrap": True, "valign": "top"}
A4 = 9
# Excel's own limit is 32,767 characters a cell.
LONGEST_CELL = 32_000


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """Return the Excel file that `fill` fills."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, TEXTS_ONLY) as book:
        fill(book)
    return out.getvalue()


def fit_to_paper(sheet) -> None:
    """Print the sheet on A4 across, as wide as the page, with its first row on every page."""
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def answer(content: bytes, name: str) -> HttpResponse:
    """Return the answer that hands the file out; `name` is the app's own, never people's text."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)


def text_table(
    name: str, heads: Sequence[tuple[str, float]], lines: Iterable[Sequence[str]]
) -> bytes:
    """Return an Excel file of one sheet: `heads` are words and width in letters of the columns."""

    def fill(book) -> None:
        sheet = book.add_worksheet(name)
        plain, bold = book.add_format(WORDS), book.add_format(WORDS | {"bold": True})
        for column, (head, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        for line, cells in enumerate(lines, start=1):
            for column, text in enumerate(cells):
                sheet.write_string(line, column, text[:LONGEST_CELL], plain)
        fit_to_paper(sheet)

    return workbook(fill)
