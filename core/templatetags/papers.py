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
    """Return a person's name that stays on one line of a column of `column_chars` letters.

    A longer one breaks at its spaces; a word longer than the column may break anywhere, or it
    would leave it.
    """
    words = str(name or "").split()
    whole = " ".join(words)
    lines = [whole] if whole and shown_length(whole) <= column_chars else words
    return format_html_join(" ", "{}", ((_whole(line, column_chars),) for line in lines))


def _whole(words: str, column_chars: int) -> str:
    fits = shown_length(words) <= column_chars
    return format_html('<span class="pmqa-nowrap">{}</span>', words) if fits else words
