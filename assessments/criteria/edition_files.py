"""Reading an edition of the criteria from its YAML file.

A file is taken whole or refused whole. Every fault names its line, so that an office can mend
its file without help; nothing is guessed (points that are not known are written as null).
"""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from assessments.criteria.checked_yaml import (
    LONGEST_CODE,
    LONGEST_TITLE,
    EditionFileInvalid,
    FileCheck,
    line_of,
    load_yaml,
    plain,
    refuse_tricks,
)
from assessments.enums import Level, ResultRule, ScoringKind

EDITIONS = Path(__file__).parent / "editions"
CRITERIA_FORMAT = "pmqa-criteria/1"
PROFILE_FORMAT = "pmqa-profile/1"

_CODE = re.compile(r"[a-z0-9][a-z0-9.-]{1,38}[a-z0-9]")
_ITEM_CODE = re.compile(r"[1-7]\.[1-9][0-9]?")


def read_edition(text: str) -> dict:
    """Return the edition in the file as plain dicts, lists, strings and ints.

    Shape: code, title{th,en}, note{th,en}, scoring, total_points, levels|bands, categories
    [number, title, points, items[code, title, asks, points, areas, levels, examples,
    typical_ofi, measures]]. Raises EditionFileInvalid with every fault and its line.
    """
    root = load_yaml(text)
    refuse_tricks(root)
    check = FileCheck()
    if check.mapping(root, 1, "file"):
        _check_head(check, root)
        _check_categories(check, root)
    if check.faults:
        raise EditionFileInvalid(sorted(check.faults))
    return plain(root)


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
    return plain(root)


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
    if dimensions is None or not check.mapping(
        dimensions, line_of(root, "dimensions"), "dimensions"
    ):
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
        if not check.mapping(level, line_of(levels, name), name):
            continue
        check.only(level, "emphasis", "lines")
        check.bilingual(level.get("emphasis"), level, "emphasis", required=False)
        for row in check.rows(level, "lines"):
            check.only(row, "code", "th", "en", "evidence_hints")
            check.text(row, "code", most=LONGEST_CODE)
            check.once(row, "code", seen)
            check.bilingual(row, level, "lines", most=LONGEST_TITLE)
            check.texts(row, "evidence_hints")
