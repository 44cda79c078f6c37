"""Who may open what in notifications."""

from core import clock
from notifications.models import Delivery, Notification
from tests.permission_matrix.table import ADMINISTRATORS, EVERYONE, OFFICERS, row

OPERATORS = OFFICERS | ADMINISTRATORS


def make_notice(office, number=0):
    return Notification.objects.create(
        agency=office.agency,
        recipient=office.people["officer"],
        rule="d7",
        object_type="workflows.step",
        object_id=str(number),
        due_on=clock.today(),
        title="ส่งรายงาน",
        url=f"/o/{office.agency.code}/{office.year}/",
        created_at=clock.now(),
    )


def make_delivery(office, number=0):
    return Delivery.objects.create(
        agency=office.agency,
        recipient=office.people["officer"],
        status="unknown",
        message_id=f"{office.agency.code}-{number}@pmqa-portal",
        next_try_at=clock.now(),
    )


def objects(office):
    """A notification of the officer and a message whose fate is unknown."""
    return {"notice": make_notice(office), "delivery": make_delivery(office)}


def more(office, count):
    for number in range(1, count + 1):
        make_notice(office, number)
        make_delivery(office, number)


ROWS = [
    row("notifications:list", get=EVERYONE),
    row("notifications:read-all", post=EVERYONE),
    row("account-notices", kind="login", get=EVERYONE, post=EVERYONE),
    row(
        "notifications:office-notices",
        get=OPERATORS,
        post=OPERATORS,
        data={"digest_at": "9.00", "escalate_after_days": "5"},
    ),
    row(
        "notifications:read",
        post=OFFICERS,
        ids={"pk": "notice"},
        hidden_from=EVERYONE - OFFICERS,
    ),
    # Nobody opens what another person was told; for them it does not exist.
    row(
        "notifications:open",
        post=OFFICERS,
        ids={"pk": "notice"},
        hidden_from=EVERYONE - OFFICERS,
    ),
    row("notifications:deliveries", get=OPERATORS),
    row("notifications:delivery-again", post=OPERATORS, ids={"pk": "delivery"}),
]
