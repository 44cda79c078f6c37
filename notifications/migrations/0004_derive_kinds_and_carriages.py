"""Give each notification its kind by its rule, and each claimed one its carriage row."""

from django.db import migrations

KINDS = {
    "overdue": "overdue",
    "assessment_accepted": "approved",
    "assessment_complete": "decision",
    "category_accepted": "approved",
    "category_returned": "returned",
    "category_submitted": "decision",
    "comment_added": "comment",
    "comment_mentioned": "comment",
    "item_assigned": "assigned",
    "minutes-circulated": "meeting",
    "minutes-to-check": "decision",
    "order-returned": "returned",
    "order-signed": "assigned",
    "question_answered": "comment",
    "question_asked": "comment",
    "resolution-assigned": "assigned",
}
PREFIXES = {"meeting-": "meeting", "minutes-": "meeting"}
ENDS = {"_submit": "decision", "_approve": "approved", "_return": "returned", "_return_": "returned"}


def kind_of(rule):
    if rule in KINDS:
        return KINDS[rule]
    if rule[:1] == "d" and rule[1:].isdecimal():
        return "due_soon"
    for end, kind in ENDS.items():
        if rule.endswith(end):
            return kind
    for prefix, kind in PREFIXES.items():
        if rule.startswith(prefix):
            return kind
    return "other"


def derive(apps, schema_editor):
    Notification = apps.get_model("notifications", "Notification")
    Carriage = apps.get_model("notifications", "Carriage")
    for rule in set(Notification.objects.order_by().values_list("rule", flat=True)):
        Notification.objects.filter(rule=rule).update(kind=kind_of(rule))
    carried = Notification.objects.exclude(delivery=None).order_by("pk")
    Carriage.objects.bulk_create(
        (
            Carriage(notification_id=pk, delivery_id=delivery, channel="email")
            for pk, delivery in carried.values_list("pk", "delivery").iterator()
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def take_back(apps, schema_editor):
    Notification = apps.get_model("notifications", "Notification")
    Carriage = apps.get_model("notifications", "Carriage")
    for carriage in Carriage.objects.filter(channel="email").iterator():
        Notification.objects.filter(pk=carriage.notification_id).update(
            delivery=carriage.delivery_id
        )
    Carriage.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("notifications", "0003_kinds_channels_preferences"),
    ]

    operations = [migrations.RunPython(derive, take_back)]
