"""Flow charts drawn in a table: which pieces of line each row draws, for page and paper.

A chart is a list of nodes from top to bottom, one table row each. Every line is cut at the row
borders and at the middle of the rows, where the symbols stand; the pieces of neighbouring rows
therefore meet whatever the height of a row is. The screen draws the pieces by class names, the
paper as layers of the cell's background.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

LINE = 0.3  # thickness in mm
ARROW = (2.2, 1.8)  # length and width of an arrow head in mm
SLOT = 2.3  # distance in mm between two rails on one side
SLOTS = 3
INK = "#1a1a1a"


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
    leads_away: int | None = None  # step that the edge leads to, when it stands elsewhere


def chart_rows(
    nodes: Sequence[Node],
    *,
    from_above: bool = False,
    goes_on: bool = False,
    loops_left: bool = True,
) -> list[Row]:
    """Return the rows of the nodes from top to bottom.

    `from_above` and `goes_on` tell that the chart continues on the page before or after. An
    edge to a step that is not among the nodes, or to its own row, gets no line: the row names
    the step in `leads_away`. Edges of decisions run on the right; other ones on the left, if
    `loops_left` says that there is room.
    """
    rows = [
        Row(node, enters=from_above or place > 0, leaves=goes_on or place < len(nodes) - 1)
        for place, node in enumerate(nodes)
    ]
    first_of: dict[int, int] = {}
    for place, node in enumerate(nodes):
        first_of.setdefault(node.step, place)
    taken: list[tuple[str, int, int, int]] = []
    for start, row in enumerate(rows):
        if row.node.edge_to is None:
            continue
        end = first_of.get(row.node.edge_to)
        side = "left" if loops_left and row.node.symbol != "decision" else "right"
        row.edge_side = side
        if end is None or end == start:
            row.leads_away = row.node.edge_to
            continue
        slot = _free_slot(taken, side, min(start, end), max(start, end))
        taken.append((side, slot, min(start, end), max(start, end)))
        _draw_edge(rows, start, end, side, slot)
    return rows


def _free_slot(taken: list[tuple[str, int, int, int]], side: str, top: int, foot: int) -> int:
    """Return the first line of the side on which nothing runs between the rows."""
    used = {
        slot
        for other, slot, other_top, other_foot in taken
        if other == side and other_top <= foot and top <= other_foot
    }
    return next((slot for slot in range(SLOTS) if slot not in used), SLOTS - 1)


def _draw_edge(rows: list[Row], start: int, end: int, side: str, slot: int) -> None:
    top, foot = min(start, end), max(start, end)
    rows[top].rails.append(Rail(side, slot, "lower"))
    rows[foot].rails.append(Rail(side, slot, "upper"))
    for row in rows[top + 1 : foot]:
        row.rails.append(Rail(side, slot, "full"))
    rows[start].stubs.append(Stub(side, slot, arrives=False))
    rows[end].stubs.append(Stub(side, slot, arrives=True))


@dataclass(frozen=True)
class Place:
    """Where a chart stands in its cell, in mm from the cell's left edge."""

    axis: float
    half: float  # half the width of this row's symbol
    left_rail: float
    right_rail: float

    def rail(self, side: str, slot: int) -> float:
        return self.left_rail + slot * SLOT if side == "left" else self.right_rail - slot * SLOT


def cell_background(row: Row, place: Place) -> str:
    """Return the CSS `background` of a row's cell on paper: one layer for each piece of line."""
    layers = [_axis_layer(row, place)] if row.enters or row.leaves else []
    for rail in row.rails:
        height = "100%" if rail.part == "full" else "50%"
        foot = "100%" if rail.part == "lower" else "0"
        left = place.rail(rail.side, rail.slot) - LINE / 2
        layers.append(_layer(_SOLID, f"{left:.2f}mm {foot}", f"{LINE}mm {height}"))
    for stub in row.stubs:
        layers = _stub_layers(stub, place) + layers
    return ",".join(layers) or "none"


def _axis_layer(row: Row, place: Place) -> str:
    height = "100%" if row.enters and row.leaves else "50%"
    foot = "0" if row.enters else "100%"
    return _layer(_SOLID, f"{place.axis - LINE / 2:.2f}mm {foot}", f"{LINE}mm {height}")


def _stub_layers(stub: Stub, place: Place) -> list[str]:
    rail = place.rail(stub.side, stub.slot)
    tip = place.axis + (place.half if stub.side == "right" else -place.half)
    left, right = min(rail, tip) - LINE / 2, max(rail, tip) + LINE / 2
    layers = [_layer(_SOLID, f"{left:.2f}mm 50%", f"{right - left:.2f}mm {LINE}mm")]
    if stub.arrives:
        head = tip if stub.side == "right" else tip - ARROW[0]
        image = _HEAD_LEFT if stub.side == "right" else _HEAD_RIGHT
        layers.insert(0, _layer(image, f"{head:.2f}mm 50%", f"{ARROW[0]}mm {ARROW[1]}mm"))
    return layers


def data_uri(svg: str) -> str:
    """Return the drawing as an address for CSS; an unescaped ' would silently drop it."""
    return f"data:image/svg+xml,{quote(svg, safe=' =/:,.')}"


def _layer(image: str, position: str, size: str) -> str:
    return f"url('{image}') no-repeat {position}/{size}"


def _svg(body: str, box: str = "0 0 10 10") -> str:
    return data_uri(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="10" height="10" '
        f'preserveAspectRatio="none">{body}</svg>'
    )


_SOLID = _svg(f'<rect width="10" height="10" fill="{INK}"/>')
_HEAD_LEFT = _svg(f'<path d="M0 5L10 0V10z" fill="{INK}"/>')
_HEAD_RIGHT = _svg(f'<path d="M10 5L0 0V10z" fill="{INK}"/>')
HEAD_DOWN = _svg(f'<path d="M5 10L0 0H10z" fill="{INK}"/>')


def diamond(width: float, height: float, shoulder: float = 0) -> str:
    """Return a white rhombus with an outline as data URI, drawn for this size in mm.

    With a `shoulder` its upper and lower corners are cut flat, to hold very long words; it is
    the distance in mm from the left and right tips to the flat sides.
    """
    edge, middle = LINE / 2, height / 2
    if shoulder:
        left, right = shoulder, width - shoulder
        corners = [(edge, middle), (left, edge), (right, edge)]
        corners += [(width - edge, middle), (right, height - edge), (left, height - edge)]
    else:
        corners = [(edge, middle), (width / 2, edge)]
        corners += [(width - edge, middle), (width / 2, height - edge)]
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in corners)
    return data_uri(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><polygon points="{points}" fill="#ffffff" '
        f'stroke="{INK}" stroke-width="{LINE}"/></svg>'
    )
