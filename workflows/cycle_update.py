"""A running cycle goes over to the SOP version that is in use now.

What is done keeps its record: words, days, papers. A step that the new version still has gets
its words, its new papers and, where the SOP's time changed, its days; days that somebody
shifted by hand stay while the SOP's time is the same. A step that the new version no longer
has goes, unless work hangs on it: then it stays and says which version it comes from.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.utils.translation import gettext as _

from agencies.audit import canonical_hash
from core import fiscal_year as fiscal
from workflows.cycle_matching import matched_steps
from workflows.dates import DatedStep, DatedWindow, dated_windows, holidays_around
from workflows.enums import CycleStatus, StepStatus, VersionStatus
from workflows.models import (
    Cycle,
    ProcedureStep,
    ProcedureVersion,
    Step,
    StepDocument,
    StepShift,
    StepWindow,
)

WORDS = (
    *("title", "detail", "control_point", "standard", "responsible_text"),
    *("accountable_text", "documents", "remark", "phase"),
)
_OWN_ROWS = (StepWindow, StepDocument, StepShift)


class UpdateRefused(Exception):
    """The cycle cannot go over to the version; nothing was written."""


@dataclass
class Line:
    """One step of the cycle as it will stand. `step` is None for one that is added.

    target: its step in the new version, None when that has none. windows: its new days, None
    when the days stay as they are. words: names of the fields that change. held: why it stays.
    written: the row of an added step, once it is written.
    """

    step: Step | None
    target: ProcedureStep | None = None
    windows: tuple[DatedWindow, ...] | None = None
    words: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    number: int = 0
    written: Step | None = None

    @property
    def title(self) -> str:
        keeps = self.target is None or self.is_done
        return self.step.title if self.step and keeps else self.target.title

    @property
    def is_done(self) -> bool:
        return self.step is not None and self.step.status == StepStatus.DONE

    @property
    def kind(self) -> str:
        """added, done, held, moved, changed or same."""
        if self.step is None:
            return "added"
        if self.is_done:
            return "done"
        if self.target is None:
            return "held"
        if self.windows is not None:
            return "moved"
        return "changed" if self.words else "same"


@dataclass
class UpdatePlan:
    """What going over would do: the steps as they will stand, and those that go."""

    cycle: Cycle
    version: ProcedureVersion
    lines: list[Line]
    removed: list[Step]

    @property
    def token(self) -> str:
        """Changes when anything the plan was made from has changed."""
        return canonical_hash(
            [
                [self.cycle.pk, self.cycle.version_id, self.version.pk],
                [[step.pk, step.version, step.number] for step in self.removed],
                [
                    [
                        *(line.step.pk if line.step else 0, line.step.version if line.step else 0),
                        *(line.target.pk if line.target else 0, line.kind, line.held),
                        [[row.order, row.starts_on, row.ends_on] for row in line.windows or ()],
                    ]
                    for line in self.lines
                ],
            ]
        )

    def of_kind(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]


def plan_update(cycle: Cycle) -> UpdatePlan:
    """Return what going over to the version in use would do; writes nothing.

    A fixed number of queries at any number of steps. Raises UpdateRefused for a closed cycle
    and when no newer version is in use.
    """
    version = _version_in_use(cycle)
    steps = _steps_of(cycle)
    prefetch_related_objects([cycle.version, version], "steps__windows")
    holidays = holidays_around(cycle.agency, cycle.fiscal_year)
    start = cycle.starts_on or fiscal.first_day(cycle.fiscal_year)
    before = _dated_by_step(dated_windows(cycle.version, cycle.fiscal_year, start, holidays))
    planned = dated_windows(version, cycle.fiscal_year, start, holidays)
    if not planned:
        raise UpdateRefused(_("This SOP has no steps yet."))
    after = _dated_by_step(planned)
    pairs = matched_steps(steps, [row.step for row in planned])
    holds = holds_of([step for step in steps if step.pk not in pairs])
    lines, removed = [], []
    for step in steps:
        if target := pairs.get(step.pk):
            old = before.get(step.procedure_step_id)
            lines.append(_changed_line(step, target, old, after[target.pk]))
        elif holds[step.pk]:
            lines.append(Line(step, held=holds[step.pk]))
        else:
            removed.append(step)
    added = [
        Line(None, row.step, row.windows)
        for row in planned
        if row.step.pk not in {target.pk for target in pairs.values()}
    ]
    return UpdatePlan(cycle, version, _in_order(lines, added, planned), removed)


def _steps_of(cycle: Cycle) -> list[Step]:
    return list(
        cycle.steps.select_related("procedure_step")
        .prefetch_related("windows", "procedure_step__windows")
        .annotate(
            has_files=Exists(StepDocument.objects.filter(step=OuterRef("pk"), file__isnull=False)),
            was_shifted=Exists(StepShift.objects.filter(step=OuterRef("pk"))),
        )
    )


def holds_of(steps: Iterable[Step]) -> dict[int, list[str]]:
    """Return by the steps' keys what hangs on each, in words; an empty list where nothing does.

    The steps are annotated with has_files and was_shifted.
    Rows that other apps keep on a step hold it too, whatever they are.
    """
    steps = list(steps)
    found = {step.pk: _own_holds(step) for step in steps}
    for relation in Step._meta.related_objects:
        if relation.related_model in _OWN_ROWS:
            continue
        name = relation.field.name
        rows = relation.related_model._default_manager.filter(**{f"{name}__in": list(found)})
        for pk in set(rows.order_by().values_list(name, flat=True)) & set(found):
            found[pk].append(str(relation.related_model._meta.verbose_name))
    return found


def _own_holds(step: Step) -> list[str]:
    holds = []
    if step.status == StepStatus.DONE:
        holds.append(_("it is done"))
    elif step.status == StepStatus.IN_PROGRESS or step.started_on:
        holds.append(_("it has been started"))
    if step.has_files:
        holds.append(_("it has files"))
    if step.remark.strip():
        holds.append(_("it has a remark"))
    if step.was_shifted:
        holds.append(_("its days were shifted"))
    return holds


def _version_in_use(cycle: Cycle) -> ProcedureVersion:
    if cycle.status != CycleStatus.OPEN:
        raise UpdateRefused(_("The cycle is closed."))
    version = ProcedureVersion.objects.filter(
        procedure=cycle.version.procedure_id, status=VersionStatus.IN_USE
    ).first()
    if version is None or version.pk == cycle.version_id:
        raise UpdateRefused(_("The cycle already runs the version in use."))
    return version


def _dated_by_step(dated: list[DatedStep]) -> dict[int, DatedStep]:
    return {row.step.pk: row for row in dated}


def _changed_line(
    step: Step, target: ProcedureStep, before: DatedStep | None, after: DatedStep
) -> Line:
    source = step.procedure_step
    if step.status == StepStatus.DONE:
        return Line(step, target)
    words = [name for name in WORDS if getattr(source, name) != getattr(target, name)]
    has_new_time = _times(source) != _times(target)
    has_new_days = before is None or before.windows != after.windows
    if not has_new_time and (step.was_shifted or not has_new_days):
        return Line(step, target, None, words)
    windows = tuple(_kept_days(step, source, row) for row in after.windows)
    if [_days(row) for row in windows] == [_days(row) for row in step.windows.all()]:
        return Line(step, target, None, words)
    return Line(step, target, windows, words)


def _times(step: ProcedureStep) -> list[tuple]:
    """Return the time that the SOP gives the step."""
    return [
        (
            *(row.kind, row.label, row.start_month, row.end_month),
            *(row.duration, row.duration_unit, row.is_fixed),
        )
        for row in step.windows.all()
    ]


def _kept_days(step: Step, source: ProcedureStep, planned: DatedWindow) -> DatedWindow:
    """Return the window; one that the SOP leaves unknown keeps the days the office has set."""
    current = next((row for row in step.windows.all() if row.order == planned.order), None)
    if planned.ends_on or current is None or current.ends_on is None:
        return planned
    return DatedWindow(
        *(planned.order, planned.label, current.starts_on, current.ends_on),
        *(current.due_on, current.moved_because),
    )


def _days(window) -> tuple[int, str, dt.date | None, dt.date | None, dt.date | None]:
    return (window.order, window.label, window.starts_on, window.ends_on, window.due_on)


def _in_order(lines: list[Line], added: list[Line], planned: list[DatedStep]) -> list[Line]:
    """Return all lines in the new version's order, numbered; held ones after whom they followed."""
    place = {row.step.pk: number for number, row in enumerate(planned)}
    ordered = sorted(
        [*(line for line in lines if line.target), *added], key=lambda line: place[line.target.pk]
    )
    previous = None
    for line in lines:
        if line.target is None:
            ordered.insert(ordered.index(previous) + 1 if previous else 0, line)
        previous = line
    for number, line in enumerate(ordered, start=1):
        line.number = number
    return ordered
