"""The portal's own list of what a person was told: filtered, paged, by day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Count, QuerySet

from core import clock
from notifications.chat_text import chat_text
from notifications.enums import NoticeKind
from notifications.models import Notification


@dataclass(frozen=True)
class Filter:
    """What the person asked to see; unknown kinds mean all."""

    kind: str = ""
    only_unread: bool = False
    query: str = field(default="", compare=False)


def filter_from(values) -> Filter:
    """Return the filter of an address's query."""
    kind = values.get("kind", "")
    kind = kind if kind in NoticeKind.values else ""
    only_unread = values.get("unread") == "1"
    query = (f"kind={kind}&" if kind else "") + ("unread=1&" if only_unread else "")
    return Filter(kind, only_unread, query)


def filtered(rows: QuerySet[Notification], wanted: Filter) -> QuerySet[Notification]:
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return rows.filter(read_at=None) if wanted.only_unread else rows


def kinds_of(rows: QuerySet[Notification]) -> list[tuple[NoticeKind, int]]:
    """Return the kinds the person has notices of, with the number of unread ones. Two queries."""
    counted = rows.order_by().values_list("kind").annotate(Count("pk"))
    unread = dict(rows.filter(read_at=None).order_by().values_list("kind").annotate(Count("pk")))
    known = {kind for kind, _count in counted}
    return [(kind, unread.get(kind, 0)) for kind in NoticeKind if kind in known]


def by_day(notices: Iterable[Notification]) -> list[tuple[dt.date, list[dict]]]:
    """Return (day, rows) in the given order; each row carries its text for the chat group."""
    return [
        (day, [{"notice": notice, "chat": chat_text([notice])} for notice in group])
        for day, group in groupby(notices, key=lambda notice: clock.day_of(notice.created_at))
    ]
