"""What the buttons of the settings page do to the signature blocks typed so far."""

from typing import Any

from agencies.models import Agency
from documents.house_look.signatures import MOST_BLOCKS, head_in_office

FIELDS = ("kind", "words", "name", "position", "acting")
Block = dict[str, str]


def rearranged(data: Any, doing: str, agency: Agency) -> Any:
    """Return the posted form after the button `doing`: add, or up, down, remove and head with the
    block's place ("up:2"). A button that does not fit leaves all as it is.
    """
    action, _colon, at = doing.partition(":")
    count = data.get("blocks", "0")
    blocks = [
        {name: data.get(f"b{place}-{name}", "") for name in FIELDS}
        for place in range(min(int(count), MOST_BLOCKS) if _is_small(count) else 0)
    ]
    if action == "add" and len(blocks) < MOST_BLOCKS:
        blocks.append(dict.fromkeys(FIELDS, ""))
    elif action in _MOVES and _is_small(at) and int(at) < len(blocks):
        _MOVES[action](blocks, int(at), agency)
    else:
        return data
    said = data.copy()
    said["blocks"] = str(len(blocks))
    for place, block in enumerate(blocks):
        for name in FIELDS:
            said[f"b{place}-{name}"] = block[name]
    return said


def _is_small(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 4


def _up(blocks: list[Block], at: int, _agency: Agency) -> None:
    blocks.insert(max(at - 1, 0), blocks.pop(at))


def _down(blocks: list[Block], at: int, _agency: Agency) -> None:
    blocks.insert(at + 1, blocks.pop(at))


def _remove(blocks: list[Block], at: int, _agency: Agency) -> None:
    del blocks[at]


def _head(blocks: list[Block], at: int, agency: Agency) -> None:
    blocks[at] |= head_in_office(agency)


_MOVES = {"up": _up, "down": _down, "remove": _remove, "head": _head}
