"""Repairs of WeasyPrint. Importing this module applies them, once, in this order.

1. The text layer: fonts draw น้ำ with glyphs that copy out as other letters, so every drawn
   line carries its real text (ActualText).
2. `<text>` in SVG is laid out letter by letter, and tone marks collide (WeasyPrint #2249): a
   text with one position is drawn as one run.
3. Tags: running heads and feet are decoration (Artifact), not text outside of the order.
"""

from contextlib import contextmanager

import weasyprint.draw.text as drawn_text
import weasyprint.pdf.tags as tags_module
import weasyprint.svg as svg_module
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.pdf.stream import Stream

_draw_first_line = drawn_text.draw_first_line
_svg_text = svg_module.TAGS["text"]
_marked = Stream.marked
_build_box_tree = tags_module._build_box_tree


def draw_first_line(stream, textbox, *args, **options):
    """Draw the line; wrap Thai in a span that tells readers its text."""
    text = textbox.text
    if not any("\u0e00" <= letter <= "\u0e7f" for letter in text):
        return _draw_first_line(stream, textbox, *args, **options)
    told = text.replace("\u200b", "").encode("utf-16-be").hex().encode()
    stream.stream.append(b"/Span <</ActualText <FEFF" + told + b">>> BDC")
    try:
        return _draw_first_line(stream, textbox, *args, **options)
    finally:
        stream.stream.append(b"EMC")


class _Run(str):
    """A text that iterates as one piece, so that SVG does not place its letters singly."""

    __slots__ = ()

    def __iter__(self):
        return iter((str(self),))


def svg_text(svg, node, font_size):
    """Draw an SVG text as one run unless its letters are placed singly on purpose."""
    placed = any(node.get(name) for name in ("rotate", "letter-spacing", "textLength")) or any(
        len((node.get(name) or "").replace(",", " ").split()) > 1 for name in ("x", "y", "dx", "dy")
    )
    if node.text and not placed:
        node._etree_node.text = _Run(node.text)
    return _svg_text(svg, node, font_size)


def mark_decoration(pages) -> None:
    """Note on everything inside the pages' margin boxes that it is decoration."""
    for page in pages:
        waiting = [box for box in page._page_box.children if isinstance(box, MarginBox)]
        while waiting:
            box = waiting.pop()
            box.is_decoration = True
            waiting += getattr(box, "children", ())


@contextmanager
def marked(stream, box, tag):
    """Mark the box's content with its place among the tags, or as decoration without one."""
    around = (
        stream.artifact() if getattr(box, "is_decoration", False) else _marked(stream, box, tag)
    )
    with around:
        yield


class _Tagging:
    """What the tags ask of a PDF; its list of pages is made once a page, not once a tag."""

    __slots__ = ("add_object", "page_references")

    def __init__(self, pdf):
        self.add_object, self.page_references = pdf.add_object, pdf.page_references


def build_box_tree(box, parent, pdf, *args):
    """Build the tags of a box; decoration has none."""
    if isinstance(box, MarginBox):
        return ()
    pdf = pdf if type(pdf) is _Tagging else _Tagging(pdf)
    return _build_box_tree(box, parent, pdf, *args)


drawn_text.draw_first_line = draw_first_line
Stream.marked = marked
tags_module._build_box_tree = build_box_tree
for _tag, _draw in list(svg_module.TAGS.items()):
    if _draw is _svg_text:
        svg_module.TAGS[_tag] = svg_text
svg_module.text = svg_text
