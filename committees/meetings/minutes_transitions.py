"""States of minutes and of resolutions.

Minutes: writing → with the chair → checked → (circulating →) confirmed.
Resolutions: draft → open → done or dropped; what has no owner and no day is done at once.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import audit, roles
from agencies.models import User
from approvals.freezing import freeze_paper
from approvals.models import TransitionLog
from approvals.registry import Transition, Workflow, register
from approvals.requests import (
    close_approved,
    close_cancelled,
    close_returned,
    open_request,
)
from committees.enums import MinutesStatus, ResolutionStatus
from committees.meetings import minutes, resolutions
from committees.meetings.minutes_permissions import (
    can_check,
    can_close_resolution,
    can_finish,
    can_write,
    can_write_resolution,
)
from committees.meetings.numbering import title_of
from committees.meetings.papers_minutes import minutes_data
from committees.models import Minutes, Resolution
from notifications.enums import NoticeKind
from notifications.notices import notify

WRITING, FOR_CHECK = MinutesStatus.WRITING.value, MinutesStatus.FOR_CHECK.value
CHECKED, CIRCULATING = MinutesStatus.CHECKED.value, MinutesStatus.CIRCULATING.value
CONFIRMED = MinutesStatus.CONFIRMED.value
DRAFT, OPEN = ResolutionStatus.DRAFT.value, ResolutionStatus.OPEN.value
DONE, DROPPED = ResolutionStatus.DONE.value, ResolutionStatus.DROPPED.value


def _has_checker(obj: Minutes) -> list[str]:
    return [] if obj.checker_id else [_("Choose who checks the minutes")]


def _same_as_checked(obj: Minutes) -> list[str]:
    """Return a complaint when people, items or times changed after somebody had checked them.

    Corrections that the meeting asked for come with the confirmation and are no such change.
    """
    logs = TransitionLog.objects.filter(
        content_type__app_label="committees", content_type__model="minutes", object_id=obj.pk
    )
    last = logs.exclude(transition="circulate").order_by("pk").last()
    if last is None or last.transition != "approve":
        return []
    if last.data_hash == audit.canonical_hash(minutes_data(obj.meeting) | {"corrections": ""}):
        return []
    return [
        _(
            "The minutes changed after they were checked: write them again, then send them for "
            "checking"
        )
    ]


def _freeze(obj: Minutes, log) -> None:
    """Keep what the minutes say: people may move, the paper stays."""
    obj.snapshot = minutes_data(obj.meeting)
    obj.save(update_fields=["snapshot"])


def _url_of(obj: Minutes) -> str:
    meeting = obj.meeting
    return reverse("meetings:minutes", args=[meeting.agency.code, meeting.fiscal_year, meeting.pk])


def _title_of(obj: Minutes) -> str:
    return _("Check the minutes: %(meeting)s") % {"meeting": title_of(obj.meeting)}


def _tell_checker(obj: Minutes, log) -> None:
    _tell(obj, log, [obj.checker], "minutes-to-check", _title_of(obj))


def _tell_recorder(words, rule: str):
    def effect(obj: Minutes, log) -> None:
        recorder = [obj.recorder] if obj.recorder and obj.recorder.is_active else []
        people = recorder or roles.officers_of(log.agency)
        _tell(obj, log, people, rule, words % {"meeting": title_of(obj.meeting)}, log.comment)

    return effect


def _tell_members(obj: Minutes, log) -> None:
    people = User.objects.filter(
        is_active=True, pk__in=minutes.circulation_members(obj).values("user")
    )
    words = _("Confirm the minutes: %(meeting)s") % {"meeting": title_of(obj.meeting)}
    _tell(obj, log, people, "minutes-circulated", words)


# The others are news of the meeting.
_KINDS = {"minutes-to-check": NoticeKind.DECISION, "minutes-returned": NoticeKind.RETURNED}


def _tell(obj, log, people, rule, title, body="") -> None:
    notify(
        log.agency,
        people,
        rule=rule,
        kind=_KINDS.get(rule, NoticeKind.MEETING),
        obj=obj,
        title=title,
        body=body,
        url=_url_of(obj),
        occurrence=str(log.pk),
    )


def _forget_answers(obj: Minutes, log) -> None:
    """A new round asks everybody anew."""
    obj.answers.all().delete()


_WHEN_CONFIRMED = [_freeze, freeze_paper]


def _rule(name, sources, target, may, label, **more) -> Transition:
    return Transition(name, sources, target, may, label, **more)


MINUTES = (
    _rule(
        "submit",
        (WRITING,),
        FOR_CHECK,
        can_write,
        gettext_lazy("Send to the chair for checking"),
        requirements=[_has_checker, minutes.missing],
        effects=[open_request, _tell_checker],
    ),
    _rule(
        "withdraw",
        (FOR_CHECK,),
        WRITING,
        can_write,
        gettext_lazy("Withdraw"),
        effects=[close_cancelled],
    ),
    _rule(
        "approve",
        (FOR_CHECK,),
        CHECKED,
        can_check,
        gettext_lazy("Checked"),
        effects=[
            close_approved,
            _tell_recorder(gettext_lazy("The minutes are checked: %(meeting)s"), "minutes-checked"),
        ],
    ),
    _rule(
        "return_",
        (FOR_CHECK,),
        WRITING,
        can_check,
        gettext_lazy("Return for correction"),
        needs_comment=True,
        effects=[
            close_returned,
            _tell_recorder(gettext_lazy("The minutes came back: %(meeting)s"), "minutes-returned"),
        ],
    ),
    _rule("rewrite", (CHECKED, CIRCULATING), WRITING, can_write, gettext_lazy("Write again")),
    _rule(
        "circulate",
        (CHECKED,),
        CIRCULATING,
        can_write,
        gettext_lazy("Confirm by circulation"),
        requirements=[_same_as_checked],
        effects=[_forget_answers, _tell_members],
    ),
    _rule(
        "close_circulation",
        (CIRCULATING,),
        CONFIRMED,
        can_write,
        gettext_lazy("Close the circulation"),
        requirements=[minutes.circulation_unanswered, _same_as_checked],
        effects=_WHEN_CONFIRMED,
    ),
    _rule(
        "confirm_here",
        (WRITING, CHECKED),
        CONFIRMED,
        can_write,
        gettext_lazy("Confirmed in the same meeting"),
        requirements=[minutes.missing, _same_as_checked],
        effects=_WHEN_CONFIRMED,
    ),
    _rule(
        "confirm_next",
        (CHECKED, CIRCULATING),
        CONFIRMED,
        can_write,
        gettext_lazy("Confirmed in the next meeting"),
        requirements=[_same_as_checked],
        effects=_WHEN_CONFIRMED,
    ),
)


def _resolution_url(obj: Resolution) -> str:
    meeting = obj.item.meeting
    return reverse("meetings:resolution", args=[meeting.agency.code, meeting.fiscal_year, obj.pk])


def _tell_owner(obj: Resolution, log) -> None:
    """Tell whoever has to carry the resolution out."""
    people = User.objects.filter(is_active=True, pk__in=resolutions.owners(obj))
    notify(
        log.agency,
        people,
        rule="resolution-assigned",
        kind=NoticeKind.ASSIGNED,
        obj=obj,
        title=_("The meeting gave you a task: %(words)s") % {"words": obj.text[:200]},
        body=title_of(obj.item.meeting),
        url=_resolution_url(obj),
        occurrence=str(log.pk),
    )


def _tell_officers(obj: Resolution, log) -> None:
    notify(
        log.agency,
        roles.officers_of(log.agency).exclude(pk=log.by_id),
        rule="resolution-done",
        kind=NoticeKind.APPROVED,
        obj=obj,
        title=_("A resolution is done: %(words)s") % {"words": obj.text[:200]},
        body=log.comment,
        url=_resolution_url(obj),
        occurrence=str(log.pk),
    )


RESOLUTION = (
    _rule(
        "open_task",
        (DRAFT,),
        OPEN,
        can_write_resolution,
        gettext_lazy("Confirm the resolution"),
        requirements=[resolutions.is_typed],
        effects=[_tell_owner],
    ),
    _rule(
        "note",
        (DRAFT,),
        DONE,
        can_write_resolution,
        gettext_lazy("Confirm the resolution"),
        requirements=[resolutions.is_typed],
    ),
    _rule(
        "reword",
        (OPEN, DONE),
        DRAFT,
        can_write_resolution,
        gettext_lazy("Reword"),
        requirements=[resolutions.is_typed],
        effects=[resolutions.forget_day],
    ),
    _rule(
        "finish",
        (OPEN,),
        DONE,
        can_finish,
        gettext_lazy("Done"),
        effects=[_tell_officers],
    ),
    _rule(
        "drop",
        (OPEN,),
        DROPPED,
        can_close_resolution,
        gettext_lazy("Drop"),
        needs_comment=True,
    ),
    _rule(
        "reopen",
        (DONE, DROPPED),
        OPEN,
        can_close_resolution,
        gettext_lazy("Reopen"),
        effects=[resolutions.forget_day],
    ),
)

register(
    Workflow(
        model=Minutes,
        agency_of=lambda obj: obj.meeting.agency,
        transitions={rule.name: rule for rule in MINUTES},
        canonical=lambda obj: obj.snapshot or minutes_data(obj.meeting),
        own_decision_page=True,
        decider_of=lambda obj: obj.checker,
        return_reasons=(
            gettext_lazy("A resolution needs rewording"),
            gettext_lazy("Somebody who came or did not come is wrong"),
            gettext_lazy("Something that was said is missing"),
        ),
        select_related=("meeting__agency",),
        fiscal_year_of=lambda obj: obj.meeting.fiscal_year,
        url_of=_url_of,
        title_of=_title_of,
        paper_kind="minutes",
        paper_pk_of=lambda obj: obj.meeting_id,
        icon="journal-check",
    )
)
register(
    Workflow(
        model=Resolution,
        agency_of=lambda obj: obj.item.meeting.agency,
        transitions={rule.name: rule for rule in RESOLUTION},
        fiscal_year_of=lambda obj: obj.item.meeting.fiscal_year,
        url_of=_resolution_url,
        title_of=lambda obj: resolutions.words_of(obj),
    )
)
