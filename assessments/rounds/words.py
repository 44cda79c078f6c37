"""What a round is called."""

from django.utils.translation import gettext as _

from assessments.models import MonitoringRound


def round_label(row: MonitoringRound) -> str:
    """Return the round's own name, else "6-month round" by its months."""
    return row.name or _("%(months)s-month round") % {"months": row.months}
