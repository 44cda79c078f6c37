"""SOP files from outside: what could exhaust the machine or break the database is refused."""

import re
import time

import pytest

from workflows.sop.files import SopFileError, read_sop, shipped_files

SHIPPED = next(iter(shipped_files().values())).read_text()
NAME = re.search(r"^name: .*$", SHIPPED, re.M).group()


@pytest.mark.parametrize(
    "name",
    [
        '"a\\0b"',
        '"a\\ud800b"',
        '"a\\x1bb"',
        '!!python/object/apply:os.system ["id"]',
        "2001-99-99",
        "9" * 5000,
        "1e999999",
    ],
)
def test_names_that_no_database_holds_are_refused(name):
    with pytest.raises(SopFileError):
        read_sop(SHIPPED.replace(NAME, f"name: {name}"))


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: *a\n",
        "a: " + "[" * 5000,
        "a: " + "{a: " * 5000,
        "a: [" + "x," * 140_000 + "]",
    ],
    ids=["aliases", "lists in lists", "mappings in mappings", "too many parts"],
)
def test_bombs_are_refused_soon(text):
    started = time.process_time()
    with pytest.raises(SopFileError):
        read_sop(text)
    assert time.process_time() - started < 10
