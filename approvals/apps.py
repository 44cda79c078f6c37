from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"

    def ready(self):
        from agencies import decision_kinds
        from approvals import requests
        from approvals.due import decisions_due
        from approvals.failed_freezes import failed_freezes
        from notifications import due_items, operations, schedules

        operations.register_failures(failed_freezes)
        decision_kinds.register(requests.decision_kinds)
        due_items.register(decisions_due)
        schedules.register("sweep-freezes", "approvals.tasks.sweep_freezes", every=60)
