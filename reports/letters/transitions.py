"""The life of a letter: a draft that is written, then issued and locked."""

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import audit_actions
from approvals.freezing import freeze_paper
from approvals.registry import Transition, Workflow, register
from reports.enums import LetterKind, LetterStatus
from reports.letters.permissions import can_write
from reports.letters.writing import WRITTEN
from reports.models import Letter


def url_of(letter: Letter) -> str:
    """Return the address of the letter's page, as workflows ask for it."""
    return reverse("letters:letter", args=[letter.agency.code, letter.fiscal_year, letter.pk])


def canonical(letter: Letter) -> dict:
    """Return what the letter says: the data whose hash an issue keeps."""
    day = letter.dated_on.isoformat() if letter.dated_on else None
    words = {name: getattr(letter, name) for name in WRITTEN}
    return {"kind": letter.kind, "number": letter.number, "dated_on": day, **words}


def missing_parts(letter: Letter) -> list[str]:
    """Return what the regulation asks of a letter and this one does not say yet."""
    is_memo = letter.kind == LetterKind.MEMO
    wanted = [
        (letter.subject.strip(), _("The subject is missing")),
        (strip_tags(letter.body).strip(), _("The text is missing")),
        (letter.signer_name.strip(), _("The signer's name is missing")),
        (letter.signer_position.strip(), _("The signer's position is missing")),
        (not is_memo or letter.sender.strip(), _("The sending agency is missing")),
        (not is_memo or letter.addressee.strip(), _("Who it goes to is missing")),
    ]
    return [words for is_there, words in wanted if not is_there]


TRANSITIONS = (
    Transition(
        name="issue",
        sources=(LetterStatus.DRAFT,),
        target=LetterStatus.ISSUED,
        may=can_write,
        label=gettext_lazy("Issue"),
        requirements=[missing_parts],
        effects=[freeze_paper],
    ),
)
WORKFLOW = Workflow(
    model=Letter,
    agency_of=lambda letter: letter.agency,
    canonical=canonical,
    fiscal_year_of=lambda letter: letter.fiscal_year,
    url_of=url_of,
    title_of=lambda letter: letter.subject,
    paper_kind_of=lambda letter: letter.kind,
    # Who issues it is seldom who signs it.
    seal_words="ออกเอกสารในระบบ",
    select_related=("agency",),
    icon="envelope-paper",
    transitions={rule.name: rule for rule in TRANSITIONS},
)
register(WORKFLOW)
audit_actions.register(
    {
        "letter.add": gettext_lazy("Letter: begun"),
        "letter.remove": gettext_lazy("Letter: draft deleted"),
    }
)
