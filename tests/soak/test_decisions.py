"""Fifty people approve and return the same object at once: one winner, whatever the round.

script/soak approve runs 1,000 rounds; the short form a few.
"""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, close_old_connections, connection, connections

from agencies.models import AuditEntry
from approvals.models import ApprovalRequest, PaperFreeze, TransitionLog
from approvals.transitions import AlreadyChanged, perform
from improvement.models import ImprovementPlan
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.improvement.factories import make_plan, request_of

THREADS = 50
LONG_ROUNDS, SHORT_ROUNDS = 1000, 5
# SQLite writes one at a time: its short form shows the same with fewer people.
FEW_THREADS, FEW_ROUNDS = 12, 2


def size() -> tuple[int, int]:
    """Return people and rounds."""
    if os.environ.get("SOAK") == "1":
        return THREADS, LONG_ROUNDS
    if connection.vendor == "sqlite":
        return FEW_THREADS, FEW_ROUNDS
    return THREADS, SHORT_ROUNDS


def counted() -> list[int]:
    rows = (TransitionLog.objects, AuditEntry.objects.exclude(action="paper.freeze"))
    return [each.count() for each in rows]


def told_since(last: int) -> list[tuple[str, int]]:
    """Return rule and recipient of every notice written after the one with that key."""
    return list(Notification.objects.filter(pk__gt=last).values_list("rule", "recipient"))


def decide(pk: int, number: int, director, start: threading.Barrier) -> str:
    """Approve or return as one of many; the new state, or "late"."""
    name = "approve" if number % 2 else "return_"
    plan = ImprovementPlan.objects.select_related("cycle__agency").get(pk=pk)
    start.wait()
    while True:
        try:
            perform(plan, name, director, comment="เหตุผล")
            return plan.status
        except AlreadyChanged:
            return "late"
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.01)


def one_round(pool, people: int, plan: ImprovementPlan, office) -> None:
    """Let everybody decide the submitted plan at the same moment, and look at what is left."""
    before, last = counted(), Notification.objects.latest("pk").pk
    start = threading.Barrier(people)
    tasks = [
        pool.submit(decide, plan.pk, number, office.director, start) for number in range(people)
    ]
    results = [task.result() for task in tasks]
    winners = [result for result in results if result != "late"]
    assert (len(winners), len(results)) == (1, people)
    plan.refresh_from_db()
    row = request_of(plan)
    assert plan.status == row.status == winners[0]
    # One log row, one audit entry; nobody is told the same twice, nor of what did not happen.
    assert [new - old for new, old in zip(counted(), before, strict=True)] == [1, 1]
    told = told_since(last)
    decisions = [rule for rule, _person in told if rule in ("plan_approve", "plan_return_")]
    assert len(set(told)) == len(told)
    assert decisions == ["plan_approve" if winners[0] == "approved" else "plan_return_"]
    assert ApprovalRequest.objects.filter(status="pending").count() == 0
    log = TransitionLog.objects.first()
    # An approval, and only an approval, has one paper kept.
    assert PaperFreeze.objects.filter(log=log).count() == (winners[0] == "approved")


@pytest.mark.soak
@pytest.mark.usefixtures("committed_database")
def test_fifty_people_approve_and_return_with_one_winner_each_round(monkeypatch):
    # The worker draws papers afterwards; drawing 500 here would take most of the time.
    monkeypatch.setattr("approvals.tasks.freeze_paper.delay_on_commit", lambda pk: None)
    people, rounds = size()
    office = make_office()
    plan = make_plan(office)
    with ThreadPoolExecutor(people, initializer=close_old_connections) as pool:
        for _round in range(rounds):
            ImprovementPlan.objects.filter(pk=plan.pk).update(status="draft")
            plan.refresh_from_db()
            perform(plan, "submit", office.officer)
            one_round(pool, people, plan, office)
        # Each thread has a connection of its own; the test's database must be let go.
        gate = threading.Barrier(people)
        list(pool.map(lambda _number: (gate.wait(), connections.close_all()), range(people)))
    assert TransitionLog.objects.count() == 2 * rounds
