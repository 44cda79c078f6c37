"""Parts of papers that are drawn apart, and the numbers of the pages where things stand."""

from django import template
from django.template.base import token_kwargs
from django.utils.html import format_html

from documents.composing.labels import BODY, NUMBERINGS
from documents.composing.parts import part_marks
from documents.drawing.sheets import PART

register = template.Library()


class _PartNode(template.Node):
    def __init__(self, nodelist, name, options):
        self.nodelist, self.name, self.options = nodelist, name, options

    def render(self, context):
        name = str(self.name.resolve(context))
        options = {key: value.resolve(context) for key, value in self.options.items()}
        numbering = options.get("numbering", BODY)
        if numbering not in NUMBERINGS:
            raise template.TemplateSyntaxError(f"part {name}: no numbering {numbering!r}")
        only = context.get("only_part", "")
        # A preview of one part leaves the others unwritten.
        inner = self.nodelist.render(context) if only in ("", name) else ""
        classes = " ".join(filter(None, ("paper-part", options.get("class", ""))))
        html = format_html('<div class="{}" id="{}{}">{}</div>', classes, PART, name, inner)
        return part_marks(name, numbering, str(options.get("title", "")), html)


@register.tag("part")
def do_part(parser, token):
    """{% part "plan" title="…" numbering="body" class="book" %} … {% endpart %}.

    The content begins on a new page and says nothing that depends on the page where it stands,
    but through `page_of`. `numbering` is "front", "body" (default) or "none".
    """
    _tag, name, *bits = token.split_contents()
    options = token_kwargs(bits, parser)
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return _PartNode(nodelist, parser.compile_filter(name), options)


@register.simple_tag(takes_context=True)
def page_of(context, *words):
    """Print the number of the page where the element of that id begins: "ก", "๑๒".

    The id may be given in pieces: {% page_of "category-" category.number %}. Nothing is printed
    in the first pass, when nobody knows, and for elements that are nowhere.
    """
    return context.get("page_labels", {}).get("".join(map(str, words)), "")
