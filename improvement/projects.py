"""Projects: actions of a plan that belong together, and their order."""

from django.db import transaction
from django.db.models import Max

from agencies import audit
from agencies.models import User
from documents.revisions import NotEditable, Saved, save_text
from improvement.models import ImprovementPlan, Project
from improvement.planning import OPEN_PLAN, PlanLocked, as_columns, claim_open


def add_project(plan: ImprovementPlan, fields: dict, by: User) -> Project:
    """Add a project at the end. Raises PlanLocked."""
    with transaction.atomic():
        claim_open(plan)
        last = plan.projects.aggregate(last=Max("order"))["last"] or 0
        project = Project.objects.create(plan=plan, order=last + 1, **fields)
        audit.record(plan.agency, by, "project.add", project, summary=project.name)
    return project


def save_project(project: Project, fields: dict, version: int, by: User) -> Saved:
    """Save a project by one conditional UPDATE. Raises SaveConflict, NotEditable."""
    with transaction.atomic():
        try:
            claim_open(project.plan)
        except PlanLocked as error:
            raise NotEditable from error
        return save_text(
            project,
            as_columns(fields),
            version=version,
            by=by,
            agency=project.plan.agency,
            editable=OPEN_PLAN,
        )


def remove_project(project: Project, by: User) -> None:
    """Take the project away; its actions stay in the plan without one. Raises PlanLocked."""
    with transaction.atomic():
        claim_open(project.plan)
        audit.record(project.plan.agency, by, "project.remove", project, summary=project.name)
        project.delete()


def move_project(project: Project, up: bool) -> None:
    """Change places with the neighbour; nothing happens at the ends. Raises PlanLocked."""
    with transaction.atomic():
        claim_open(project.plan)
        rows = list(project.plan.projects.order_by("order", "pk"))
        here = rows.index(project)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(rows):
            return
        rows[here], rows[there] = rows[there], rows[here]
        for order, row in enumerate(rows, start=1):
            Project.objects.filter(pk=row.pk).update(order=order)
