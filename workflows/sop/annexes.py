"""Forms and annexes of an SOP: files that hang on a version, or on one of its steps.

Only a version that is still edited takes or loses files; what is approved stays as it was.
"""

from collections import Counter

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Unit, User
from documents.revisions import NotEditable
from documents.stored_files import store_upload
from workflows.enums import EDITABLE
from workflows.models import Procedure, ProcedureFile, ProcedureStep, ProcedureVersion


def add_annex(
    version: ProcedureVersion,
    step: ProcedureStep | None,
    kind: str,
    title: str,
    uploaded,
    by: User,
) -> ProcedureFile:
    """Keep an uploaded file with the version, after its other files.

    Raises NotEditable when the version is no draft any more, ValidationError as
    `documents.stored_files.store_upload`.
    """
    agency = version.procedure.agency
    with transaction.atomic():
        _claim(version)
        stored = store_upload(agency, uploaded, by)
        last = version.files.aggregate(last=Max("order"))["last"] or 0
        annex = ProcedureFile.objects.create(
            version=version, step=step, kind=kind, title=title, file=stored, order=last + 1
        )
        audit.record(agency, by, "sop.annex-add", version, summary=title)
    return annex


def remove_annex(annex: ProcedureFile, by: User) -> None:
    """Take a file off the version; other versions keep theirs. Raises NotEditable."""
    with transaction.atomic():
        _claim(annex.version)
        ProcedureFile.objects.filter(pk=annex.pk).delete()
        agency = annex.version.procedure.agency
        audit.record(agency, by, "sop.annex-remove", annex.version, summary=annex.title)


def annex_changes(
    before: ProcedureVersion | None, version: ProcedureVersion
) -> tuple[list[str], list[str]]:
    """Return the titles of the files that the version has gained and lost; 2 queries at most."""
    old, new = _annexes_of(before) if before else Counter(), _annexes_of(version)
    return _titles(new - old), _titles(old - new)


def _annexes_of(version: ProcedureVersion) -> Counter[tuple[str, str, str]]:
    return Counter(version.files.order_by("order").values_list("kind", "title", "file__sha256"))


def _titles(files: Counter[tuple[str, str, str]]) -> list[str]:
    return [title for _kind, title, _sha256 in files.elements()]


def give_to_unit(procedure: Procedure, unit: Unit | None, by: User) -> None:
    """Say which unit of the office the work belongs to."""
    summary = _("Unit: %s") % (unit.name if unit else "–")
    with transaction.atomic():
        Procedure.objects.filter(pk=procedure.pk).update(unit=unit)
        audit.record(procedure.agency, by, "sop.unit", procedure, summary=summary)


def _claim(version: ProcedureVersion) -> None:
    """Hold the version's row until the commit, if it may be edited.

    It is counted up, so that nobody submits or deletes files that they have not seen.
    """
    rows = ProcedureVersion.objects.filter(pk=version.pk, status__in=EDITABLE)
    if not rows.update(version=F("version") + 1):
        raise NotEditable
