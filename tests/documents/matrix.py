"""Who may open what in documents."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from documents import papers, previews
from documents.issued.recording import record
from documents.models import PaperJob
from documents.page_pictures import store_pdf
from documents.pdf_rendering import Layout, PageLayout, RenderedPaper
from documents.stored_files import store_bytes
from tests.documents import issued_rows
from tests.documents.factories import register_office_paper
from tests.permission_matrix.table import ADMINISTRATORS, EVERYONE, OFFICERS, literal, row

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def objects(office):
    """A finished paper and an uploaded file."""
    kind = papers.get(
        register_office_paper("matrix-office", docx=lambda agency: b"PK", previews_whole=True)
    )
    officer = office.people["officer"]
    paper = RenderedPaper("", PDF, Layout([PageLayout([], "")]))
    frozen = store_bytes(office.agency, "f.pdf", PDF, "application/pdf", officer, pages=1)
    return {
        "issued_document": record(kind, office.agency, frozen, officer, data_hash="0" * 64),
        "second_issue": issued_rows.second_issue(office),
        "stored_file": store_bytes(office.agency, "a.pdf", b"%PDF-1", "application/pdf", officer),
        "paper_job": PaperJob.objects.create(
            agency=office.agency,
            kind=kind.kind,
            object_id=office.agency.pk,
            status="done",
            requested_by=officer,
            requested_at=clock.now(),
            finished_at=clock.now(),
            file=store_pdf(office.agency, "a.pdf", paper, officer),
        ),
        "preview": preview_of(office, kind.kind),
    }


more = issued_rows.more_issued


def preview_of(office, kind):
    """Return a finished preview with one page."""
    row = PaperJob.objects.create(
        agency=office.agency,
        kind=kind,
        object_id=office.agency.pk,
        section="whole",
        status="done",
        done=1,
        total=1,
        requested_by=office.people["officer"],
        requested_at=clock.now(),
        claimed_at=clock.now(),
        finished_at=clock.now(),
    )
    default_storage.save(previews.picture_path(row, 1), ContentFile(b"png"))
    return row


PREVIEW = {
    "kind": literal("matrix-office"),
    "pk": "paper_job.object_id",
    "section": literal("whole"),
}
ROWS = [
    # Which objects it may be asked about: tests/documents/test_presence.py.
    row("documents:presence", post=EVERYONE, ok={404}),
    row(
        "documents:paper",
        post=EVERYONE,
        ids={"kind": literal("matrix-office"), "pk": "paper_job.object_id"},
    ),
    row(
        "documents:paper-file",
        get=EVERYONE,
        ids={
            "kind": literal("matrix-office"),
            "pk": "paper_job.object_id",
            "form": literal("docx"),
        },
    ),
    row("documents:job", get=EVERYONE, ids={"pk": "paper_job"}),
    row("documents:job-status", get=EVERYONE, ids={"pk": "paper_job"}),
    row("documents:job-cancel", post=OFFICERS | ADMINISTRATORS, ids={"pk": "paper_job"}),
    row("documents:preview", get=EVERYONE, post=EVERYONE, ids=PREVIEW),
    row("documents:preview-status", get=EVERYONE, ids=PREVIEW),
    row("documents:preview-page", get=EVERYONE, ids={"pk": "preview", "page": literal(1)}),
    row("documents:job-file", get=EVERYONE, ids={"pk": "paper_job"}),
    row("documents:job-page", get=EVERYONE, ids={"pk": "paper_job", "page": literal(1)}),
    *issued_rows.ROWS,
    row("verify:ask", kind="public", get=EVERYONE),
    row(
        "verify:paper",
        kind="public",
        get=EVERYONE,
        post=EVERYONE,
        ids={"code": "issued_document.verification_code"},
        data=lambda office: {"file": SimpleUploadedFile("a.pdf", PDF, "application/pdf")},
    ),
    row("documents:file", get=EVERYONE, ids={"pk": "stored_file"}),
    row(
        "house-look:edit",
        get=EVERYONE,
        post=OFFICERS | ADMINISTRATORS,
        data={
            "version": 1,
            "main_colour": "#1b5e20",
            "accent_colour": "#1b5e20",
            "font_size": 16,
            "digits": "thai",
            "blocks": 0,
        },
    ),
]
