"""What the screens of an SOP show: its table with the flow chart beside each step."""

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, QuerySet

from agencies.models import Agency, User
from core.address_values import whole_number
from core.drawing import flow_chart
from workflows.enums import IN_WORK, VersionStatus
from workflows.models import Procedure, ProcedureStep, ProcedureVersion
from workflows.queries import procedures_visible_to
from workflows.sop.chart import nodes_of, phase_words, row_count
from workflows.sop.times import window_text


@dataclass
class ShownRow:
    """A row on the screen: a node of the chart; the step's cells stand at its first node."""

    chart: flow_chart.Row
    step: ProcedureStep | None = None
    rowspan: int = 1
    times: list[str] = field(default_factory=list)
    phase: str = ""  # the words of the band above this row

    @property
    def passing(self) -> flow_chart.Row:
        """Return the lines that pass a band above this row."""
        row = flow_chart.Row(self.chart.node, enters=self.chart.enters, leaves=self.chart.enters)
        row.rails = self.chart.rails_above
        return row


def searched_procedures(
    user: User, agency: Agency, words: str = "", unit: str = ""
) -> QuerySet[Procedure]:
    """Return the office's SOPs with their version in use and the one in work.

    `in_use` and `in_work` are lists of at most one.
    """
    in_use = (
        ProcedureVersion.objects.filter(status=VersionStatus.IN_USE)
        .select_related("own_layout")
        .annotate(step_count=Count("steps"))
    )
    in_work = ProcedureVersion.objects.filter(status__in=IN_WORK)
    procedures = (
        procedures_visible_to(user)
        .filter(agency=agency)
        .select_related("unit")
        .prefetch_related(
            Prefetch("versions", queryset=in_use, to_attr="in_use"),
            Prefetch("versions", queryset=in_work, to_attr="in_work"),
        )
    )
    if words:
        procedures = procedures.filter(Q(name__icontains=words) | Q(code__icontains=words))
    if (unit_pk := whole_number(unit)) is not None:
        procedures = procedures.filter(unit=unit_pk)
    return procedures


def shown_rows(version: ProcedureVersion) -> list[ShownRow]:
    """Return the rows of the version's table, one for each node of the flow chart."""
    steps = list(version.steps.prefetch_related("nodes", "windows"))
    by_number = {step.number: step for step in steps}
    phases = phase_words(steps)
    rows: list[ShownRow] = []
    told = None
    for row in flow_chart.chart_rows(nodes_of(steps)):
        shown = ShownRow(row)
        if row.node.step != told:
            told = row.node.step
            step = shown.step = by_number[told]
            shown.phase = phases.get(told, "")
            shown.rowspan = row_count(step)
            shown.times = (
                [step.time_text]
                if step.time_text
                else [window_text(w, version.written_for_year) for w in step.windows.all()]
            )
        rows.append(shown)
    return rows
