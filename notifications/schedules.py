"""What runs by itself: one table, claimed row by row, so that two schedulers do no harm.

Apps register their schedules in `ready()`. Celery's beat only fires `tick`, which claims what is
due by moving `next_run_at` in one conditional UPDATE and queues it. A time that passed while
nothing ran is made up for once. A claimed run that was lost (broker emptied, worker killed) is
queued again; every task may run twice.
"""

import datetime as dt
from dataclasses import dataclass

from celery import current_app
from django.db.models import Q

from agencies.models import Holiday
from core import clock
from notifications import tasks
from notifications.models import Schedule, Worker

TICK = "tick"
QUEUED = "queued"
# A run that was queued so long ago and never ended was lost; longer than any task takes.
LOST_AFTER = dt.timedelta(minutes=15)
DONE = "ok"
NOT_QUEUED = "the broker is away"


@dataclass(frozen=True)
class Plan:
    """How often something runs: every so many seconds, or daily at a time (Bangkok)."""

    name: str
    task: str
    every: int | None = None
    at: dt.time | None = None
    working_days_only: bool = False


_plans: dict[str, Plan] = {}


def register(
    name: str,
    task: str,
    *,
    every: int | None = None,
    at: dt.time | None = None,
    working_days_only: bool = False,
) -> None:
    """Let the task run every so many seconds or daily at a time; a second call replaces it."""
    if (every is None) == (at is None):
        raise ValueError("give either `every` or `at`")
    _plans[name] = Plan(name, task, every, at, working_days_only)


def plans() -> list[Plan]:
    return list(_plans.values())


def next_run(plan: Plan, after: dt.datetime) -> dt.datetime:
    """Return the plan's first time later than `after`."""
    if plan.every is not None:
        return after + dt.timedelta(seconds=plan.every)
    local = after.astimezone(clock.BANGKOK)
    day = local.date() + dt.timedelta(days=0 if local.time() < plan.at else 1)
    while plan.working_days_only and not _is_working_day(day):
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, plan.at, clock.BANGKOK)


def _is_working_day(day: dt.date) -> bool:
    """Return whether the whole country works on the day; offices' own days off do not count."""
    return day.weekday() < 5 and not Holiday.objects.filter(agency=None, date=day).exists()


def write_table() -> None:
    """Bring the table in line with the registered plans; times already set stay."""
    now = clock.now()
    rows = {row.name: row for row in Schedule.objects.all()}
    fields = ["task", "every_seconds", "at_time", "working_days_only"]
    new = []
    for plan in plans():
        values = (plan.task, plan.every, plan.at, plan.working_days_only)
        row = rows.get(plan.name)
        if row is None:
            first = now if plan.every else next_run(plan, now)
            new.append(
                Schedule(
                    name=plan.name, next_run_at=first, **dict(zip(fields, values, strict=True))
                )
            )
            continue
        following = next_run(plan, now)
        changed = tuple(getattr(row, field) for field in fields) != values
        # Later than possible: the clock has been set back, or the demo's day was left.
        if changed or row.next_run_at > following:
            Schedule.objects.filter(pk=row.pk, next_run_at=row.next_run_at).update(
                next_run_at=following, **dict(zip(fields, values, strict=True))
            )
    if new:
        Schedule.objects.bulk_create(new, ignore_conflicts=True)


def tick(worker: str = "") -> list[str]:
    """Claim and queue what is due; return the names. Also the scheduler's heartbeat."""
    write_table()
    now = clock.now()
    _beat(now)
    saw_worker(worker)
    due = Schedule.objects.filter(
        Q(next_run_at__lte=now) | Q(last_result=QUEUED, last_run_at__lt=now - LOST_AFTER),
        name__in=_plans,
        is_active=True,
    )
    return [row.name for row in due if _claim_and_queue(row, now)]


def _claim_and_queue(row: Schedule, now: dt.datetime) -> bool:
    """Claim one row as it was read; queue it. The claim is given back when the broker is away."""
    plan = _plans[row.name]
    following = next_run(plan, now) if row.next_run_at <= now else row.next_run_at
    seen = Schedule.objects.filter(
        pk=row.pk, next_run_at=row.next_run_at, last_run_at=row.last_run_at, is_active=True
    )
    if not seen.update(next_run_at=following, last_run_at=now, last_result=QUEUED):
        return False
    if tasks.run_schedule.delay_or_leave(row.name, now.isoformat()):
        return True
    mine = Schedule.objects.filter(pk=row.pk, last_run_at=now)
    mine.update(next_run_at=row.next_run_at, last_result=NOT_QUEUED)
    return False


def run(name: str, claimed_at: str, worker: str = "") -> None:
    """Run the schedule's task here and note the result; a failure is noted, then raised."""
    saw_worker(worker)
    plan = _plans.get(name)
    if plan is None:
        return
    mine = Schedule.objects.filter(name=name, last_run_at=dt.datetime.fromisoformat(claimed_at))
    try:
        current_app.tasks[plan.task].run()
    except Exception as error:
        mine.update(last_result=f"{type(error).__name__}: {error}"[:300])
        raise
    mine.update(last_result=DONE)


def run_now(row: Schedule) -> bool:
    """Make the schedule due at once, at an administrator's word; False when it is paused."""
    return bool(Schedule.objects.filter(pk=row.pk, is_active=True).update(next_run_at=clock.now()))


def switch(row: Schedule, is_active: bool) -> bool:
    """Pause the schedule or let it go on; False when it was so already."""
    rows = Schedule.objects.filter(pk=row.pk, is_active=not is_active)
    return bool(rows.update(is_active=is_active))


def _beat(now: dt.datetime) -> None:
    """Note that a scheduler knocked; two that knock at once leave the later time."""
    beat = Schedule.objects.filter(name=TICK)
    if not beat.update(last_run_at=now):
        row = Schedule(
            name=TICK,
            task="notifications.tasks.tick",
            every_seconds=15,
            next_run_at=now,
            last_run_at=now,
        )
        Schedule.objects.bulk_create([row], ignore_conflicts=True)


def last_beat() -> dt.datetime | None:
    """Return when a scheduler last knocked and a worker heard it."""
    return Schedule.objects.filter(name=TICK).values_list("last_run_at", flat=True).first()


class NoBeat(Exception):
    """No scheduler has knocked lately; the text says since when."""


def require_beat(longest: dt.timedelta) -> None:
    """Raise NoBeat when the last beat is older than `longest`, or there was none."""
    beat = last_beat()
    if beat is None:
        raise NoBeat("no scheduler has run yet")
    silence = clock.now() - beat
    if silence > longest:
        raise NoBeat(
            f"the last beat is {silence.total_seconds():.0f} s old,"
            f" allowed are {longest.total_seconds():.0f} s"
        )


def saw_worker(name: str) -> None:
    """Note that the worker lives."""
    if not name:
        return
    now = clock.now()
    if not Worker.objects.filter(name=name).update(seen_at=now):
        Worker.objects.bulk_create([Worker(name=name, seen_at=now)], ignore_conflicts=True)
