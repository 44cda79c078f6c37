"""What the processes of a fault test have beside the portal: one due thing for each person."""

import datetime as dt

from django.apps import AppConfig

OFFICE = "soak"


def one_thing_each(agency, user):
    """Yield one thing a person of the office `soak`, due in a week."""
    from agencies.models import AgencyMembership
    from core import clock
    from notifications.due_items import DueItem

    if agency.code != OFFICE:
        return
    due_on = clock.today() + dt.timedelta(days=7)
    people = AgencyMembership.objects.filter(agency=agency, is_active=True).order_by("user_id")
    for person in people.values_list("user_id", flat=True):
        yield DueItem("soak.thing", str(person), "งาน", "", due_on, "/", "", (person,))


class SoakConfig(AppConfig):
    name = "tests.soak"
    label = "soak"

    def ready(self):
        from notifications import due_items, schedules

        due_items.register(one_thing_each)
        schedules.register("send-reminders", "notifications.tasks.send_reminders", every=3)
        schedules.register("sweep-deliveries", "notifications.tasks.sweep_deliveries", every=2)
