"""What a paper says, and what two of them say differently."""

import time

from documents.issued.comparing import compare
from documents.issued.content import lines_of, version_of


def test_lines_are_headings_texts_and_rows_without_what_belongs_to_the_sheet():
    html = """<html><head><title>ชื่อ</title><style>p{}</style></head><body>
    <div class="paper-seal">อนุมัติในระบบ</div><div class="paper-code"><img alt="x"></div>
    <h1>หมวด 1</h1><div>ต้น <b>หนา</b><p>ย่อหน้า&nbsp;แรก<br>ต่อ</p>ท้าย</div>
    <table><thead><tr><th>ที่</th><th>ชื่อ</th></tr></thead>
    <tr><td>1</td><td><p>ก</p><p>ข</p></td></tr></table>
    <table><thead><tr><th>ที่</th><th>ชื่อ</th></tr></thead><tr><td></td><td></td></tr></table>
    <svg><text>กราฟ</text></svg><ul><li>ข้อ</li></ul></body></html>"""
    assert lines_of(html) == [
        ("h", "หมวด 1"),
        ("p", "ต้น หนา"),
        ("p", "ย่อหน้า แรก ต่อ"),
        ("p", "ท้าย"),
        ("r", "ที่ | ชื่อ"),
        ("r", "1 | ก ข"),
        ("p", "ข้อ"),
    ]


def test_pages_on_which_things_stand_are_not_what_a_paper_says():
    row = '<table><tr><td>1.1-01</td><td class="paper-pages">๔๕</td></tr></table>'
    assert lines_of(row) == [("r", "1.1-01")]


def test_changes_stand_below_their_heading_word_by_word():
    old = [("h", "หมวด 1"), ("p", "ดี"), ("h", "หมวด 2"), ("p", "ผลร้อยละ 80"), ("p", "ตัดออก")]
    new = [("h", "หมวด 1"), ("p", "ดี"), ("h", "หมวด 2"), ("p", "ผลร้อยละ 85")]
    found = compare(old, new)
    assert [place.title for place in found.places] == ["หมวด 2"]
    assert [(each.kind, each.old, each.new) for each in found.places[0].changes] == [
        ("removed", "ผลร้อยละ 80", ""),
        ("removed", "ตัดออก", ""),
        ("added", "", "ผลร้อยละ 85"),
    ]
    [change] = compare(old[:4], new).places[0].changes
    assert [(run.kind, run.text) for run in change.words] == [
        ("same", "ผลร้อยละ "),
        ("removed", "80"),
        ("added", "85"),
    ]


def test_page_numbers_of_references_are_no_difference():
    assert compare([("p", "ดูหน้า ๔๕")], [("p", "ดูหน้า ๔๖–๔๗")]).count == 0
    assert compare([("p", "ดูหลักฐาน 1.1-01, หน้า ๔๕")], [("p", "ดูหลักฐาน 1.1-01")]).count == 0


def test_hostile_texts_are_compared_within_seconds():
    old = [("p", "ก" * 4000)] * 200 + [("p", str(n % 7)) for n in range(9800)]
    new = [("p", "ก" * 3999 + "ข")] * 200 + [("p", str(n % 5)) for n in range(9800)]
    started = time.monotonic()
    found = compare(old, new)
    [len(each.words) for place in found.places for each in place.changes]
    assert found.hidden == found.count - 400
    assert time.monotonic() - started < 10


def test_another_picture_is_another_version_of_the_data():
    one, other = (f'<p>ก</p><img src="app-image:{number}">' for number in (7, 8))
    assert version_of(one, lines_of(one)) == version_of(one, lines_of(one))
    assert version_of(one, lines_of(one)) != version_of(other, lines_of(other))
