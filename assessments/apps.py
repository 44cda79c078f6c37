from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self):
        from assessments import due, transitions  # noqa: F401  registered by import
        from assessments.evidence import papers as _papers  # noqa: F401  registered by import
        from assessments.evidence.panels import step_panel
        from assessments.evidence.permissions import files_hidden_from, secret_files
        from documents.queries import register_secrets
        from notifications import due_items
        from workflows import panels

        panels.register(step_panel)
        register_secrets(files_hidden_from, secret_files)
        due_items.register(due.due_categories)
