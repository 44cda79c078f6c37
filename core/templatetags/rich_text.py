"""The one place where cleaned text is marked safe."""

import re
from html import unescape

from django import template
from django.utils.safestring import mark_safe

from core.rich_text import clean_html
from core.thai_numerals import to_thai_digits
from core.thai_text import wrap_protected

register = template.Library()

_TAG = re.compile(r"(<[^>]*>)")
_BLOCK = re.compile(r"<(?:p|ol|ul|table|h3|h4|blockquote)\b")
_INLINE = re.compile(r"</?(?:a|b|em|i|s|strong|sub|sup|u)\b")


@register.filter
def cleaned(value):
    """Show rich text, cleaned again before it is shown."""
    return mark_safe(clean_html(str(value or "")))  # cleaned by our own list of tags


@register.filter
def printed(value, thai):
    """Show rich text on paper: cleaned, in the paper's digits, with breaks beside inline tags.

    A line of Thai does not break before a tag that touches it, so the tag gets a place to.
    """
    pieces = []
    for piece in _TAG.split(clean_html(str(value or ""))):
        if not piece.startswith("<"):
            pieces.append(to_thai_digits(piece) if thai else piece)
        else:
            pieces.append(f"<wbr>{piece}<wbr>" if _INLINE.match(piece) else piece)
    return mark_safe("".join(pieces))  # cleaned; only digits and <wbr> were added


@register.filter
def printed_kept(value, thai):
    """Show rich text as `printed` does; dates, amounts and compounds stay on one line.

    Text without any block becomes paragraphs, a line each.
    """
    cleaned_text = clean_html(str(value or ""))
    if not _BLOCK.search(cleaned_text):
        lines = cleaned_text.replace("<br>", "\n").splitlines()
        cleaned_text = "".join(f"<p>{line}</p>" for line in lines if line.strip())
    pieces = []
    for piece in _TAG.split(cleaned_text):
        if not piece.startswith("<"):
            words = unescape(piece)
            pieces.append(wrap_protected(to_thai_digits(words) if thai else words))
        else:
            pieces.append(f"<wbr>{piece}<wbr>" if _INLINE.match(piece) else piece)
    return mark_safe("".join(pieces))  # cleaned; the words between tags were escaped again
