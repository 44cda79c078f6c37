"""Who may open what of issued papers: rows of the permission matrix (tests.documents.matrix)."""

from core import clock
from documents import papers
from documents.issued.recording import record
from documents.models import IssuedDocument
from documents.stored_files import store_bytes
from tests.permission_matrix.table import DIRECTORS, EVERYONE, OFFICERS, literal, row

ISSUERS = OFFICERS | DIRECTORS
PAPER = {"kind": literal("matrix-office"), "pk": "paper_job.object_id"}


def second_issue(office) -> IssuedDocument:
    """Issue the office's paper once more."""
    officer = office.people["officer"]
    stored = store_bytes(office.agency, "g.pdf", b"%PDF-2", "application/pdf", officer, pages=1)
    kind = papers.get("matrix-office")
    return record(kind, office.agency, stored, officer, data_hash="1" * 64, reason="แก้คำผิด")


def more_issued(office, count) -> None:
    """Issue papers of other subjects, so that the register has more rows."""
    kind, newest = papers.get("matrix-office"), IssuedDocument.objects.latest("pk")
    for number in range(count):
        row = record(kind, office.agency, newest.file, newest.issued_by, data_hash="2" * 64)
        IssuedDocument.objects.filter(pk=row.pk).update(
            title=f"ฉบับ {number}", issued_at=clock.now()
        )


ROWS = [
    row("documents:issued", get=EVERYONE, ids={"pk": "issued_document"}),
    row(
        "documents:issued-list", get=EVERYONE, query={"q": "แบบ", "state": "newest", "sort": "kind"}
    ),
    row("documents:issued-detail", get=EVERYONE, ids={"pk": "issued_document"}),
    row(
        "documents:issued-compare",
        get=EVERYONE,
        ids={"pk": "issued_document"},
        query=lambda office: {"with": office["second_issue"].pk},
    ),
    row(
        "documents:issue",
        get=ISSUERS,
        post=ISSUERS,
        ids=PAPER,
        data={"number": 3, "reason": "แก้คำผิดในบทที่ 2"},
    ),
    row("documents:issue-changes", get=ISSUERS, ids=PAPER),
]
