"""What differs between two versions or two saves of an SOP, in words a person reads.

Steps of one draft are known by their rows; steps of two versions are matched by what they say.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property, partial
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _

from core.word_changes import Words, word_changes
from workflows.sop.data import SopData
from workflows.sop.part_words import Names, head_words, section_words, step_words
from workflows.sop.parts import (
    HEAD_FIELDS,
    NODE_FIELDS,
    STEP_FIELDS,
    WINDOW_FIELDS,
    Parts,
    step_key,
)

# Steps of two versions are the same one when they say at least this much alike.
ALIKE = 0.4


@dataclass(frozen=True)
class Difference:
    """One thing that differs: where ("head", "sections", "steps"), in what, and how.

    `kind` is "changed", "added", "removed" or "moved"; `title` names the section or step and
    `number` is the step's place now (before, where it was removed). `key` tells places apart.
    """

    where: str
    key: str
    title: str
    kind: str
    field: str = ""
    old: str = ""
    new: str = ""
    number: int | None = None

    @cached_property
    def words(self) -> list[Words]:
        return word_changes(self.old, self.new)


@dataclass(frozen=True)
class Place:
    """All differences of the head, of one section or of one step."""

    where: str
    title: str
    number: int | None
    kinds: list[str]
    differences: list[Difference]


def differences(old: Parts | SopData, new: Parts | SopData) -> list[Difference]:
    """Return what differs: the head first, then the sections, then the steps in their order."""
    before, after = _as_parts(old), _as_parts(new)
    return [
        *_head(before, after),
        *_sections(before["sections"], after["sections"]),
        *_steps(before, after),
    ]


def by_place(found: list[Difference]) -> list[Place]:
    """Return the differences gathered by head, section and step."""
    places = []
    for _key, group in groupby(found, lambda each: (each.where, each.key)):
        each = list(group)
        kinds = list(dict.fromkeys(difference.kind for difference in each))
        told = [difference for difference in each if difference.field]
        places.append(Place(each[0].where, each[0].title, each[0].number, kinds, told))
    return places


def changed_steps(found: list[Difference]) -> int:
    """Return how many steps were changed, added, removed or moved."""
    return len({difference.key for difference in found if difference.where == "steps"})


def _as_parts(given: Parts | SopData) -> Parts:
    return _parts_of_data(given) if isinstance(given, SopData) else given


def _parts_of_data(data: SopData) -> Parts:
    """Return a file's SOP as parts. Its steps get keys that no row has: minus their numbers."""
    head = {name: getattr(data, name, None) for name in HEAD_FIELDS}
    head["change_note"] = ""
    if "spans" in data.print_options:
        spans = [
            span | {"from": -span["from"], "to": -span["to"]}
            for span in data.print_options["spans"]
        ]
        head["print_options"] = data.print_options | {"spans": spans}
    parts: Parts = {
        "head": head,
        "sections": data.sections,
        "order": [-step.number for step in data.steps],
    }
    for step in data.steps:
        parts[step_key(-step.number)] = {name: getattr(step, name) for name in STEP_FIELDS} | {
            "nodes": [
                {name: getattr(node, name) for name in NODE_FIELDS}
                | {"edge_to": -node.edge_to if node.edge_to else None}
                for node in step.nodes
            ],
            "windows": [
                {name: getattr(window, name) for name in WINDOW_FIELDS} for window in step.windows
            ],
        }
    return parts


def _head(before: Parts, after: Parts) -> Iterator[Difference]:
    old, new = head_words(before, Names(before)), head_words(after, Names(after))
    title = _("Head of the SOP")
    for field in new:
        if old[field] != new[field]:
            yield Difference("head", "head", title, "changed", field, old[field], new[field])


def _sections(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[Difference]:
    old_titles = [section.get("title", "") for section in before]
    new_titles = [section.get("title", "") for section in after]
    matcher = SequenceMatcher(None, old_titles, new_titles, autojunk=False)
    place = 0
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        pairs = min(i2 - i1, j2 - j1) if tag in ("equal", "replace") else 0
        for step in range(max(i2 - i1, j2 - j1)):
            one = before[i1 + step] if i1 + step < i2 else None
            other = after[j1 + step] if j1 + step < j2 else None
            place += 1
            yield from _section(f"{place}", one, other, paired=step < pairs)


def _section(key: str, old, new, *, paired: bool) -> Iterator[Difference]:
    words_before = section_words(old) if old else ""
    words_after = section_words(new) if new else ""
    if words_before == words_after:
        return
    title = (new or old)["title"]
    kind = "changed" if paired else "added" if new else "removed"
    yield Difference("sections", key, title, kind, _("Text"), words_before, words_after)


def _steps(before: Parts, after: Parts) -> Iterator[Difference]:
    matched = matched_steps(before, after)
    moved = _moved(before["order"], after["order"], matched)
    # An arrow says the title of the step it leads to as it is called now.
    old_names = Names(before, {old: (after, new) for new, old in matched.items()})
    new_names = Names(after)
    gone = [pk for pk in before["order"] if pk not in matched.values()]
    for number, pk in enumerate(after["order"], 1):
        if pk in matched:
            yield from _removed(before, gone, before["order"].index(matched[pk]), old_names)
        part, key = after[step_key(pk)], str(pk)
        title = part["title"]
        if pk not in matched:
            yield Difference("steps", key, title, "added", number=number)
            for field, text in step_words(part, new_names).items():
                if text:
                    yield Difference("steps", key, title, "added", field, "", text, number)
            continue
        if pk in moved:
            was = before["order"].index(matched[pk]) + 1
            texts = (_("Place"), str(was), str(number))
            yield Difference("steps", key, title, "moved", *texts, number)
        old = step_words(before[step_key(matched[pk])], old_names)
        for field, text in step_words(part, new_names).items():
            if text != old[field]:
                yield Difference("steps", key, title, "changed", field, old[field], text, number)
    yield from _removed(before, gone, len(before["order"]), old_names)


def _removed(before: Parts, gone: list[int], until: int, names: Names) -> Iterator[Difference]:
    """Tell the removed steps that stood before the place; each is told once."""
    order = before["order"]
    for pk in [pk for pk in gone if order.index(pk) < until]:
        gone.remove(pk)
        part, number = before[step_key(pk)], order.index(pk) + 1
        title = part["title"]
        yield Difference("steps", str(pk), title, "removed", number=number)
        for field, text in step_words(part, names).items():
            if text:
                yield Difference("steps", str(pk), title, "removed", field, text, "", number)


def matched_steps(before: Parts, after: Parts) -> dict[int, int]:
    """Return new step → old step: the same row, else the same title, else much the same words."""
    matched = {pk: pk for pk in after["order"] if pk in before["order"]}
    # Each text is taken apart once, and forgotten with this comparison.
    much_alike = partial(_much_alike, pairs_of=cache(_pairs))
    for alike in (_same_title, much_alike):
        for pk in after["order"]:
            if pk not in matched:
                left = [old for old in before["order"] if old not in matched.values()]
                found = alike(after[step_key(pk)], {old: before[step_key(old)] for old in left})
                if found is not None:
                    matched[pk] = found
    return matched


def _same_title(part: dict[str, Any], candidates: dict[int, dict[str, Any]]) -> int | None:
    same = (pk for pk, old in candidates.items() if old["title"] == part["title"])
    return next(same, None) if part["title"] else None


def _much_alike(
    part: dict[str, Any],
    candidates: dict[int, dict[str, Any]],
    pairs_of: Callable[[str], Counter[str]],
) -> int | None:
    pairs = pairs_of(part["title"] + "\n" + part["detail"])
    best, found = ALIKE, None
    for pk, old in candidates.items():
        likeness = _likeness(pairs_of(old["title"] + "\n" + old["detail"]), pairs)
        if likeness > best:
            best, found = likeness, pk
    return found


def _likeness(before: Counter[str], after: Counter[str]) -> float:
    """Return which share of their neighbouring letters the texts have in common.

    Not by a matcher of sequences: texts written for the purpose keep one busy for minutes.
    """
    return 2 * (before & after).total() / (before.total() + after.total() or 1)


def _pairs(text: str) -> Counter[str]:
    return Counter(first + second for first, second in pairwise(text))


def _moved(before: list[int], after: list[int], matched: dict[int, int]) -> set[int]:
    """Return the steps that changed their order among those that stayed."""
    stayed = [matched[pk] for pk in after if pk in matched]
    was = [pk for pk in before if pk in stayed]
    matcher = SequenceMatcher(None, was, stayed, autojunk=False)
    kept = {
        pk for block in matcher.get_matching_blocks() for pk in was[block.a : block.a + block.size]
    }
    return {new for new, old in matched.items() if old not in kept}
