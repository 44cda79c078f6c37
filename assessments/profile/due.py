"""Profile topics that wait for their owners."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments.models import ProfileAnswer
from assessments.profile.writing import PROFILE_EDITABLE
from notifications.due_items import DueItem


def due_topics(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield each topic that has an owner and no text yet, to its owner. One query."""
    rows = (
        ProfileAnswer.objects.filter(
            PROFILE_EDITABLE, assessment__cycle__agency=agency, owner__isnull=False, text=""
        )
        .select_related("topic", "assessment__cycle")
        .order_by("assessment__cycle__fiscal_year", "topic__number", "pk")
    )
    for row in rows.filter(owner=user) if user else rows:
        year = row.assessment.cycle.fiscal_year
        words = {"code": row.topic.code, "title": row.topic.title}
        yield DueItem(
            object_type=row._meta.label_lower,
            object_id=str(row.pk),
            title=_("Write profile topic %(code)s %(title)s") % words,
            why=_("You own this topic of the organisational profile"),
            due_on=None,
            url=reverse("profile:topic", args=[agency.code, year, row.topic.number]),
            action=_("Write"),
            people=(row.owner_id,),
            icon="building",
        )
