from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self):
        from documents.jobs.failed_papers import failed_papers
        from notifications import operations, schedules

        operations.register_failures(failed_papers)
        schedules.register("sweep-paper-jobs", "documents.tasks.sweep_paper_jobs", every=60)
        schedules.register("sweep-paper-parts", "documents.tasks.sweep_paper_parts", every=6 * 3600)
