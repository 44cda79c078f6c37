"""Telling people that they answer for an indicator now."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import User
from assessments.models import Indicator
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.models import Cycle


def tell_owners(cycle: Cycle, indicators: Iterable[Indicator], by: User) -> None:
    """Tell each owner once of all indicators that were just given to them.

    Who gives them to himself is not told. Called inside the transaction that gives them.
    """
    given: dict[User, list[Indicator]] = {}
    for indicator in indicators:
        if indicator.owner_id and indicator.owner_id != by.pk:
            given.setdefault(indicator.owner, []).append(indicator)
    place = [cycle.agency.code, cycle.fiscal_year]
    for owner, rows in given.items():
        if len(rows) == 1:
            title = _("You answer for the indicator “%(name)s”") % {"name": rows[0].name[:200]}
        else:
            title = _("You answer for %(count)s indicators of %(year)s") % {
                "count": len(rows),
                "year": cycle.fiscal_year,
            }
        notify(
            cycle.agency,
            [owner],
            rule="indicator-owner",
            kind=NoticeKind.ASSIGNED,
            obj=rows[0],
            title=title,
            body="\n".join(f"{row.code} {row.name}" for row in rows[:20]),
            url=f"{reverse('indicators:definitions', args=place)}?owner={owner.pk}",
            occurrence=f"{rows[0].version}.{len(rows)}",
        )
