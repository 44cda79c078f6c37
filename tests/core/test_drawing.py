import datetime as dt
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from core.drawing import svg
from core.drawing.gantt import GanttRow, gantt
from core.drawing.radar import Series, lines_of, radar_svg
from core.drawing.trend import ticks_for, trend_svg

NAMES = {number: f"หมวดที่ {number}" for number in range(1, 8)}
POINTS = [(2565, Decimal("83.4")), (2566, Decimal("85.12")), (2567, None), (2568, Decimal("91.3"))]
THIS = Series("ปี 2570", [Decimal("3.35417"), 4, 4, 2, 4, 4, None])
LAST = Series("ปี 2569", [5, 5, 5, 5, 5, 5, 9], is_dashed=True)
LONG = GanttRow(
    "สร้างความตระหนัก",
    planned=[(dt.date(2027, 3, 1), dt.date(2027, 12, 31))],
    actual=(dt.date(2027, 3, 8), dt.date(2027, 6, 15)),
)
EARLY = GanttRow("แต่งตั้ง", planned=[(dt.date(2026, 9, 1), dt.date(2026, 10, 31))])


def parsed(drawing: str) -> ElementTree.Element:
    assert not re.search(r"[\s\"'](style|on[a-z]+)=", drawing)
    return ElementTree.fromstring(drawing)


def words_of(drawing: str) -> list[str]:
    return [node.text for node in parsed(drawing).iter() if node.tag.endswith("}text")]


def shapes(drawing: str, tag: str) -> list[dict]:
    return [node.attrib for node in parsed(drawing).iter() if node.tag.endswith("}" + tag)]


def test_labels_never_become_markup():
    drawing = radar_svg([1, 2, 3], [Series("<b>", [1, 2, 3])], 5, title="<script>&")

    assert "<script>" not in drawing
    assert parsed(drawing)[0].text == "<script>&"


def test_hatch_lines_end_at_the_box():
    places = [
        (float(x), float(y))
        for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", svg.hatch(10, 8, 50, 11, 6))
    ]

    assert len(places) > 10
    assert all(10 <= x <= 60 and 8 <= y <= 19 for x, y in places)


def test_radar_on_screen_carries_number_badges():
    words = words_of(radar_svg(range(1, 8), [THIS, LAST], 5, title="คะแนน"))

    assert words == ["1", "2", "3", "4", "1", "2", "3", "4", "5", "6", "7"]


def test_radar_on_paper_carries_names_in_thai_digits():
    words = words_of(
        radar_svg(
            range(1, 8), [THIS], 500, title="คะแนน", names=NAMES, thai_digits=True, for_print=True
        )
    )

    assert words[:4] == ["๑๐๐", "๒๐๐", "๓๐๐", "๔๐๐"]
    assert words[4:6] == ["หมวด ๑", "หมวดที่ ๑"]


def test_radar_values_stay_inside_the_rings():
    drawing = radar_svg(range(1, 8), [Series("x", [9] * 7)], 5, title="คะแนน")

    assert shapes(drawing, "circle")[0] == {"cx": "160", "cy": "48", "r": "3", "fill": "#14566b"}


def test_radar_describes_its_figures():
    description = parsed(radar_svg([1, 2, 3], [Series("ปี 2570", [1, None, 3])], 5, title="คะแนน"))

    assert description[1].text == "ปี 2570: 1 = 1, 2 = –, 3 = 3"


def test_names_break_where_thai_may_be_cut():
    assert lines_of("การวัด การวิเคราะห์ และการจัดการความรู้") == [
        "การวัด การวิเคราะห์",
        "และการจัดการความรู้",
    ]
    assert lines_of("ก\nข") == ["ก", "ข"]


def test_gantt_shows_the_twelve_months_of_the_year():
    chart = gantt([], 2570, language="th")

    assert [month["label"] for month in chart.months][:4] == ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค."]
    assert len(chart.months) == 12


def test_gantt_grows_where_steps_leave_the_year():
    chart = gantt([LONG, EARLY], 2570, today=dt.date(2027, 6, 15), language="th")

    assert [month["label"] for month in chart.months if month["is_outside"]] == [
        "ก.ย.",
        *["ต.ค.", "พ.ย.", "ธ.ค."],
    ]
    assert [month["label"] for month in chart.months if month["is_now"]] == ["มิ.ย."]
    assert chart.width == 960


def test_gantt_bar_covers_first_and_last_day():
    row = GanttRow("x", planned=[(dt.date(2026, 11, 1), dt.date(2026, 12, 31))])

    (drawing,) = gantt([row], 2570).rows

    (bar,) = [box for box in shapes(drawing, "rect") if box.get("stroke")]
    assert (bar["x"], bar["width"]) == ("60", "120")


def test_gantt_of_a_fixed_width_ends_in_arrows():
    chart = gantt([LONG, EARLY], 2570, extend=False, for_print=True)

    assert len(chart.months) == 12
    assert "M720 13.5L712 8L712 19Z" in chart.rows[0]
    assert "M0 13.5L8 8L8 19Z" in chart.rows[1]


def test_gantt_draws_at_most_the_months_it_may_reach():
    chart = gantt([LONG, EARLY], 2570, reach=(0, 2), language="th")

    assert [month["label"] for month in chart.months if month["is_outside"]] == ["ต.ค.", "พ.ย."]
    assert "M840 13.5L832 8L832 19Z" in chart.rows[0]


def test_gantt_shows_the_plan_before_a_shift_and_dates_of_others_apart():
    span = (dt.date(2026, 11, 1), dt.date(2026, 12, 31))
    row = GanttRow("x", planned=[span], before=[(dt.date(2026, 9, 1), dt.date(2026, 10, 31))])

    (drawing, award) = gantt([row, GanttRow("y", fixed=[span])], 2570, extend=False).rows

    (line,) = shapes(drawing, "line")
    assert (line["x1"], line["x2"], line["stroke-dasharray"]) == ("0", "60", "5 3")
    (bar,) = shapes(award, "rect")
    assert (bar["fill"], bar["width"]) == ("#ffffff", "120")
    assert "2569" in parsed(award)[1].text


def test_gantt_marks_rounds_on_screen_and_quarters_on_paper():
    screen, paper = gantt([], 2570), gantt([], 2570, for_print=True)

    assert [line["x1"] for line in shapes(screen.ground, "line")] == ["360", "540"]
    assert [line["x1"] for line in shapes(paper.ground, "line")] == ["180", "360", "540"]


def test_gantt_step_wholly_outside_is_still_told():
    row = GanttRow("x", planned=[(dt.date(2027, 11, 1), dt.date(2027, 12, 31))])

    (drawing,) = gantt([row], 2570, extend=False).rows

    assert "M720 13.5L712 8L712 19Z" in drawing


def test_gantt_today_line_is_left_out_on_other_years():
    assert gantt([], 2570, today=dt.date(2025, 1, 1)).today_x is None
    assert gantt([], 2570, today=dt.date(2026, 10, 1)).today_x == 0


def test_gantt_row_tells_its_dates_in_words():
    (drawing,) = gantt([LONG], 2570).rows

    assert parsed(drawing)[0].text == "สร้างความตระหนัก"
    assert "2570" in parsed(drawing)[1].text


def test_trend_labels_years_and_values():
    words = words_of(trend_svg(POINTS, title="x", target=Decimal(90), unit="ร้อยละ"))

    assert words[-3:] == ["83.40", "85.12", "91.30"]
    assert {"2565", "2566", "2567", "2568", "ร้อยละ"} <= set(words)


def test_trend_leaves_a_gap_for_a_year_without_value():
    lines = [path["d"] for path in shapes(trend_svg(POINTS, title="x"), "path")]

    assert [line.count("L") for line in lines] == [1, 0]


def test_trend_draws_comparator_as_squares():
    drawing = trend_svg(POINTS, title="x", comparator=[(2565, Decimal(82)), (2568, Decimal(86))])

    assert len([box for box in shapes(drawing, "rect") if box.get("stroke")]) == 2


@pytest.mark.parametrize(
    "points", [[], [(2570, Decimal(0))], [(2570, None)], [(2570, Decimal(-3))]]
)
def test_trend_of_little_data_is_drawn(points):
    parsed(trend_svg(points, title="x"))


def test_ticks_are_round_and_enclose_the_values():
    assert ticks_for([83, 91]) == [80, 85, 90, 95]
    assert ticks_for([2, 14]) == [0, 5, 10, 15]
