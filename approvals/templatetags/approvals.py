"""The history of an object, for the page of any object that the engine knows."""

from django import template

from approvals.history import history_of

register = template.Library()


@register.inclusion_tag("approvals/_history.html", takes_context=True)
def object_history(context, obj):
    """Show every step of the object's life; one query."""
    return {"request": context["request"], "entries": history_of(obj), "heading": ""}
