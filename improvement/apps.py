import datetime as dt

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "improvement"

    def ready(self):
        from assessments.indicators import panels as indicator_panels
        from improvement import change_transitions, documents, transitions, year_papers  # noqa: F401
        from improvement.due import work_due
        from improvement.monitoring import documents as _papers  # noqa: F401  registered by import
        from improvement.monitoring import transitions as _rounds  # noqa: F401  registered by import
        from improvement.panels import indicator_panel
        from improvement.practices import documents as _practices  # noqa: F401  registered by import
        from improvement.practices import transitions as _papers_life  # noqa: F401
        from improvement.practices.panels import step_panel
        from notifications import due_items, schedules
        from workflows import panels

        panels.register(step_panel)
        indicator_panels.register(indicator_panel)
        due_items.register(work_due)
        schedules.register("open-rounds", "improvement.tasks.open_rounds", at=dt.time(0, 30))
        schedules.register("start-plans", "improvement.tasks.start_plans", at=dt.time(0, 35))
