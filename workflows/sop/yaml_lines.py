"""Reading YAML that people wrote: every fault is collected with the line it stands on."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

MAX_CHARACTERS = 300_000
MAX_DEPTH = 12
# A shipped SOP has about 1,500; reading takes a second for every 10,000 or so.
MAX_PARTS = 20_000
# What an escape such as "\0" can write and no database or paper can hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def trimmed(text: str) -> str:
    """Return the text as it is kept: one kind of line end, no blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def writable(text: str) -> str:
    """Return the text without characters that no file may hold; Word's soft break breaks."""
    return trimmed(_UNPRINTABLE.sub("", trimmed(text).replace("\x0b", "\n")))


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: its line (from 1), where in the structure, and what."""

    line: int
    path: str
    message: str

    def __str__(self):
        place = f" ({self.path})" if self.path else ""
        return _("Line %(line)s%(place)s: %(message)s") % {
            "line": self.line,
            "place": place,
            "message": self.message,
        }


class SopFileError(ValueError):
    """The file is refused as a whole; `faults` names everything wrong, in line order."""

    def __init__(self, faults: list[Fault]):
        self.faults = sorted(faults, key=lambda fault: (fault.line, fault.path))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Block:
    """A mapping of the file, read key by key. Faults go into the list shared by all blocks."""

    def __init__(self, node: Any, path: str, line: int, faults: list[Fault]):
        self.node, self.path, self.line, self.faults = node, path, line, faults

    def fault(self, message: str, key: str | None = None) -> None:
        self.faults.append(Fault(self.line_of(key), self.path_of(key), message))

    def line_of(self, key: str | None) -> int:
        """Return the line of a key, or of the block itself when the key is missing."""
        if key is not None and key in self.node:
            return self.node.lc.key(key)[0] + 1
        return self.line

    def path_of(self, key: str | None) -> str:
        return ".".join(part for part in (self.path, key) if part)

    def allow(self, *keys: str) -> None:
        """Report every key that is none of `keys`."""
        for key in self.node:
            if key not in keys:
                known = ", ".join(keys)
                self.faults.append(
                    Fault(
                        self.node.lc.key(key)[0] + 1,
                        self.path_of(str(key)),
                        _("Unknown key. Known keys here: %(keys)s") % {"keys": known},
                    )
                )

    def text(self, key: str, limit: int, *, required: bool = False) -> str:
        """Return the trimmed text of a key; "" when it is missing or wrong."""
        value = self.node.get(key)
        if value is None:
            if required:
                self.fault(_("This is missing: %(key)s") % {"key": key}, key)
            return ""
        return self._text(value, limit, self.line_of(key), self.path_of(key), required)

    def texts(self, key: str, limit: int) -> list[str]:
        """Return a list of texts; [] when the key is missing."""
        return [self._text(value, limit, line, path, True) for value, line, path in self._list(key)]

    def number(self, key: str, low: int, high: int, *, required: bool = False) -> int | None:
        """Return a whole number from low to high, or None."""
        value = self.node.get(key)
        if value is None:
            if required:
                self.fault(_("This is missing: %(key)s") % {"key": key}, key)
            return None
        if type(value) is bool or not isinstance(value, int):
            self.fault(_("A whole number is needed here."), key)
            return None
        if not low <= value <= high:
            limits = {"low": low, "high": high}
            self.fault(_("The number must lie between %(low)s and %(high)s.") % limits, key)
            return None
        return int(value)

    def flag(self, key: str) -> bool:
        value = self.node.get(key, False)
        if not isinstance(value, bool):
            self.fault(_("Write true or false here."), key)
            return False
        return value

    def choice(self, key: str, choices: list[str], *, required: bool = False) -> str:
        """Return one of `choices`, or "" when missing or wrong."""
        value = self.text(key, 60, required=required)
        if value and value not in choices:
            known = ", ".join(choices)
            self.fault(
                _("“%(value)s” is not known. Use one of: %(known)s")
                % {"value": value, "known": known},
                key,
            )
            return ""
        return value

    def block(self, key: str) -> "Block | None":
        """Return the mapping under a key, or None when it is missing or not a mapping."""
        if self.node.get(key) is None:
            return None
        return self._block(self.node[key], self.line_of(key), self.path_of(key))

    def blocks(self, key: str) -> list["Block"]:
        """Return the mappings listed under a key."""
        found = [self._block(value, line, path) for value, line, path in self._list(key)]
        return [block for block in found if block is not None]

    def _block(self, value: Any, line: int, path: str) -> "Block | None":
        if not isinstance(value, dict):
            self.faults.append(Fault(line, path, _("Keys with values are needed here.")))
            return None
        return Block(value, path, line, self.faults)

    def _list(self, key: str) -> list[tuple[Any, int, str]]:
        value = self.node.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(_("A list is needed here (lines that begin with “- ”)."), key)
            return []
        return [
            (item, value.lc.item(index)[0] + 1, f"{self.path_of(key)}[{index + 1}]")
            for index, item in enumerate(value)
        ]

    def _text(self, value: Any, limit: int, line: int, path: str, required: bool) -> str:
        if type(value) is not bool and type(value) is int:
            value = str(value)
        if not isinstance(value, str):
            message = _("Text is needed here; put it between quotes.")
            self.faults.append(Fault(line, path, message))
            return ""
        text = trimmed(str(value))
        if _UNPRINTABLE.search(text):
            message = _("A character is not allowed in the file.")
            self.faults.append(Fault(line, path, message))
            return ""
        if required and not text:
            self.faults.append(Fault(line, path, _("This must not be empty.")))
        if len(text) > limit:
            message = _("Too long: %(length)s characters, at most %(limit)s.")
            self.faults.append(Fault(line, path, message % {"length": len(text), "limit": limit}))
        return text


def load_block(text: str) -> Block:
    """Return the file's top mapping. Raises SopFileError when it is no such YAML."""
    if len(text) > MAX_CHARACTERS:
        raise SopFileError([Fault(1, "", _("The file is too large."))])
    text = text.removeprefix("\ufeff")
    try:
        _refuse_tricks(text)
        node = YAML(typ="rt").load(text)
    except SopFileError:
        raise
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = _("A character is not allowed in the file.")
        raise SopFileError([Fault(line, "", message)]) from error
    except MarkedYAMLError as error:
        raise SopFileError([_syntax_fault(error)]) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise SopFileError([Fault(1, "", _("The file is not readable YAML."))]) from error
    if not isinstance(node, dict):
        raise SopFileError([Fault(1, "", _("Keys with values are needed here."))])
    return Block(node, "", 1, [])


def _refuse_tricks(text: str) -> None:
    """Refuse anchors, deep nesting and too many parts: they can exhaust the machine."""
    depth = 0
    for count, event in enumerate(YAML(typ="rt").parse(text)):
        if count > MAX_PARTS:
            raise SopFileError([Fault(event.start_mark.line + 1, "", _("The file is too large."))])
        merges = isinstance(event, ScalarEvent) and event.value == "<<" and event.implicit[0]
        if merges or isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            message = _("Anchors and aliases (& and *) are not allowed; write the text out.")
            raise SopFileError([Fault(event.start_mark.line + 1, "", message)])
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
        elif type(event).__name__ in {"MappingEndEvent", "SequenceEndEvent"}:
            depth -= 1
        if depth > MAX_DEPTH:
            raise SopFileError(
                [Fault(event.start_mark.line + 1, "", _("The file is nested too deeply."))]
            )


def _syntax_fault(error: MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = (error.problem or "").split("\n")[0]
    message = _("The file is not readable YAML here: %(problem)s") % {"problem": problem}
    return Fault(line, "", message)
