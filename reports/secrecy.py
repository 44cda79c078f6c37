"""Files of papers that not every member may have: secret letters and books of a year.

The page of a paper asks for the rights of its subject; here its file is kept from whoever asks
for the file itself, and out of papers that everybody may have.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from documents.models import IssuedDocument, PaperJob
from reports.enums import LetterKind
from reports.letters.permissions import knows_secret
from reports.letters.queries import letters_visible_to
from reports.models import Letter
from reports.year_book.choosing import KIND as BOOK
from reports.year_book.choosing import can_have_book

_LETTER = Q(kind__in=LetterKind.values)


def papers_hidden_from(user: User, offices: Iterable[Agency]) -> Q:
    """Return the condition that a job or an issue is of a paper that the person may not have.

    Letters that were deleted count as hidden. No query of its own.
    """
    closed = [office for office in offices if not can_have_book(user, office)]
    known = letters_visible_to(user).order_by().values("pk")
    return (_LETTER & ~Q(object_id__in=known)) | Q(kind=BOOK, agency__in=closed)


def files_hidden_from(user: User) -> set[int]:
    """Return the files of letters and books that the person may not have.

    A file that is also that of a paper which the person may have is not hidden.
    """
    offices = list(agencies_visible_to(user))
    hidden = papers_hidden_from(user, offices)
    return _files(Q(agency__in=offices) & hidden, ~hidden)


def secret_files(agency: Agency) -> set[int]:
    """Return the files of the office's secret letters and books."""
    plain = Letter.objects.filter(agency=agency, secrecy="").order_by()
    secret = (_LETTER & ~Q(object_id__in=plain.values("pk"))) | Q(kind=BOOK)
    return _files(Q(agency=agency) & secret, ~secret)


def letters_in_the_log(user: User, agency: Agency, ids: set[str]) -> dict[str, str]:
    """Return letter → words that the audit log shows to a person who may not know its subject.

    Of a letter that was deleted nobody knows any more whether it was secret: it counts as such.
    """
    if knows_secret(user, agency):
        return {}
    known = letters_visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
    return dict.fromkeys(ids - set(map(str, known)), _("(secret)"))


def issues_in_the_log(user: User, agency: Agency, ids: set[str]) -> dict[str, str]:
    """Return the same of issued papers, whose titles are the subjects of their letters."""
    rows = IssuedDocument.objects.filter(papers_hidden_from(user, [agency]), pk__in=ids)
    return {str(pk): _("(secret)") for pk in rows.values_list("pk", flat=True)}


def _files(wanted: Q, other: Q) -> set[int]:
    """Return the files of papers that are as wanted, and of none that is otherwise."""
    found: set[int] = set()
    for model in (PaperJob, IssuedDocument):
        rows = model.objects.filter(wanted, file__isnull=False).order_by()
        found |= set(rows.values_list("file", flat=True))
    if not found:
        return found
    for model in (PaperJob, IssuedDocument):
        rows = model.objects.filter(other, file__in=found).order_by()
        found -= set(rows.values_list("file", flat=True))
    return found
