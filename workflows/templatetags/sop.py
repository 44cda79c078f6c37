"""Words of an SOP on paper: digits by office, lines that hang."""

import re

from django import template

from core.thai_numerals import to_thai_digits

register = template.Library()


@register.filter
def digits(value: object, thai: bool) -> str:
    """Return the text with Thai digits when the paper prints them."""
    text = str(value)
    return to_thai_digits(text) if thai else text


@register.filter
def hang(text: str) -> str:
    """Return the class of a line that begins with a dash or a number, to indent what follows."""
    return "hang" if re.match(r"(-|\d+[.)]|[๐-๙]+[.)])\s", str(text)) else ""
