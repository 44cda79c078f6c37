"""YAML files of criteria: read with their line numbers, checked part by part, every fault named.

The files of editions, of the profile and of the mapping are read through here.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

# Twice the longest edition; reading more would keep a person waiting.
LARGEST_FILE = 500_000
# As long as the columns that keep them.
LONGEST_TITLE, LONGEST_CODE, LONGEST_TEXT = 300, 20, 4000

_NO_LETTER = re.compile("[\x00\ud800-\udfff]")


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


def refuse_tricks(root: Any) -> None:
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
            waiting += [(key, line), (value, line_of(node, key))]


class FileCheck:
    """Collects faults; each method answers what it found so that checks can go on."""

    def __init__(self):
        self.faults: list[Fault] = []

    def add(self, node, key, message: str) -> None:
        self.faults.append(Fault(line_of(node, key), message))

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
        return self.mapping(value[index], line_of(value, index), str(index + 1))

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


def plain(node: Any) -> Any:
    """Return the node without ruamel's own types, so that it can be stored and hashed."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return str(Decimal(repr(float(node))))
    return str(node)


def line_of(node, key) -> int:
    """Return the line of a key or list entry; of the node itself where the key is missing."""
    position = getattr(node, "lc", None)
    if position is None:
        return 1
    try:
        found = position.item(key) if isinstance(node, list) else position.key(key)
        return found[0] + 1
    except (KeyError, IndexError, TypeError, AttributeError):
        return (position.line or 0) + 1
