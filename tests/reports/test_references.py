"""Evidence codes typed in texts: which are references, and what is printed of them."""

import re
import time

import pytest

from reports.references import printed, references_in

KNOWN = {"3.2-04": 7, "3.2-05": 8}
PAGES = {"evidence-7": "๔๕", "evidence-8": "๔๖"}


def codes_in(text: str) -> list[str]:
    return [one.code for one in references_in(text, KNOWN)]


def words_of(text: str, labels=PAGES) -> str:
    return re.sub("<[^>]*>", "", printed(text, KNOWN, labels))


@pytest.mark.parametrize(
    "text",
    ["ดูหลักฐาน 3.2-04", "ตาม3.2-04และผล", "(3.2-04)", "[3.2-04].", "๓.๒-๐๔", "3.2\u201104 2569"],
)
def test_code_as_a_word_of_its_own_is_a_reference(text):
    assert codes_in(text) == ["3.2-04"]


@pytest.mark.parametrize(
    "text",
    [
        "13.2-045", "3.2-045", "13.2-04", "1.3.2-04", "3.2-04.1", "3.2-04-1", "3.2-04:30",
        "โทร 0-3.2-04", "ก่อน 3.2-04/2569", "A3.2-04", "3.2-04A", "https://x.th/3.2-04 ",
        "www.x.th/?3.2-04", "ผล-3.2-04.pdf", "3.2-04.pdf", "3.2-04@x.th",
        "9.9-01", "3.2-4", "10,3.2-04",
    ],
)  # fmt: skip
def test_part_of_something_longer_is_none(text):
    assert codes_in(text) == []
    assert words_of(text) == text


def test_listed_codes_are_references_each():
    assert codes_in("3.2-04, 3.2-05 และ 3.2-04/3.2-05") == ["3.2-04", "3.2-05"] * 2


def test_reference_has_link_and_page_and_stays_whole():
    assert printed("ดู3.2-04และ", KNOWN, PAGES, "cited-1") == (
        'ดู<wbr><span class="evidence-code" id="cited-1-0"><a href="#evidence-7">3.2-04</a></span>'
        ' <span class="nowrap">(หน้า ๔๕)</span> และ'
    )
    code = '<span class="evidence-code">3.2-04</span>'
    assert printed("ดู๓.๒-๐๔ก", KNOWN, {}) == f"ดู<wbr>{code}<wbr>ก"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("(ดู 3.2-04)", "(ดู 3.2-04 หน้า ๔๕)"),
        ("[3.2-05] (ก) 3.2-04", "[3.2-05 หน้า ๔๖] (ก) 3.2-04 (หน้า ๔๕)"),
        ("3.2-04 หน้า 12", "3.2-04 หน้า 12"),
        ("3.2-04 (หน้าที่ ๒)", "3.2-04 (หน้าที่ ๒)"),
        ("3.2-04 หน้าที่ผู้จัดทำ", "3.2-04 (หน้า ๔๕) หน้าที่ผู้จัดทำ"),
    ],
)
def test_page_is_printed_once(text, words):
    assert words_of(text) == words


def test_what_writers_type_is_escaped_and_long_texts_take_no_time():
    assert printed("<b> 3.2-04", KNOWN, {}).startswith("&lt;b&gt; ")
    started = time.perf_counter()
    spaces = "3.2-04" + " " * 100_000
    for text in ("1" * 50_000, "a." * 25_000, "3.2-04," * 5_000, "(3.2-04 " * 5_000, spaces):
        list(references_in(text, KNOWN))
    assert time.perf_counter() - started < 3
