"""The paper `sop-layout`: an SOP of the office in a layout that is not yet its own, to look at."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from core import clock
from core.fiscal_year import fiscal_year_of
from documents.enums import PaperGroup
from documents.papers import PaperKind, register
from documents.pdf_rendering import Layout as PageLayout
from workflows.models import SopLayout
from workflows.permissions import can_edit_layouts
from workflows.queries import layouts_visible_to
from workflows.sop.own_layouts import sample_version
from workflows.sop.paper import paper_context, refined

KIND = "sop-layout"


def preview_context(layout: SopLayout) -> dict[str, Any]:
    """Return what the SOP's paper prints, in this layout. The version itself is not changed.

    A layout shapes the table of steps; the sections around it would only push it off page one.
    """
    version = sample_version(layout)
    if version is None:
        raise ValueError("the office has no SOP to print in the layout")
    version.own_layout = layout
    version.sections = [row for row in version.sections if row.get("shows") == "table"]
    return paper_context(version)


def refine(layout: SopLayout, context: dict[str, Any], pages: PageLayout) -> dict[str, Any]:
    return refined(context, pages.places)


def may_preview(user: User, layout: SopLayout) -> bool:
    return can_edit_layouts(user, layout.agency) and sample_version(layout) is not None


register(
    PaperKind(
        kind=KIND,
        group=PaperGroup.SOP,
        can_be_issued=False,
        model=SopLayout,
        label=_("Preview of a layout"),
        template="pdf/sop.html",
        stylesheets=("pdf/sop.css",),
        context=preview_context,
        title=lambda layout: layout.name,
        agency_of=lambda layout: layout.agency,
        fiscal_year_of=lambda layout: fiscal_year_of(clock.today()),
        visible_to=layouts_visible_to,
        may=may_preview,
        refine=refine,
    )
)
