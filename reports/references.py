"""Evidence codes that writers type in an item's text: "ดูหลักฐาน 3.2-04 (หน้า ๔๕)".

The rule: a reference is the code of a piece of evidence that the report lists, typed as a word of
its own, in Arabic or Thai digits; printed is the code as it is filed, whole on its line. A paper
that carries the index of evidence links the code and adds the index's page, unless the writer named
a page behind it; inside brackets without brackets of its own. No part of a longer number, code,
date, time, telephone number, file name or address is a reference. Only the code is printed, never
a title, so confidential evidence may be named too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.templatetags.papers import kept
from core.thai_numerals import to_arabic_digits

_D = "[0-9๐-๙]"
_CODE = rf"{_D}{{1,2}}\.{_D}{{1,2}}[-\u2010\u2011]{_D}{{2,4}}"
_LATIN = "0-9๐-๙A-Za-z_"
# What holds digits and is no text: passed over as a whole.
_ADDRESS = r"(?:https?://|www\.)\S+|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]+"
# One code, or several joined by a comma or slash.
_CODES = (
    rf"(?<![{_LATIN}.,:/\\=&?#%@+\-\u2010-\u2013])"
    rf"(?P<codes>{_CODE}(?:[,/]{_CODE})*)"
    rf"(?![{_LATIN}@%=])(?![.,:/\-\u2010-\u2013]{_D})(?![.\-/][A-Za-z])"
)
_FOUND = re.compile(f"{_ADDRESS}|{_CODES}")
_ONE = re.compile(_CODE)
_PAGE_FOLLOWS = re.compile(rf"[ \u00a0]*(?:[(\[,][ \u00a0]*)?หน้า(?:ที่)?[ \u00a0]*{_D}")
# Where a letter touches a span, WeasyPrint breaks only at <wbr>; never before ฯ and ๆ.
_LETTER = re.compile("[\u0e01-\u0e2e\u0e30-\u0e45\u0e47-\u0e4e]")
# How far back an open bracket is looked for.
AROUND = 200


@dataclass(frozen=True)
class Reference:
    """One code typed in a text: where it stands, what is printed, and what follows it."""

    start: int
    end: int
    code: str
    names_page: bool
    is_in_brackets: bool


def references_in(text: str, known: Mapping[str, object]) -> Iterator[Reference]:
    """Yield the references of a text to the `known` codes, in their order."""
    for found in _FOUND.finditer(text):
        if not found["codes"]:
            continue
        for one in _ONE.finditer(text, *found.span("codes")):
            code = to_arabic_digits(re.sub("[\u2010\u2011]", "-", one.group()))
            if code in known:
                before = text[max(0, one.start() - AROUND) : one.start()]
                names_page = bool(_PAGE_FOLLOWS.match(text, one.end()))
                is_in_brackets = any(before.rfind(o) > before.rfind(c) for o, c in ("()", "[]"))
                yield Reference(*one.span(), code, names_page, is_in_brackets)


def printed(
    text: str,
    known: Mapping[str, int],
    labels: Mapping[str, str],
    prefix: str = "",
) -> SafeString:
    """Return the text as HTML for print, its references whole, linked and with their page.

    `known` gives the evidence of each code, `labels` the printed page of each element: without
    that of the index ("evidence-12") a reference is the code alone. With a `prefix` each gets an
    id, by which the index tells its page (`element_of`).
    """
    pieces, place = [], 0
    for number, one in enumerate(references_in(text, known)):
        evidence = f"evidence-{known[one.code]}"
        page = labels.get(evidence, "")
        code = _code(one, evidence, page, element_of(prefix, number))
        if _LETTER.match(text[max(0, one.start - 1) : one.start]):
            code = format_html("<wbr>{}", code)
        if _LETTER.match(text, one.end):
            # "(หน้า ๔๕) และ": what follows a page has a space before it.
            says_page = page and not one.names_page
            code = format_html("{} " if says_page else "{}<wbr>", code)
        pieces += [kept(text[place : one.start]), code]
        place = one.end
    pieces.append(kept(text[place:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def element_of(prefix: str, number: int) -> str:
    """Return the id of the nth reference, from 0, of a text; "" without a prefix."""
    return f"{prefix}-{number}" if prefix else ""


def _code(one: Reference, evidence: str, page: str, element: str) -> SafeString:
    own = format_html(' id="{}"', element) if element else ""
    if not page:
        return format_html('<span class="evidence-code"{}>{}</span>', own, one.code)
    link = format_html(
        '<span class="evidence-code"{}><a href="#{}">{}</a></span>', own, evidence, one.code
    )
    if one.names_page:
        return link
    words = "หน้า {}" if one.is_in_brackets else "(หน้า {})"
    return format_html('{} <span class="nowrap">{}</span>', link, words.format(page))
