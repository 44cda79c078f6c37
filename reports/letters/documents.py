"""The papers of letters, registered with the one paper door."""

from django.utils.translation import gettext_lazy as _

from committees.documents import add_continuations
from documents.enums import PaperGroup
from documents.papers import PaperKind, register
from reports.enums import LetterKind
from reports.letters.printed import letter_context
from reports.letters.queries import letters_visible_to
from reports.letters.word_files import letter_docx
from reports.models import Letter

FORMS = {
    LetterKind.MEMO: (_("Memo"), "pdf/official/memo.html"),
    LetterKind.ANNOUNCEMENT: (_("Announcement"), "pdf/official/announcement.html"),
}


def _visible(kind: LetterKind):
    return lambda user: letters_visible_to(user).filter(kind=kind)


for letter_kind, (label, template) in FORMS.items():
    register(
        PaperKind(
            kind=letter_kind.value,
            group=PaperGroup.LETTERS,
            is_official=True,
            can_be_issued=False,
            model=Letter,
            label=label,
            template=template,
            stylesheets=("pdf/official.css",),
            context=letter_context,
            title=lambda letter: letter.subject,
            agency_of=lambda letter: letter.agency,
            fiscal_year_of=lambda letter: letter.fiscal_year,
            visible_to=_visible(letter_kind),
            refine=add_continuations,
            previews_whole=True,
            docx=letter_docx,
        )
    )
