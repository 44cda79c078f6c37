"""Two repairs of WeasyPrint for Thai. Importing this module applies them, once, in this order.

1. The text layer: fonts draw น้ำ with glyphs that copy out as other letters, so every drawn
   line carries its real text (ActualText).
2. `<text>` in SVG is laid out letter by letter, and tone marks collide (WeasyPrint #2249): a
   text with one position is drawn as one run.
"""

import weasyprint.draw.text as drawn_text
import weasyprint.svg as svg_module

_draw_first_line = drawn_text.draw_first_line
_svg_text = svg_module.TAGS["text"]


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


drawn_text.draw_first_line = draw_first_line
for _tag, _draw in list(svg_module.TAGS.items()):
    if _draw is _svg_text:
        svg_module.TAGS[_tag] = svg_text
svg_module.text = svg_text
