"""Evidence that becomes confidential: what was drawn with its name or file, what was issued."""

from dataclasses import dataclass

from django.db.models import Q

from agencies.models import User
from assessments.models import Evidence
from committees.models import MeetingPaper
from core.thai_numerals import to_arabic_digits
from documents.issued.content import content_of
from documents.issued.listed_papers import register_of
from documents.jobs.withdrawn_papers import withdraw_drawn
from documents.models import IssuedDocument, StoredFile


@dataclass(frozen=True)
class Hushed:
    """How many drawn papers were withdrawn, and the name that papers know the evidence by."""

    withdrawn: int
    title: str


def hush(evidence: Evidence) -> Hushed | None:
    """Make the evidence confidential and withdraw drawn papers; None when it was so already.

    One statement claims it, so of two who do it at once one withdraws. Inside the transaction
    that saves the evidence, before anything else in it.
    """
    rows = Evidence.objects.filter(pk=evidence.pk)
    if not rows.filter(is_confidential=False).update(is_confidential=True):
        return None
    agency = evidence.cycle.agency
    return Hushed(withdraw_drawn(agency), rows.values_list("title", flat=True).get())


def hush_file(evidence: Evidence, file: StoredFile | None) -> None:
    """Withdraw drawn papers when a file of confidential evidence lies on a meeting's table.

    Packs show such files page by page, and it was for everybody until now. Inside the transaction
    that gives it to the evidence.
    """
    if file is None or not evidence.is_confidential:
        return
    if MeetingPaper.objects.filter(Q(file=file) | Q(issued__file=file)).exists():
        withdraw_drawn(evidence.cycle.agency)


def issues_naming(evidence: Evidence, title: str, user: User) -> list[IssuedDocument]:
    """Return the issued papers of its year that say its name, as far as the person may have them.

    They stay as they were issued. Digits and spaces count for nothing. Of papers so early that
    their words were not kept, the PDF is read.
    """
    wanted = _plain(title)
    rows = register_of(user, evidence.cycle.agency).rows.defer(None)
    rows = rows.filter(fiscal_year=evidence.cycle.fiscal_year).order_by("-issued_at", "-pk")
    return [
        row
        for row in rows.iterator(chunk_size=20)
        if wanted in _plain(" ".join(text for _kind, text in content_of(row)))
    ]


def _plain(text: str) -> str:
    return to_arabic_digits("".join(text.split())).casefold()
