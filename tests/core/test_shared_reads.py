"""Answers are shared inside the block and nowhere else."""

from core.shared_reads import read_once, shared_reads

calls = []


@read_once
def doubled(number):
    calls.append(number)
    return number * 2


def test_answer_is_shared_inside_the_block():
    calls.clear()
    with shared_reads():
        assert [doubled(2), doubled(2), doubled(3)] == [4, 4, 6]

    assert calls == [2, 3]


def test_every_call_reads_outside_the_block():
    calls.clear()
    with shared_reads():
        doubled(2)
    doubled(2)
    doubled(2)

    assert calls == [2, 2, 2]


def test_inner_block_shares_the_answers_of_the_outer_one():
    asked = []

    @read_once
    def rows(year):
        asked.append(year)
        return [year]

    with shared_reads():
        rows(2570)
        with shared_reads():
            rows(2570)
        rows(2570)
    rows(2570)

    assert asked == [2570, 2570]
