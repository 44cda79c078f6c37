"""Calendar subscriptions: a person's secret address in an office, and what it serves.

The address carries a random token of which only the hash is kept. It serves the person's due
items, as the reminders read them, the windows of the person's steps and the award calendar.
"""

import datetime as dt
import hashlib
import secrets

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Prefetch, Q
from django.utils import translation
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, User
from approvals.models import TransitionLog
from approvals.transitions import AlreadyChanged
from core import clock, throttle
from core import fiscal_year as fiscal
from core.shared_reads import shared_reads
from core.thai_dates import format_long
from notifications.due_items import DueItem, due_items
from workflows.enums import StepStatus
from workflows.ical import Event
from workflows.models import AwardStage, CalendarFeed, Step, StepShift, StepWindow
from workflows.responsible import Resolver
from workflows.transitions import step_url

TOKEN_BYTES = 32
# A program that asks more often than this within an hour is told to wait.
MOST_READS = 60
HOUR = dt.timedelta(hours=1)
# What ended longer ago than this is left out of a subscription.
KEPT = dt.timedelta(days=400)
STEP = "workflows.step"


def issue_feed(agency: Agency, user: User) -> tuple[CalendarFeed, str]:
    """Make the person's address in the office and return it with its token, told only now.

    An address given before stops working. Raises AlreadyChanged when two requests meet.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    try:
        with transaction.atomic():
            _revoke(agency, user)
            feed = CalendarFeed.objects.create(
                agency=agency, user=user, token_hash=_hash(token), created_at=clock.now()
            )
            audit.record(agency, user, "feed.issue", feed)
    except IntegrityError:
        raise AlreadyChanged(live_feed(agency, user)) from None
    return feed, token


def revoke_feed(agency: Agency, user: User) -> bool:
    """End the person's address; returns whether there was one."""
    with transaction.atomic():
        feed = live_feed(agency, user)
        if feed is None or not _revoke(agency, user):
            return False
        audit.record(agency, user, "feed.revoke", feed)
    return True


def live_feed(agency: Agency, user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(agency=agency, user=user, revoked_at=None).first()


def feed_of(token: str) -> CalendarFeed | None:
    """Return the living feed of a token, with person and office.

    None for an unknown or revoked token, a person who has left and an office no longer active.
    """
    if len(token) > 2 * TOKEN_BYTES:
        return None
    return (
        CalendarFeed.objects.filter(
            token_hash=_hash(token),
            revoked_at=None,
            user__is_active=True,
            agency__is_active=True,
            agency__memberships__user=F("user"),
            agency__memberships__is_active=True,
        )
        .select_related("agency", "user")
        .first()
    )


def may_read_now(feed: CalendarFeed) -> bool:
    """Count a reading, and return whether the feed was read few enough times this hour."""
    return throttle.count(f"calendar-feed-{feed.pk}", HOUR.seconds) <= MOST_READS


def note_read(feed: CalendarFeed) -> None:
    """Keep when the feed was last read, at most once an hour."""
    now = clock.now()
    CalendarFeed.objects.filter(
        Q(last_read_at=None) | Q(last_read_at__lt=now - HOUR), pk=feed.pk, revoked_at=None
    ).update(last_read_at=now)


def feed_name(feed: CalendarFeed) -> str:
    return f"PMQA {feed.agency.short_name or feed.agency.name_th}"


def feed_events(feed: CalendarFeed) -> list[Event]:
    """Return what the feed serves today, in Thai; a fixed number of queries for any rows."""
    today = clock.today()
    with translation.override("th"), shared_reads():
        steps = list(
            _steps(feed.agency)
            .filter(cycle__fiscal_year__gte=fiscal.fiscal_year_of(today) - 1)
            .exclude(due_on__lt=today - KEPT)
        )
        resolver = Resolver(feed.agency, {step.cycle.fiscal_year for step in steps})
        own = [
            step
            for step in steps
            if any(person.pk == feed.user_id for person in resolver.of_step(step).people)
        ]
        stages = AwardStage.objects.filter(agency=feed.agency, ends_on__gte=today - KEPT)
        return [
            *due_events(due_items(feed.agency, feed.user), own),
            *window_events(feed.agency, own),
            *award_events(feed.agency, stages),
        ]


def year_events(agency: Agency, year: int) -> list[Event]:
    """Return every step of the office's fiscal year (B.E.) and the year's award stages."""
    with translation.override("th"):
        stages = AwardStage.objects.filter(agency=agency, fiscal_year=year)
        return [
            *window_events(agency, list(_steps(agency).filter(cycle__fiscal_year=year))),
            *award_events(agency, stages),
        ]


def due_events(items: list[DueItem], steps: list[Step]) -> list[Event]:
    """Return one event for each dated due item, on its day; a step's counts how often it moved."""
    by_pk = {str(step.pk): step for step in steps}
    events = []
    for item in items:
        if item.due_on is None:
            continue
        step = by_pk.get(item.object_id) if item.object_type == STEP else None
        shifts = step.shifts.all() if step else []
        events.append(
            Event(
                key=f"due-{item.object_type}-{item.object_id}",
                summary=_("Due: %(title)s") % {"title": item.title},
                starts_on=item.due_on,
                ends_on=item.due_on,
                description=item.why,
                path=item.url,
                sequence=_changes(step) + _passed(step) if step else 0,
                changed_at=_last_shift(shifts),
            )
        )
    return events


def window_events(agency: Agency, steps: list[Step]) -> list[Event]:
    """Return one event for each dated window of the steps; one query."""
    changes = dict(
        TransitionLog.objects.filter(
            agency=agency,
            content_type__app_label=Step._meta.app_label,
            content_type__model=Step._meta.model_name,
            object_id__in=[step.pk for step in steps],
        )
        .order_by()
        .values_list("object_id")
        .annotate(last=Max("at"))
    )
    return [
        _window_event(step, window, changes.get(step.pk))
        for step in steps
        for window in step.windows.all()
        if window.ends_on
    ]


def award_events(agency: Agency, stages) -> list[Event]:
    """Return one event for each stage of an award's calendar."""
    return [
        Event(
            key=f"award-{stage.pk}",
            summary=f"{stage.award}: {stage.title}",
            starts_on=stage.starts_on,
            ends_on=stage.ends_on,
            description=stage.note,
        )
        for stage in stages
    ]


def _window_event(step: Step, window: StepWindow, changed_at: dt.datetime | None) -> Event:
    shifts = [row for row in step.shifts.all() if row.window == window.order]
    words = {"number": step.number, "title": step.title}
    if step.status == StepStatus.DONE:
        summary = _("Done: step %(number)s %(title)s") % words
    else:
        summary = _("Step %(number)s %(title)s") % words
    lines = [
        step.cycle.version.procedure.name,
        _("Responsible: %(who)s") % {"who": step.procedure_step.responsible_text}
        if step.procedure_step.responsible_text
        else "",
        _("Due %(day)s") % {"day": format_long(window.due_on)} if window.due_on else "",
        _("Done %(day)s") % {"day": format_long(step.done_on)} if step.done_on else "",
    ]
    return Event(
        key=f"step-{step.pk}-window-{window.order}",
        summary=f"{summary} ({window.label})" if window.label else summary,
        starts_on=window.starts_on or window.ends_on,
        ends_on=window.ends_on,
        description="\n".join(line for line in lines if line),
        path=step_url(step),
        changed_at=max(filter(None, (step.cycle.opened_at, changed_at, _last_shift(shifts)))),
        sequence=_changes(step),
    )


def _changes(step: Step) -> int:
    """Return how often the step was changed: every shift counts its version up."""
    return step.version - 1


def _passed(step: Step) -> int:
    """Return how many due days lie behind: a step of several windows moves on to the next."""
    today = clock.today()
    return sum(1 for row in step.windows.all() if row.due_on and row.due_on < today)


def _steps(agency: Agency):
    """Return the office's steps with all that an event says of them."""
    return (
        Step.objects.filter(cycle__agency=agency)
        .select_related("cycle__agency", "cycle__version__procedure", "procedure_step")
        .prefetch_related(
            "windows", Prefetch("shifts", StepShift.objects.only("step", "window", "moved_at"))
        )
        .order_by("cycle_id", "number")
    )


def _last_shift(shifts) -> dt.datetime | None:
    return max((row.moved_at for row in shifts), default=None)


def _revoke(agency: Agency, user: User) -> int:
    return CalendarFeed.objects.filter(agency=agency, user=user, revoked_at=None).update(
        revoked_at=clock.now()
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
