"""The life of a best-practice paper: draft → submitted → approved, or returned and written on."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.roles import officers_of
from approvals.freezing import freeze_paper
from approvals.registry import Transition, Workflow, register
from approvals.requests import (
    close_approved,
    close_cancelled,
    close_returned,
    open_request,
    tell_whose_turn,
)
from improvement.enums import PracticeStatus
from improvement.models import BestPractice
from improvement.practices.permissions import can_decide, can_record_decision, can_write
from improvement.practices.photos import by_level
from improvement.practices.queries import whole_practices
from improvement.practices.writing import progress_of
from notifications.enums import NoticeKind
from notifications.notices import notify


def url_of(practice: BestPractice) -> str:
    names = [practice.agency.code, practice.fiscal_year, practice.pk]
    return reverse("practices:practice", args=names)


def title_of(practice: BestPractice) -> str:
    return _("Best practice “%(title)s”") % {"title": practice.title}


def canonical(practice: BestPractice) -> dict:
    """Return the data that an approval approves: every text, letter and picture."""
    row = whole_practices().get(pk=practice.pk)
    return {
        "title": row.title,
        "category": row.category_number,
        "model": row.model_name,
        "texts": sorted([part.code, part.text] for part in row.sections.all()),
        "letters": [[each.letter, each.word, each.explanation] for each in row.letters.all()],
        "flow_chart": row.flow_chart.sha256 if row.flow_chart else None,
        "photos": [
            [
                photo.file.sha256,
                photo.caption,
                photo.level,
                photo.is_award,
                photo.taken_on.isoformat() if photo.taken_on else None,
            ]
            for photo in row.photos.all()
        ],
    }


def missing_words(practice: BestPractice) -> list[str]:
    """Return what the ten headings still want, a line each."""
    words = _("Heading %(number)s %(title)s: %(missing)s")
    return [
        words
        % {
            "number": row["heading"].number,
            "title": row["heading"].title,
            "missing": ", ".join(row["missing"]),
        }
        for row in progress_of(whole_practices().get(pk=practice.pk))
        if row["missing"]
    ]


def summary_of(practice: BestPractice) -> list[dict]:
    """Return the figures a director asks for first."""
    row = whole_practices().get(pk=practice.pk)
    done = sum(not each["missing"] for each in progress_of(row))
    return [
        {"value": f"{done}/10", "label": _("headings written")},
        {"value": str(len(row.photos.all())), "label": _("photographs")},
        {"value": str(row.fiscal_year), "label": _("fiscal year")},
    ]


def context_of(practice: BestPractice) -> dict:
    """Return what the decision page shows: all texts under their headings, and the pictures."""
    row = whole_practices().get(pk=practice.pk)
    return {
        "practice": row,
        "progress": progress_of(row),
        "texts": {each.code: each.text for each in row.sections.all()},
        "groups": by_level(row.photos.all()),
    }


def _tell_director(practice, log):
    words = _("%(title)s waits for your decision")
    tell_whose_turn(practice, log, f"practice_{log.transition}", words, url_of(practice))


_KINDS = {"approve": NoticeKind.APPROVED, "return_": NoticeKind.RETURNED}


def _tell_writers(sentence):
    def tell(practice, log):
        people = {person.pk: person for person in officers_of(log.agency)}
        if practice.owner.is_active:
            people[practice.owner_id] = practice.owner
        notify(
            log.agency,
            list(people.values()),
            rule=f"practice_{log.transition.strip('_')}",
            kind=_KINDS[log.transition],
            obj=practice,
            title=str(sentence) % {"title": title_of(practice)},
            body=log.comment,
            url=url_of(practice),
            occurrence=str(log.pk),
        )

    return tell


TRANSITIONS = (
    Transition(
        name="submit",
        sources=(PracticeStatus.DRAFT, PracticeStatus.RETURNED),
        target=PracticeStatus.SUBMITTED,
        may=can_write,
        label=gettext_lazy("Submit for approval"),
        requirements=[missing_words],
        effects=[open_request, _tell_director],
    ),
    Transition(
        name="withdraw",
        sources=(PracticeStatus.SUBMITTED,),
        target=PracticeStatus.DRAFT,
        may=can_write,
        label=gettext_lazy("Take back to draft"),
        effects=[close_cancelled],
    ),
    Transition(
        name="approve",
        sources=(PracticeStatus.SUBMITTED,),
        target=PracticeStatus.APPROVED,
        may=can_decide,
        may_record=can_record_decision,
        label=gettext_lazy("Approve the best practice"),
        requirements=[missing_words],
        effects=[
            close_approved,
            freeze_paper,
            _tell_writers(gettext_lazy("%(title)s was approved")),
        ],
    ),
    Transition(
        name="return_",
        sources=(PracticeStatus.SUBMITTED,),
        target=PracticeStatus.RETURNED,
        may=can_decide,
        label=gettext_lazy("Return for correction"),
        needs_comment=True,
        effects=[close_returned, _tell_writers(gettext_lazy("%(title)s was returned"))],
    ),
)

register(
    Workflow(
        model=BestPractice,
        agency_of=lambda practice: practice.agency,
        canonical=canonical,
        fiscal_year_of=lambda practice: practice.fiscal_year,
        url_of=url_of,
        title_of=title_of,
        summary_of=summary_of,
        context_of=context_of,
        detail_template="practices/_decision.html",
        paper_kind="best-practice",
        select_related=("agency",),
        icon="award",
        return_reasons=(
            gettext_lazy("Figures"),
            gettext_lazy("Wording"),
            gettext_lazy("Photographs"),
            gettext_lazy("Headings are missing"),
        ),
        transitions={rule.name: rule for rule in TRANSITIONS},
    )
)
