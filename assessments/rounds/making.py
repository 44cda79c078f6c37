"""Making the rounds of a year from the office's rules, adding others, and mending their days."""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import audit, audit_actions
from agencies.models import User
from assessments.enums import RoundStatus
from assessments.models import IndicatorValue, MonitoringRound
from assessments.rounds.dates import RoundDays, months_of, round_days
from assessments.rounds.queries import rules_of
from documents.revisions import NotEditable, Saved, save_text
from workflows.dates import holidays_around
from workflows.enums import CycleStatus
from workflows.models import Cycle

CHANGEABLE = (RoundStatus.PLANNED, RoundStatus.OPEN)
IS_CHANGEABLE = Q(status__in=CHANGEABLE, cycle__status=CycleStatus.OPEN)
IS_OPEN = Q(status=RoundStatus.OPEN, cycle__status=CycleStatus.OPEN)


class RoundRefused(Exception):
    """The round cannot be made or taken away; the text says why."""


def begin_rounds(cycle: Cycle, by: User | None) -> None:
    """Make the rounds of a year that opens; a second cycle of the year gets none of its own."""
    year = {"cycle__agency": cycle.agency_id, "cycle__fiscal_year": cycle.fiscal_year}
    if not MonitoringRound.objects.filter(**year).exists():
        make_rounds(cycle, by)


def make_rounds(cycle: Cycle, by: User | None) -> int:
    """Make the rounds of the office's rules that the cycle lacks; return how many are new.

    Raises RoundRefused for a closed cycle.
    """
    rules = rules_of(cycle.agency)
    holidays = holidays_around(cycle.agency, cycle.fiscal_year)
    with transaction.atomic():
        _hold_cycle(cycle)
        known = set(cycle.rounds.values_list("months", flat=True))
        rows = [
            MonitoringRound(
                cycle=cycle,
                months=months,
                **vars(round_days(cycle.fiscal_year, months, rules, holidays)),
            )
            for months in months_of(rules)
            if months not in known
        ]
        MonitoringRound.objects.bulk_create(rows, ignore_conflicts=True)
        if rows:
            words = ", ".join(str(row.months) for row in rows)
            audit.record(cycle.agency, by, "round.make", cycle, summary=words)
    return len(rows)


def lacks_rounds(cycle: Cycle, rounds: Iterable[MonitoringRound]) -> bool:
    """Return whether the office's rules name a round that is not among these of the cycle."""
    return bool(set(months_of(rules_of(cycle.agency))) - {row.months for row in rounds})


def usual_days(cycle: Cycle, months: int) -> RoundDays:
    """Return the days that the office's rules give a round of the cycle."""
    holidays = holidays_around(cycle.agency, cycle.fiscal_year)
    return round_days(cycle.fiscal_year, months, rules_of(cycle.agency), holidays)


def add_round(
    cycle: Cycle,
    by: User,
    months: int,
    name: str = "",
    opens_on: dt.date | None = None,
    due_on: dt.date | None = None,
) -> MonitoringRound:
    """Add a round of any months; days left out follow the office's rules.

    Raises RoundRefused for a closed cycle, months that have their round, or days in disorder.
    """
    days = vars(usual_days(cycle, months))
    days |= {"opens_on": opens_on or days["opens_on"], "due_on": due_on or days["due_on"]}
    if days["due_on"] < days["opens_on"]:
        raise RoundRefused(_("Reports cannot be due before the round opens."))
    try:
        with transaction.atomic():
            _hold_cycle(cycle)
            row = MonitoringRound.objects.create(cycle=cycle, months=months, name=name, **days)
            audit.record(cycle.agency, by, "round.add", row, summary=str(months))
    except IntegrityError as error:
        raise RoundRefused(_("The year already has a round of these months.")) from error
    return row


def save_round(row: MonitoringRound, fields: dict, version: int, by: User) -> Saved:
    """Save name, days or proposals while the round is planned or open.

    Raises documents.revisions.SaveConflict when somebody saved since `version`, NotEditable
    when the round is closed or accepted.
    """
    agency = row.cycle.agency
    with transaction.atomic():
        saved = save_text(
            row, fields, version=version, by=by, agency=agency, editable=IS_CHANGEABLE
        )
        after = {name: str(value) for name, value in fields.items()}
        audit.record(agency, by, "round.edit", row, summary=str(row.months), after=after)
    return saved


def remove_round(row: MonitoringRound, by: User) -> None:
    """Take a planned round away that nobody has reported to.

    Raises RoundRefused for a round that was opened or has figures, and in a closed year.
    """
    with transaction.atomic():
        # The write holds the row: an opening at the same moment comes before or finds nothing.
        _hold_cycle(row.cycle)
        held = MonitoringRound.objects.filter(pk=row.pk, status=RoundStatus.PLANNED)
        if not held.update(status=F("status")):
            raise RoundRefused(_("Only a round that is not open yet can be removed."))
        if has_figures(row):
            raise RoundRefused(_("The round has figures already and stays."))
        audit.record(row.cycle.agency, by, "round.remove", row, summary=str(row.months))
        row.delete()


def has_figures(row: MonitoringRound) -> bool:
    """Return whether anything was reported to the round."""
    values = IndicatorValue.objects.filter(
        indicator__cycle=row.cycle_id, fiscal_year=row.cycle.fiscal_year, months=row.months
    )
    return row.action_reports.exists() or values.exists()


def hold_open(row: MonitoringRound) -> None:
    """Hold the round open until the transaction ends; what is written lands before its closing.

    Raises documents.revisions.NotEditable when the round or its year is not open.
    """
    open_rows = MonitoringRound.objects.filter(IS_OPEN)
    held = MonitoringRound.objects.filter(
        pk=row.pk, status=RoundStatus.OPEN, pk__in=open_rows.values("pk")
    )
    if not held.update(status=F("status")):
        raise NotEditable


def _hold_cycle(cycle: Cycle) -> None:
    if not Cycle.objects.filter(pk=cycle.pk, status=CycleStatus.OPEN).update(status=F("status")):
        raise RoundRefused(_("The cycle of the year is closed"))


audit_actions.register(
    {
        "round.make": gettext_lazy("Monitoring rounds made"),
        "round.add": gettext_lazy("Monitoring round added"),
        "round.edit": gettext_lazy("Monitoring round changed"),
        "round.remove": gettext_lazy("Monitoring round removed"),
    }
)
