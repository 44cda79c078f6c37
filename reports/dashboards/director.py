"""The director's one screen: decisions, red items, categories, score, rounds, money, papers.

Nine queries for the year itself, one for the requests, whatever the number of rows.
"""

from dataclasses import dataclass
from decimal import Decimal

from agencies.enums import OfficeRole
from agencies.models import Agency, AgencyMembership, User
from approvals.addressees import Desk, waits_for
from approvals.models import ApprovalRequest
from approvals.registry import workflow_of
from approvals.requests import pending_requests
from assessments.enums import RoundStatus
from assessments.models import MonitoringRound
from assessments.rounds.words import round_label
from core import clock
from documents.models import IssuedDocument
from improvement.monitoring.page import STATES
from reports.dashboards.action_lines import ActionLine, action_lines, reported
from reports.dashboards.category_bars import bars
from reports.dashboards.indicator_lines import indicator_lines, states
from reports.dashboards.money import budget
from reports.dashboards.red import MOST_SHOWN, red_items
from reports.dashboards.score_now import score_now
from reports.dashboards.the_year import TheYear, the_year
from reports.secrecy import papers_hidden_from

# Who keeps the books of decisions sees all that wait; others what concerns them.
SEES_ALL = (OfficeRole.DIRECTOR, OfficeRole.DEPUTY, OfficeRole.OFFICER)
MOST_DECISIONS = 5
MOST_PAPERS = 5
# A phone shows half of the red items; css/dashboards.css hides the others.
MOST_ON_PHONE = 5


@dataclass(frozen=True)
class Decision:
    """A request that waits: how long, and whether it is the person's turn."""

    row: ApprovalRequest
    kind: str
    days: int
    is_mine: bool
    is_late: bool


@dataclass(frozen=True)
class RoundCard:
    """A round: its state, and how many of its actions and indicators were reported."""

    row: MonitoringRound
    label: str
    chip: str
    reported: int
    actions: int
    entered: int
    indicators: int

    @property
    def percent(self) -> Decimal:
        """Return the share of all that is to be reported, in percent."""
        whole = self.actions + self.indicators
        return Decimal(100 * (self.reported + self.entered)) / whole if whole else Decimal(0)

    @property
    def is_open(self) -> bool:
        return self.row.status == RoundStatus.OPEN


def present(user: User, membership: AgencyMembership, agency: Agency, year: int) -> dict:
    """Return what the screen shows; `the_year` None where the year was never opened."""
    context = {
        "decisions": decisions(user, membership, agency),
        "papers": papers(user, agency, year),
        "today": clock.today(),
        "last_year": year - 1,
    }
    found = the_year(agency, year)
    if found is None:
        return context | {"the_year": None}
    indicators, actions = indicator_lines(found), action_lines(found)
    red = red_items(found, actions, indicators)
    score, assessment = score_now(found)
    return context | {
        "the_year": found,
        "round_label": round_label(found.round) if found.round else "",
        "rounds": round_cards(found, actions, len(indicators)),
        "red": red[:MOST_SHOWN],
        "red_count": len(red),
        "red_has_more": len(red) > MOST_SHOWN,
        "red_has_more_on_phone": len(red) > MOST_ON_PHONE,
        "red_overdue": sum(item.is_overdue for item in red),
        "indicators": states(indicators),
        "bars": bars(found, assessment.categories) if assessment else [],
        "score": score,
        "budget": budget(actions, opened(found)),
        "action_count": len(actions),
    }


def opened(year: TheYear) -> set[int]:
    """Return the months of the rounds that take or took reports."""
    return {row.months for row in year.rounds if row.status != RoundStatus.PLANNED}


def round_cards(year: TheYear, actions: list[ActionLine], indicator_count: int) -> list[RoundCard]:
    """Return a card for each round of the year; no query."""
    return [
        RoundCard(
            row,
            round_label(row),
            STATES[row.status],
            reported(actions, row.months),
            len(actions),
            row.entered,
            indicator_count,
        )
        for row in year.rounds
    ]


def decisions(user: User, membership: AgencyMembership, agency: Agency) -> dict:
    """Return the requests that wait: own first, then the longest waiting; 1 query.

    A year's page shows those of every year, as the inbox does: none may be forgotten.
    """
    desk, today = Desk(agency), clock.today()
    found = []
    for row in pending_requests(agency):
        is_mine = waits_for(user, row, desk)
        if is_mine or membership.role in SEES_ALL or row.requested_by_id == user.pk:
            days = max((today - clock.day_of(row.requested_at)).days, 0)
            kind = workflow_of(row.content_type.model_class()).name
            is_late = row.due_on is not None and row.due_on < today
            found.append(Decision(row, kind, days, is_mine, is_late))
    found.sort(key=lambda each: (not each.is_mine, -each.days, each.row.pk))
    return {
        "rows": found[:MOST_DECISIONS],
        "count": len(found),
        "has_more": len(found) > MOST_DECISIONS,
        "mine": sum(each.is_mine for each in found),
        "longest": max((each.days for each in found), default=0),
    }


def papers(user: User, agency: Agency, year: int) -> list[IssuedDocument]:
    """Return the papers of the year frozen last that the person may have; 1 query."""
    rows = IssuedDocument.objects.filter(agency=agency, fiscal_year=year).only(
        "title", "kind", "issued_at"
    )
    rows = rows.exclude(papers_hidden_from(user, [agency]))
    return list(rows.order_by("-issued_at", "-pk")[:MOST_PAPERS])
