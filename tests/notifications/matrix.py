"""Who may open what in notifications."""

from core import clock
from notifications import schedules
from notifications.models import AddressFlag, Delivery, Notification, Webhook
from tests.permission_matrix.table import (
    ADMINISTRATORS,
    EVERYONE,
    NOBODY,
    OFFICERS,
    literal,
    row,
)

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


def make_flag(office, number=0):
    return AddressFlag.objects.create(
        agency=office.agency,
        user=office.people["officer"],
        address=f"{office.agency.code}-{number}@example.org",
        flagged_at=clock.now(),
    )


def make_webhook(office, number=0):
    return Webhook.objects.create(
        agency=office.agency, name="สารบรรณ", url=f"https://example.org/{number}", secret="s"
    )


def objects(office):
    """A notification of the officer and a message whose fate is unknown; a flag, a webhook."""
    schedules.write_table()
    return {
        "notice": make_notice(office),
        "delivery": make_delivery(office),
        "flag": make_flag(office),
        "webhook": make_webhook(office),
    }


def more(office, count):
    for number in range(1, count + 1):
        make_notice(office, number)
        make_delivery(office, number)
        make_flag(office, number)
        make_webhook(office, number)


def hook_form(office):
    return {"name": "สารบรรณ", "url": "https://example.org/in", "kinds": ["overdue"]}


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
    row("notifications:operations", get=ADMINISTRATORS),
    row("notifications:operations-retry", post=ADMINISTRATORS),
    row("notifications:flag-clear", post=OPERATORS, ids={"pk": "flag"}),
    # Of all offices: only whoever runs the server.
    row("notifications:schedule-switch", post=NOBODY, ids={"pk": literal(1)}),
    row("notifications:schedule-run", post=NOBODY, ids={"pk": literal(1)}),
    row("notifications:webhook-list", get=ADMINISTRATORS),
    row("notifications:webhook-add", get=ADMINISTRATORS, post=ADMINISTRATORS, data=hook_form),
    row(
        "notifications:webhook-edit",
        get=ADMINISTRATORS,
        post=ADMINISTRATORS,
        ids={"pk": "webhook"},
        data=hook_form,
    ),
    row("notifications:webhook-secret", post=ADMINISTRATORS, ids={"pk": "webhook"}),
    row("notifications:webhook-switch", post=ADMINISTRATORS, ids={"pk": "webhook"}),
    row("notifications:webhook-test", post=ADMINISTRATORS, ids={"pk": "webhook"}),
    row("line:account", kind="login", get=EVERYONE),
    row("line:code", kind="login", post=EVERYONE),
    row("line:unlink", kind="login", post=EVERYONE),
    # Signed by LINE; 404 where LINE is not set up.
    row("line:webhook", kind="public", post=EVERYONE, ok={400, 404}),
]
