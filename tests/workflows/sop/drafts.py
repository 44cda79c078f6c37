"""Drafts of SOPs for tests: `make_draft(office, ["รับเรื่อง", "ตรวจ"])`."""

from tests.workflows.factories import make_version
from workflows.enums import VersionStatus
from workflows.models import ProcedureNode, ProcedureVersion


def make_draft(office, titles=("รับเรื่อง", "ตรวจสอบ", "แจ้งผล"), **fields) -> ProcedureVersion:
    """Return a draft with one activity a step, each saying its title."""
    fields = {"status": VersionStatus.DRAFT, "created_by": office.officer} | fields
    version = make_version(office.agency, [[{"title": title}] for title in titles], **fields)
    ProcedureNode.objects.bulk_create(
        ProcedureNode(step=step, order=1, label=step.title) for step in version.steps.all()
    )
    return version


def keys(version) -> list[int]:
    """Return the keys of the version's steps in order."""
    return list(version.steps.order_by("number").values_list("pk", flat=True))


def titles(version) -> list[str]:
    return list(version.steps.order_by("number").values_list("title", flat=True))
