"""A paper for tests: the office itself, printed, so that no higher app is needed."""

from agencies.models import Agency
from documents.papers import PaperKind, register


def register_office_paper(kind: str = "test-office", **changes) -> str:
    """Make a paper of an office known and return its kind."""
    fields = {
        "kind": kind,
        "model": Agency,
        "template": "pdf/base.html",
        "context": lambda agency: {},
        "title": lambda agency: "แบบทดสอบ / น้ำใจ",
        "agency_of": lambda agency: agency,
        "fiscal_year_of": lambda agency: 2570,
    }
    register(PaperKind(**fields | changes))
    return kind
