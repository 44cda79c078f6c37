"""Evidence that expires soon or has expired: it waits for its owner (asked for by
`assessments.due`)."""

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments.evidence.library import SOON
from assessments.models import Evidence
from core import clock
from notifications.due_items import DueItem
from workflows.enums import CycleStatus

EXPIRING = "expiring"


def expiring_evidence(agency: Agency, user: User | None) -> QuerySet:
    """Return the open years' evidence that needs a newer one, in the columns of
    `assessments.due.Row` (of one person). Confidential pieces are named by their code only.
    """
    named = Concat("code", Value(" "), "title", output_field=CharField())
    rows = Evidence.objects.filter(
        cycle__agency=agency,
        cycle__status=CycleStatus.OPEN,
        valid_until__lte=clock.today() + SOON,
    ).annotate(
        c_status=Value(EXPIRING),
        c_number=Value(0),
        c_thai=Case(
            When(is_confidential=True, then=F("code")), default=named, output_field=CharField()
        ),
        c_english=Value(""),
        c_written=Value(0),
        c_items=Value(0),
        c_owner=Coalesce("owner_id", "created_by_id", output_field=IntegerField()),
        c_target=F("cycle_id"),
    )
    rows = rows.filter(c_owner=user.pk) if user else rows
    return rows.order_by().values_list(
        *("pk", "c_status", "valid_until", "cycle__fiscal_year", "c_number", "c_thai"),
        *("c_english", "c_written", "c_items", "c_owner", "c_target"),
    )


def expiring_item(agency: Agency, row) -> DueItem:
    return DueItem(
        object_type=Evidence._meta.label_lower,
        object_id=str(row.pk),
        title=_("Renew evidence %(title)s") % {"title": row.title},
        why=_("It may be used until this day"),
        due_on=row.due_on,
        url=reverse("evidence:detail", args=[agency.code, row.year, row.pk]),
        action=_("Open", context) if (context := "") else _("Replace"),
        people=(row.owner,),
        icon="paperclip",
    )
