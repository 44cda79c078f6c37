"""What the inbox shows: one list by waiting time, searched and filtered, and a summary of it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects

from agencies.models import Agency, User
from approvals.addressees import Desk, kind_of, waits_for
from approvals.enums import RequestStage
from approvals.models import ApprovalRequest
from approvals.queries import pending
from approvals.registry import Workflow, workflow_of
from approvals.requests import is_decided_on_its_page, page_of, subjects
from core import clock

PAGE_SIZE = 20
# Up to so many matters are seen at a glance; no search stands above them.
AT_A_GLANCE = 5


@dataclass
class Line:
    """One request of the list."""

    row: ApprovalRequest
    workflow: Workflow
    days: int
    is_mine: bool
    with_endorser: bool
    url: str = ""

    @property
    def is_late(self) -> bool:
        return self.row.due_on is not None and self.row.due_on < clock.today()

    @property
    def may_be_chosen(self) -> bool:
        """Return whether it can be decided together with others of its kind."""
        return self.is_mine and not is_decided_on_its_page(self.row)


@dataclass
class Inbox:
    """The list of one person: its page, the figures above it, and what the filters offer."""

    page: Page
    mine: int
    others: int
    longest: int
    late: int
    kinds: list[dict[str, Any]]
    can_choose: bool
    chosen_are_endorsed: bool
    is_short: bool


def present(user: User, agency: Agency, wanted: dict[str, str]) -> Inbox:
    """Return the open requests, longest waiting first.

    `wanted`: "kind" (a model's label), "q" (words of title or sender), "whose" ("all" shows what
    waits for others too; without it only the own, where there are any), "page".
    """
    desk, today = Desk(agency), clock.today()
    lines = [_line(user, row, desk, today) for row in pending(user, agency)]
    mine = [line for line in lines if line.is_mine]
    shown = mine if mine and wanted.get("whose") != "all" else lines
    counts = Counter(line.workflow.kind for line in shown)
    kinds = [
        {"kind": line.workflow.kind, "name": line.workflow.name, "count": counts[key]}
        for key, line in {line.workflow.kind: line for line in shown}.items()
    ]
    found = _matching(shown, wanted)
    page = Paginator(found, PAGE_SIZE).get_page(wanted.get("page"))
    own_pages = [line.row for line in page if is_decided_on_its_page(line.row)]
    if own_pages:
        prefetch_related_objects(own_pages, subjects())
    for line in page:
        line.url = page_of(agency, line.row)
    one_kind = len({line.workflow.kind for line in page}) == 1
    choices = [line for line in page if line.may_be_chosen]
    return Inbox(
        page=page,
        mine=len(mine),
        others=len(lines) - len(mine),
        longest=max((line.days for line in shown), default=0),
        late=sum(line.is_late for line in shown),
        kinds=kinds,
        can_choose=one_kind and len(choices) > 1,
        chosen_are_endorsed=all(line.with_endorser for line in choices),
        is_short=len(shown) <= AT_A_GLANCE and not (wanted.get("kind") or wanted.get("q")),
    )


def _line(user: User, row: ApprovalRequest, desk: Desk, today) -> Line:
    return Line(
        row=row,
        workflow=workflow_of(row.content_type.model_class()),
        days=max((today - clock.day_of(row.requested_at)).days, 0),
        is_mine=waits_for(user, row, desk),
        with_endorser=row.stage == RequestStage.ENDORSE and desk.lies_with_endorser(row),
    )


def _matching(lines: list[Line], wanted: dict[str, str]) -> list[Line]:
    kind, words = wanted.get("kind", ""), wanted.get("q", "").strip().casefold().split()
    return [
        line
        for line in lines
        if (not kind or line.workflow.kind == kind)
        and all(word in _text_of(line.row) for word in words)
    ]


def _text_of(row: ApprovalRequest) -> str:
    return f"{row.title} {row.requested_by}".casefold()


def chosen_of_one_kind(rows: list[ApprovalRequest]) -> bool:
    """Return whether the requests may be decided together: one kind, none with its own page."""
    kinds = {kind_of(row) for row in rows}
    return len(kinds) == 1 and not any(is_decided_on_its_page(row) for row in rows)
