"""An SOP as plain data: what a file says, before it is an office's procedure."""

from dataclasses import dataclass, field
from typing import Any

from core.fiscal_year import FIRST_MONTH, month_start, to_be

# The file's word for each month, in the order of the fiscal year: position 0 is October.
MONTHS = (
    "october",
    "november",
    "december",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
)
YEAR = len(MONTHS)

# What a symbol, a window and a step's text consist of, in rows, files and parts alike.
NODE_FIELDS = ("symbol", "label", "next_label", "edge_to", "edge_label")
WINDOW_FIELDS = (
    *("kind", "label", "start_month", "end_month", "duration", "duration_unit"),
    "is_fixed",
)
STEP_FIELDS = (
    *("title", "phase", "detail", "control_point", "standard"),
    *("responsible_text", "responsible_kind", "responsible_value", "accountable_text"),
    *("documents", "remark", "time_text"),
)


@dataclass
class NodeData:
    symbol: str
    label: str
    next_label: str = ""
    edge_to: int | None = None
    edge_label: str = ""


@dataclass
class WindowData:
    """One window; months count from October of the fiscal year, as in ProcedureWindow."""

    kind: str
    label: str = ""
    start_month: int | None = None
    end_month: int | None = None
    duration: int | None = None
    duration_unit: str = ""
    is_fixed: bool = False


@dataclass
class StepData:
    number: int
    title: str
    phase: str = ""
    detail: str = ""
    control_point: str = ""
    standard: str = ""
    responsible_text: str = ""
    responsible_kind: str = "text"
    responsible_value: str = ""
    accountable_text: str = ""
    documents: list[str] = field(default_factory=list)
    remark: str = ""
    time_text: str = ""
    nodes: list[NodeData] = field(default_factory=list)
    windows: list[WindowData] = field(default_factory=list)


@dataclass
class SopData:
    slug: str
    name: str
    code: str = ""
    office_name: str = ""
    unit_name: str = ""
    layout: str = "S7"
    written_for_year: int | None = None
    source_note: str = ""
    objectives: list[str] = field(default_factory=list)
    sections: list[dict[str, Any]] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    signatories: list[str] = field(default_factory=list)
    print_options: dict[str, Any] = field(default_factory=dict)
    steps: list[StepData] = field(default_factory=list)


def month_of_year(be_year: int, month: int, fiscal_year: int) -> int:
    """Return the month's place counted from October of the fiscal year.

    `be_year` and `fiscal_year` are B.E. years, `month` 1–12. December 2564 in fiscal year
    2565 is 2, September 2564 is -1.
    """
    return (be_year - fiscal_year + 1) * YEAR + month - FIRST_MONTH


def year_and_month(place: int, fiscal_year: int) -> tuple[int, int]:
    """Return (B.E. year, month 1–12) of a place counted from October: the reverse."""
    day = month_start(fiscal_year, place)
    return to_be(day.year), day.month
