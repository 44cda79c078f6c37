from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self):
        from notifications.due_items import register
        from workflows import transitions  # noqa: F401  registered by import
        from workflows.due import due_items
        from workflows.sop import layout_paper, paper  # noqa: F401  registered by import
        from workflows.sop import transitions as sop_transitions  # noqa: F401  the same

        register(due_items)
