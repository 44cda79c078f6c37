"""Colours and sizes of an office in the styles of its papers."""

import re

import pytest

from core.drawing.svg import paper_colours, paper_in
from documents.house_look.look import Look, contrast, contrast_of_text, grounds_of, in_look
from documents.pdf_rendering import in_sarabun_points, read_style

GREEN = Look(
    "สำนักงาน",
    main_colour="#1b5e20",
    second_colour="#a0522d",
    chosen_colour="#1b5e20",
    font_size=18,
)


@pytest.mark.parametrize(
    "style, ours, green",
    [
        ("color: look(main)", "color: #1f3a5f", "color: #1b5e20"),
        ("background: look(second)", "background: #1f3a5f", "background: #a0522d"),
        ("background: look(pale)", "background: #e7ecf3", "background: #e8efe9"),
        ("background: look(paler)", "background: #f4f6f9", "background: #f4f7f4"),
        ("color: look(chosen)", "color: #1a1a1a", "color: #1b5e20"),
        ("background: look(head)", "background: #efefef", "background: #e8efe9"),
        ("font-size: text(16)", "font-size: th(16)", "font-size: th(18)"),
        ("line-height: leading(18.6pt)", "line-height: 18.6pt", "line-height: 20.93pt"),
        ("font-size: th(14)", "font-size: th(14)", "font-size: th(14)"),
    ],
)
def test_style_takes_the_colours_and_the_size_of_text_of_the_office(style, ours, green):
    assert in_look(style) == ours
    assert in_look(style, GREEN) == green


def test_no_style_keeps_a_name_that_the_printer_does_not_know():
    for name in ("base", "application_report", "meeting_pack", "manual", "sop"):
        style = read_style(f"pdf/{name}.css", GREEN)
        assert not [
            word
            for word in ("look(", "text(", "leading(", "th(")
            if re.search(rf"\b{re.escape(word)}", style)
        ]


def test_running_text_of_18_points_keeps_room_between_its_lines():
    size = float(in_sarabun_points(in_look("text(16)", GREEN)).removesuffix("pt"))
    assert size == 12.06
    assert round(float(in_look("leading(18.6pt)", GREEN).removesuffix("pt")) / size, 2) == 1.74


@pytest.mark.parametrize(
    "one, other, ratio",
    [("#000000", "#ffffff", 21.0), ("#1f3a5f", "#ffffff", 11.48), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_the_accessibility_rules(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


def test_text_must_be_read_on_the_colour_and_on_its_pale_ground():
    assert grounds_of("#767676") == ("#f1f1f1", "#f8f8f8")
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert contrast_of_text("#767676") < 4.5


def test_charts_on_paper_take_the_main_colour_inside_the_block_only():
    with paper_in("#1b5e20"):
        assert paper_colours()["main"] == "#1b5e20"
    assert paper_colours()["main"] == "#1f3a5f"
