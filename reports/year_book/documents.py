"""The book of a year, registered with the one paper door and in the list of papers."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, User
from documents import year_list
from documents.enums import PaperGroup
from documents.papers import PaperKind, register
from documents.year_list import YearPaper
from reports.year_book.binding import STYLES, bind_book, book_title, front_context
from reports.year_book.choosing import KIND, can_have_book
from workflows.models import Cycle
from workflows.queries import cycles_visible_to
from workflows.year_papers import first_cycle

register(
    PaperKind(
        kind=KIND,
        tells_evidence=True,
        group=PaperGroup.YEAR,
        model=Cycle,
        label=gettext_lazy("Year book"),
        template="pdf/year_book/front.html",
        stylesheets=STYLES,
        context=front_context,
        title=book_title,
        agency_of=lambda cycle: cycle.agency,
        fiscal_year_of=lambda cycle: cycle.fiscal_year,
        visible_to=lambda user: cycles_visible_to(user).select_related("agency"),
        may=lambda user, cycle: can_have_book(user, cycle.agency),
        bind=bind_book,
    )
)


def year_book(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the book for those who may have it."""
    if not can_have_book(user, agency):
        return
    cycle = first_cycle(user, agency, year)
    yield YearPaper(
        KIND,
        _("Year book"),
        reverse("reports:year-book", args=[agency.code, year]),
        cycle.pk if cycle else None,
        _("The papers of the year bound as one book, with contents and page numbers"),
        [] if cycle else [_("The year has no cycle yet.")],
    )


year_list.register(PaperGroup.YEAR, [KIND], year_book, is_main=True)
