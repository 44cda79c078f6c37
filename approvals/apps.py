from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"

    def ready(self):
        from agencies import decision_kinds, page_figures
        from approvals import addressees, registry, requests
        from approvals.due import decisions_due
        from approvals.failed_freezes import failed_freezes
        from documents.issued import issuing_papers
        from notifications import due_items, operations, schedules

        operations.register_failures(failed_freezes)
        issuing_papers.register_decided(registry.kinds_of_decisions)
        decision_kinds.register(requests.decision_kinds)
        page_figures.register("may_have_turns", addressees.may_have_turns)
        due_items.register(decisions_due)
        schedules.register("sweep-freezes", "approvals.tasks.sweep_freezes", every=60)
