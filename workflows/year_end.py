"""The year's record: each step's plan against what happened, and the figures of the whole.

Days late or early count from the due day, in calendar days. On time are the steps done by
their due day, out of those whose due day has come or that are done; undated steps count in
neither. The mean is over the done steps that have a due day, early ones below zero.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from agencies.holidays import holiday_dates
from core.drawing import svg
from workflows.calendar import Row, step_row
from workflows.enums import StepStatus
from workflows.models import Cycle
from workflows.responsible import Resolver
from workflows.sop.times import step_time
from workflows.standard_time import Measure, amount, measure, measure_parts

CHART_WIDTH, CHART_HEIGHT, BAR = 160.0, 24.0, 12.0


@dataclass
class Result:
    """One step of the record."""

    row: Row
    measured: Measure
    time_text: str
    measure_parts: list[str]
    bar: str = ""

    @property
    def measure_text(self) -> str:
        return " · ".join(self.measure_parts)

    @property
    def days(self) -> int | None:
        """Days against the due day of a step that is done or overdue."""
        return self.measured.calendar_days

    @property
    def days_text(self) -> str:
        return amount(abs(self.days), "") if self.days else ""

    @property
    def is_done(self) -> bool:
        return self.row.step.status == StepStatus.DONE


@dataclass
class YearEnd:
    """The record of a cycle."""

    results: list[Result]
    done: int
    judged: int
    on_time: int
    mean: Decimal | None

    @property
    def total(self) -> int:
        return len(self.results)

    @property
    def on_time_percent(self) -> int | None:
        return _rounded(Decimal(100 * self.on_time) / self.judged, "1") if self.judged else None

    @property
    def late(self) -> list[Result]:
        return [result for result in self.results if result.days and result.days > 0]

    @property
    def mean_days(self) -> Decimal | None:
        """The mean without its sign; `mean` says whether it is late or early."""
        return None if self.mean is None else abs(self.mean)


def record_of(cycle: Cycle, today: dt.date) -> YearEnd:
    """Return the cycle's record; a fixed number of queries at any number of steps."""
    steps = list(
        cycle.steps.select_related(
            "cycle__agency", "cycle__version", "procedure_step__version"
        ).prefetch_related("windows", "shifts", "procedure_step__windows")
    )
    days = [day for step in steps for day in (step.started_on, step.due_on, step.done_on) if day]
    first, last = min([today, *days]), max([today, *days])
    holidays = holiday_dates(cycle.agency, first, last)
    resolver = Resolver(cycle.agency, [cycle.fiscal_year])
    results = []
    for step in steps:
        found = measure(step, holidays, today)
        written_for = step.procedure_step.version.written_for_year
        results.append(
            Result(
                step_row(step, resolver, today),
                found,
                step_time(step.procedure_step, written_for),
                measure_parts(found),
            )
        )
    _draw(results)
    return _figures(results)


def _figures(results: list[Result]) -> YearEnd:
    judged = [result for result in results if result.days is not None]
    done = [result.days for result in judged if result.is_done]
    return YearEnd(
        results=results,
        done=sum(1 for result in results if result.is_done),
        judged=len(judged),
        on_time=sum(1 for days in done if days <= 0),
        mean=_rounded(Decimal(sum(done)) / len(done), "0.1") if done else None,
    )


def _rounded(value: Decimal, places: str) -> Decimal:
    return value.quantize(Decimal(places), ROUND_HALF_UP)


def _draw(results: list[Result]) -> None:
    """Give each result its bar: to the right of the due day when late, to the left when early."""
    most = max((abs(result.days) for result in results if result.days), default=0)
    middle, top = CHART_WIDTH / 2, (CHART_HEIGHT - BAR) / 2
    for result in results:
        parts = [
            svg.line((middle, 0), (middle, CHART_HEIGHT), stroke=svg.SCREEN["hatch"]),
        ]
        if result.days == 0:
            parts.append(
                svg.element("circle", cx=middle, cy=CHART_HEIGHT / 2, r=4, fill=svg.SCREEN["main"])
            )
        elif result.days:
            width = max(3.0, abs(result.days) / most * (middle - 2))
            is_late = result.days > 0
            parts.append(
                svg.element(
                    "rect",
                    x=middle if is_late else middle - width,
                    y=top,
                    width=width,
                    height=BAR,
                    rx=2,
                    fill=svg.SCREEN["second" if is_late else "main"],
                )
            )
        result.bar = svg.backdrop(CHART_WIDTH, CHART_HEIGHT, *parts, class_="pmqa-deviation")
