"""Reading an edition of the criteria from its YAML file.

A file is taken whole or refused whole. Every fault names its line, so that an office can mend
its file without help; nothing is guessed (points that are not known are written as null).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from assessments.enums import Level, ResultRule, ScoringKind

EDITIONS = Path(__file__).parent / "editions"
CRITERIA_FORMAT = "pmqa-criteria/1"
PROFILE_FORMAT = "pmqa-profile/1"
# Twice the longest edition; reading more would keep a person waiting.
LARGEST_FILE = 500_000
# As long as the columns that keep them.
LONGEST_TITLE, LONGEST_CODE, LONGEST_TEXT = 300, 20, 4000

_CODE = re.compile(r"[a-z0-9][a-z0-9.-]{1,38}[a-z0-9]")
_NO_LETTER = re.compile("[\x00\ud800-\udfff]")
_ITEM_CODE = re.compile(r"[1-7]\.[1-9][0-9]?")


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in a file, and in which line (1 is the first)."""

    line: int
    message: str

    def __str__(self):
        return _("line %(line)d: %(message)s") % {"line": self.line, "message": self.message}


class EditionFileInvalid(Exception):
    """The file is refused as a whole; `faults` lists everything found, by line."""

    def __init__(self, faults: list[Fault]):
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


def read_edition(text: str) -> dict:
    """Return the edition in the file as plain dicts, lists, strings and ints.

    Shape: code, title{th,en}, note{th,en}, scoring, total_points, levels|bands, categories
    [number, title, points, items[code, title, asks, points, areas, levels, examples,
    typical_ofi, measures]]. Raises EditionFileInvalid with every fault and its line.
    """
    root = load_yaml(text)
    _refuse_tricks(root)
    check = FileCheck()
    if check.mapping(root, 1, "file"):
        _check_head(check, root)
        _check_categories(check, root)
    if check.faults:
        raise EditionFileInvalid(sorted(check.faults))
    return _plain(root)


def read_profile(text: str) -> dict:
    """Return the profile topics of the file; raises EditionFileInvalid as `read_edition`."""
    root = load_yaml(text)
    check = FileCheck()
    if check.mapping(root, 1, "file"):
        check.one_of(root, "format", (PROFILE_FORMAT,))
        numbers = []
        for part in check.rows(root, "parts"):
            check.title(part)
            for group in check.rows(part, "groups"):
                check.title(group)
                for topic in check.rows(group, "topics"):
                    _check_topic(check, topic)
                    numbers.append(topic.get("number"))
        if not check.faults and numbers != list(range(1, 14)):
            check.add(root, "parts", _("the topics must be numbered 1 to 13 in order"))
    if check.faults:
        raise EditionFileInvalid(sorted(check.faults))
    return _plain(root)


def _check_topic(check: "FileCheck", topic) -> None:
    check.only(topic, "number", "code", "title", "hint", "hint_en", "columns", "image")
    check.title(topic)
    seen: set = set()
    for column in check.rows(topic, "columns", required=False):
        check.only(column, "code", "th", "en", "kind")
        check.text(column, "code")
        check.once(column, "code", seen)
        check.bilingual(column, topic, "columns")
        if column.get("kind") is not None:
            check.one_of(column, "kind", ("text", "number"))


def load_yaml(text: str) -> Any:
    """Return the file as ruamel reads it, with line numbers; raises EditionFileInvalid."""
    if len(text.encode()) > LARGEST_FILE:
        raise EditionFileInvalid([Fault(1, _("the file is larger than 500 kB"))])
    try:
        return YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise EditionFileInvalid([Fault(line, str(error.problem or error))]) from error
    except (YAMLError, ValueError, RecursionError) as error:
        message = _("this is not readable YAML")
        raise EditionFileInvalid([Fault(1, message)]) from error


def _refuse_tricks(root: Any) -> None:
    """Refuse a part that stands in several places (it could grow without end when it is written
    out) and letters that no database keeps. Raises EditionFileInvalid.
    """
    seen, waiting = set(), [(root, 1)]
    while waiting:
        node, line = waiting.pop()
        if isinstance(node, str) and _NO_LETTER.search(node):
            raise EditionFileInvalid([Fault(line, _("a letter here cannot be stored"))])
        if not isinstance(node, dict | list):
            continue
        if id(node) in seen:
            raise EditionFileInvalid([Fault(line, _("write it out: “&” and “*” are not taken"))])
        seen.add(id(node))
        rows = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in rows:
            waiting += [(key, line), (value, _line(node, key))]


class FileCheck:
    """Collects faults; each method answers what it found so that checks can go on."""

    def __init__(self):
        self.faults: list[Fault] = []

    def add(self, node, key, message: str) -> None:
        self.faults.append(Fault(_line(node, key), message))

    def mapping(self, node, line: int, name: str) -> bool:
        if isinstance(node, dict):
            return True
        self.faults.append(Fault(line, _("%(name)s must hold “key: value” lines") % {"name": name}))
        return False

    def text(self, node, key, required=True, most=LONGEST_TEXT) -> str:
        value = node.get(key)
        if isinstance(value, str) and len(value) > most:
            message = _("“%(key)s” has more than %(count)d characters")
            self.add(node, key, message % {"key": key, "count": most})
            return ""
        if isinstance(value, str) and value.strip():
            return value
        if value is None and not required:
            return ""
        if value is None:
            self.add(node, key, _("“%(key)s” is missing") % {"key": key})
        else:
            self.add(node, key, _("“%(key)s” must be text (in quotes)") % {"key": key})
        return ""

    def one_of(self, node, key, allowed) -> str:
        value = self.text(node, key)
        if value and value not in allowed:
            message = _("“%(value)s” is not known here; use one of: %(allowed)s")
            self.add(node, key, message % {"value": value, "allowed": ", ".join(allowed)})
            return ""
        return value

    def points(self, node, key, required=False) -> None:
        value = node.get(key)
        if value is None and not required:
            return
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.add(node, key, _("“%(key)s” must be a number") % {"key": key})
        elif not 0 < value <= 10_000:
            self.add(node, key, _("“%(key)s” must be above 0 and at most 10000") % {"key": key})

    def title(self, node, key="title") -> None:
        self.bilingual(node.get(key), node, key, most=LONGEST_TITLE)

    def bilingual(self, value, node, key, required=True, most=LONGEST_TEXT) -> None:
        if value is None and not required:
            return
        if not isinstance(value, dict):
            self.add(node, key, _("“%(key)s” needs th and en") % {"key": key})
            return
        self.text(value, "th", most=most)
        self.text(value, "en", required=False, most=most)

    def rows(self, node, key, required=True) -> list:
        """Return the mappings of a list; what is not a mapping is a fault and left out."""
        value = node.get(key)
        if value is None and not required:
            return []
        if not isinstance(value, list) or not value:
            self.add(
                node, key, _("“%(key)s” must be a list with at least one entry") % {"key": key}
            )
            return []
        return [row for index, row in enumerate(value) if self._row(value, index)]

    def _row(self, value, index) -> bool:
        return self.mapping(value[index], _line(value, index), str(index + 1))

    def texts(self, node, key) -> None:
        value = node.get(key)
        if value is not None and not (
            isinstance(value, list) and all(isinstance(row, str) and row for row in value)
        ):
            self.add(node, key, _("“%(key)s” must be a list of texts") % {"key": key})

    def yes_or_no(self, node, key) -> None:
        if not isinstance(node.get(key, False), bool):
            self.add(node, key, _("“%(key)s” must be true or false") % {"key": key})

    def bilingual_texts(self, node, key) -> None:
        """Check a list of texts, each in Thai alone or as {th, en}."""
        value = node.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.add(node, key, _("“%(key)s” must be a list of texts") % {"key": key})
            return
        for row in value:
            if isinstance(row, dict):
                self.only(row, "th", "en")
                self.bilingual(row, node, key)
            elif not isinstance(row, str) or not row.strip():
                self.add(node, key, _("“%(key)s” must be a list of texts") % {"key": key})

    def only(self, node, *keys) -> None:
        for key in node:
            if key not in keys:
                self.add(node, key, _("“%(key)s” is not known here") % {"key": key})

    def once(self, node, key, seen: set) -> None:
        value = str(node.get(key))
        if value in seen:
            self.add(node, key, _("“%(value)s” stands here a second time") % {"value": value})
        seen.add(value)


def _check_head(check: FileCheck, root) -> None:
    check.only(
        root,
        *("format", "code", "title", "note", "scoring", "total_points"),
        *("levels", "result_rules", "bands", "dimensions", "views", "categories"),
    )
    check.one_of(root, "format", (CRITERIA_FORMAT,))
    code = check.text(root, "code")
    if code and not _CODE.fullmatch(code):
        check.add(root, "code", _("a code has 3 to 40 small letters, digits, dots and hyphens"))
    check.title(root)
    check.bilingual(root.get("note"), root, "note", required=False)
    check.points(root, "total_points", required=True)
    for view in check.rows(root, "views", required=False):
        check.only(view, "code", "title", "divisor")
        check.text(view, "code")
        check.title(view)
        check.points(view, "divisor", required=True)
    _check_dimensions(check, root)
    scoring = check.one_of(root, "scoring", ScoringKind.values)
    if scoring == ScoringKind.LEVELS:
        _check_levels(check, root)
    elif scoring == ScoringKind.PERCENT:
        _check_bands(check, root)


def _check_dimensions(check: FileCheck, root) -> None:
    dimensions = root.get("dimensions")
    if dimensions is None or not check.mapping(dimensions, _line(root, "dimensions"), "dimensions"):
        return
    check.only(dimensions, "adli", "letci")
    for kind in dimensions:
        for row in check.rows(dimensions, kind):
            check.only(row, "code", "th", "en")
            check.text(row, "code", most=LONGEST_CODE)
            check.text(row, "th", most=LONGEST_TITLE)
            check.text(row, "en", most=LONGEST_TITLE)


def _check_levels(check: FileCheck, root) -> None:
    rows = check.rows(root, "levels")
    for row in rows:
        check.only(row, "code", "adds")
        check.one_of(row, "code", Level.values)
        check.points(row, "adds", required=True)
    if rows and [row.get("code") for row in rows] != Level.values:
        check.add(root, "levels", _("the levels must be basic, advance, significance in order"))
    elif not check.faults and sum(row["adds"] for row in rows) != root["total_points"]:
        check.add(root, "total_points", _("the levels do not add up to “total_points”"))
    rules = root.get("result_rules")
    if (
        not isinstance(rules, list)
        or not rules
        or any(rule not in ResultRule.values for rule in rules)
    ):
        message = _("“result_rules” must list some of: %(allowed)s")
        check.add(root, "result_rules", message % {"allowed": ", ".join(ResultRule.values)})


def _check_bands(check: FileCheck, root) -> None:
    bands = root.get("bands")
    if not isinstance(bands, list) or not all(isinstance(band, list) and band for band in bands):
        check.add(root, "bands", _("“bands” must be a list of lists of percentages"))
        return
    steps = [step for band in bands for step in band]
    is_percent = all(
        isinstance(step, int) and not isinstance(step, bool) and 0 <= step <= 100 for step in steps
    )
    if not is_percent or steps != sorted(set(steps)):
        check.add(root, "bands", _("percentages must rise from 0 to 100, each once"))


def _check_categories(check: FileCheck, root) -> None:
    rows = check.rows(root, "categories")
    scoring = root.get("scoring")
    seen: set = set()
    for row in rows:
        check.only(row, "number", "title", "points", "items")
        check.title(row)
        check.points(row, "points")
        number = row.get("number")
        for item in check.rows(row, "items"):
            _check_item(check, item, number, scoring, seen)
        _check_sum(check, row, "points", row.get("items"))
    _check_sum(check, root, "total_points", rows)
    if rows and [row.get("number") for row in rows] != list(range(1, 8)):
        check.add(root, "categories", _("the categories must be numbered 1 to 7 in order"))


def _check_sum(check: FileCheck, node, key: str, rows) -> None:
    """Points below may be unknown, but never more than the points above them."""
    full = node.get(key)
    points = [row.get("points") for row in rows or [] if isinstance(row, dict)]
    known = [value for value in points if isinstance(value, int | float)]
    if isinstance(full, int | float) and sum(known) > full:
        check.add(
            node, key, _("the known points below add up to more than “%(key)s”") % {"key": key}
        )


def _check_item(check: FileCheck, item, number, scoring, seen: set) -> None:
    check.only(
        item,
        *("code", "title", "asks", "points", "areas", "levels"),
        *("examples", "typical_ofi", "measures"),
    )
    code = check.text(item, "code")
    if code and not (_ITEM_CODE.fullmatch(code) and code.startswith(f"{number}.")):
        check.add(item, "code", _("an item code is the category number, a dot and a number"))
    check.once(item, "code", seen)
    check.title(item)
    check.bilingual(item.get("asks"), item, "asks", required=False)
    check.points(item, "points")
    check.texts(item, "areas")
    check.bilingual_texts(item, "examples")
    check.bilingual_texts(item, "typical_ofi")
    if scoring == ScoringKind.LEVELS and number != 7:
        _check_lines(check, item, seen)
    elif item.get("levels") is not None:
        check.add(item, "levels", _("only items 1–6 of an edition scored by level have levels"))
    for measure in check.rows(item, "measures", required=False):
        check.only(measure, "code", "th", "en", "required", "examples")
        check.once(measure, "code", seen)
        check.text(measure, "code", most=LONGEST_CODE)
        check.yes_or_no(measure, "required")
        check.bilingual(measure, item, "measures", most=LONGEST_TITLE)
        check.texts(measure, "examples")


def _check_lines(check: FileCheck, item, seen: set) -> None:
    levels = item.get("levels")
    if not isinstance(levels, dict) or list(levels) != Level.values:
        message = _("the item needs the levels basic, advance, significance in order")
        check.add(item, "levels", message)
        return
    for name in levels:
        level = levels[name]
        if not check.mapping(level, _line(levels, name), name):
            continue
        check.only(level, "emphasis", "lines")
        check.bilingual(level.get("emphasis"), level, "emphasis", required=False)
        for row in check.rows(level, "lines"):
            check.only(row, "code", "th", "en", "evidence_hints")
            check.text(row, "code", most=LONGEST_CODE)
            check.once(row, "code", seen)
            check.bilingual(row, level, "lines", most=LONGEST_TITLE)
            check.texts(row, "evidence_hints")


def _line(node, key) -> int:
    """Return the line of a key or list entry; of the node itself where the key is missing."""
    position = getattr(node, "lc", None)
    if position is None:
        return 1
    try:
        found = position.item(key) if isinstance(node, list) else position.key(key)
        return found[0] + 1
    except (KeyError, IndexError, TypeError, AttributeError):
        return (position.line or 0) + 1


def _plain(node: Any) -> Any:
    """Return the node without ruamel's own types, so that it can be stored and hashed."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return str(Decimal(repr(float(node))))
    return str(node)
