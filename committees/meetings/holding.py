"""Holding minutes in their state while something in them is written."""

from django.db.models import F

from committees.models import Meeting, Minutes


def hold_minutes(meeting: Meeting) -> None:
    """Keep the minutes as they are until the transaction ends: nobody confirms them meanwhile.

    Must run inside `transaction.atomic()`. Without it PostgreSQL would let a text land after
    the snapshot that a confirmation keeps.
    """
    Minutes.objects.filter(meeting=meeting).update(version=F("version"))
