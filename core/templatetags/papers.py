"""Words on paper: what a line must not cut, and how wide a column is in letters."""

from django import template
from django.utils.safestring import SafeString

from core.thai_text import wrap_protected

register = template.Library()


@register.filter
def kept(text: object, column_chars: int | None = None) -> SafeString:
    """Return the text as HTML in which dates, amounts and compounds stay on one line.

    `column_chars` is the width of the column in letters; what is wider may break.
    """
    return wrap_protected(str(text or ""), column_chars)
