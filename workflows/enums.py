"""Fixed choices of the workflows app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the director")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    IN_USE = "in_use", _("In use")
    RETIRED = "retired", _("Retired")


# A version somebody still works on; an SOP has at most one. Its text changes in EDITABLE only.
EDITABLE = (VersionStatus.DRAFT, VersionStatus.RETURNED)
IN_WORK = (*EDITABLE, VersionStatus.SUBMITTED, VersionStatus.APPROVED)


class ProcessKind(models.TextChoices):
    """Three kinds of work of an office (source: the Director-work proposal)."""

    LAW = "law", _("By law or order")
    ROUTINE = "routine", _("Routine support")
    POLICY = "policy", _("Policy or special project")


class Phase(models.TextChoices):
    """The four phases in which any SOP may group its steps."""

    PLAN = "plan", pgettext_lazy("PDCA", "Plan")
    DO = "do", _("Do")
    CHECK = "check", _("Check")
    ACT = "act", _("Act")


class SopFileKind(models.TextChoices):
    FORM = "form", _("Form to fill in")
    ANNEX = "annex", _("Annex")


class LayoutCode(models.TextChoices):
    """Printed table layouts; their columns are data in `workflows/sop/layouts.py`."""

    S7 = "S7", _("Seven columns, landscape")
    D6 = "D6", _("Six columns, portrait")
    P = "P", _("One page with legend, landscape")


class Symbol(models.TextChoices):
    TERMINAL = "terminal", _("Start or end")
    ACTIVITY = "activity", _("Activity")
    DECISION = "decision", _("Decision")


class WindowKind(models.TextChoices):
    MONTHS = "months", _("Months of the fiscal year")
    DATED = "dated", _("Months of a named year")
    DURATION = "duration", _("Duration after the step before")
    UNDATED = "undated", _("Not dated")


class DurationUnit(models.TextChoices):
    WORKING_DAYS = "working_days", _("working days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class ResponsibleKind(models.TextChoices):
    OFFICE_ROLE = "office_role", _("Office role")
    UNIT = "unit", _("Unit")
    COMMITTEE = "committee", _("Committee")
    CATEGORY = "category", _("Category champion")
    TEXT = "text", _("Free text")


class CycleStatus(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class StepStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
