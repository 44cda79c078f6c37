from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self):
        from notifications.due_items import register
        from workflows import action_plan, opening, transitions, year_papers  # noqa: F401
        from workflows.due import due_items
        from workflows.sop import (  # noqa: F401  registered by import
            layout_paper,
            manual_paper,
            paper,
        )
        from workflows.sop import transitions as _sop_life  # noqa: F401  registered by import
        from workflows.sop.due import versions_due
        from workflows.telling import tell_responsible

        opening.on_opening(tell_responsible)
        register(due_items)
        register(versions_due)
