"""รักษาราชการแทน / ปฏิบัติราชการแทน: periods in which somebody decides for the absent head."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies import audit
from agencies.enums import ActingKind
from agencies.models import ActingPeriod, Agency, AgencyMembership, User
from agencies.roles import is_officer
from core import clock


def overlapping(
    agency: Agency,
    absent: User,
    starts_on: dt.date,
    ends_on: dt.date,
    kind: str = ActingKind.ACTING_FOR,
    scopes: Sequence[str] = (),
) -> ActingPeriod | None:
    """Return a period that lends the same pen on a day of [starts_on, ends_on], if there is one.

    One person acts in an absence. A delegation stands beside it, and beside delegations of other
    kinds of matters; two for the same kind would leave open who is meant.
    """
    periods = ActingPeriod.objects.filter(
        agency=agency, absent=absent, kind=kind, starts_on__lte=ends_on, ends_on__gte=starts_on
    ).select_related("acting")
    return next(
        (
            period
            for period in periods
            if not scopes or not period.scopes or set(scopes) & set(period.scopes)
        ),
        None,
    )


def check_period(
    agency: Agency,
    absent: User,
    acting: User,
    starts_on: dt.date,
    ends_on: dt.date,
    kind: str = ActingKind.ACTING_FOR,
    scopes: Sequence[str] = (),
) -> None:
    """Raise ValidationError (field → messages) unless the period may be registered."""
    own = set(
        AgencyMembership.objects.filter(
            agency=agency, user__in=[absent, acting], is_active=True, user__is_active=True
        ).values_list("user_id", flat=True)
    )
    errors = {}
    if absent.pk not in own:
        errors["absent"] = _("Choose a person of this office.")
    if acting.pk not in own:
        errors["acting"] = _("Choose a person of this office.")
    elif absent.pk == acting.pk:
        errors["acting"] = _("Nobody can act for himself or herself.")
    if scopes and kind != ActingKind.BY_DELEGATION:
        errors["scopes"] = _(
            "Only a delegation is limited to kinds; who acts for an absent head has all powers."
        )
    if ends_on < starts_on:
        errors["ends_on"] = _("The last day cannot be before the first day.")
    elif clash := overlapping(agency, absent, starts_on, ends_on, kind, scopes):
        errors["starts_on"] = _(
            "%(person)s already acts in this person's place on some of these days."
        ) % {"person": clash.acting.get_full_name()}
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def add_period(agency: Agency, by: User, **fields) -> ActingPeriod:
    """Register an acting period; fields as on ActingPeriod. Raises ValidationError.

    An officer, who may not make himself director, may not lend himself the director's pen.
    """
    if fields["acting"].pk == by.pk and is_officer(by, agency):
        message = _("Nobody registers himself or herself as acting. Ask an administrator.")
        raise ValidationError({"acting": message})
    check_period(
        agency,
        **{name: value for name, value in fields.items() if name != "order_reference"},
    )
    period = ActingPeriod.objects.create(agency=agency, **fields)
    audit.record(
        agency,
        by,
        "acting.add",
        period,
        summary=str(period),
        after={name: str(value) for name, value in fields.items()},
    )
    return period


@transaction.atomic
def end_period(period: ActingPeriod, by: User) -> None:
    """End a running period today; withdraw one that has not begun. Past ones stay as they are."""
    today = clock.today()
    if period.starts_on > today:
        audit.record(period.agency, by, "acting.withdraw", period, summary=str(period))
        period.delete()
        return
    ended = ActingPeriod.objects.filter(pk=period.pk, ends_on__gt=today).update(ends_on=today)
    if ended:
        audit.record(period.agency, by, "acting.end", period, summary=str(period))
