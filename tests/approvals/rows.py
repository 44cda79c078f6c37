"""Who may open what in the approvals; `tests/improvement/matrix.py` submits the plan it needs."""

from approvals.enums import FreezeStatus
from approvals.models import PaperFreeze, TransitionLog
from core import clock
from tests.permission_matrix.table import (
    ADMINISTRATORS,
    DEPUTIES,
    DIRECTORS,
    EVERYONE,
    OFFICERS,
    row,
)

KEEPERS = OFFICERS | DEPUTIES
# Who neither decides nor prepares finds no request at all.
OUTSIDE = EVERYONE - OFFICERS - DIRECTORS - DEPUTIES


def failed_paper(plan):
    """Return a paper that could not be drawn, as if the plan's last step were its decision."""
    log = TransitionLog.objects.filter(object_id=plan.pk).latest("pk")
    return PaperFreeze.objects.create(
        log=log,
        kind="improvement-plan",
        object_id=plan.cycle_id,
        signer_name="ผู้ลงนาม",
        status=FreezeStatus.FAILED,
        queued_at=clock.now(),
    )


REQUEST = {"pk": "approval_request", "year": lambda office: office.year - 1}

ROWS = [
    row("approvals:inbox", get=EVERYONE),
    row("approvals:several", get=EVERYONE, post=EVERYONE),
    row("approvals:request", get=KEEPERS | DIRECTORS, ids=REQUEST, hidden_from=OUTSIDE),
    row("approvals:approve", post=DIRECTORS, ids=REQUEST, hidden_from=OUTSIDE),
    row(
        "approvals:return",
        post=DIRECTORS,
        ids=REQUEST,
        hidden_from=OUTSIDE,
        data={"comment": "ปรับวงเงิน"},
    ),
    row("approvals:withdraw", post=KEEPERS, ids=REQUEST, hidden_from=OUTSIDE),
    row("approvals:void", post=KEEPERS | DIRECTORS, ids=REQUEST, hidden_from=OUTSIDE),
    row(
        "approvals:record-paper",
        get=OFFICERS,
        post=OFFICERS,
        ids=REQUEST,
        hidden_from=OUTSIDE,
    ),
    row("approvals:retry-paper", post=OFFICERS | ADMINISTRATORS, ids={"pk": "failed_paper"}),
    row(
        "approval_settings:chains",
        get=OFFICERS | ADMINISTRATORS,
        post=OFFICERS | ADMINISTRATORS,
        data={"kind-all": "deputies"},
        foreign_data=lambda own, other: {"kind-all": str(other.people["deputy"].pk)},
    ),
]
