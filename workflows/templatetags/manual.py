"""The pages of one SOP inside a manual: its own paper's templates, filled with its own context."""

from typing import Any

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
def sop_pages(context: dict[str, Any]) -> str:
    """Return the SOP's text and tables as HTML, escaped by their templates."""
    return render_to_string("pdf/manual/sop.html", context)
