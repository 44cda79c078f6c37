from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from agencies import audit_hiding
        from documents.queries import register_secrets
        from reports import documents, year_papers  # noqa: F401  registered by import
        from reports.award import documents as _award  # noqa: F401
        from reports.briefing import documents as _briefing  # noqa: F401
        from reports.certificates import documents as _certificates  # noqa: F401
        from reports.letters import documents as _letters  # noqa: F401
        from reports.letters import transitions as _letters_life  # noqa: F401
        from reports.secrecy import (
            files_hidden_from,
            issues_in_the_log,
            letters_in_the_log,
            secret_files,
        )
        from reports.year_book import documents as _year_book  # noqa: F401

        register_secrets(files_hidden_from, secret_files)
        audit_hiding.register("reports.letter", letters_in_the_log)
        audit_hiding.register("documents.issueddocument", issues_in_the_log)
