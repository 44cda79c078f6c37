"""แผนปฏิบัติงาน: a cycle's steps over the twelve months of its year, for paper and Excel.

The columns are those of the house document (document-formats, part E): months by quarter under
the B.E. years, plan hatched, actual solid. The year is never widened: a step that leaves it
ends in an arrow, and a note says until when.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agencies.models import Agency
from core import clock
from core import fiscal_year as fiscal
from core.drawing.flow_chart_layers import data_uri
from core.drawing.gantt import gantt
from core.thai_dates import format_long, format_range, short_month
from documents.enums import PaperGroup
from documents.papers import PaperKind, register
from workflows.calendar import Row, step_row
from workflows.gantt import bars
from workflows.models import Cycle, Step
from workflows.opening import document_names
from workflows.queries import cycles_visible_to
from workflows.responsible import Resolver


@dataclass(frozen=True)
class PlanRow:
    """A step as the plan prints it. `planned` and `actual` are months from October (0) on."""

    row: Row
    drawing: str
    outputs: list[str]
    planned: frozenset[int]
    actual: frozenset[int]
    begins_before: str
    goes_on: str
    shifted: str

    @property
    def notes(self) -> list[str]:
        return [text for text in (self.begins_before, self.goes_on, self.shifted) if text]


@dataclass(frozen=True)
class Plan:
    """The action plan of one cycle."""

    cycle: Cycle
    title: str
    rows: list[PlanRow]
    ground: str
    # The day on which the actual work was read; None outside the year.
    read_on: dt.date | None

    @property
    def agency(self) -> Agency:
        return self.cycle.agency

    @property
    def year(self) -> int:
        return self.cycle.fiscal_year


def title_of(cycle: Cycle) -> str:
    return f"แผนปฏิบัติงาน {cycle.version.procedure.name} ประจำปีงบประมาณ พ.ศ. {cycle.fiscal_year}"


@override("th")
def plans_of(cycles: Iterable[Cycle], today: dt.date) -> list[Plan]:
    """Return the plans of cycles of one office and year; five queries, whatever their number."""
    cycles = list(cycles)
    if not cycles:
        return []
    steps = (
        Step.objects.filter(cycle__in=cycles)
        .select_related("cycle__agency", "cycle__version__procedure", "procedure_step")
        .prefetch_related("windows", "shifts")
        .order_by("cycle_id", "number")
    )
    resolver = Resolver(cycles[0].agency, {cycle.fiscal_year for cycle in cycles})
    by_cycle: dict[int, list[Row]] = {}
    for step in steps:
        by_cycle.setdefault(step.cycle_id, []).append(step_row(step, resolver, today))
    return [_plan(cycle, by_cycle.get(cycle.pk, []), today) for cycle in cycles]


def _plan(cycle: Cycle, rows: list[Row], today: dt.date) -> Plan:
    year = cycle.fiscal_year
    drawn = [bars(row, today) for row in rows]
    chart = gantt(drawn, year, today=today, language="th", extend=False, for_print=True)
    return Plan(
        cycle=cycle,
        title=title_of(cycle),
        rows=[
            _row(row, spans, drawing, year)
            for row, spans, drawing in zip(rows, drawn, chart.rows, strict=True)
        ],
        ground=f"url('{data_uri(chart.ground)}') 0 0 / 100% 100% no-repeat",
        read_on=today if fiscal.fiscal_year_of(today) == year else None,
    )


def _row(row: Row, spans, drawing: str, year: int) -> PlanRow:
    first, last = fiscal.first_day(year), fiscal.last_day(year)
    source = row.step.procedure_step
    before = row.starts_on if row.starts_on and row.starts_on < first else None
    after = row.ends_on if row.ends_on and row.ends_on > last else None
    planned = [window["planned"] for window in row.windows if window["planned"]]
    return PlanRow(
        row=row,
        drawing=drawing,
        outputs=document_names(source) or source.standard.splitlines(),
        planned=_months(spans.planned, year),
        actual=_months([spans.actual] if spans.actual else [], year),
        begins_before=f"เริ่ม {_month(before)}" if before else "",
        goes_on=f"ต่อถึง {_month(after)}" if after else "",
        shifted=f"เลื่อนจาก {', '.join(format_range(*span) for span in planned)}" if planned else "",
    )


def _months(spans: Iterable[tuple[dt.date, dt.date]], year: int) -> frozenset[int]:
    """Return the months of the year (October is 0) that the spans touch."""
    return frozenset(
        month
        for start, end in spans
        for month in range(fiscal.month_of(start, year), fiscal.month_of(end, year) + 1)
        if 0 <= month < 12
    )


def _month(day: dt.date) -> str:
    """Return "ธ.ค. 70", as short as the cell needs."""
    return f"{short_month(day, 'th')} {fiscal.to_be(day.year) % 100:02d}"


def heads(year: int) -> dict[str, list]:
    """Return the three lines of the head: B.E. years and quarters with their months, months."""
    months = fiscal.months(year)
    return {
        "years": [
            (f"พ.ศ. {number}", len(list(group)))
            for number, group in groupby(months, key=lambda day: fiscal.to_be(day.year))
        ],
        "quarters": [(f"ไตรมาส {number}", 3) for number in range(1, 5)],
        "months": [short_month(day, "th") for day in months],
    }


def paper_context(cycle: Cycle) -> dict:
    """Return what the paper shows; the number of queries is fixed."""
    (plan,) = plans_of([cycle], clock.today())
    return {
        "plan": plan,
        "agency": cycle.agency,
        "heads": heads(cycle.fiscal_year),
        "read_on": format_long(plan.read_on, "th") if plan.read_on else "",
        "leaves_year": any(row.begins_before or row.goes_on for row in plan.rows),
        "was_shifted": any(row.shifted for row in plan.rows),
    }


def plan_xlsx(cycle: Cycle) -> bytes:
    """Return the plan as an Excel file."""
    from workflows.action_plan_sheet import workbook  # it prints what this module reads

    return workbook(plans_of([cycle], clock.today()), cycle.agency)


register(
    PaperKind(
        kind="action-plan",
        has_signatures=True,
        group=PaperGroup.PLAN,
        model=Cycle,
        label=_("Action plan"),
        template="pdf/action_plan.html",
        stylesheets=("pdf/action_plan.css",),
        context=paper_context,
        title=title_of,
        agency_of=lambda cycle: cycle.agency,
        fiscal_year_of=lambda cycle: cycle.fiscal_year,
        visible_to=lambda user: cycles_visible_to(user).select_related(
            "agency", "version__procedure"
        ),
        xlsx=plan_xlsx,
    )
)
