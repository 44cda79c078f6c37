"""Words on paper: what a line must not cut, and how wide a column is in letters."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.thai_text import shown_length, wrap_protected

register = template.Library()


@register.filter
def kept(text: object, column_chars: int | None = None) -> SafeString:
    """Return the text as HTML in which dates, amounts and compounds stay on one line.

    `column_chars` is the width of the column in letters; what is wider may break.
    """
    return wrap_protected(str(text or ""), column_chars)


@register.filter
def name_kept(name: object, column_chars: int) -> SafeString:
    """Return a person's name that breaks only at its spaces.

    A word longer than the column of `column_chars` letters may break, or it would leave it.
    """
    words = [
        format_html('<span class="pmqa-nowrap">{}</span>', word)
        if shown_length(word) <= column_chars
        else word
        for word in str(name or "").split()
    ]
    return format_html_join(" ", "{}", ((word,) for word in words))
