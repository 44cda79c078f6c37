"""What two issues of a paper say differently, place by place.

Places are the headings of the newer paper (of the older one for what is gone). Page numbers in
references are no difference: they follow from the rest.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from core.word_changes import MOST_STEPS, Words, row_changes, steps_of, word_changes
from documents.issued.content import HEADING, Line

# More than this nobody reads; the rest is counted.
MOST_SHOWN = 400
_PAGES = re.compile(r"[\s,]*หน้า\s*[0-9๐-๙]+(?:\s*[-–,]\s*[0-9๐-๙]+)*")


@dataclass(frozen=True)
class Change:
    """One line that differs: "changed", "added" or "removed", before and after."""

    kind: str
    old: str
    new: str
    is_told_by_words: bool = True

    @cached_property
    def words(self) -> list[Words]:
        """Return both lines as one row of runs, in whole lines where that is all one can say."""
        if self.is_told_by_words:
            return word_changes(self.old, self.new)
        runs = (Words("removed", self.old), Words("added", self.new))
        return [run for run in runs if run.text]

    @cached_property
    def old_words(self) -> list[Words]:
        return [run for run in self.words if run.kind != "added"]

    @cached_property
    def new_words(self) -> list[Words]:
        return [run for run in self.words if run.kind != "removed"]


@dataclass
class Place:
    """The changes below one heading."""

    title: str
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """What differs: the places, how many lines in all, and how many of them are not shown."""

    places: list[Place]
    count: int

    @property
    def hidden(self) -> int:
        return max(0, self.count - MOST_SHOWN)


def compare(old: list[Line], new: list[Line]) -> Comparison:
    """Return what differs between two contents; its time is limited whatever they say."""
    places: list[Place] = []
    count, budget, heading = 0, MOST_STEPS, ""
    for gone, come in row_changes(_without_pages(old), _without_pages(new)):
        if gone == come:
            heading = _last_heading(come, heading)
            continue
        for before, after in _paired(gone, come):
            line = after or before
            if line[0] == HEADING:
                heading = line[1]
            count += 1
            if count > MOST_SHOWN:
                continue
            steps = steps_of(before[1], after[1]) if before and after else 0
            told = steps <= budget
            budget -= steps if told else 0
            change = _change(before, after, told=told)
            if not places or places[-1].title != heading:
                places.append(Place(heading))
            places[-1].changes.append(change)
    return Comparison(places, count)


def _paired(gone: list[Line], come: list[Line]) -> list[tuple[Line | None, Line | None]]:
    """Return what stands in the place of what, one by one; as many as there are on either side."""
    if gone and come and len(gone) != len(come):
        return [*((line, None) for line in gone), *((None, line) for line in come)]
    return list(zip_longest(gone, come))


def _change(before: Line | None, after: Line | None, *, told: bool) -> Change:
    if before is None:
        return Change("added", "", after[1], False)
    if after is None:
        return Change("removed", before[1], "", False)
    return Change("changed", before[1], after[1], told)


def _without_pages(lines: list[Line]) -> list[Line]:
    return [(kind, _PAGES.sub("", text)) for kind, text in lines]


def _last_heading(lines: list[Line], otherwise: str) -> str:
    return next((text for kind, text in reversed(lines) if kind == HEADING), otherwise)
