"""The appointment order on paper (คำสั่ง): parts and order by the rules of official papers."""

import re

from django.utils.translation import gettext_lazy as _

from committees.models import AppointmentOrder
from committees.order_docx import order_docx
from committees.order_words import order_context
from committees.queries import orders_visible_to
from documents.enums import PaperGroup
from documents.papers import PaperKind, register
from documents.pdf_rendering import Layout

LONGEST_CONTINUATION = 32
_NOT_IN_CSS_STRINGS = re.compile(r"[\"\\<>&\x00-\x1f\x7f]")


def add_continuations(order: AppointmentOrder, context: dict, layout: Layout) -> dict:
    """Return the context with the words that lead over from each page to the next.

    The words stand in a style sheet's string, so whatever could end it is left out.
    """
    pages = range(1, layout.page_count)
    words = [(page, continuation_word(layout.first_words(page + 1, 4))) for page in pages]
    return context | {"continuations": [(page, text) for page, text in words if text]}


def continuation_word(text: str) -> str:
    """Return the first words of a page as printed at the lower right of the page before.

    At most 32 letters, cut at spaces and where a line may break, followed by three dots.
    """
    taken = ""
    for word in re.findall(r"\s*[^\s\u200b]+", _NOT_IN_CSS_STRINGS.sub("", text)):
        if taken and len(taken + word) > LONGEST_CONTINUATION:
            break
        taken = f"{taken}{word}".strip()
    return f"{taken[:LONGEST_CONTINUATION]}..." if taken else ""


register(
    PaperKind(
        kind="order",
        group=PaperGroup.COMMITTEES,
        is_official=True,
        model=AppointmentOrder,
        label=_("Appointment order"),
        template="pdf/order.html",
        stylesheets=("pdf/order.css",),
        context=order_context,
        title=lambda order: order.title,
        agency_of=lambda order: order.agency,
        fiscal_year_of=lambda order: order.fiscal_year,
        visible_to=orders_visible_to,
        refine=add_continuations,
        docx=order_docx,
    )
)
