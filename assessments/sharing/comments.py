"""Remarks on an item, a profile topic or a category: said, answered, settled.

Answers hang one level below a remark. The author may mend or take back the own words within
fifteen minutes; the words before stay in the audit log.
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agencies import audit
from agencies.models import Agency, User
from agencies.roles import active_memberships
from assessments.addresses import category_address, item_address
from assessments.models import (
    Assessment,
    CategoryAssessment,
    Comment,
    ItemAnswer,
    ProfileAnswer,
)
from assessments.sharing.open_year import hold_open
from committees import roles
from core import clock
from notifications.enums import NoticeKind
from notifications.notices import notify

EDIT_MINUTES = 15
LONGEST = 4_000
Thing = ItemAnswer | ProfileAnswer | CategoryAssessment
_FIELDS = {
    ItemAnswer: "item_answer",
    ProfileAnswer: "profile_answer",
    CategoryAssessment: "category_assessment",
}


class TooLate(Exception):
    """The words are somebody else's, older than fifteen minutes, or were answered meanwhile."""


def field_of(thing: Thing) -> str:
    return _FIELDS[type(thing)]


def thing_of(comment: Comment) -> Thing:
    """Return what the remark stands on."""
    return comment.item_answer or comment.profile_answer or comment.category_assessment


def assessment_of(thing: Thing) -> Assessment:
    if isinstance(thing, ItemAnswer):
        return thing.category_assessment.assessment
    return thing.assessment


def address_of(thing: Thing, comment: Comment | None = None) -> str:
    """Return where the thing's remarks stand, or the one remark."""
    if isinstance(thing, ItemAnswer):
        page = item_address(thing)
    elif isinstance(thing, CategoryAssessment):
        page = category_address(thing)
    else:
        cycle = thing.assessment.cycle
        page = reverse(
            "profile:topic", args=[cycle.agency.code, cycle.fiscal_year, thing.topic.number]
        )
    return f"{page}#comment-{comment.pk}" if comment else f"{page}#comments"


def name_of(thing: Thing) -> str:
    """Return what the remark is about: "1.2 …", "P.1 …", "Category 3 …"."""
    if isinstance(thing, ItemAnswer):
        return f"{thing.item.code} {thing.item.title}"
    if isinstance(thing, ProfileAnswer):
        return f"{thing.topic.code} {thing.topic.title}"
    return _("Category %(number)d %(title)s") % {
        "number": thing.category.number,
        "title": thing.category.title,
    }


def mentioned_in(text: str, agency: Agency) -> list[User]:
    """Return the office's people whom the text names as "@name surname"; no query of its own
    where the page has read the memberships.
    """
    if "@" not in text:
        return []
    words = " ".join(text.split())
    return [
        row.user
        for row in active_memberships(agency)
        if any(f"@{name}" in words for name in _names_of(row.user))
    ]


def _names_of(user: User) -> set[str]:
    plain = f"{user.first_name} {user.last_name}".strip()
    return {" ".join(name.split()) for name in (plain, user.get_full_name()) if name.strip()}


def post(
    thing: Thing,
    text: str,
    by: User,
    *,
    parent: Comment | None = None,
    mentions: Iterable[User] = (),
    is_from_review: bool = False,
) -> Comment:
    """Say something on the thing, or answer a remark on it; tell who is concerned.

    `mentions` are people chosen from the list; their names are written before the text unless it
    names them. Raises NotEditable when the cycle is closed.
    """
    agency = assessment_of(thing).cycle.agency
    text = text.strip()
    named = mentioned_in(text, agency)
    chosen = [person for person in mentions if person not in named]
    if chosen:
        names = " ".join(f"@{person.first_name} {person.last_name}" for person in chosen)
        text = f"{names} {text}"
    with transaction.atomic():
        hold_open(assessment_of(thing))
        comment = Comment.objects.create(
            **{field_of(thing): thing},
            parent=(parent.parent or parent) if parent else None,
            text=text,
            author=by,
            at=clock.now(),
            is_from_review=is_from_review,
        )
        people = [*named, *chosen]
        comment.mentions.set(people)
        audit.record(agency, by, "comment.post", comment, summary=text[:120])
        if not is_from_review:
            _tell(thing, comment, people)
    return comment


def edit(comment: Comment, text: str, by: User) -> None:
    """Replace the own words; people named anew are told. Raises TooLate or NotEditable."""
    thing, text = thing_of(comment), text.strip()
    agency = assessment_of(thing).cycle.agency
    with transaction.atomic():
        hold_open(assessment_of(thing))
        if not _own_fresh(comment, by).update(text=text):
            raise TooLate
        _record("comment.edit", comment, by, was=comment.text, after={"text": text})
        comment.text = text
        known = set(comment.mentions.values_list("pk", flat=True))
        people = mentioned_in(text, agency)
        comment.mentions.set(people)
        _tell_mentioned(thing, comment, [row for row in people if row.pk not in known])


def delete(comment: Comment, by: User) -> None:
    """Take the own words back, unless somebody answered. Raises TooLate or NotEditable."""
    with transaction.atomic():
        hold_open(assessment_of(thing_of(comment)))
        _record("comment.delete", comment, by, was=comment.text)
        count, _details = _own_fresh(comment, by).filter(answers=None).delete()
        if not count:
            raise TooLate


def is_fresh(at: dt.datetime) -> bool:
    """Return whether words said then may still be changed by whoever said them."""
    return at >= _oldest()


def settle(comment: Comment, is_settled: bool, by: User) -> bool:
    """Mark the remark as settled, or open it again; False when it stood so already.

    Raises NotEditable when the cycle is closed.
    """
    with transaction.atomic():
        hold_open(assessment_of(thing_of(comment)))
        changed = Comment.objects.filter(
            pk=comment.pk, parent=None, resolved_at__isnull=is_settled
        ).update(
            resolved_at=clock.now() if is_settled else None,
            resolved_by=by if is_settled else None,
        )
        if changed:
            _record("comment.settle" if is_settled else "comment.reopen", comment, by)
    return bool(changed)


def _oldest() -> dt.datetime:
    return clock.now() - dt.timedelta(minutes=EDIT_MINUTES)


def _own_fresh(comment: Comment, by: User):
    return Comment.objects.filter(pk=comment.pk, author=by, at__gte=_oldest())


def _record(action: str, comment: Comment, by: User, *, was: str = "", **data) -> None:
    """Write the audit entry; it holds the words that were changed or taken back."""
    agency = assessment_of(thing_of(comment)).cycle.agency
    name = name_of(thing_of(comment))
    summary = f"{name.partition(' ')[0]}: {was}" if was else name
    before = {"text": was} if was else None
    audit.record(agency, by, action, comment, summary=summary[:300], before=before, **data)


def _tell(thing: Thing, comment: Comment, mentioned: list[User]) -> None:
    """Tell those mentioned, then whose thing it is and who began the talk; nobody twice."""
    _tell_mentioned(thing, comment, mentioned)
    known = {comment.author_id, *(person.pk for person in mentioned)}
    others = [person for person in _concerned(thing, comment) if person.pk not in known]
    _notify(thing, comment, others, "comment_added", gettext_noop("New comment: %(name)s"))


def _tell_mentioned(thing: Thing, comment: Comment, people: list[User]) -> None:
    others = [person for person in people if person.pk != comment.author_id]
    words = gettext_noop("You are mentioned: %(name)s")
    _notify(thing, comment, others, "comment_mentioned", words)


def _concerned(thing: Thing, comment: Comment) -> list[User]:
    people = [comment.parent.author] if comment.parent else []
    if isinstance(thing, ProfileAnswer):
        return [*people, *([thing.owner] if thing.owner else [])]
    is_whole = isinstance(thing, CategoryAssessment)
    category_assessment = thing if is_whole else thing.category_assessment
    cycle = category_assessment.assessment.cycle
    champions = roles.champions(cycle.agency, cycle.fiscal_year)
    number = category_assessment.category.number
    if number == roles.SHARED_CATEGORY:
        return [*people, *champions.values()]
    return [*people, *([champions[number]] if number in champions else [])]


def _notify(thing, comment, people, rule: str, title: str) -> None:
    if not people:
        return
    with translation.override(settings.LANGUAGE_CODE):
        notify(
            assessment_of(thing).cycle.agency,
            people,
            rule=rule,
            kind=NoticeKind.COMMENT,
            obj=comment,
            title=_(title) % {"name": name_of(thing)},
            body=f"{comment.author}: {comment.text[:300]}",
            url=address_of(thing, comment),
        )
