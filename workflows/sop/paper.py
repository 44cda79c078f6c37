"""The paper `sop`: a version of an SOP in its office's layout.

It is made in two passes. The first draws table and chart on one endless page, to measure them.
The second prints one table a page, packed by those measures, with page connectors and “(ต่อ)”.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.drawing import flow_chart_layers as layers
from core.fiscal_year import fiscal_year_of
from core.thai_numerals import to_thai_digits
from documents.enums import PaperGroup
from documents.paper_digits import digits_asked_for
from documents.papers import PaperKind, register
from documents.pdf_rendering import Layout as PageLayout
from workflows.models import ProcedureVersion
from workflows.queries import versions_visible_to
from workflows.sop import chart as sop_chart
from workflows.sop import sheets
from workflows.sop.cells import Table, phase_cells
from workflows.sop.chart import Measures
from workflows.sop.layouts import Column, Layout, columns_of, layout_of
from workflows.sop.sections import sections_of

# What a section's number may be where styles repeat it.
_PLAIN_NUMBER = re.compile(r"[0-9๐-๙.]+")


def paper_context(version: ProcedureVersion, prefix: str = "") -> dict[str, Any]:
    """Return what the template prints, as the first pass needs it.

    `prefix` stands before every id, where a paper holds several SOPs.
    """
    layout = layout_of(version)
    columns = columns_of(version)
    thai = uses_thai_digits(version)
    steps = list(version.steps.prefetch_related("nodes", "windows"))
    table = Table(version, layout, columns, steps)
    return {
        "version": version,
        "layout": layout,
        "columns": columns,
        "prefix": prefix,
        "name": version.printed_name,
        "code": version.printed_code,
        "office_name": version.office_name,
        "unit_name": version.unit_name,
        # The title of the SOP's pages inside a manual.
        "sop_title": "",
        "heading": version.print_options.get("title", ""),
        "thai_digits": thai,
        "counter": "thai" if thai else "decimal",
        **_sections(version, thai),
        "head_spans": head_spans(layout, columns),
        "phase_cells": phase_cells(columns),
        "is_draft": True,
        "is_measured": False,
        "table": table,
        "sheets": sheets.table_sheets(table, [len(steps)]),
        "chart": sheets.chart_sheets(steps, Measures()),
        "shows_chart": any(section.get("shows") == "flow_chart" for section in version.sections),
        "wide_width": sop_chart.WIDE_WIDTH,
        "head_down": layers.HEAD_DOWN,
        "legend_diamond": layers.diamond(12, 7),
    }


def refined(context: dict[str, Any], places: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """Return the context of the second pass, from where the first one put each element."""
    measures = Measures(places, context["prefix"])
    sections = context["sections"]
    heading = sheets.HEADING
    if sections and sections[0]["shows"] == "flow_chart":
        heading += measures.height("front")
    table = replace(context["table"], measures=measures)
    return {
        **context,
        "is_draft": False,
        "sheets": sheets.table_sheets(table, sheets.table_sizes(table)),
        "chart": sheets.chart_sheets(table.steps, measures, heading),
    }


def refine(version: ProcedureVersion, context: dict[str, Any], layout: PageLayout) -> dict:
    """Return the context of the second pass."""
    return refined(context, layout.places)


def uses_thai_digits(version: ProcedureVersion) -> bool:
    """Return whether it prints Thai digits: by this copy, the SOP, its layout, else its office."""
    digits = digits_asked_for() or version.print_options.get("digits") or layout_of(version).digits
    digits = digits or version.procedure.agency.paper_digits
    return digits == "thai"


def head_spans(layout: Layout, columns: list[Column]) -> dict[str, int]:
    """Return how many columns each cell of the head block spans."""
    count = len(columns)
    if layout.head == "job":
        keys = [column.key for column in columns]
        after = keys.index("detail" if "detail" in keys else "chart") + 1
        name = max(1, min(after, count - 2))
        return {"all": count, "name": name, "office": count - name - 1, "aims": count - 2}
    name = 2 if count > 4 else 1
    return {"all": count, "name": name, "office": count - name - 2, "aims": count - name}


def _sections(version: ProcedureVersion, thai: bool) -> dict[str, Any]:
    """Return the sections before the table, the table's own, and those after it.

    A flow chart after the table goes to pages of its own, with what follows it.
    """
    sections = [
        section | {"counted": _counted(section["number"], thai)} for section in sections_of(version)
    ]
    shows = [section["shows"] for section in sections]
    table_at = shows.index("table") if "table" in shows else len(sections)
    later = [place for place in range(table_at, len(shows)) if shows[place] == "flow_chart"]
    chart_at = later[0] if later else len(sections)
    return {
        "sections": sections[:table_at],
        "table_section": sections[table_at] if table_at < len(sections) else None,
        "closing_sections": sections[table_at + 1 : chart_at],
        "last_sections": sections[chart_at:],
    }


def _counted(number: str, thai: bool) -> str:
    """Return what stands before the numbers of a section's rich lists: “3” of “3.”."""
    counted = number.rstrip(".") if _PLAIN_NUMBER.fullmatch(number) else ""
    return to_thai_digits(counted) if thai else counted


register(
    PaperKind(
        kind="sop",
        group=PaperGroup.SOP,
        model=ProcedureVersion,
        label=_("SOP"),
        template="pdf/sop.html",
        stylesheets=("pdf/sop.css",),
        context=paper_context,
        title=lambda version: version.printed_name,
        agency_of=lambda version: version.procedure.agency,
        fiscal_year_of=lambda version: fiscal_year_of(clock.today()),
        visible_to=versions_visible_to,
        refine=refine,
    )
)
