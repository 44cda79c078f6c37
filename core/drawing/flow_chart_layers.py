"""The pieces of a flow chart's lines on paper: layers of a table cell's CSS background."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from core.drawing.flow_chart import LEFT, RIGHT, Rail, Row, Stub

LINE = 0.3  # thickness in mm
ARROW = (2.2, 1.8)  # length and width of an arrow head in mm
SLOT = 2.3  # distance in mm between two rails on one side
INK = "#1a1a1a"


@dataclass(frozen=True)
class Place:
    """Where a chart stands in its cell, in mm from the cell's left edge."""

    axis: float
    half: float  # half the width of this row's symbol
    left_rail: float
    right_rail: float
    slot: float = SLOT

    def rail(self, side: str, slot: int) -> float:
        """Return where the line of that side and slot runs."""
        if side == LEFT:
            return self.left_rail + slot * self.slot
        return self.right_rail - slot * self.slot


def cell_background(row: Row, place: Place) -> str:
    """Return the CSS `background` of a row's cell on paper: one layer for each piece of line."""
    layers = [_axis_layer(row, place)] if row.enters or row.leaves else []
    layers += _rail_layers(row.rails, place)
    for stub in row.stubs:
        layers = _stub_layers(stub, place) + layers
    return ",".join(layers) or "none"


def passing_background(rails: Sequence[Rail], place: Place, *, axis: bool) -> str:
    """Return the CSS `background` of a row without a symbol that lines only pass."""
    layers = _rail_layers(rails, place)
    if axis:
        layers.append(_layer(_SOLID, f"{place.axis - LINE / 2:.2f}mm 0", f"{LINE}mm 100%"))
    return ",".join(layers) or "none"


def piece(across: float, top: float, length: float) -> str:
    """Return the layer of a vertical line at these places (mm) of its cell."""
    return _layer(_SOLID, f"{across - LINE / 2:.2f}mm {top:.2f}mm", f"{LINE}mm {length:.2f}mm")


def _rail_layers(rails: Sequence[Rail], place: Place) -> list[str]:
    layers = []
    for rail in rails:
        height = "100%" if rail.part == "full" else "50%"
        foot = "100%" if rail.part == "lower" else "0"
        left = place.rail(rail.side, rail.slot) - LINE / 2
        layers.append(_layer(_SOLID, f"{left:.2f}mm {foot}", f"{LINE}mm {height}"))
    return layers


def _axis_layer(row: Row, place: Place) -> str:
    height = "100%" if row.enters and row.leaves else "50%"
    foot = "0" if row.enters else "100%"
    return _layer(_SOLID, f"{place.axis - LINE / 2:.2f}mm {foot}", f"{LINE}mm {height}")


def _stub_layers(stub: Stub, place: Place) -> list[str]:
    rail = place.rail(stub.side, stub.slot)
    tip = place.axis + (place.half if stub.side == RIGHT else -place.half)
    left, right = min(rail, tip) - LINE / 2, max(rail, tip) + LINE / 2
    layers = [_layer(_SOLID, f"{left:.2f}mm 50%", f"{right - left:.2f}mm {LINE}mm")]
    if stub.arrives:
        head = tip if stub.side == RIGHT else tip - ARROW[0]
        image = _HEAD_LEFT if stub.side == RIGHT else _HEAD_RIGHT
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
HEAD_UP = _svg(f'<path d="M5 0L10 10H0z" fill="{INK}"/>')
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
