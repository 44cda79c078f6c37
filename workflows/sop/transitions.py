"""The life of an SOP version: draft → submitted → returned or approved → in use → retired.

The director approves exactly the text that was submitted; the officer puts an approved version
in use, and the one before retires in the same transaction. A cycle keeps the version it runs.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, npgettext

from agencies.models import User
from agencies.roles import officers_of
from approvals.freezing import freeze_paper
from approvals.models import TransitionLog
from approvals.registry import Transition, Workflow, register
from approvals.requests import (
    close_approved,
    close_cancelled,
    close_returned,
    open_request,
    tell_whose_turn,
)
from approvals.transitions import perform
from core import clock
from core.fiscal_year import fiscal_year_of
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.enums import VersionStatus
from workflows.models import ProcedureStep, ProcedureVersion
from workflows.permissions import can_decide_version, can_manage_version
from workflows.sop.annexes import annex_changes
from workflows.sop.compare import by_place, changed_steps, differences
from workflows.sop.files import rename, unit_named
from workflows.sop.layouts import LAYOUTS
from workflows.sop.parts import Parts, parts_of, parts_of_all

FEWEST_STEPS = 2


def url_of(version: ProcedureVersion) -> str:
    """Return the address of the version's page, in the present fiscal year."""
    procedure = version.procedure
    return reverse(
        "sop:version-detail",
        args=[procedure.agency.code, fiscal_year_of(clock.today()), procedure.slug, version.number],
    )


def title_of(version: ProcedureVersion) -> str:
    """Return the title of the request, as it stands in the director's inbox."""
    name, number = version.printed_name, version.number
    return _("SOP “%(name)s”, version %(number)s") % {"name": name, "number": number}


def canonical(version: ProcedureVersion) -> dict:
    """Return what an approval approves: the whole text, every step, the forms and annexes."""
    files = version.files.order_by("order", "pk")
    columns = ("kind", "title", "file__sha256", "step_id", "order")
    return {"parts": parts_of(version), "files": [list(row) for row in files.values_list(*columns)]}


def version_in_use(version: ProcedureVersion) -> ProcedureVersion | None:
    """Return the version that is in use in this one's place."""
    others = version.procedure.versions.exclude(pk=version.pk)
    return others.filter(status=VersionStatus.IN_USE).select_related("procedure").first()


def summary_of(version: ProcedureVersion) -> list[dict]:
    """Return the figures a director asks for first: steps, changed steps, layout."""
    used = version_in_use(version)
    steps = version.steps.count()
    figures = [{"value": str(steps), "label": npgettext("figure", "step", "steps", steps)}]
    if used:
        changed = changed_steps(differences(*_without_notes(used, version)))
        label = ngettext("step changed", "steps changed", changed)
        figures.append({"value": str(changed), "label": label})
    else:
        figures.append({"value": "1", "label": _("new SOP")})
    own = version.own_layout.name if version.own_layout else version.get_layout_display()
    return [*figures, {"value": own, "label": _("layout")}]


def context_of(version: ProcedureVersion) -> dict:
    """Return what the decision page shows: the version, and what differs from the one in use."""
    used = version_in_use(version)
    found = differences(*_without_notes(used, version)) if used else []
    files_added, files_removed = annex_changes(used, version)
    return {
        "version": version,
        "used": used,
        "places": by_place(found),
        "files_added": files_added,
        "files_removed": files_removed,
        "steps": version.steps.order_by("number"),
    }


def _without_notes(*versions: ProcedureVersion) -> list[Parts]:
    """Return the parts without the notes on what changed, which the page shows by itself."""
    parts = parts_of_all(versions)
    return [
        parts[each.pk] | {"head": parts[each.pk]["head"] | {"change_note": ""}} for each in versions
    ]


def is_complete(version: ProcedureVersion) -> list[str]:
    """Require a name, a layout, two steps, and of each step a title and a symbol with words."""
    steps = list(version.steps.order_by("number").prefetch_related("nodes"))
    missing = []
    if not version.printed_name.strip():
        missing.append(_("The SOP has no name."))
    if not version.own_layout_id and version.layout not in LAYOUTS:
        missing.append(_("The SOP has no layout to be printed in."))
    if len(steps) < FEWEST_STEPS:
        missing.append(_("An SOP needs at least two steps."))
    known = {step.number for step in steps}
    for step in steps:
        missing += _missing_in_step(step, known)
    return missing


def _missing_in_step(step: ProcedureStep, known: set[int]) -> list[str]:
    missing = []
    nodes = list(step.nodes.all())
    if not step.title.strip():
        missing.append(_("Step %s has no title.") % step.number)
    if not nodes:
        missing.append(_("Step %s has no symbol of the flow chart.") % step.number)
    elif not all(node.label.strip() for node in nodes):
        missing.append(_("Step %s has a symbol without words.") % step.number)
    return missing + [
        _("The arrow of step %(number)s leads to step %(to)s, which does not exist.")
        % {"number": step.number, "to": node.edge_to}
        for node in nodes
        if node.edge_to is not None and node.edge_to not in known
    ]


def put_in_use(version: ProcedureVersion, by: User) -> TransitionLog:
    """Put an approved version in use; the one before retires at the same moment.

    Raises as `perform`; then the version before is still in use.
    """
    with transaction.atomic():
        before = version_in_use(version)
        if before:
            # Kept on record, so in the portal's language and not the person's.
            with translation.override(settings.LANGUAGE_CODE):
                words = _("Replaced by version %s.") % version.number
            perform(before, "replace", by, comment=words)
        return perform(version, "put_in_use", by)


def _name_the_sop(version: ProcedureVersion, log: TransitionLog) -> None:
    name, code = version.printed_name, version.printed_code
    procedure = version.procedure
    unit = unit_named(procedure.agency, version.unit_name) or procedure.unit
    rename(procedure, name, code, unit)


def _tell_director(version: ProcedureVersion, log: TransitionLog) -> None:
    words = _("%(title)s waits for your decision")
    tell_whose_turn(version, log, f"sop_{log.transition}", words, url_of(version))


def _tell_approved(version: ProcedureVersion, log: TransitionLog) -> None:
    _tell(version, log, _makers(version, log), _("%(title)s was approved"))


def _tell_returned(version: ProcedureVersion, log: TransitionLog) -> None:
    _tell(version, log, _makers(version, log), _("%(title)s was returned"))


def _makers(version: ProcedureVersion, log: TransitionLog) -> list[User]:
    """Return the officers and who began the draft, but not who acts here."""
    people = [*officers_of(version.procedure.agency), version.created_by]
    return [person for person in people if person and person.is_active and person != log.by]


_KINDS = {"approve": NoticeKind.APPROVED, "return_": NoticeKind.RETURNED}


def _tell(version, log: TransitionLog, people: Iterable[User], sentence: str) -> None:
    notify(
        version.procedure.agency,
        people,
        rule=f"sop_{log.transition}",
        kind=_KINDS.get(log.transition, NoticeKind.OTHER),
        obj=version,
        title=sentence % {"title": title_of(version)},
        body=log.comment,
        url=url_of(version),
        occurrence=str(log.pk),
    )


DRAFT, SUBMITTED = VersionStatus.DRAFT, VersionStatus.SUBMITTED
RETURNED, APPROVED = VersionStatus.RETURNED, VersionStatus.APPROVED
IN_USE, RETIRED = VersionStatus.IN_USE, VersionStatus.RETIRED

TRANSITIONS = (
    Transition(
        name="submit",
        sources=(DRAFT, RETURNED),
        target=SUBMITTED,
        may=can_manage_version,
        label=gettext_lazy("Submit for approval"),
        requirements=[is_complete],
        effects=[open_request, _tell_director],
    ),
    Transition(
        name="withdraw",
        sources=(SUBMITTED,),
        target=DRAFT,
        may=can_manage_version,
        label=gettext_lazy("Take back to draft"),
        effects=[close_cancelled],
    ),
    Transition(
        name="approve",
        sources=(SUBMITTED,),
        target=APPROVED,
        may=can_decide_version,
        may_record=can_manage_version,
        label=gettext_lazy("Approve the SOP"),
        requirements=[is_complete],
        effects=[close_approved, freeze_paper, _tell_approved],
    ),
    Transition(
        name="return_",
        sources=(SUBMITTED,),
        target=RETURNED,
        may=can_decide_version,
        label=gettext_lazy("Return for correction"),
        needs_comment=True,
        effects=[close_returned, _tell_returned],
    ),
    Transition(
        name="put_in_use",
        sources=(APPROVED,),
        target=IN_USE,
        may=can_manage_version,
        label=gettext_lazy("Put in use"),
        effects=[_name_the_sop],
    ),
    Transition(
        name="replace",
        sources=(IN_USE,),
        target=RETIRED,
        may=can_manage_version,
        label=gettext_lazy("Replace by a newer version"),
        needs_comment=True,
    ),
    Transition(
        name="retire",
        sources=(DRAFT, RETURNED, APPROVED, IN_USE),
        target=RETIRED,
        may=can_manage_version,
        label=gettext_lazy("Retire"),
        needs_comment=True,
    ),
)

WORKFLOW = Workflow(
    model=ProcedureVersion,
    agency_of=lambda version: version.procedure.agency,
    select_related=("procedure__agency", "procedure__unit"),
    canonical=canonical,
    fiscal_year_of=lambda version: fiscal_year_of(clock.today()),
    url_of=url_of,
    title_of=title_of,
    summary_of=summary_of,
    context_of=context_of,
    detail_template="sop/life/_decision.html",
    paper_kind="sop",
    icon="diagram-3",
    kind_name=gettext_lazy("SOP manuals"),
    return_reasons=(
        gettext_lazy("Steps"),
        gettext_lazy("Time"),
        gettext_lazy("Responsible person"),
        gettext_lazy("Wording"),
    ),
    transitions={rule.name: rule for rule in TRANSITIONS},
)
register(WORKFLOW)
