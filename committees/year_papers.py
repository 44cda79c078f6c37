"""Which papers of committees and meetings a year can give."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from committees.enums import OrderStatus
from committees.meetings.numbering import title_of
from committees.meetings.queries import meetings_visible_to
from committees.queries import orders_visible_to
from core import clock
from core.thai_dates import format_short
from documents import year_list
from documents.enums import PaperGroup
from documents.year_list import ListedRow, YearPaper

MEETING_KINDS = ("agenda", "invitation", "attendance", "minutes", "meeting-pack")


def order_rows(user: User, agency: Agency, year: int) -> QuerySet:
    return orders_visible_to(user).filter(agency=agency, fiscal_year=year)


def orders(agency: Agency, year: int, rows: list[ListedRow]) -> Iterator[YearPaper]:
    """Yield the year's appointment orders, the newest first."""
    for row in reversed(rows):
        url = reverse("committees:order-detail", args=[agency.code, year, row.pk])
        yield YearPaper("order", row.title, url, row.pk, OrderStatus(row.status).label)


def meetings(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the papers of each meeting; minutes that nobody began are named as missing.

    One query.
    """
    rows = meetings_visible_to(user).filter(agency=agency, fiscal_year=year)
    for meeting in rows.select_related("minutes"):
        url = reverse("meetings:detail", args=[agency.code, year, meeting.pk])
        held_on = format_short(clock.day_of(meeting.starts_at))
        for kind in MEETING_KINDS:
            lacks = kind == "minutes" and not hasattr(meeting, "minutes")
            yield YearPaper(
                kind,
                title_of(meeting),
                url,
                None if lacks else meeting.pk,
                held_on,
                [_("Nobody has begun the minutes.")] if lacks else [],
            )


year_list.register_rows(
    PaperGroup.COMMITTEES, ["order"], order_rows, orders, title="title", status="status"
)
year_list.register(PaperGroup.MEETINGS, MEETING_KINDS, meetings)
