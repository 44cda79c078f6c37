"""What moves when a window of a step is shifted: worked out before anything is written.

A duration begins after the step before it, so it follows, by the rule of `dates.py`. Months,
dated windows and days the office set itself stay where they are; where one now begins before
the step it follows ends, the plan says so. A done step, a date set by others and a window that
somebody shifted by hand stay as well.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.audit import canonical_hash
from core import fiscal_year as fiscal
from core.thai_dates import format_range
from workflows.dates import (
    ONE_DAY,
    Holidays,
    due_day,
    duration_end,
    holidays_around,
    working_day_from,
)
from workflows.enums import StepStatus, WindowKind
from workflows.models import Cycle, ProcedureWindow, Step, StepShift, StepWindow
from workflows.steps import DayRefused, is_fixed, source_window

# Days further than this from the fiscal year are a slip of the pen.
_YEARS_BEFORE, _YEARS_AFTER = 1, 2

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Move:
    """A window with the days it gets. `cause` is the move that it follows."""

    step: Step
    window: StepWindow
    starts_on: dt.date
    ends_on: dt.date
    due_on: dt.date
    moved_because: str
    cause: "Move | None" = None

    @property
    def from_text(self) -> str:
        return format_range(self.window.starts_on, self.window.ends_on)

    @property
    def to_text(self) -> str:
        return format_range(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class Stay:
    """A step that keeps its days although what it follows has moved, and why."""

    step: Step
    why: str

    @property
    def reason(self) -> str:
        return {
            "done": _("It is done, so its days stay."),
            "fixed": _("Its date is set by others and does not move."),
            "by_hand": _("It was shifted by hand, so it does not follow."),
            "overlap": _("It now begins before the step it follows ends."),
            "changed": _("It has been shifted again since, so it stays."),
        }[self.why]


@dataclass
class ShiftPlan:
    """What a shift would do; the first move is the one that was asked for."""

    moves: list[Move] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)

    @property
    def token(self) -> str:
        """A mark of everything the person saw; another plan has another one."""
        return canonical_hash(
            [
                [move.step.pk, move.step.version, move.window.order, move.starts_on, move.ends_on]
                for move in self.moves
            ]
        )

    def note(self, step: Step, why: str) -> None:
        """Say once that the step stays."""
        if all(stay.step.pk != step.pk for stay in self.stays):
            self.stays.append(Stay(step, why))


def steps_of(cycle: Cycle) -> list[Step]:
    """Return the cycle's steps in order with all that a plan reads; four queries."""
    return list(
        Step.objects.filter(cycle=cycle)
        .select_related("cycle__agency", "cycle__version__procedure", "procedure_step")
        .prefetch_related("windows", "procedure_step__windows", "shifts")
        .order_by("number")
    )


def plan_shift(step: Step, order: int, starts_on: dt.date, ends_on: dt.date) -> ShiftPlan:
    """Return what moves when the step's window gets these days; writes nothing.

    Raises DayRefused when the days do not fit, are far from the year, or are the present ones.
    """
    _refuse_bad_days(step, starts_on, ends_on)
    steps = steps_of(step.cycle)
    found = [
        (row, window)
        for row in steps
        for window in row.windows.all()
        if row.pk == step.pk and window.order == order and window.ends_on
    ]
    if not found:
        raise DayRefused("ends_on", _("This part of the step has no days yet. Set them first."))
    row, window = found[0]
    if (window.starts_on, window.ends_on) == (starts_on, ends_on):
        raise DayRefused("ends_on", _("These are the present days: nothing would move."))
    walk = _Walk(holidays_around(step.cycle.agency, step.cycle.fiscal_year))
    walk.first = _moved(row, window, (starts_on, ends_on), walk.holidays, None)
    walk.plan.moves.append(walk.first)
    for each in steps:
        walk.over(each)
    return walk.plan


class _Walk:
    """Goes through the steps in order with the chain as it was and as it becomes."""

    def __init__(self, holidays: Holidays):
        self.holidays = holidays
        self.plan = ShiftPlan()
        self.first: Move | None = None
        self.was: dt.date | None = None
        self.becomes: dt.date | None = None
        self.cause: Move | None = None
        self.end_was: dt.date | None = None
        self.end_becomes: dt.date | None = None

    def over(self, step: Step) -> None:
        """Move or keep each window of the step, then hand the chain on to the next."""
        old: list[Span] = []
        new: list[Span] = []
        dated: list[tuple[Span, Span]] = []
        hand_on = self.cause
        for window in step.windows.all():
            if not window.ends_on:
                continue
            source = source_window(step, window.order)
            before = (window.starts_on, window.ends_on)
            move = self._move_of(step, window, source)
            after = (move.starts_on, move.ends_on) if move else before
            old.append(before)
            new.append(after)
            if source is not None and source.kind != WindowKind.UNDATED:
                dated.append((before, after))
                hand_on = move or hand_on
            if source is not None and source.kind == WindowKind.DURATION:
                self._chain(before[1], after[1], move or self.cause)
        self._warn(step, old, new)
        if dated:
            last_was = max(before[1] for before, _after in dated)
            last_becomes = max(after[1] for _before, after in dated)
            self._chain(last_was, last_becomes, hand_on)

    def _chain(self, end_was: dt.date, end_becomes: dt.date, cause: Move | None) -> None:
        self.was, self.becomes, self.cause = end_was + ONE_DAY, end_becomes + ONE_DAY, cause

    def _move_of(self, step: Step, window: StepWindow, source) -> Move | None:
        """Return the window's move: the one asked for, or one that follows the chain."""
        first = self.first
        if step.pk == first.step.pk and window.order == first.window.order:
            return first
        follows = source is not None and source.kind == WindowKind.DURATION and source.duration
        if not follows or self.was == self.becomes:
            return None
        starts_on = working_day_from(self.becomes, self.holidays)
        ends_on = duration_end(starts_on, source.duration, source.duration_unit, self.holidays)
        if (starts_on, ends_on) == (window.starts_on, window.ends_on):
            return None
        if why := _why_kept(step, window, source):
            self.plan.note(step, why)
            return None
        move = _moved(step, window, (starts_on, ends_on), self.holidays, self.cause)
        self.plan.moves.append(move)
        return move

    def _warn(self, step: Step, old: list[Span], new: list[Span]) -> None:
        """Say when the step newly begins before the nearest dated step before it ends."""
        if not old:
            return
        starts_was, starts = min(span[0] for span in old), min(span[0] for span in new)
        was_apart = self.end_was is not None and starts_was > self.end_was
        if was_apart and starts <= self.end_becomes and step.status != StepStatus.DONE:
            self.plan.note(step, "overlap")
        self.end_was = max(span[1] for span in old)
        self.end_becomes = max(span[1] for span in new)


def _why_kept(step: Step, window: StepWindow, source: ProcedureWindow) -> str:
    if step.status == StepStatus.DONE:
        return "done"
    if source.is_fixed:
        return "fixed"
    standing = standing_shifts(step.shifts.all(), window.order)
    return "by_hand" if standing and standing[-1].caused_by_id is None else ""


def _moved(step: Step, window: StepWindow, days: Span, holidays: Holidays, cause) -> Move:
    """Return the move with its due day; a date set by others is due on its very end."""
    due_on, why = due_day(days[1], holidays, is_fixed=is_fixed(step, window.order))
    return Move(step, window, *days, due_on, why, cause)


def _refuse_bad_days(step: Step, starts_on: dt.date, ends_on: dt.date) -> None:
    if ends_on < starts_on:
        raise DayRefused("ends_on", _("The last day lies before the first day."))
    year = step.cycle.fiscal_year
    first = fiscal.first_day(year - _YEARS_BEFORE)
    last = fiscal.last_day(year + _YEARS_AFTER)
    for name, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if not first <= day <= last:
            raise DayRefused(
                name, _("The day lies too far from fiscal year %(year)s.") % {"year": year}
            )


def standing_shifts(shifts: Iterable[StepShift], order: int | None = None) -> list[StepShift]:
    """Return the shifts, oldest first, that were not taken back by a shift the other way.

    With `order` those of one window; else the shifts made by hand, of whatever window.
    """
    standing: list[StepShift] = []
    for shift in sorted(shifts, key=lambda row: row.pk):
        if shift.window != order if order is not None else shift.caused_by_id is not None:
            continue
        if standing and _takes_back(shift, standing[-1]):
            standing.pop()
        else:
            standing.append(shift)
    return standing


def _takes_back(later: StepShift, earlier: StepShift) -> bool:
    return (
        (later.step_id, later.window) == (earlier.step_id, earlier.window)
        and (later.from_starts_on, later.from_ends_on) == (earlier.to_starts_on, earlier.to_ends_on)
        and (later.to_starts_on, later.to_ends_on) == (earlier.from_starts_on, earlier.from_ends_on)
    )


def planned_days(shifts: Iterable[StepShift], window: StepWindow) -> Span | None:
    """Return the days a shifted window had in the plan; None when it stands as planned."""
    standing = standing_shifts(shifts, window.order)
    if not standing:
        return None
    days = (standing[0].from_starts_on, standing[0].from_ends_on)
    return None if days == (window.starts_on, window.ends_on) else days


def last_shift(shifts: Iterable[StepShift]) -> StepShift | None:
    """Return the cycle's last shift made by hand that was not taken back."""
    standing = standing_shifts(shifts)
    return standing[-1] if standing else None


def shifts_of(cycle: Cycle) -> QuerySet[StepShift]:
    return StepShift.objects.filter(step__cycle=cycle).order_by("pk")


def plan_undo(shift: StepShift) -> ShiftPlan:
    """Return what moves when the shift is taken back, with the steps that followed it.

    A step done or shifted again meanwhile stays; when that is the shifted one itself, the plan
    is empty. Reads the cycle as `plan_shift` does.
    """
    cycle = shift.step.cycle
    steps = {step.pk: step for step in steps_of(cycle)}
    holidays = holidays_around(cycle.agency, cycle.fiscal_year)
    rows = sorted((row for step in steps.values() for row in step.shifts.all()), key=_pk)
    plan = ShiftPlan()
    moves: dict[int, Move] = {}
    together = {shift.pk}
    for row in rows:
        if row.pk != shift.pk and row.caused_by_id not in together:
            continue
        together.add(row.pk)
        step = steps[row.step_id]
        window = next(each for each in step.windows.all() if each.order == row.window)
        why = _why_not_back(step, window, row)
        if why:
            plan.note(step, why)
            if row.pk == shift.pk:
                return plan
            continue
        days = (row.from_starts_on, row.from_ends_on)
        cause = moves.get(row.caused_by_id) or moves.get(shift.pk)
        moves[row.pk] = _moved(step, window, days, holidays, cause)
    plan.moves = list(moves.values())
    return plan


def _pk(row) -> int:
    return row.pk


def _why_not_back(step: Step, window: StepWindow, row: StepShift) -> str:
    if step.status == StepStatus.DONE:
        return "done"
    if (window.starts_on, window.ends_on) != (row.to_starts_on, row.to_ends_on):
        return "changed"
    return ""
