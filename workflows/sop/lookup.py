"""The SOP version that an address names."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from workflows.models import ProcedureVersion
from workflows.queries import versions_visible_to


def version_or_404(request: HttpRequest, slug: str, number: int) -> ProcedureVersion:
    """Return the version with its SOP and office; 404 when the person may not see it."""
    versions = versions_visible_to(request.user).filter(procedure__agency=request.agency)
    return get_object_or_404(
        versions.select_related("procedure__unit", "procedure__agency", "own_layout", "created_by"),
        procedure__slug=slug,
        number=number,
    )
