"""Words of an SOP on paper: digits by office, lines that hang."""

import re

from django import template

from core.thai_numerals import to_thai_digits
from workflows.sop.section_html import section_counter

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


@register.filter
def inner_numbers(section: dict) -> str:
    """Return the class that draws 3.1, 3.1.1 inside the rich text of section 3."""
    counter = section_counter(section)
    return f"sop-no-{counter}" if counter else ""
