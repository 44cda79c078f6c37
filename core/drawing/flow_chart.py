"""Flow charts drawn in a table: which pieces of line each row draws, for page and paper.

A chart is a list of nodes from top to bottom, one table row each. Every line is cut at the row
borders and at the middle of the rows, where the symbols stand; the pieces of neighbouring rows
therefore meet whatever the height of a row is. The screen draws the pieces by class names, the
paper as layers of the cell's background (`flow_chart_layers`).

A chart may be cut into parts, one a page. A line that crosses a cut ends in a circle with a
letter, and goes on from a circle with the same letter in the other part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

AXIS, LEFT, RIGHT = "axis", "left", "right"
# Without those that hang below the line, which leave the circle.
LETTERS = "กขคงจฉชซดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"


@dataclass(frozen=True)
class Node:
    """A symbol: its step's number, its words, and an edge to another step if it has one."""

    step: int
    symbol: str
    label: str
    next_label: str = ""
    edge_to: int | None = None
    edge_label: str = ""


@dataclass(frozen=True)
class Rail:
    """A piece of a vertical line beside the chart: the whole row, its upper or lower half."""

    side: str  # "left" or "right"
    slot: int  # 0 is the outermost line of the side
    part: str  # "full", "upper" or "lower"


@dataclass(frozen=True)
class Stub:
    """A horizontal line at a row's middle between symbol and rail; an arrival has a head."""

    side: str
    slot: int
    arrives: bool


@dataclass
class Row:
    """One row of the chart: its node and the pieces of line to draw around it."""

    node: Node
    enters: bool = False  # a line comes from above
    leaves: bool = False  # a line goes on below
    rails: list[Rail] = field(default_factory=list)
    stubs: list[Stub] = field(default_factory=list)
    edge_side: str = ""  # where the words of the extra edge stand
    leads_away: int | None = None  # step that the edge leads to, when no line can

    @property
    def rails_above(self) -> list[Rail]:
        """Return the lines beside the chart that cross the row's upper border."""
        return [Rail(r.side, r.slot, "full") for r in self.rails if r.part != "lower"]


@dataclass(frozen=True)
class Connector:
    """A circle at a part's border, where a line goes on in other parts."""

    side: str  # "axis", "left" or "right"
    slot: int
    letter: str
    leads: bool  # the line goes to the other parts; it does not come from them
    parts: tuple[int, ...]  # counted from 0


@dataclass
class Part:
    """The rows of one page, and the connectors on top and at the foot."""

    rows: list[Row]
    above: list[Connector] = field(default_factory=list)
    below: list[Connector] = field(default_factory=list)


@dataclass(frozen=True)
class Loop:
    """The extra edges of a side that lead to the same row; they share one line."""

    side: str
    target: int
    sources: tuple[int, ...]

    @property
    def ends(self) -> tuple[int, ...]:
        return (self.target, *self.sources)


def chart_rows(nodes: Sequence[Node], *, loops_left: bool = True) -> list[Row]:
    """Return the rows of a chart that is drawn in one piece, from top to bottom."""
    return chart_parts(nodes, [len(nodes)], loops_left=loops_left)[0].rows


def chart_parts(
    nodes: Sequence[Node], sizes: Sequence[int], *, loops_left: bool = True
) -> list[Part]:
    """Return the chart in parts of so many rows.

    Edges of decisions run on the right; other ones on the left, if `loops_left` says that there
    is room. An edge to a step without nodes, or to its own row, gets no line: the row names the
    step in `leads_away`.
    """
    rows = [
        Row(node, enters=place > 0, leaves=place < len(nodes) - 1)
        for place, node in enumerate(nodes)
    ]
    loops = _loops(rows, loops_left)
    parts, starts = [], []
    for size in sizes:
        starts.append(sum(len(part.rows) for part in parts))
        parts.append(Part(rows[starts[-1] : starts[-1] + size]))
    bounds = [
        (start, start + len(part.rows) - 1) for start, part in zip(starts, parts, strict=True)
    ]
    letters = _join_axis(parts)
    for number in range(len(parts)):
        _draw_loops(rows, loops, parts, number, bounds, letters)
    return parts


def crossings(
    nodes: Sequence[Node], first: int, last: int, *, loops_left: bool = True
) -> tuple[int, int]:
    """Return how many loops end in connectors above and below, were these rows a part."""
    rows = [Row(node) for node in nodes]
    above = below = 0
    for loop in _loops(rows, loops_left):
        up, down = _crosses(loop, first, last)
        above += up
        below += down
    return above, below


def lanes(rows: Sequence[Row]) -> dict[str, int]:
    """Return how many lines run side by side at most on the left and on the right."""
    most = {LEFT: 0, RIGHT: 0}
    for row in rows:
        for rail in row.rails:
            most[rail.side] = max(most[rail.side], rail.slot + 1)
    return most


def letter(place: int) -> str:
    """Return the connector's letter of that place: ก … ฮ, then กก, กข …"""
    before, own = divmod(place, len(LETTERS))
    return (LETTERS[before - 1] if before else "") + LETTERS[own]


def _loops(rows: list[Row], loops_left: bool) -> list[Loop]:
    """Return the chart's loops, and note at each row where its edge leaves."""
    first_of: dict[int, int] = {}
    for place, row in enumerate(rows):
        first_of.setdefault(row.node.step, place)
    sources: dict[tuple[str, int], list[int]] = {}
    for start, row in enumerate(rows):
        if row.node.edge_to is None:
            continue
        row.edge_side = LEFT if loops_left and row.node.symbol != "decision" else RIGHT
        target = first_of.get(row.node.edge_to)
        if target is None or target == start:
            row.leads_away = row.node.edge_to
        else:
            sources.setdefault((row.edge_side, target), []).append(start)
    return [Loop(side, target, tuple(found)) for (side, target), found in sources.items()]


def _join_axis(parts: list[Part]) -> dict[tuple[str, int], str]:
    """Give neighbouring parts the connectors of the way down; return the letters taken."""
    for number in range(len(parts) - 1):
        mark = letter(number)
        parts[number].below.append(Connector(AXIS, 0, mark, True, (number + 1,)))
        parts[number + 1].above.append(Connector(AXIS, 0, mark, False, (number,)))
    return {(AXIS, number): letter(number) for number in range(len(parts) - 1)}


def _crosses(loop: Loop, first: int, last: int) -> tuple[bool, bool]:
    """Return whether the loop's line leaves the rows first … last upwards, and downwards."""
    if first <= loop.target <= last:
        return min(loop.sources) < first, max(loop.sources) > last
    inside = any(first <= source <= last for source in loop.sources)
    return inside and loop.target < first, inside and loop.target > last


def _draw_loops(
    rows: list[Row],
    loops: list[Loop],
    parts: list[Part],
    number: int,
    bounds: list[tuple[int, int]],
    letters: dict[tuple[str, int], str],
) -> None:
    """Draw the loops' lines of one part, and their connectors."""
    first, last = bounds[number]
    spans = []
    for loop in loops:
        up, down = _crosses(loop, first, last)
        ends = [end for end in loop.ends if first <= end <= last]
        if not ends:  # it passes this part in silence
            continue
        top = first - 1 if up else min(ends)
        spans.append((top, last + 1 if down else max(ends), loop))
    taken: list[tuple[str, int, int, int]] = []
    # The longest line stands outermost: shorter loops within it then cross nothing.
    for top, foot, loop in sorted(spans, key=lambda s: (s[0] - s[1], s[0], s[2].side)):
        slot = _free_slot(taken, loop.side, top, foot)
        taken.append((loop.side, slot, top, foot))
        _draw_loop(rows, loop, slot, top, foot, (first, last))
        if top < first or foot > last:
            key = (loop.side, loop.target)
            mark = letters.setdefault(key, letter(len(letters)))
            _connect(loop, parts, number, bounds, slot, mark)


def _free_slot(taken: list[tuple[str, int, int, int]], side: str, top: int, foot: int) -> int:
    """Return the first line of the side on which nothing runs between the rows."""
    used = {
        slot
        for other, slot, other_top, other_foot in taken
        if other == side and other_top <= foot and top <= other_foot
    }
    return next(slot for slot in range(len(used) + 1) if slot not in used)


def _draw_loop(
    rows: list[Row], loop: Loop, slot: int, top: int, foot: int, bounds: tuple[int, int]
) -> None:
    first, last = bounds
    for place in range(max(top, first), min(foot, last) + 1):
        part = "lower" if place == top else "upper" if place == foot else "full"
        rows[place].rails.append(Rail(loop.side, slot, part))
    for end in loop.ends:
        if first <= end <= last:
            rows[end].stubs.append(Stub(loop.side, slot, arrives=end == loop.target))


def _connect(
    loop: Loop,
    parts: list[Part],
    number: int,
    bounds: list[tuple[int, int]],
    slot: int,
    mark: str,
) -> None:
    first, last = bounds[number]
    part_of = {
        end: place
        for place, (start, stop) in enumerate(bounds)
        for end in loop.ends
        if start <= end <= stop
    }
    if first <= loop.target <= last:
        others = sorted({part_of[source] for source in loop.sources} - {number})
        above = tuple(other for other in others if other < number)
        below = tuple(other for other in others if other > number)
        leads = False
    else:
        target = part_of[loop.target]
        above, below = ((target,), ()) if target < number else ((), (target,))
        leads = True
    for border, found in ((parts[number].above, above), (parts[number].below, below)):
        if found:
            border.append(Connector(loop.side, slot, mark, leads, found))
