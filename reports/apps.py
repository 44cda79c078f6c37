from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from reports import documents  # noqa: F401  registered by import
        from reports.award import documents as _award  # noqa: F401
