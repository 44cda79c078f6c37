"""The agenda on paper (ระเบียบวาระการประชุม): headings, sub-items, who presents, what is attached."""

from typing import Any

from committees.meetings import agendas
from committees.meetings import papers_words as words
from committees.models import Meeting
from core.thai_text import wrap_protected


def agenda_data(meeting: Meeting) -> dict[str, Any]:
    """Return what the agenda says, in the words that are printed and with Arabic digits.

    {"heading": [str], "items": [{"number", "depth", "title", "none", "detail": [str],
    "presenter", "papers": [str]}]}; the number of queries is fixed.
    """
    heading = words.head_lines(meeting, f"ระเบียบวาระ{words.gathering(meeting)}")
    rows = agendas.flat(agendas.numbered(meeting))
    return {"heading": heading, "items": [_item(row) for row in rows]}


def _item(row: agendas.AgendaRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "depth": row.depth,
        "title": row.title,
        "none": row.none_words,
        "detail": words.lines_of(row.item.detail),
        "presenter": row.item.presenter.strip(),
        "papers": [paper.title for paper in row.item.papers.all()],
    }


def agenda_context(meeting: Meeting) -> dict[str, Any]:
    """Return what the agenda's template prints; all digits follow the office's setting."""
    digits = words.digits_of(meeting.agency)
    data = agenda_data(meeting)
    return {
        "heading": [wrap_protected(digits(line)) for line in data["heading"]],
        "items": [
            item
            | {
                "number": digits(item["number"]),
                "id": f"item-{item['number'].replace('.', '-')}",
                "title": wrap_protected(digits(item["title"])),
                "detail": words.paragraphs([digits(line) for line in item["detail"]]),
                "presenter": wrap_protected(digits(item["presenter"])),
                "papers": [wrap_protected(digits(title)) for title in item["papers"]],
            }
            for item in data["items"]
        ],
    }
