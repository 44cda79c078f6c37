from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self):
        from assessments import due, transitions  # noqa: F401  registered by import
        from notifications import due_items

        due_items.register(due.due_categories)
