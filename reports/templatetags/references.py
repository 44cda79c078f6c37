"""Texts of items on paper: the evidence they name becomes references."""

from django import template
from django.utils.safestring import SafeString

from reports.references import printed

register = template.Library()


@register.simple_tag(takes_context=True)
def with_references(context, text: str, *prefix) -> SafeString:
    """Print a text with its references (reports.references); `prefix` begins their ids.

    {% with_references line "cited-" item.code "-" forloop.counter %}. Which codes there are is
    `references` in the context, pages are those of `page_of`.
    """
    known, labels = context.get("references", {}), context.get("page_labels", {})
    return printed(text, known, labels, "".join(map(str, prefix)))
