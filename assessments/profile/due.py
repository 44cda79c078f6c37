"""Profile topics that wait for their owners (asked for by `assessments.due`)."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments.models import ProfileAnswer
from assessments.profile.writing import PROFILE_EDITABLE
from notifications.due_items import DueItem


def waiting_topics(agency: Agency, user: User | None = None) -> QuerySet[ProfileAnswer]:
    """Return the open topics that have an owner and no text yet (of one owner)."""
    rows = ProfileAnswer.objects.filter(
        PROFILE_EDITABLE, assessment__cycle__agency=agency, owner__isnull=False, text=""
    )
    return rows.filter(owner=user) if user else rows


def topic_item(agency: Agency, pk: int, year: int, number: int, title: str, owner: int) -> DueItem:
    """Return what a topic asks of its owner; `title` begins with the topic's code."""
    return DueItem(
        object_type=ProfileAnswer._meta.label_lower,
        object_id=str(pk),
        title=_("Write profile topic %(title)s") % {"title": title},
        why=_("You own this topic of the organisational profile"),
        due_on=None,
        url=reverse("profile:topic", args=[agency.code, year, number]),
        action=_("Write"),
        people=(owner,),
        icon="building",
    )
