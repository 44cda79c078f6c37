"""Writing what was reached of an action in a round: one conditional UPDATE, a revision each time.

A round's closing and a report meet at the round's row: what is written lands before the closing,
or is refused.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from agencies import audit, audit_actions
from agencies.models import User
from assessments.models import Evidence, MonitoringRound
from assessments.rounds.making import hold_open
from core import clock
from documents.revisions import Saved, save_text
from improvement.models import Action, ActionReport, ReportEvidence
from improvement.monitoring.figures import planned_of

FIELDS = (
    "planned_pct",
    "actual_pct",
    "spent",
    "result",
    "problem",
    "obstacle",
    "risk",
    "remedy",
)


def report_of(row: MonitoringRound, action: Action) -> ActionReport:
    """Return the action's report of the round; where there is none yet, an unsaved one.

    What was planned is filled in by the rule of `traffic.planned_share`.
    """
    found = ActionReport.objects.filter(round=row, action=action).first()
    return found or ActionReport(
        round=row, action=action, planned_pct=planned_of(action, None, row)
    )


def save_report(
    row: MonitoringRound,
    action: Action,
    fields: dict[str, Any],
    version: int,
    by: User,
    request_id: str = "",
) -> Saved:
    """Save fields of the action's report; the first save makes the row.

    Raises documents.revisions.SaveConflict when somebody saved since `version` (0 = never),
    NotEditable when the round is not open. Fields other than FIELDS are a KeyError.
    """
    if unknown := set(fields) - set(FIELDS):
        raise KeyError(f"no fields of a report: {sorted(unknown)}")
    with transaction.atomic():
        hold_open(row)
        report = _row_of(row, action)
        changes = fields | {"entered_by_id": by.pk, "entered_at": clock.now()}
        return save_text(
            report,
            changes,
            version=version,
            by=by,
            agency=row.cycle.agency,
            request_id=request_id,
        )


def attach(row: MonitoringRound, action: Action, evidence: Evidence, by: User) -> None:
    """Prove the report with a piece of evidence of the year; a second time changes nothing.

    Raises NotEditable when the round is not open, ValueError for evidence of another year.
    """
    if evidence.cycle_id != row.cycle_id:
        raise ValueError("evidence and round do not belong together")
    with transaction.atomic():
        hold_open(row)
        _link, is_new = ReportEvidence.objects.get_or_create(
            report=_row_of(row, action), evidence=evidence
        )
        if is_new:
            audit.record(row.cycle.agency, by, "report.attach", action, summary=evidence.code)


def detach(row: MonitoringRound, action: Action, evidence: Evidence, by: User) -> None:
    """Take a piece of evidence off the report; it stays in the library.

    Raises NotEditable when the round is not open.
    """
    with transaction.atomic():
        hold_open(row)
        links = ReportEvidence.objects.filter(
            report__round=row, report__action=action, evidence=evidence
        )
        if links.delete()[0]:
            audit.record(row.cycle.agency, by, "report.detach", action, summary=evidence.code)


def _row_of(row: MonitoringRound, action: Action) -> ActionReport:
    report, _new = ActionReport.objects.get_or_create(
        round=row, action=action, defaults={"planned_pct": planned_of(action, None, row)}
    )
    return report


audit_actions.register(
    {
        "report.attach": gettext_lazy("Evidence laid on a round's report"),
        "report.detach": gettext_lazy("Evidence taken off a round's report"),
    }
)
