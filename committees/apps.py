from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"

    def ready(self):
        from committees import documents, transitions  # noqa: F401  registered by import
        from committees.meetings import documents as _papers  # noqa: F401  registered by import
