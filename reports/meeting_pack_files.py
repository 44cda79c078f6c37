"""The papers laid on a meeting's table, inside its pack: page by page, or a page that says why not.

PDFs and issued papers are taken over page by page, pictures fill a page, office files get a page
that names them and tells where they open. The same rules decide before drawing and after it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse

from committees.meetings import agendas
from committees.models import Meeting, MeetingPaper
from documents.composing.appending import Place, lay_over, page_shapes
from documents.models import StoredFile
from documents.pdf_rendering import RenderedPaper
from documents.queries import files_for_everybody
from documents.stored_files import MEGABYTE, open_file

PDF = "application/pdf"
# More than this is asked for on the meeting's page, in words on a page of its own.
MOST_PAGES, MOST_BYTES = 300, 100 * MEGABYTE
DAMAGED, TOO_MANY, OFFICE, NOT_FOR_ALL = "damaged", "too_many", "office", "not_for_all"
_LAID = re.compile(r"laid-(\d+)-(\d+)")


@dataclass
class Attached:
    """A paper in the pack: the pages it takes, or a notice."""

    paper: MeetingPaper
    number: str
    stored: StoredFile
    # Whether each page is wide; empty where a notice stands instead.
    shapes: list[bool] = field(default_factory=list)
    notice: str = ""

    @property
    def words(self) -> str:
        """Return "เอกสารประกอบวาระ 4.1", or what belongs to the whole meeting."""
        return f"เอกสารประกอบวาระ {self.number}" if self.number else "เอกสารประกอบการประชุม"

    @property
    def is_picture(self) -> bool:
        return self.stored.content_type.startswith("image/")

    @property
    def is_laid(self) -> bool:
        """Whether pages of its file are laid on the pack's pages."""
        return bool(self.shapes) and not self.is_picture


def attached_to(meeting: Meeting, rows: Sequence[agendas.AgendaRow]) -> list[Attached]:
    """Return the meeting's papers in the order of the agenda; `rows` are its numbered items.

    A paper comes first that belongs to no item. Two queries, and one more for files kept secret.
    """
    numbers = {row.item.pk: row.number for row in agendas.flat(rows)}
    order = {pk: place for place, pk in enumerate(numbers, start=1)}
    papers = MeetingPaper.objects.filter(meeting=meeting).select_related("file", "issued__file")
    found = [
        Attached(paper, numbers.get(paper.item_id, ""), paper.file or paper.issued.file)
        for paper in sorted(papers, key=lambda row: (order.get(row.item_id, 0), row.order, row.pk))
    ]
    allowed = set(
        files_for_everybody(meeting.agency)
        .filter(pk__in=[row.stored.pk for row in found])
        .values_list("pk", flat=True)
    )
    _decide(found, allowed)
    return found


def _decide(found: Iterable[Attached], allowed: set[int]) -> None:
    """Say of each paper which pages it takes, or why none, within the pack's limits."""
    bytes_left = MOST_BYTES
    candidates = []
    for row in found:
        if row.stored.pk not in allowed:
            row.notice = NOT_FOR_ALL
        elif row.stored.content_type != PDF and not row.is_picture:
            row.notice = OFFICE
        elif row.stored.size > bytes_left:
            row.notice = TOO_MANY
        else:
            bytes_left -= row.stored.size
            candidates.append(row)
    documents = [row.stored for row in candidates if not row.is_picture]
    shapes = page_shapes(contents_of(documents), MOST_PAGES)
    pages_left = MOST_PAGES
    for row in candidates:
        taken = [False] if row.is_picture else shapes[row.stored.pk]
        if taken is None:
            row.notice = DAMAGED
        elif len(taken) > pages_left:
            row.notice = TOO_MANY
        else:
            pages_left -= len(taken)
            row.shapes = taken


def contents_of(files: Iterable[StoredFile]) -> dict[int, bytes]:
    """Return file pk → bytes."""
    found = {}
    for stored in files:
        if stored.pk not in found:
            with open_file(stored) as content:
                found[stored.pk] = content.read()
    return found


def printed_pages(meeting: Meeting, rows: Iterable[Attached], digits) -> list[dict]:
    """Return a page for the template for each page that the papers take."""
    path = reverse("meetings:detail", args=[meeting.agency.code, meeting.fiscal_year, meeting.pk])
    address = f"{settings.BASE_URL}{path}"
    pages = []
    for row in rows:
        shapes = row.shapes or [False]
        for number, is_wide in enumerate(shapes, start=1):
            pages.append(
                {
                    "id": page_id(row, number),
                    "is_first": number == 1,
                    "is_wide": is_wide,
                    "strip": digits(f"{row.words}  {row.paper.title}"),
                    "place": digits(f"{number}/{len(shapes)}") if len(shapes) > 1 else "",
                    "picture": row.stored.pk if row.is_picture and not row.notice else None,
                    "notice": _notice(row),
                    "file_name": row.stored.name,
                    "address": address,
                }
            )
    return pages


def page_id(row: Attached, number: int) -> str:
    """Return the id of a page; one that waits for the page of a file says so."""
    return f"{'laid' if row.is_laid else 'shown'}-{row.paper.pk}-{number}"


def _notice(row: Attached) -> str:
    """Return why the pages of a file are not here, in words."""
    return {
        "": "",
        DAMAGED: "ไฟล์ PDF นี้เสียหายหรือตั้งรหัสผ่านไว้ จึงนำมารวมในเล่มไม่ได้",
        TOO_MANY: f"ไฟล์นี้ยาวหรือใหญ่เกินไป เล่มนี้รวมเอกสารแนบได้ไม่เกิน {MOST_PAGES} หน้า "
        f"และไม่เกิน {MOST_BYTES // MEGABYTE} เมกะไบต์",
        OFFICE: "ไฟล์นี้เป็นไฟล์ Word หรือ Excel ซึ่งพิมพ์รวมในเล่มไม่ได้",
        NOT_FOR_ALL: "ไฟล์นี้เปิดได้เฉพาะผู้ที่ได้รับอนุญาต จึงไม่รวมในเล่ม",
    }[row.notice]


def lay_attached(meeting: Meeting, paper: RenderedPaper) -> bytes:
    """Return the drawn pack with the pages of its PDFs, each on the page that waits for it."""
    waiting = {
        (int(found[1]), int(found[2])): page
        for name, page in paper.layout.element_pages.items()
        if (found := _LAID.fullmatch(name))
    }
    papers = MeetingPaper.objects.select_related("file", "issued__file").filter(
        meeting=meeting, pk__in={pk for pk, _number in waiting}
    )
    files = {row.pk: row.file or row.issued.file for row in papers}
    places = [
        Place(page, files[pk].pk, number) for (pk, number), page in waiting.items() if pk in files
    ]
    return lay_over(paper.pdf, contents_of(files.values()), places)
