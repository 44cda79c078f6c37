"""The life of a monitoring round: planned → open → closed → accepted, or returned and open again.

The round belongs to the assessments; its figures are the plan's too, so its life stands here.
Closing keeps every figure; the director accepts exactly that.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from assessments.enums import RoundStatus
from assessments.indicators.checking import missing_for_closing
from assessments.models import MonitoringRound
from assessments.rounds.permissions import can_accept, can_keep
from assessments.rounds.words import round_label
from core.thai_dates import format_long
from improvement.monitoring.figures import figures_now, figures_of, unreported
from improvement.monitoring.queries import reported_actions
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.transitions import cycle_is_open


def url_of(row: MonitoringRound) -> str:
    return reverse("rounds:round", args=[row.cycle.agency.code, row.cycle.fiscal_year, row.months])


def title_of(row: MonitoringRound) -> str:
    names = {"round": round_label(row), "year": row.cycle.fiscal_year}
    return _("Progress report, %(round)s, fiscal year %(year)s") % names


def missing_entries(row: MonitoringRound) -> list[str]:
    """Return what is not reported or checked yet, in words: actions first, then indicators."""
    actions = [
        _("“%(action)s” has no report.") % {"action": action["title"]}
        for action in unreported(figures_of(row))
    ]
    return actions + missing_for_closing(row)


def summary_of(row: MonitoringRound) -> list[dict]:
    """Return the figures a director asks for first."""
    totals = figures_of(row)["totals"]
    return [
        {"value": totals["actual"] or "–", "label": _("percent reached so far")},
        {"value": totals["planned"] or "–", "label": _("percent planned so far")},
        {"value": f"{totals['done']}/{totals['actions']}", "label": _("actions done")},
        {"value": str(totals["below"]), "label": _("actions below plan")},
    ]


def owners_of(row: MonitoringRound) -> list[User]:
    """Return whoever is responsible for an action or an indicator of the year."""
    actions = [action.owner for action in reported_actions(row.cycle) if action.owner]
    indicators = row.cycle.indicators.exclude(owner=None).select_related("owner")
    return [*actions, *(indicator.owner for indicator in indicators)]


def _stamp_opened(row: MonitoringRound, log: TransitionLog) -> None:
    MonitoringRound.objects.filter(pk=row.pk).update(opened_at=log.at)
    row.opened_at = log.at


def _tell_opened(row: MonitoringRound, log: TransitionLog) -> None:
    words = {"round": round_label(row), "year": row.cycle.fiscal_year}
    notify(
        log.agency,
        [person for person in owners_of(row) if person.is_active],
        rule="round_open",
        kind=NoticeKind.ROUND,
        obj=row,
        title=_("%(round)s %(year)s is open for reports") % words,
        body=_("Reports are due on %(day)s.") % {"day": format_long(row.due_on)},
        url=url_of(row),
    )


def _keep_figures(row: MonitoringRound, log: TransitionLog) -> None:
    row.snapshot, row.closed_at = figures_now(row), log.at
    MonitoringRound.objects.filter(pk=row.pk).update(snapshot=row.snapshot, closed_at=row.closed_at)


def _forget_figures(row: MonitoringRound, log: TransitionLog) -> None:
    row.snapshot, row.closed_at = {}, None
    MonitoringRound.objects.filter(pk=row.pk).update(snapshot={}, closed_at=None)


def _tell_director(row: MonitoringRound, log: TransitionLog) -> None:
    words = _("%(title)s waits for your decision")
    tell_whose_turn(row, log, "round_closed", words, url_of(row))


def _tell_officers(sentence):
    def tell(row: MonitoringRound, log: TransitionLog) -> None:
        notify(
            log.agency,
            officers_of(log.agency),
            rule=f"round_{log.transition.strip('_')}",
            kind=NoticeKind.RETURNED if log.transition == "return_" else NoticeKind.APPROVED,
            obj=row,
            title=str(sentence) % {"title": title_of(row)},
            body=log.comment,
            url=url_of(row),
            occurrence=str(log.pk),
        )

    return tell


def context_of(row: MonitoringRound) -> dict:
    """Return what the decision page shows: the figures kept, what lies below plan or target."""
    figures = figures_of(row)
    return {
        "round": row,
        "figures": figures,
        "behind": [each for each in figures["actions"] if each["word"] in BEHIND],
        "low": [each for each in figures["indicators"] if each["word"] in BEHIND],
    }


BEHIND = ("at_risk", "overdue", "missing")
CLOSING = [_keep_figures, open_request, _tell_director]

TRANSITIONS = (
    Transition(
        name="open",
        sources=(RoundStatus.PLANNED,),
        target=RoundStatus.OPEN,
        may=can_keep,
        label=gettext_lazy("Open the round"),
        requirements=[cycle_is_open],
        effects=[_stamp_opened, _tell_opened],
    ),
    Transition(
        name="close",
        sources=(RoundStatus.OPEN,),
        target=RoundStatus.CLOSED,
        may=can_keep,
        label=gettext_lazy("Close and hand to the director"),
        requirements=[cycle_is_open, missing_entries],
        effects=CLOSING,
    ),
    Transition(
        name="close_anyway",
        sources=(RoundStatus.OPEN,),
        target=RoundStatus.CLOSED,
        may=can_keep,
        label=gettext_lazy("Close although entries are missing"),
        requirements=[cycle_is_open],
        needs_comment=True,
        effects=CLOSING,
    ),
    Transition(
        name="withdraw",
        sources=(RoundStatus.CLOSED,),
        target=RoundStatus.OPEN,
        may=can_keep,
        label=gettext_lazy("Take back and open again"),
        requirements=[cycle_is_open],
        effects=[close_cancelled, _forget_figures],
    ),
    Transition(
        name="accept",
        sources=(RoundStatus.CLOSED,),
        target=RoundStatus.ACCEPTED,
        may=can_accept,
        may_record=can_keep,
        label=gettext_lazy("Accept the report"),
        requirements=[cycle_is_open],
        effects=[
            close_approved,
            freeze_paper,
            _tell_officers(gettext_lazy("%(title)s was accepted")),
        ],
    ),
    Transition(
        name="return_",
        sources=(RoundStatus.CLOSED,),
        target=RoundStatus.OPEN,
        may=can_accept,
        label=gettext_lazy("Return for correction"),
        requirements=[cycle_is_open],
        needs_comment=True,
        effects=[
            close_returned,
            _forget_figures,
            _tell_officers(gettext_lazy("%(title)s was returned")),
        ],
    ),
)

WORKFLOW = Workflow(
    model=MonitoringRound,
    agency_of=lambda row: row.cycle.agency,
    canonical=figures_of,
    fiscal_year_of=lambda row: row.cycle.fiscal_year,
    url_of=url_of,
    title_of=title_of,
    summary_of=summary_of,
    context_of=context_of,
    detail_template="rounds/_decision.html",
    paper_kind="round-report",
    select_related=("cycle__agency",),
    icon="clipboard-data",
    approve="accept",
    return_reasons=(
        gettext_lazy("Figures"),
        gettext_lazy("Problems and remedies"),
        gettext_lazy("Evidence"),
        gettext_lazy("Entries are missing"),
    ),
    transitions={rule.name: rule for rule in TRANSITIONS},
)
register(WORKFLOW)
