"""Scores of indicators: literal tables, and what must hold for any numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.enums import Direction, Floor, MissingRule, ResultRule
from assessments.indicators.scoring import points_of, weighted_total
from assessments.scoring import group_score, score_indicator, to_five

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
RISING = ["60", "70", "80", "90", "100"]
FALLING = ["9", "7", "5", "3", "1"]


def five(actual, *, thresholds=RISING, direction=HIGHER, floor=Floor.ONE):
    points = points_of(ResultRule.FIVE_LEVELS, direction, thresholds, Decimal(actual), floor)
    return None if points is None else str(to_five(points))


@pytest.mark.parametrize(
    ("actual", "score"),
    [
        ("60", "1.00000"),
        ("65", "1.50000"),
        ("70", "2.00000"),
        ("80", "3.00000"),
        ("87.5", "3.75000"),
        ("90", "4.00000"),
        ("99.999", "4.99990"),
        ("100", "5.00000"),
        ("100.00001", "5.00000"),
        ("250", "5.00000"),
    ],
)
def test_five_levels_are_linear_between_neighbours(actual, score):
    assert five(actual) == score


@pytest.mark.parametrize(
    ("actual", "floor", "score"),
    [
        ("59.99999", Floor.ONE, "1.00000"),
        ("0", Floor.ONE, "1.00000"),
        ("-5", Floor.ONE, "1.00000"),
        ("59.99999", Floor.ZERO, "0.00000"),
        ("30", Floor.ZERO, "0.00000"),
        ("0", Floor.ZERO, "0.00000"),
        ("60", Floor.ZERO, "1.00000"),
    ],
)
def test_below_level_1_scores_the_floor_of_the_office(actual, floor, score):
    assert five(actual, floor=floor) == score


@pytest.mark.parametrize(
    ("actual", "score"),
    [
        ("12", "1.00000"),
        ("9", "1.00000"),
        ("8", "1.50000"),
        ("4", "3.50000"),
        ("3", "4.00000"),
        ("1", "5.00000"),
        ("0", "5.00000"),
    ],
)
def test_where_lower_is_better_thresholds_fall(actual, score):
    assert five(actual, thresholds=FALLING, direction=LOWER) == score


def test_lower_is_better_knows_both_floors():
    assert five("9.1", thresholds=FALLING, direction=LOWER, floor=Floor.ZERO) == "0.00000"
    assert five("9.1", thresholds=FALLING, direction=LOWER, floor=Floor.ONE) == "1.00000"


@pytest.mark.parametrize("thirds", [["0", "3", "6", "9", "12"]])
def test_a_score_is_rounded_once_half_up(thirds):
    assert five("1", thresholds=thirds) == "1.33333"
    assert five("2", thresholds=thirds) == "1.66667"


@pytest.mark.parametrize(
    "thresholds",
    [[], ["60", "70"], ["60", "70", "70", "90", "100"], FALLING, ["ก", "70", "80", "90", "100"]],
)
def test_thresholds_that_say_nothing_give_no_score(thresholds):
    assert five("80", thresholds=thresholds) is None


@pytest.mark.parametrize(
    ("actual", "score"),
    [
        ("9.99", "0.00000"),
        ("10", "2.50000"),
        ("14.9", "2.50000"),
        ("15", "3.75000"),
        ("20", "5.00000"),
        ("99", "5.00000"),
    ],
)
def test_three_targets_are_steps(actual, score):
    points = points_of(
        ResultRule.THREE_TARGETS, HIGHER, ["10", "15", "20"], Decimal(actual), Floor.ONE
    )
    assert str(to_five(points)) == score


def test_three_targets_fall_where_lower_is_better():
    points = points_of(ResultRule.THREE_TARGETS, LOWER, ["20", "15", "10"], Decimal("15"))
    assert points == Fraction(15, 4)


@pytest.mark.parametrize(
    ("actual", "score"),
    [("0", "0.00000"), ("1", "1.00000"), ("3", "3.00000"), ("3.9", "3.00000"), ("7", "5.00000")],
)
def test_the_last_milestone_reached_is_the_score(actual, score):
    steps = ["มีแผน", "ทำ", "ตรวจ", "ปรับ", "เผยแพร่"]
    points = points_of(ResultRule.MILESTONES, HIGHER, steps, Decimal(actual), Floor.ONE)
    assert str(to_five(points)) == score


@pytest.mark.parametrize(
    ("rule", "thresholds", "actual", "score"),
    [
        (ResultRule.FIVE_LEVELS, RISING, "87.5", "375.00000"),
        (ResultRule.FIVE_LEVELS, RISING, "50", "100.00000"),
        (ResultRule.THREE_TARGETS, ["10", "15", "20"], "15", "375.00000"),
        (ResultRule.MILESTONES, ["ก", "ข", "ค", "ง", "จ"], "4", "400.00000"),
    ],
)
def test_category_7_reads_the_same_score_of_500(rule, thresholds, actual, score):
    found = score_indicator(rule, HIGHER, None, Decimal(actual), thresholds=thresholds)
    assert (found.success_pct, str(found.score)) == (None, score)
    assert found.of_five == Decimal(score) / 100


def test_a_missing_value_is_no_score_and_a_real_0_is_data():
    rule = ResultRule.FIVE_LEVELS
    missing = score_indicator(rule, HIGHER, Decimal(85), None, thresholds=RISING)
    assert (missing.success_pct, missing.score, missing.of_five) == (None, None, None)
    nought = score_indicator(
        rule, HIGHER, Decimal(85), Decimal(0), thresholds=RISING, floor=Floor.ZERO
    )
    assert str(nought.of_five) == "0.00000"


def test_weighted_total_of_literal_parts():
    parts = [(Decimal(30), Decimal("3.75")), (Decimal(30), Decimal(5)), (Decimal(40), Decimal(2))]
    found = weighted_total(parts)
    assert str(to_five(found.total)) == "3.42500"
    assert (found.scored, found.missing, found.weight) == (3, 0, Decimal(100))


@pytest.mark.parametrize(
    ("rule", "total"), [(MissingRule.LEFT_OUT, "4.00000"), (MissingRule.ZERO, "2.40000")]
)
def test_missing_parts_count_as_the_office_says(rule, total):
    found = weighted_total([(Decimal(60), Decimal(4)), (Decimal(40), None)], rule)
    assert str(to_five(found.total)) == total
    assert (found.scored, found.missing, found.weight_missing) == (1, 1, Decimal(40))
    assert found.rule == rule


def test_no_total_without_anything_that_counts():
    assert weighted_total([]).total is None
    assert weighted_total([(Decimal(1), None)]).total is None
    assert weighted_total([(Decimal(0), Decimal(3))]).total is None
    assert weighted_total([(Decimal(2), None)], MissingRule.ZERO).total == 0


def test_a_group_is_the_plain_mean_unless_weights_differ():
    scores = [Decimal(300), Decimal(500), None]
    assert group_score(scores, [Decimal(2)] * 3) == 400
    assert group_score(scores, [Decimal(3), Decimal(1), Decimal(1)]) == 350
    assert group_score(scores, [Decimal(0)] * 3) == 400
    assert group_score(scores, [Decimal(1)] * 3, MissingRule.ZERO) == Fraction(800, 3)
    assert group_score([None], [Decimal(1)], MissingRule.ZERO) is None


values = st.decimals(-1000, 1000, places=3)
thresholds = st.lists(values, min_size=5, max_size=5, unique=True)
few = settings(max_examples=50, deadline=None)


@few
@given(thresholds, values, values, st.sampled_from(Direction.values), st.sampled_from(Floor.values))
def test_five_levels_are_monotone_and_bounded(marks, one, other, direction, floor):
    marks = sorted(marks, reverse=direction == LOWER)
    worse, better = sorted([one, other], reverse=direction == LOWER)
    low = points_of(ResultRule.FIVE_LEVELS, direction, marks, worse, floor)
    high = points_of(ResultRule.FIVE_LEVELS, direction, marks, better, floor)
    assert 0 <= low <= high <= 5
    assert floor == Floor.ZERO or low >= 1


@few
@given(st.lists(values, min_size=3, max_size=3, unique=True), values, values)
def test_three_targets_are_monotone(marks, one, other):
    low, high = (
        points_of(ResultRule.THREE_TARGETS, HIGHER, sorted(marks), value)
        for value in sorted([one, other])
    )
    assert 0 <= low <= high <= 5


parts = st.lists(
    st.tuples(st.decimals("0.001", 100, places=3), st.decimals(0, 5, places=5)), min_size=1
)


@few
@given(parts)
def test_weighted_total_lies_between_its_parts(found):
    scores = [score for _weight, score in found]
    assert min(scores) <= weighted_total(found).total <= max(scores)


@few
@given(parts)
def test_counting_missing_as_0_never_raises_the_total(found):
    holes = [*found, (Decimal(1), None)]
    left_out = weighted_total(holes).total
    assert weighted_total(holes, MissingRule.ZERO).total <= left_out
