"""How many steps stand on each page, by their heights."""

from workflows.sop.sheets import packed


def sizes(blocks, height, foot=0):
    last = len(blocks) - 1
    return packed(blocks, lambda _first, end: height - (foot if end == last else 0))


def test_page_takes_as_many_as_fit():
    assert sizes([10, 10, 10, 10, 10, 10, 10], 30) == [3, 2, 2]
    assert sizes([10, 10, 10, 10, 10, 10], 30) == [3, 3]


def test_step_does_not_stand_alone_at_the_end_where_another_can_come_along():
    assert sizes([10, 10, 10, 10], 30) == [2, 2]
    assert sizes([10, 10, 10], 20) == [2, 1]


def test_last_page_keeps_room_for_the_foot():
    assert sizes([10, 10, 10, 10], 40, foot=15) == [2, 2]
    assert sizes([10, 10, 10], 40, foot=5) == [3]


def test_step_higher_than_a_page_still_gets_one():
    assert sizes([50, 10, 10], 30) == [1, 2]


def test_nothing_needs_no_page():
    assert sizes([], 30) == []
