from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"

    def ready(self):
        from approvals.due import decisions_due
        from notifications import due_items

        due_items.register(decisions_due)
