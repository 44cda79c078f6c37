"""Opening a year: an SOP version in use becomes the cycle of a fiscal year with true dates."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies import audit
from agencies.holidays import missing_years
from agencies.models import Agency, User
from core import clock
from core import fiscal_year as fiscal
from workflows.dates import DatedStep, DatedWindow, dated_windows, holidays_around, years_touched
from workflows.enums import StepStatus, VersionStatus
from workflows.models import (
    Cycle,
    ProcedureStep,
    ProcedureVersion,
    Step,
    StepDocument,
    StepWindow,
)

_NO_DOCUMENT = {"", "-", "ไม่มี"}
_LONGEST_NAME = 250
# What higher apps begin with a year.
_beginnings: list[Callable[[Cycle, User | None], None]] = []


class OpeningRefused(Exception):
    """The cycle cannot be opened; nothing was written.

    `field` names what to correct ("sop", "year" or "start"), `message` says it in words.
    """

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class OpeningPlan:
    """What opening would write: the steps with their days, the start day, and warnings."""

    steps: list[DatedStep]
    starts_on: dt.date
    warnings: list[str]
    written_for_year: int | None = None


def on_opening(begin: Callable[[Cycle, User | None], None]) -> None:
    """Have `begin(cycle, by)` called inside each opening; a higher app says so in `ready()`."""
    if begin not in _beginnings:
        _beginnings.append(begin)


def plan_opening(
    agency: Agency, version: ProcedureVersion, year: int, start: dt.date | None = None
) -> OpeningPlan:
    """Return the steps with their days for fiscal year `year` (B.E.); writes nothing.

    `start` (C.E.) is where durations count from, by default the first day of the year.
    Raises OpeningRefused for an SOP of another office, a version not in use, a second opening
    of the same SOP and year, and a start day far from the year.
    """
    _refuse_bad_opening(agency, version, year, start)
    starts_on = start or fiscal.first_day(year)
    holidays = holidays_around(agency, year)
    steps = dated_windows(version, year, starts_on, holidays)
    return OpeningPlan(steps, starts_on, _warnings(steps, holidays), version.written_for_year)


def open_cycle(
    agency: Agency,
    version: ProcedureVersion,
    year: int,
    by: User | None,
    start: dt.date | None = None,
) -> Cycle:
    """Write the cycle with its steps, windows and document slots, and return it.

    Arguments and refusals as in `plan_opening`. The warnings (calendar years without
    holidays) are left on the returned object as `cycle.warnings`.
    """
    try:
        with transaction.atomic():
            plan = plan_opening(agency, version, year, start)
            cycle = Cycle.objects.create(
                agency=agency,
                fiscal_year=year,
                version=version,
                starts_on=plan.starts_on,
                opened_at=clock.now(),
                opened_by=by,
            )
            _write_steps(cycle, plan.steps)
            audit.record(
                agency,
                by,
                "cycle.open",
                cycle,
                summary=f"{version.procedure.name} {year}",
                after=_canonical(plan),
            )
            for begin in _beginnings:
                begin(cycle, by)
    except IntegrityError:
        # Two people opened at the same moment; the other one won.
        raise _already_open(year) from None
    cycle.warnings = plan.warnings
    return cycle


def overdue_at_opening(cycle: Cycle):
    """Return the open steps that were due before the day on which the cycle was opened."""
    opened_on = timezone.localdate(cycle.opened_at)
    return cycle.steps.filter(due_on__lt=opened_on).exclude(status=StepStatus.DONE)


def _refuse_bad_opening(agency, version, year, start) -> None:
    if version.procedure.agency_id != agency.pk:
        raise OpeningRefused("sop", _("This SOP belongs to another office."))
    if version.status != VersionStatus.IN_USE:
        raise OpeningRefused(
            "sop", _("This version of the SOP is not in use. Put it in use first.")
        )
    if not version.steps.exists():
        raise OpeningRefused("sop", _("This SOP has no steps yet."))
    if Cycle.objects.filter(
        agency=agency, fiscal_year=year, version__procedure=version.procedure_id
    ).exists():
        raise _already_open(year)
    if start and not (fiscal.first_day(year - 1) <= start <= fiscal.last_day(year)):
        raise OpeningRefused(
            "start",
            _("The start day must lie in fiscal year %(year)s or the year before it.")
            % {"year": year},
        )


def _already_open(year: int) -> OpeningRefused:
    return OpeningRefused(
        "year", _("This SOP is already open for fiscal year %(year)s.") % {"year": year}
    )


def _warnings(steps: list[DatedStep], holidays) -> list[str]:
    touched = sorted(fiscal.to_be(year) for year in years_touched(steps))
    if not touched:
        return []
    missing = missing_years(
        dt.date(fiscal.to_ce(touched[0]), 1, 1), dt.date(fiscal.to_ce(touched[-1]), 1, 1)
    )
    announced = {fiscal.to_be(day.year) for day, row in holidays.items() if not row.is_provisional}
    lines = []
    for year in touched:
        if year in missing:
            text = _(
                "The holidays of %(year)s are not in the table yet: due days of that year "
                "are moved over weekends only."
            )
        elif year not in announced:
            text = _("The holidays of %(year)s are not announced yet: due days may still move.")
        else:
            continue
        lines.append(text % {"year": year})
    return lines


def _write_steps(cycle: Cycle, dated: list[DatedStep]) -> None:
    steps = Step.objects.bulk_create(
        Step(
            cycle=cycle,
            procedure_step=row.step,
            number=row.step.number,
            title=row.step.title,
            due_on=row.due_on,
        )
        for row in dated
    )
    pairs = list(zip(steps, dated, strict=True))
    StepWindow.objects.bulk_create(
        window for step, row in pairs for window in window_rows(step, row.windows)
    )
    StepDocument.objects.bulk_create(
        slot for step, row in pairs for slot in slot_rows(step, document_names(row.step))
    )


def window_rows(step: Step, windows: Iterable[DatedWindow]) -> list[StepWindow]:
    """Return the step's windows, not yet saved."""
    return [StepWindow(step=step, **vars(window)) for window in windows]


def slot_rows(step: Step, names: Iterable[str], after: int = 0) -> list[StepDocument]:
    """Return places for the documents, behind the first `after` ones, not yet saved."""
    return [
        StepDocument(step=step, order=order, name=name)
        for order, name in enumerate(names, start=after + 1)
    ]


def document_names(procedure_step: ProcedureStep) -> list[str]:
    """Return the documents the SOP names for the step, as long as a place for one can say.

    "ไม่มี" and "-" are not documents.
    """
    names = [str(name).strip() for name in procedure_step.documents]
    return [name[:_LONGEST_NAME] for name in names if name not in _NO_DOCUMENT]


def _canonical(plan: OpeningPlan) -> list:
    return [
        [
            row.step.number,
            row.step.title,
            [[window.order, window.ends_on, window.due_on] for window in row.windows],
        ]
        for row in plan.steps
    ]
