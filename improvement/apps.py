from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "improvement"

    def ready(self):
        from improvement import documents, transitions  # noqa: F401  registered by import
        from improvement.due import actions_due
        from notifications import due_items

        due_items.register(actions_due)
