"""Who may run a year and its steps, write and decide SOPs, and keep the register."""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role, is_officer, may_decide_as_director
from workflows.enums import CycleStatus, StepStatus
from workflows.models import Cycle, Procedure, ProcedureVersion, Step
from workflows.responsible import is_responsible


def can_open_cycle(user: User, agency: Agency) -> bool:
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)


def can_backfill(user: User, cycle: Cycle) -> bool:
    return cycle.status == CycleStatus.OPEN and is_officer(user, cycle.agency)


def can_close_cycle(user: User, cycle: Cycle) -> bool:
    return is_officer(user, cycle.agency)


def can_update_cycle(user: User, cycle: Cycle) -> bool:
    return is_officer(user, cycle.agency)


def can_work_on(user: User, step: Step) -> bool:
    """The officer, and whoever the step waits for; an observer only reads."""
    agency = step.cycle.agency
    if is_officer(user, agency):
        return True
    if has_role(user, agency, OfficeRole.OBSERVER, ""):
        return False
    return is_responsible(user, step)


def can_reopen(user: User, step: Step) -> bool:
    return is_officer(user, step.cycle.agency)


def can_set_days(user: User, step: Step) -> bool:
    return step.cycle.status == CycleStatus.OPEN and is_officer(user, step.cycle.agency)


def can_shift(user: User, step: Step) -> bool:
    """A done step never moves."""
    return step.status != StepStatus.DONE and can_set_days(user, step)


def can_postpone(user: User, agency: Agency) -> bool:
    return is_officer(user, agency)


def can_edit_awards(user: User, agency: Agency) -> bool:
    return is_officer(user, agency)


def can_import_sop(user: User, agency: Agency) -> bool:
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)


def can_manage_version(user: User, version: ProcedureVersion) -> bool:
    """The officer submits a version, takes it back, puts it in use and retires it."""
    return is_officer(user, version.procedure.agency)


def can_decide_version(user: User, version: ProcedureVersion) -> bool:
    """The director, or whoever acts for the director today."""
    agency = version.procedure.agency
    return may_decide_as_director(user, agency, kind=version._meta.label_lower)


def can_edit_layouts(user: User, agency: Agency) -> bool:
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)


def can_edit_manuals(user: User, agency: Agency) -> bool:
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)


def can_keep_register(user: User, agency: Agency) -> bool:
    """Who enters and changes processes of the register; everybody of the office reads it."""
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)


def can_edit_sop(user: User, procedure: Procedure) -> bool:
    """The officer, the administrator, the head of the SOP's unit, the owner of its process."""
    if has_role(user, procedure.agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR):
        return True
    if has_role(user, procedure.agency, OfficeRole.OBSERVER, ""):
        return False
    heads = procedure.unit is not None and procedure.unit.head_id == user.pk
    return heads or procedure.processes.filter(owner=user).exists()
