"""Layouts as stored settings: columns, room, and the places of the flow chart."""

import pytest

from documents.papers import render
from documents.pdf_rendering import draw_here
from tests.agencies.factories import AgencyFactory
from tests.pdf.cells import watch_cells
from workflows.models import SopLayout
from workflows.sop.files import import_sop, read_sop, shipped_files
from workflows.sop.layouts import (
    ARROW_ROOM,
    LAYOUTS,
    columns_of,
    layout_from,
    layout_of,
    shown_columns,
)
from workflows.sop.own_layouts import LEAST_WIDTH


def with_chart(base: str, width: float):
    columns = [
        {"key": c.key, "label": c.label, "width": width if c.key == "chart" else c.width}
        for c in LAYOUTS[base].columns
    ]
    return layout_from(base, {"columns": columns})


def test_no_settings_give_the_shipped_layout():
    for code, layout in LAYOUTS.items():
        assert layout_from(code, {}) == layout


def test_shipped_layouts_fill_the_page():
    rooms = {code: (layout.width, layout.room) for code, layout in LAYOUTS.items()}
    assert rooms == {"S7": (267, 267), "D6": (175, 175), "P": (267, 267)}


def test_settings_lie_over_the_base():
    layout = layout_from("S7", {"digits": "thai", "number_suffix": ")", "head": "cells"})
    assert (layout.digits, layout.number_suffix, layout.head) == ("thai", ")", "cells")
    assert layout.columns == LAYOUTS["S7"].columns


def test_columns_are_taken_in_their_order_with_their_own_labels():
    layout = layout_from(
        "S7",
        {
            "columns": [
                {"key": "detail", "label": "งาน", "width": 150},
                {"key": "chart", "label": "ผัง", "width": 55},
                {"key": "documents", "label": "เอกสาร", "width": 62},
            ]
        },
    )
    assert [(c.key, c.label, c.width) for c in layout.columns] == [
        ("detail", "งาน", 150),
        ("chart", "ผัง", 55),
        ("documents", "เอกสาร", 62),
    ]


def test_room_left_over_goes_to_the_columns_of_text():
    columns = [
        {"key": "number", "label": "ที่", "width": 12},
        {"key": "chart", "label": "ผัง", "width": 55},
        {"key": "detail", "label": "งาน", "width": 60},
        {"key": "standard", "label": "มาตรฐาน", "width": 40},
    ]
    assert [c.width for c in layout_from("S7", {"columns": columns}).columns] == [
        *(12, 55),
        *(120, 80),
    ]


def test_turning_the_page_keeps_the_table_on_it():
    layout = layout_from("S7", {"orientation": "portrait"})
    assert (layout.room, layout.width) == (180, pytest.approx(180))
    assert layout.chart == LAYOUTS["S7"].chart


def test_hidden_columns_give_their_room_away_and_the_chart_keeps_its_own():
    layout = LAYOUTS["P"]
    columns = shown_columns(layout, ["standard", "remark"])
    assert [c.key for c in columns] == ["number", "chart", "detail", "time", "responsible"]
    assert [c.width for c in columns if c.key == "chart"] == [70]
    assert sum(c.width for c in columns) == pytest.approx(267)


@pytest.mark.parametrize("base", ["S7", "D6", "P"])
@pytest.mark.parametrize("width", [45, 50, 60, 90, 130])
def test_symbols_stand_apart_from_the_lines_beside_them_at_any_width(base, width):
    chart = with_chart(base, width).chart
    if width == next(c.width for c in LAYOUTS[base].columns if c.key == "chart"):
        return
    for symbol in (chart.box, chart.diamond[0]):
        assert chart.axis - symbol / 2 >= 0.49
        assert chart.right_rail - (chart.axis + symbol / 2) >= ARROW_ROOM - 0.02
        if chart.loops_left:
            assert chart.axis - symbol / 2 - chart.left_rail >= ARROW_ROOM - 0.02
        assert symbol >= 20
    assert 0 < chart.left_rail < chart.axis < chart.right_rail < width


def test_chart_places_are_in_proportion_to_their_column():
    chart = with_chart("P", 105).chart
    assert (chart.axis, chart.box, chart.diamond) == (52.5, 63, (51, 15))
    assert (chart.left_rail, chart.right_rail) == (7.5, 98.25)


@pytest.mark.django_db
def test_own_layout_prints_its_labels_digits_and_head_once():
    office = AgencyFactory()
    version = import_sop(read_sop(shipped_files()["sisaket-pmqa"].read_text()), office)
    columns = [
        {"key": c.key, "label": c.label, "width": c.width} for c in LAYOUTS["S7"].columns[:-1]
    ]
    columns[2]["label"] = "สิ่งที่ต้องทำ"
    settings = {"columns": columns, "head_on_every_page": False, "number_suffix": ")"}
    version.own_layout = SopLayout.objects.create(
        agency=office, name="ของเรา", base="S7", settings=settings
    )
    version.print_options = {}
    html = render("sop", version, draw=draw_here).html
    assert html.count("สิ่งที่ต้องทำ") == html.count("<thead>") == 3
    assert html.count("<b>ชื่องาน :</b>") == 1
    assert "๑)" in html
    assert "หมายเหตุ" not in html


LEAST = ["number", "chart", "detail", "time", "standard", "responsible", "documents"]
EXTREMES = {
    # Seven columns at their least widths fill an upright page to the millimetre.
    "least": ("D6", {"columns": [(key, LEAST_WIDTH[key]) for key in LEAST]}),
    "wide chart": (
        "S7",
        {"columns": [("number", 10), ("chart", 150), ("detail", 57), ("time", 50)]},
    ),
    "narrow chart with loops": (
        "P",
        {
            "columns": [
                *(("chart", 45), ("detail", 120), ("time", 40), ("responsible", 32)),
                ("remark", 30),
            ]
        },
    ),
    "narrow page": (
        "P",
        {
            "orientation": "portrait",
            "head": "job",
            "margins": [8, 20, 8, 35],
            "columns": [("number", 10), ("chart", 70), ("detail", 50), ("time", 25)],
        },
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXTREMES)
@pytest.mark.parametrize("slug", ["sisaket-pmqa", "phetchabun-2-1"])
def test_extreme_widths_keep_words_and_symbols_inside_their_cells(slug, name, monkeypatch):
    base, settings = EXTREMES[name]
    office, overflowing = AgencyFactory(), []
    version = import_sop(read_sop(shipped_files()[slug].read_text()), office)
    columns = [{"key": k, "label": "หัวคอลัมน์", "width": w} for k, w in settings["columns"]]
    version.own_layout = SopLayout.objects.create(
        agency=office, name="สุดขั้ว", base=base, settings=settings | {"columns": columns}
    )
    watch_cells(monkeypatch, overflowing)
    html = render("sop", version, draw=draw_here).html
    assert set(overflowing) == set()
    shown = columns_of(version)
    assert f'<col style="width:{shown[0].width}mm">' in html
    assert sum(column.width for column in shown) == pytest.approx(layout_of(version).room)


def test_an_sop_hides_no_column_that_the_head_needs():
    columns = [{"key": c.key, "label": "ก", "width": c.width} for c in LAYOUTS["P"].columns[:5]]
    layout = layout_from("P", {"columns": columns})
    assert len(shown_columns(layout, ["time"])) == 5
    layout = layout_from("P", {"columns": columns, "head": "job"})
    assert len(shown_columns(layout, ["time"])) == 4
