"""Rich text is cleaned on save and again before it is shown or printed."""

import re
from html import unescape
from html.parser import HTMLParser

import nh3
from django.utils.html import escape

from core.address_values import whole_number

MAX_BYTES = 200_000
MAX_NESTING = 30
MAX_SPAN = 50
# Misplaced tags (a link in a table outside its cells) move when read again; then they rest.
MOST_ROUNDS = 5
TAGS = {
    "a", "b", "blockquote", "br", "caption", "em", "h3", "h4", "i", "li", "ol", "p", "s",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
VOID_TAGS = {"br"}


def clean_html(html: str) -> str:
    """Return only the permitted tags and attributes of `html`; cleaning twice changes nothing.

    No style, class, script, svg, data-* or hx-*; links go to http(s) or mailto; spans of cells
    at most 50. What is nested deeper than 30 elements or longer than 200 kB keeps its words and
    loses its tags.
    """
    if len(html.encode()) > MAX_BYTES or _nesting(html) > MAX_NESTING:
        return _words_only(html)
    for _round in range(MOST_ROUNDS):
        cleaned = _cleaned_once(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    return _words_only(html)


def plain_words(html: str) -> str:
    """Return rich text as lines of words, for a place that shows no tags."""
    lines = re.sub(r"</(p|li|h3|h4|tr|blockquote)>|<br>", "\n", html)
    return unescape(re.sub(r"<[^<>]*>", "", lines)).strip()


def _words_only(html: str) -> str:
    # A "<" ends what the one before it began: otherwise many of them take for ever.
    return _cleaned_once(escape(unescape(re.sub(r"<[^<>]*>", " ", html))))


def _cleaned_once(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in {"colspan", "rowspan"}:
        return value if 1 <= (whole_number(value) or 0) <= MAX_SPAN else None
    return value


class _Depth(HTMLParser):
    def __init__(self):
        super().__init__()
        self.depth = self.deepest = 0

    def handle_starttag(self, tag, attrs):
        if tag not in VOID_TAGS:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag):
        self.depth = max(0, self.depth - 1)

    def parse_marked_section(self, i, report=1):
        """Read over "<![…": the inherited way stumbles over what is no such section."""
        return self.parse_bogus_comment(i)


def _nesting(html: str) -> int:
    parser = _Depth()
    parser.feed(html)
    return parser.deepest
