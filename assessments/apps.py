from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self):
        from agencies import audit_hiding
        from assessments import due, permissions, queries, transitions, year_papers  # noqa: F401
        from assessments.evidence import papers as _papers  # noqa: F401  registered by import
        from assessments.evidence.panels import step_panel
        from assessments.evidence.permissions import (
            files_hidden_from,
            known_by_code,
            secret_files,
        )
        from assessments.indicators import papers as _reports  # noqa: F401  registered by import
        from assessments.models import ItemAnswer
        from assessments.profile import documents as _documents  # noqa: F401  registered by import
        from assessments.rounds.making import begin_rounds
        from documents import presence
        from documents.queries import register_secrets
        from notifications import due_items
        from workflows import opening, panels

        opening.on_opening(begin_rounds)
        panels.register(step_panel)
        register_secrets(files_hidden_from, secret_files)
        audit_hiding.register("assessments.evidence", known_by_code)
        presence.register(
            ItemAnswer,
            queries.answers_visible_to,
            lambda user, answer: permissions.can_write(user, answer.category_assessment),
        )
        due_items.register(due.due_categories)
