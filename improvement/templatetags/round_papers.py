"""Drawings on the papers of a round."""

from django import template

from core.drawing import svg

register = template.Library()
WIDTH, HEIGHT = 300, 12


@register.simple_tag
def round_bar(percent):
    """A bar of how far it is; the figure stands beside it."""
    filled = WIDTH * max(0.0, min(100.0, float(percent))) / 100
    box = {"y": 0.5, "height": HEIGHT - 1}
    return svg.element(
        "svg",
        svg.element("rect", **box, x=0.5, width=WIDTH - 1, fill="#fff", stroke="#1a1a1a"),
        svg.element("rect", **box, x=0.5, width=max(0, filled - 1), fill="#444"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width="100%",
        height="3mm",
        preserveAspectRatio="none",
    )
