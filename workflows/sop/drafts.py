"""New drafts: of an SOP that is in use, of a new SOP, as a copy or from a shipped example.

A draft never changes what is in use, and the cycles of a year keep the version they run.
"""

import re
from collections.abc import Iterator
from itertools import count

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError, Q
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, User
from approvals.models import TransitionLog
from documents.revisions import NotEditable, SaveConflict, history_of
from workflows.enums import IN_WORK, Symbol, VersionStatus
from workflows.models import Procedure, ProcedureFile, ProcedureVersion
from workflows.sop.data import NodeData, SopData, StepData
from workflows.sop.files import (
    DraftExists,
    create_version,
    export_sop,
    read_sop,
    shipped_files,
    sop_data,
)
from workflows.sop.part_checks import BadOperation
from workflows.sop.reading import RESERVED

__all__ = [
    "DraftExists",
    "can_be_deleted",
    "delete_draft",
    "draft_of",
    "free_slugs",
    "new_draft",
    "new_procedure",
]

MAX_SLUG = 60


def draft_of(procedure: Procedure) -> ProcedureVersion | None:
    """Return the version that somebody works on, if there is one."""
    return procedure.versions.filter(status__in=IN_WORK).first()


def new_draft(
    procedure: Procedure, by: User, source: ProcedureVersion | None = None
) -> ProcedureVersion:
    """Return a new draft of the SOP with all of `source`: text, steps, layout, files.

    Without a source it is the version in use, else the newest. Raises DraftExists while a
    version is in work: an SOP has at most one.
    """
    versions = procedure.versions.order_by("-number")
    source = source or versions.filter(status=VersionStatus.IN_USE).first() or versions.first()
    if source is None:
        raise NotEditable
    with transaction.atomic():
        # Whoever counts first works first; the other waits here and then sees the draft.
        Procedure.objects.filter(pk=procedure.pk).update(last_number=F("last_number") + 1)
        in_work = draft_of(procedure)
        if in_work:
            raise DraftExists(in_work)
        procedure.refresh_from_db(fields=["last_number"])
        version = _copy(source, procedure, by, sop_data(source))
        summary = _("from version %s") % source.number
        audit.record(procedure.agency, by, "sop.draft", version, summary=summary)
    return version


def _copy(source, procedure: Procedure, by: User, data: SopData) -> ProcedureVersion:
    version = create_version(procedure, data, VersionStatus.DRAFT, by)
    if source.own_layout_id:
        ProcedureVersion.objects.filter(pk=version.pk).update(own_layout=source.own_layout_id)
        version.own_layout_id = source.own_layout_id
    steps = {step.number: step for step in version.steps.all()}
    ProcedureFile.objects.bulk_create(
        ProcedureFile(
            version=version,
            step=steps[file.step.number] if file.step else None,
            **{name: getattr(file, name) for name in ("kind", "title", "file_id", "order")},
        )
        for file in source.files.select_related("step")
    )
    return version


def new_procedure(
    agency: Agency,
    name: str,
    by: User,
    *,
    code: str = "",
    slug: str = "",
    copy_of: ProcedureVersion | None = None,
    template: str = "",
) -> ProcedureVersion:
    """Return the first draft of a new SOP: a copy of a version, of a shipped SOP, or empty.

    The short name is `slug`, or made from the code's Latin letters, or sop-1, sop-2, …. Raises
    BadOperation when a given short name is taken.
    """
    data = _beginning(agency, copy_of, template)
    for candidate in [slug] if slug else free_slugs(agency, code):
        try:
            with transaction.atomic():
                return _new_procedure(agency, name, by, code, candidate, data, copy_of)
        except IntegrityError:
            if not Procedure.objects.filter(agency=agency, slug=candidate).exists():
                raise
    raise BadOperation({"slug": _("Another SOP of the office has this short name.")})


def _new_procedure(agency, name, by, code, slug, data: SopData, copy_of) -> ProcedureVersion:
    unit = copy_of.procedure.unit if copy_of else None
    procedure = Procedure.objects.create(
        agency=agency, slug=slug, name=name, code=code, unit=unit, last_number=1
    )
    data.name, data.code = name, code
    if copy_of:
        version = _copy(copy_of, procedure, by, data)
    else:
        version = create_version(procedure, data, VersionStatus.DRAFT, by)
    audit.record(agency, by, "sop.draft", version, summary=str(version))
    return version


def _beginning(agency: Agency, copy_of: ProcedureVersion | None, template: str) -> SopData:
    if copy_of:
        return sop_data(copy_of)
    if template:
        return read_sop(shipped_files()[template].read_text(encoding="utf-8"))
    first = StepData(1, "", nodes=[NodeData(str(Symbol.TERMINAL), "")])
    texts = {"slug": "", "name": "", "code": "", "unit_name": "", "source_note": ""}
    lists = {"objectives": [], "sections": [], "references": [], "signatories": []}
    return SopData(
        **texts,
        **lists,
        office_name=agency.name_th,
        layout="S7",
        written_for_year=None,
        print_options={},
        steps=[first],
    )


def free_slugs(agency: Agency, code: str) -> Iterator[str]:
    """Return short names that are free: of the code where it has Latin letters, else sop-<n>."""
    base = "-".join(re.findall(r"[a-z0-9]+", code.lower()))[: MAX_SLUG - 5].strip("-")
    if not re.search(r"[a-z]", base):
        base, first = "sop", 1
    else:
        first = 2
        if base not in RESERVED and not Procedure.objects.filter(agency=agency, slug=base):
            yield base
    taken = set(
        Procedure.objects.filter(agency=agency, slug__startswith=base).values_list(
            "slug", flat=True
        )
    )
    for number in count(first):
        if f"{base}-{number}" not in taken:
            yield f"{base}-{number}"


def can_be_deleted(version: ProcedureVersion) -> bool:
    """Only a draft that was never submitted may vanish; all else is part of the record."""
    return version.status == VersionStatus.DRAFT and not _logs(version).exists()


def _logs(version: ProcedureVersion):
    return TransitionLog.objects.filter(
        Q(content_type__app_label="workflows", content_type__model="procedureversion"),
        object_id=version.pk,
    )


def delete_draft(version: ProcedureVersion, by: User, *, read: int) -> None:
    """Delete a draft that was never submitted, and its SOP where it has no other version.

    `read` is the save that the person saw. Raises SaveConflict when a newer one exists,
    NotEditable when the version is no such draft, BadOperation when a manual holds the SOP.
    What the draft said stays in the audit log.
    """
    procedure = version.procedure
    with transaction.atomic():
        rows = ProcedureVersion.objects.filter(pk=version.pk)
        claim = rows.filter(status=VersionStatus.DRAFT, version=read)
        if not claim.update(version=F("version") + 1):
            current = rows.first()
            if current is None or current.status != VersionStatus.DRAFT:
                raise NotEditable
            raise SaveConflict(current, history_of(current).first())
        if _logs(version).exists():
            raise NotEditable
        text = export_sop(version)
        audit.record(procedure.agency, by, "sop.delete", version, summary=str(version), before=text)
        history_of(version).delete()
        rows.delete()
        _delete_if_bare(procedure)


def _delete_if_bare(procedure: Procedure) -> None:
    """Delete the SOP itself when nothing is left of it."""
    if not procedure.versions.exists():
        try:
            procedure.delete()
        except ProtectedError as error:
            message = _("This SOP stands in a manual. Take it out of the manual first.")
            raise BadOperation({"procedure": message}) from error
