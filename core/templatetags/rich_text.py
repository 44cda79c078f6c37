"""The one place where cleaned text is marked safe."""

from django import template
from django.utils.safestring import mark_safe

from core.rich_text import clean_html

register = template.Library()


@register.filter
def cleaned(value):
    """Show rich text, cleaned again before it is shown."""
    return mark_safe(clean_html(str(value or "")))  # cleaned by our own list of tags
