"""Scores with literal figures, and against a second small calculation."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import scoring
from assessments.enums import Direction, ResultRule

LEVELS = [
    {"code": "basic", "adds": 300},
    {"code": "advance", "adds": 100},
    {"code": "significance", "adds": 100},
]
BANDS = [[0, 5], [10, 15, 20, 25], [30, 35, 40, 45], [50, 55, 60, 65], [70, 75, 80, 85]]
BANDS += [[90, 95, 100]]


def item(basic, advance, significance):
    lines = [("basic", answer) for answer in basic]
    lines += [("advance", answer) for answer in advance]
    lines += [("significance", answer) for answer in significance]
    scores = scoring.level_scores(LEVELS, lines)
    return scores, scoring.to_five(scoring.item_by_levels(scores))


def test_items_5_5_5_4_of_5_give_category_4_75000():
    category = scoring.category_by_levels([Fraction(n) for n in (500, 500, 500, 400)])
    assert str(scoring.to_five(scoring.obec_view(category))) == "4.75000"


def test_incomplete_advance_keeps_significance_out():
    scores, total = item(["yes"] * 3, ["yes", "yes", "no"], ["yes", "", ""])
    assert str(total) == "366.66667"
    assert [score.counts for score in scores] == [True, True, False]
    assert str(scoring.to_five(scores[1].points)) == "66.66667"
    assert scores[2].points > 0
    assert scores[2].earned == 0


def test_full_item_is_500_and_empty_item_is_0():
    assert item(["yes"] * 4, ["yes"] * 2, ["yes"])[1] == Decimal("500.00000")
    assert item([""] * 4, [""] * 2, [""])[1] == Decimal("0.00000")


def test_incomplete_basic_lets_only_basic_count():
    assert item(["yes", "no", "yes"], ["yes"] * 3, ["yes"] * 3)[1] == Decimal("200.00000")


def test_rounding_happens_once_at_the_end():
    thirds = [Fraction(100, 3)] * 3
    assert scoring.to_five(sum(thirds)) == Decimal("100.00000")
    assert scoring.to_five(Fraction(5, 1_000_000)) == Decimal("0.00001")
    assert scoring.to_five(Fraction(-5, 1_000_000)) == Decimal("-0.00001")
    assert scoring.to_five(Decimal("0.0000049")) == Decimal("0.00000")


def test_overall_is_the_mean_of_seven_categories():
    announced = ["5", "4.75", "5", "5", "5", "5", "4.80653"]
    total = scoring.overall_by_levels([Fraction(value) for value in announced])
    assert scoring.to_five(total) == Decimal("4.93665")


def test_group_leaves_missing_indicators_out_and_is_missing_without_any():
    assert scoring.group_score([Decimal(300), None, Decimal(400)]) == 350
    assert scoring.group_score([None, None]) is None
    assert scoring.group_score([]) is None
    assert scoring.group_score([Decimal(0), Decimal(300)]) == 150


def test_category_7_counts_a_missing_group_as_0():
    groups = [Fraction(300), None, Fraction(300), None, None, None]
    assert scoring.category_by_levels(groups) == 100


def test_percent_item_and_category():
    assert scoring.item_by_percent(55, Decimal(70), BANDS) == Decimal("38.5")
    assert scoring.item_by_percent(None, Decimal(70), BANDS) == 0
    assert scoring.item_by_percent(55, None, BANDS) is None
    assert scoring.sum_of_points([Fraction(77, 2), None, Fraction(30)]) == Decimal("68.5")


@pytest.mark.parametrize("percent", [1, 7, 27, 88, 101, -5])
def test_percent_between_steps_is_refused(percent):
    with pytest.raises(ValueError):
        scoring.item_by_percent(percent, Decimal(70), BANDS)


def test_weakest_dimension_is_the_first_of_the_lowest():
    assert scoring.weakest({"A": 50, "D": 30, "L": 30, "I": 45}) == "D"


HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


@pytest.mark.parametrize(
    ("direction", "target", "actual", "pct", "score"),
    [
        (HIGHER, "85", "42.5", "50.00", "150"),
        (HIGHER, "85", "84.99", "99.99", "299"),
        (HIGHER, "85", "85", "100.00", "300"),
        (HIGHER, "100", "101", "101.00", "300"),
        (HIGHER, "100", "101.01", "101.01", "400"),
        (HIGHER, "100", "105", "105.00", "400"),
        (HIGHER, "100", "105.01", "105.01", "500"),
        (HIGHER, "85", "0", "0.00", "0"),
        (LOWER, "10", "10", "100.00", "300"),
        (LOWER, "10", "5", "150.00", "500"),
        (LOWER, "10", "12", "80.00", "240"),
        (LOWER, "10", "25", "-50.00", "0"),
        (HIGHER, "0", "0", "100.00", "300"),
        (HIGHER, "0", "-1", "0.00", "0"),
        (LOWER, "0", "0", "100.00", "300"),
        (LOWER, "0", "3", "0.00", "0"),
        (HIGHER, "-5", "-3", "100.00", "300"),
    ],
)
def test_percent_of_target(direction, target, actual, pct, score):
    found = scoring.score_indicator(
        ResultRule.PCT_OF_TARGET, direction, Decimal(target), Decimal(actual)
    )
    assert (str(found.success_pct), str(found.score)) == (pct, score)


@pytest.mark.parametrize(
    ("direction", "actual", "score"),
    [
        (HIGHER, "74.99", "0"),
        (HIGHER, "75", "100.00000"),
        (HIGHER, "85", "300.00000"),
        (HIGHER, "76.3", "126.00000"),
        (HIGHER, "95", "500"),
        (HIGHER, "99", "500"),
        (LOWER, "95", "100.00000"),
        (LOWER, "75", "500"),
        (LOWER, "95.1", "0"),
    ],
)
def test_linear_between_bounds(direction, actual, score):
    found = scoring.score_indicator(
        ResultRule.LINEAR, direction, None, Decimal(actual), Decimal(75), Decimal(95)
    )
    assert str(found.score) == score
    assert found.success_pct is None


def test_missing_value_or_target_gives_no_score():
    rule = ResultRule.PCT_OF_TARGET
    assert scoring.score_indicator(rule, HIGHER, Decimal(85), None).score is None
    assert scoring.score_indicator(rule, HIGHER, None, Decimal(85)).score is None
    assert scoring.score_indicator(ResultRule.LINEAR, HIGHER, None, Decimal(8)).score is None


answer_lists = st.lists(st.sampled_from(["yes", "no", ""]), min_size=1, max_size=8)


@given(answer_lists, answer_lists, answer_lists)
def test_item_agrees_with_an_independent_calculation(basic, advance, significance):
    """Count in 1/840 points (840 divides by every number of lines from 1 to 8)."""
    units = 300 * 840 // len(basic) * basic.count("yes")
    if basic.count("yes") == len(basic):
        units += 100 * 840 // len(advance) * advance.count("yes")
        if advance.count("yes") == len(advance):
            units += 100 * 840 // len(significance) * significance.count("yes")
    expected = (units * 100000 * 2 + 840) // (840 * 2)
    assert int(item(basic, advance, significance)[1] * 100000) == expected


@given(st.lists(st.fractions(min_value=0, max_value=500), min_size=1, max_size=7))
def test_mean_stays_between_its_values(values):
    result = scoring.category_by_levels(values)
    assert min(values) <= result <= max(values)
