from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"

    def ready(self):
        from agencies import decision_kinds
        from approvals import requests
        from approvals.due import decisions_due
        from notifications import due_items, schedules

        decision_kinds.register(requests.decision_kinds)
        due_items.register(decisions_due)
        schedules.register("sweep-freezes", "approvals.tasks.sweep_freezes", every=60)
