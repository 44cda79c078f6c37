"""Rounds open by themselves on their day; asked as often as one likes, each opens once.

A round whose reports were due before today is left to the officer: a year made good later must
not call everybody to report.
"""

from agencies.models import User
from agencies.roles import officers_of
from approvals.transitions import AlreadyChanged, RequirementsMissing, perform
from assessments.enums import RoundStatus
from assessments.models import MonitoringRound
from core import clock
from workflows.enums import CycleStatus

REASON = "ถึงวันเปิดรอบตามกำหนด"


def open_due_rounds() -> int:
    """Open the rounds whose day has come, in the name of an officer; return how many."""
    today = clock.today()
    rows = MonitoringRound.objects.filter(
        status=RoundStatus.PLANNED,
        opens_on__lte=today,
        due_on__gte=today,
        cycle__status=CycleStatus.OPEN,
        cycle__agency__is_active=True,
    ).select_related("cycle__agency")
    return sum(_open(row) for row in rows.order_by("cycle", "months", "pk"))


def _open(row: MonitoringRound) -> bool:
    """Open one round; False where the office has no officer or somebody was first."""
    officer: User | None = officers_of(row.cycle.agency).order_by("pk").first()
    if officer is None:
        return False
    try:
        perform(row, "open", officer, comment=REASON)
    except (AlreadyChanged, RequirementsMissing):
        return False
    return True
