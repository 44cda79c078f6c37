"""What the book of a year holds: each paper in its newest issue, else as it is drawn now."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from agencies.models import User
from agencies.roles import active_memberships
from core import clock
from core.thai_dates import format_short
from documents import papers, year_list
from documents.composing.appending import page_shapes
from documents.enums import PaperGroup, PaperStage
from documents.models import IssuedDocument
from documents.papers import Making
from documents.pdf_rendering import PaperFailed, PaperTooLarge
from documents.stored_files import open_file
from documents.watching import PaperCancelled
from reports.year_book.choosing import READERS, chosen_kinds
from workflows.models import Cycle

logger = logging.getLogger(__name__)

# A book beyond this is not handed on any more; what comes then is named and left out.
MOST_PAGES = 1500
MOST_BYTES = 150 * 1024**2
TOO_LARGE = "ไม่ได้เย็บรวม: ใหญ่เกินกำหนดของการจัดทำ"
FAILED = "ไม่ได้เย็บรวม: จัดทำไม่สำเร็จ"
BEYOND = "ไม่ได้เย็บรวม: เล่มยาวเกินกำหนด"


@dataclass
class Entry:
    """A paper of the book. Without a PDF `state` says why it is only named.

    `shapes` tells for each page whether it is wider than high.
    """

    group: PaperGroup
    kind: str
    label: str
    title: str
    subject: object
    state: str = ""
    pdf: bytes = b""
    shapes: tuple[bool, ...] = ()

    @property
    def short(self) -> str:
        return self.title if len(self.title) <= 60 else f"{self.title[:59]}…"


def entries_of(cycle: Cycle) -> list[Entry]:
    """Return the papers that the office chose, in the order of the groups; without their PDFs.

    Only what each reader of the book may see, and nothing that is marked secret.
    """
    chosen, readers = chosen_kinds(cycle), _readers(cycle)
    if not readers:
        return []
    rows = year_list.all_papers(readers[0], cycle.agency, cycle.fiscal_year)
    found = [(group, row) for group, row in rows if row.pk and row.kind in chosen]
    subjects = {
        kind: _visible_to_all(kind, {row.pk for _group, row in found if row.kind == kind}, readers)
        for kind in {row.kind for _group, row in found}
    }
    return [
        Entry(
            group,
            row.kind,
            str(papers.get(row.kind).label),
            str(papers.get(row.kind).title(subjects[row.kind][row.pk])),
            subjects[row.kind][row.pk],
        )
        for group, row in found
        if row.pk in subjects[row.kind]
    ]


def _readers(cycle: Cycle) -> list[User]:
    rows = active_memberships(cycle.agency)
    return [row.user for row in rows if row.role in READERS]


def _visible_to_all(kind: str, pks: set[int], readers: list[User]) -> dict[int, object]:
    """Return key → subject of the papers that every reader may have."""
    paper = papers.get(kind)
    seen: dict[int, object] | None = None
    for reader in readers:
        rows = paper.visible_to(reader) if paper.visible_to else paper.model._default_manager.all()
        mine = {
            row.pk: row
            for row in rows.filter(pk__in=pks)
            if (paper.may is None or paper.may(reader, row)) and not getattr(row, "secrecy", "")
        }
        seen = mine if seen is None else {pk: row for pk, row in seen.items() if pk in mine}
    return seen or {}


def fetch_pdfs(entries: list[Entry], cycle: Cycle, making: Making) -> None:
    """Give each entry its PDF: the newest issue as it was frozen, else drawn now.

    A paper that cannot be drawn, or for which there is no more room, says so in its state and
    does not stop the book. Raises PaperCancelled when nobody waits any more.
    """
    issued = _issued(entries, cycle)
    pages = size = 0
    for place, entry in enumerate(entries):
        making.watch.hear(PaperStage.DRAWING, place, len(entries))
        if making.watch.must_stop():
            raise PaperCancelled
        if pages >= MOST_PAGES or size >= MOST_BYTES:
            entry.state = BEYOND
            continue
        _fetch(entry, issued.get((entry.kind, entry.subject.pk)), making)
        pages += len(entry.shapes)
        size += len(entry.pdf)
    making.watch.hear(PaperStage.DRAWING, len(entries), len(entries))


def _issued(entries: list[Entry], cycle: Cycle) -> dict[tuple[str, int], IssuedDocument]:
    kinds = {entry.kind for entry in entries}
    rows = IssuedDocument.objects.filter(
        agency=cycle.agency, kind__in=kinds, superseded_by=None
    ).select_related("file")
    return {(row.kind, row.object_id): row for row in rows.order_by("sequence")}


def _fetch(entry: Entry, issued: IssuedDocument | None, making: Making) -> None:
    try:
        if issued is None:
            pdf = making.paper(entry.kind, entry.subject).pdf
            state = f"ร่าง ณ วันที่ {format_short(clock.today(), 'th')}"
        else:
            with open_file(issued.file) as content:
                pdf = content.read()
            day = format_short(clock.day_of(issued.issued_at), "th")
            state = f"ฉบับที่ {issued.sequence} ออกเมื่อ {day}"
        shapes = page_shapes({0: pdf}, 0)[0]
    except PaperCancelled:
        raise
    except PaperTooLarge:
        entry.state = TOO_LARGE
    except (PaperFailed, OSError):
        entry.state = FAILED
        logger.warning("Paper %s %s is left out of the book", entry.kind, entry.subject.pk)
    except Exception:  # one faulty paper must not cost the office its book
        entry.state = FAILED
        logger.exception("Paper %s %s is left out of the book", entry.kind, entry.subject.pk)
    else:
        entry.state = state if shapes else FAILED
        entry.pdf, entry.shapes = (pdf, tuple(shapes)) if shapes else (b"", ())


def by_group(entries: list[Entry]) -> Iterator[tuple[PaperGroup, list[Entry]]]:
    """Yield each group of the book with its papers."""
    for group in PaperGroup:
        if rows := [entry for entry in entries if entry.group == group]:
            yield group, rows
