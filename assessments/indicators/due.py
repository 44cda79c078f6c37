"""Results that wait for people while a round is open (asked for by `assessments.due`): values to
type for their owners, to check for who checks, to correct after a return. One item a person,
round and kind, however many indicators.
"""

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import active_memberships
from assessments.enums import ResultStatus, RoundStatus
from assessments.models import Indicator, IndicatorValue, MonitoringRound
from notifications.due_items import DueItem
from workflows.enums import CycleStatus

TYPE, CHECK, CORRECT = "values", "values-check", "values-returned"


def waiting_results(agency: Agency, user: User | None) -> list[QuerySet]:
    """Return three querysets in the columns of `assessments.due.Row` (of one person, and of
    nobody: those are the officers').
    """
    entered = _values(agency).filter(status=ResultStatus.ENTERED, value__isnull=False)
    checker = Case(
        When(indicator__checker=F("entered_by"), then=None),
        default=F("indicator__checker"),
        output_field=BigIntegerField(),
    )
    returned = _values(agency).filter(status=ResultStatus.RETURNED)
    return [
        _columns(_without_value(agency), TYPE, F("owner"), "cycle", user),
        _columns(entered, CHECK, checker, "indicator__cycle", user),
        _columns(returned, CORRECT, F("indicator__owner"), "indicator__cycle", user),
    ]


def _without_value(agency: Agency) -> QuerySet:
    typed = IndicatorValue.objects.filter(
        indicator=OuterRef("pk"),
        fiscal_year=OuterRef("cycle__fiscal_year"),
        months=OuterRef("of_months"),
        value__isnull=False,
    )
    rows = Indicator.objects.filter(
        cycle__agency=agency,
        cycle__status=CycleStatus.OPEN,
        cycle__rounds__status=RoundStatus.OPEN,
    )
    return rows.annotate(of_months=F("cycle__rounds__months")).filter(~Exists(typed))


def _values(agency: Agency) -> QuerySet:
    return IndicatorValue.objects.filter(
        indicator__cycle__agency=agency,
        indicator__cycle__status=CycleStatus.OPEN,
        indicator__cycle__fiscal_year=F("fiscal_year"),
        indicator__cycle__rounds__status=RoundStatus.OPEN,
        indicator__cycle__rounds__months=F("months"),
    )


def _columns(rows: QuerySet, status: str, person, cycle: str, user: User | None) -> QuerySet:
    """Return round, kind, day, year, months, two empty titles, counts, person and round."""
    kept = f"{cycle}__rounds"
    rows = rows.order_by().annotate(c_person=person)
    if user:
        rows = rows.filter(Q(c_person=user.pk) | Q(c_person=None))
    nothing = Value("", output_field=CharField())
    return (
        rows.values("c_person", c_round=F(kept))
        .annotate(
            c_status=Value(status),
            c_due=F(f"{kept}__due_on"),
            c_year=F(f"{cycle}__fiscal_year"),
            c_months=F(f"{kept}__months"),
            c_thai=nothing,
            c_english=nothing,
            c_written=Value(0),
            c_count=Count("pk"),
            c_target=F(kept),
        )
        .values_list(
            *("c_round", "c_status", "c_due", "c_year", "c_months", "c_thai", "c_english"),
            *("c_written", "c_count", "c_person", "c_target"),
        )
    )


def _item(agency: Agency, row, title: str, why: str, action: str, url: str, icon: str) -> DueItem:
    people = (row.owner,) if row.owner else _officers(agency)
    return DueItem(
        object_type=MonitoringRound._meta.label_lower,
        object_id=f"{row.pk}:{row.status}",
        title=title % {"count": row.item_count, "months": row.number},
        why=why,
        due_on=row.due_on,
        url=url,
        action=action,
        people=people,
        icon=icon,
    )


def _officers(agency: Agency) -> tuple[int, ...]:
    members = active_memberships(agency)
    return tuple(row.user_id for row in members if row.role == OfficeRole.OFFICER)


def _type_item(agency: Agency, row) -> DueItem:
    title = _("Enter results of indicators: %(count)s in the round of %(months)s months")
    why = _("The round is open for entries")
    url = _list_url(agency, row, "missing", row.owner)
    return _item(agency, row, title, why, _("Enter"), url, "graph-up")


def _check_item(agency: Agency, row) -> DueItem:
    title = _("Check results of indicators: %(count)s in the round of %(months)s months")
    why = _("Typed by their owners, waiting for a second person")
    url = reverse("indicators:check", args=[agency.code, row.year])
    return _item(agency, row, title, why, _("Check"), f"{url}?round={row.number}", "check2-square")


def _correct_item(agency: Agency, row) -> DueItem:
    title = _("Correct results of indicators: %(count)s in the round of %(months)s months")
    why = _("Returned by the checker with a reason")
    url = _list_url(agency, row, "returned", row.owner)
    return _item(agency, row, title, why, _("Correct"), url, "arrow-return-left")


def _list_url(agency: Agency, row, state: str, owner: int | None) -> str:
    url = reverse("indicators:list", args=[agency.code, row.year])
    mine = "&who=mine" if owner else ""
    return f"{url}?round={row.number}&state={state}{mine}"


RESULT_ITEMS = {TYPE: _type_item, CHECK: _check_item, CORRECT: _correct_item}
