"""Flow charts: pieces of line that meet, lines that share a way, parts joined by letters."""

import random

import pytest

from core.drawing.flow_chart import (
    Connector,
    Node,
    Rail,
    Stub,
    chart_parts,
    chart_rows,
    crossings,
    lanes,
    letter,
)


def chart(*edges, count, decisions=()):
    """Return a chart of one node a step; `edges` are pairs of step numbers."""
    leads = dict(edges)
    return [
        Node(
            step,
            "decision" if step in decisions else "activity",
            f"งาน {step}",
            "",
            leads.get(step),
        )
        for step in range(1, count + 1)
    ]


def test_way_down_enters_and_leaves_every_row_but_the_ends():
    rows = chart_rows(chart(count=3))
    assert [(row.enters, row.leaves) for row in rows] == [
        (False, True),
        (True, True),
        (True, False),
    ]


def test_back_edge_runs_up_beside_the_rows_between():
    rows = chart_rows(chart((4, 2), count=5, decisions=[4]))
    assert [row.rails for row in rows] == [
        [],
        [Rail("right", 0, "lower")],
        [Rail("right", 0, "full")],
        [Rail("right", 0, "upper")],
        [],
    ]
    assert rows[1].stubs == [Stub("right", 0, arrives=True)]
    assert rows[3].stubs == [Stub("right", 0, arrives=False)]


def test_edges_to_the_same_step_share_one_line_and_one_arrow():
    rows = chart_rows(chart((3, 1), (5, 1), count=5, decisions=[3, 5]))
    assert [[rail.part for rail in row.rails] for row in rows] == [
        ["lower"],
        ["full"],
        ["full"],
        ["full"],
        ["upper"],
    ]
    assert [len(row.stubs) for row in rows] == [1, 0, 1, 0, 1]


def test_loops_that_overlap_take_lines_of_their_own_the_longest_outermost():
    rows = chart_rows(chart((3, 2), (4, 1), (5, 3), count=5, decisions=[3, 4, 5]))
    assert rows[3].stubs == [Stub("right", 0, arrives=False)]
    assert lanes(rows) == {"left": 0, "right": 3}


def test_other_edges_run_left_unless_there_is_no_room():
    nodes = chart((3, 1), count=3)
    assert chart_rows(nodes)[2].edge_side == "left"
    assert chart_rows(nodes, loops_left=False)[2].edge_side == "right"


def test_edge_to_its_own_row_or_to_no_step_is_named_instead():
    rows = chart_rows(chart((2, 2), (3, 9), count=3))
    assert [row.leads_away for row in rows] == [None, 2, 9]
    assert [row.rails for row in rows] == [[], [], []]


def test_cut_chart_joins_its_parts_by_the_same_letters():
    first, second, third = chart_parts(chart((5, 2), count=6, decisions=[5]), [2, 2, 2])
    assert (first.above, first.below) == (
        [],
        [
            Connector("axis", 0, "ก", True, (1,)),
            Connector("right", 0, "ค", False, (2,)),
        ],
    )
    # The page between is passed in silence.
    assert second.above == [Connector("axis", 0, "ก", False, (0,))]
    assert second.below == [Connector("axis", 0, "ข", True, (2,))]
    assert [row.rails for row in second.rows] == [[], []]
    assert third.above == [
        Connector("axis", 0, "ข", False, (1,)),
        Connector("right", 0, "ค", True, (0,)),
    ]
    assert third.rows[0].rails == [Rail("right", 0, "upper")]
    assert first.rows[1].rails == [Rail("right", 0, "lower")]


def test_forward_edge_crosses_a_cut_too():
    first, second = chart_parts(chart((1, 4), count=4, decisions=[1]), [2, 2])
    assert first.below[1:] == [Connector("right", 0, "ข", True, (1,))]
    assert second.above[1:] == [Connector("right", 0, "ข", False, (0,))]
    assert [row.rails[0].part for row in (*first.rows, *second.rows)] == [
        "lower",
        "full",
        "full",
        "upper",
    ]


def test_crossings_tell_the_connectors_before_the_chart_is_cut():
    nodes = chart((5, 2), (6, 1), count=6, decisions=[5, 6])
    assert crossings(nodes, 0, 1) == (0, 2)
    assert crossings(nodes, 2, 3) == (0, 0)
    assert crossings(nodes, 4, 5) == (2, 0)


def test_letters_go_on_after_the_last():
    assert [letter(0), letter(1), letter(32), letter(33)] == ["ก", "ข", "ฮ", "กก"]


@pytest.mark.parametrize("seed", range(40))
def test_pieces_of_any_chart_meet_at_every_border(seed):
    chance = random.Random(seed)
    count = chance.randint(1, 60)
    nodes = [
        Node(
            *(step, chance.choice(("activity", "decision")), "งาน", ""),
            chance.randint(1, count) if chance.random() < 0.4 else None,
        )
        for step in range(1, count + 1)
        for _node in range(chance.choice((1, 1, 1, 3)))
    ]
    sizes, left = [], len(nodes)
    while left:
        sizes.append(min(left, chance.randint(1, 9)))
        left -= sizes[-1]
    for part in chart_parts(nodes, sizes):
        above = [(c.side, c.slot) for c in part.above]
        for row in part.rows:
            rails = [(rail.side, rail.slot) for rail in row.rails]
            # No two lines of one row take the same place.
            assert len(set(rails)) == len(rails)
            ended = [(r.side, r.slot) for r in row.rails if r.part != "lower"]
            assert sorted(ended) == sorted(place for place in above if place[0] != "axis")
            assert row.enters == (("axis", 0) in above)
            above = [(r.side, r.slot) for r in row.rails if r.part != "upper"]
            above += [("axis", 0)] * row.leaves
            assert all((stub.side, stub.slot) in rails for stub in row.stubs)
        assert sorted(above) == sorted((c.side, c.slot) for c in part.below)
