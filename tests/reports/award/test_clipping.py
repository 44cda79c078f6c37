"""What is cut says so, and no letter loses its marks."""

from reports.briefing.clipping import Clipped, clip_list, clip_text, fit_rows, lines_of, shares


def test_text_is_cut_at_a_space_and_says_how_much_is_left():
    assert clip_text("สั้น  มาก", 20) == "สั้น มาก"
    assert clip_text("ผู้บริหารสื่อสาร ทิศทางองค์การ ทุกไตรมาส", 34) == (
        "ผู้บริหารสื่อสาร ทิศทางองค์การ… (อีก 10 ตัวอักษร)"
    )


def test_text_without_spaces_keeps_letters_whole():
    assert clip_text("ที่" * 10, 7) == "ที่ที่… (อีก 24 ตัวอักษร)"


def test_list_says_how_many_more():
    assert clip_list([1, 2, 3], 2) == Clipped([1, 2], 1)
    assert clip_list([], 2) == Clipped([], 0)


def test_rows_fill_the_lines_that_there_are():
    rows = [("ก" * 10,), ("ข" * 21,)]
    assert fit_rows([*rows, ("ค",)], 4.5, 10, 50) == Clipped([("ก" * 10,)], 2)
    assert fit_rows(rows, 4.5, 10, 50) == Clipped(rows, 0)
    assert fit_rows([], 4, 10, 50) == Clipped([], 0)


def test_remarks_of_a_row_count_and_marks_take_no_width():
    assert lines_of([("ที่" * 10, "ก")], 10) == 2.25
    assert fit_rows([("ก", "ข", "ค")], 3, 10, 50) == Clipped([], 1)


def test_parts_leave_to_the_others_what_they_do_not_need():
    assert shares([2, 20, 20], 22) == [2, 10, 10]
    assert shares([5, 4], 20) == [5, 4]
    assert shares([], 20) == []
