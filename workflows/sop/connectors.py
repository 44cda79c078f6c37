"""Page connectors on paper: the band at a page's border in which lines end in circles."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.drawing import flow_chart
from core.drawing import flow_chart_layers as layers
from workflows.sop.chart import Frame

# Heights in mm: the band of the way down, what each further line adds, the circles.
AXIS_BAND, LEVEL, HEAD_ROOM = 11.5, 7.2, 2.4
AXIS_CIRCLE, CIRCLE, MARGIN = 7.0, 4.6, 1.2
WORDS_APART = 1.4
MOST_PARTS = 4


@dataclass(frozen=True)
class Circle:
    """A connector as it is printed; all in mm from the band's upper left corner."""

    letter: str
    size: float
    line: float  # height of the letter's line
    left: float
    top: float
    leads: bool
    parts: list[int]  # sheets, counted from 1
    has_more: bool
    words_left: float
    words_width: float
    on_left: bool  # the words stand left of the circle
    head: str = ""
    head_left: float = 0
    head_top: float = 0


@dataclass(frozen=True)
class Band:
    """The row of the table in which a page's lines end, or from which they go on."""

    height: float
    background: str
    circles: list[Circle]


def height_of(count: int, *, with_axis: bool = True) -> float:
    """Return the height of a band with so many connectors of loops."""
    return (AXIS_BAND if with_axis else MARGIN) + LEVEL * count


def band(connectors: Sequence[flow_chart.Connector], frame: Frame, *, above: bool) -> Band | None:
    """Return the band of a page's connectors, on top or at the foot; None without any."""
    if not connectors:
        return None
    axis = [each for each in connectors if each.side == flow_chart.AXIS]
    # The innermost line ends nearest to the chart, so that none crosses another's words.
    loops = sorted(
        (each for each in connectors if each.side != flow_chart.AXIS),
        key=lambda each: (-each.slot, each.side),
    )
    height = height_of(len(loops), with_axis=bool(axis))
    pieces, circles = [], []
    for place, each in enumerate([*loops, *axis]):
        size = CIRCLE if each.side != flow_chart.AXIS else AXIS_CIRCLE
        # Where the circle stands, from the border to the chart's rows.
        level = LEVEL * place if each in loops else height - MARGIN - AXIS_CIRCLE
        top = height - level - size if above else level
        if each in loops:
            top += -HEAD_ROOM if above else HEAD_ROOM
        across = frame.axis if each.side == flow_chart.AXIS else _rail(frame, each)
        pieces.append(_line(across, top, size, height, above=above))
        circles.append(_circle(each, frame, across, top, size, above=above))
    return Band(height, ",".join(pieces), circles)


def _rail(frame: Frame, each: flow_chart.Connector) -> float:
    return frame.place().rail(each.side, each.slot)


def _line(across: float, top: float, size: float, height: float, *, above: bool) -> str:
    """Return the piece of line between the circle and the chart's rows."""
    start, length = (top + size, height - top - size) if above else (0.0, top)
    return layers.piece(across, start, max(length, 0.1))


def _circle(
    each: flow_chart.Connector,
    frame: Frame,
    across: float,
    top: float,
    size: float,
    *,
    above: bool,
) -> Circle:
    on_left = each.side == flow_chart.RIGHT
    near = size / 2 + WORDS_APART
    if on_left:
        words_left, until = frame.axis + 1, across - near
    elif each.side == flow_chart.AXIS:
        words_left, until = across + near, frame.width - 0.5
    else:
        words_left, until = across + near, frame.axis - 1
    length, wide = layers.ARROW
    head = ""
    if each.leads:
        head = layers.HEAD_UP if above else layers.HEAD_DOWN
    return Circle(
        letter=each.letter,
        size=size,
        line=round(size * 0.88, 2),
        left=round(across - size / 2, 2),
        top=round(top, 2),
        leads=each.leads,
        parts=[part + 1 for part in each.parts[:MOST_PARTS]],
        has_more=len(each.parts) > MOST_PARTS,
        words_left=round(words_left, 2),
        words_width=round(until - words_left, 2),
        on_left=on_left,
        head=head,
        head_left=round(across - wide / 2, 2),
        head_top=round(top + size if above else top - length, 2),
    )
