from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self):
        from notifications import schedules

        schedules.register("sweep-paper-jobs", "documents.tasks.sweep_paper_jobs", every=60)
