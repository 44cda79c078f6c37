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


def fit_to_paper(sheet, head: int = 0) -> None:
    """Print the sheet on A4 across, as wide as the page, with its row `head` on every page."""
    sheet.freeze_panes(head + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)


def answer(content: bytes, name: str) -> HttpResponse:
    """Return the answer that hands the file out; `name` is the app's own, never people's text."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)


def text_table(
    name: str,
    heads: Sequence[tuple[str, float]],
    lines: Iterable[Sequence[str]],
    above: Sequence[str] = (),
) -> bytes:
    """Return an Excel file of one sheet: `heads` are words and width in letters of the columns.

    `above` are lines of title over the head.
    """

    def fill(book) -> None:
        sheet = book.add_worksheet(name)
        plain, bold = book.add_format(WORDS), book.add_format(WORDS | {"bold": True})
        title = book.add_format(WORDS | {"bold": True, "text_wrap": False})
        for line, text in enumerate(above):
            sheet.write_string(line, 0, text[:LONGEST_CELL], title)
        for column, (head, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(len(above), column, head, bold)
        for line, cells in enumerate(lines, start=len(above) + 1):
            for column, text in enumerate(cells):
                sheet.write_string(line, column, text[:LONGEST_CELL], plain)
        fit_to_paper(sheet, len(above))

    return workbook(fill)
