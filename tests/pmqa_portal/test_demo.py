"""The demo office: a finished year to read, a running one to open, and no mail to anybody."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from agencies import audit
from agencies.models import Agency, User
from approvals.models import TransitionLog
from assessments.models import Assessment, MonitoringRound
from assessments.progress import load
from assessments.scoring import to_five
from committees.models import Meeting, Resolution
from core.clock import BANGKOK
from improvement.models import ImprovementPlan
from notifications.models import Delivery, Notification
from pmqa_portal.demo_rounds import load_rounds
from tests.agencies.factories import make_office
from tests.workflows.factories import make_cycle, months
from workflows.models import Cycle, Step


@pytest.fixture
def demo(db, settings):
    """Loading takes seconds: the tests that need it look at several things at once."""
    settings.DEMO = True
    call_command("load_demo", verbosity=0)
    return Agency.objects.get(code="demo")


def test_demo_has_a_finished_2569_and_leaves_2570_to_be_opened(demo):
    # 2568 was taken in with its plan, which the rounds of 2569 follow.
    assert list(Cycle.objects.values_list("fiscal_year", "status")) == [
        (2569, "open"),
        (2568, "closed"),
    ]
    steps = Step.objects.filter(cycle__fiscal_year=2569)
    assert set(steps.values_list("status", flat=True)) == {"done"}
    rounds = MonitoringRound.objects.filter(cycle__fiscal_year=2569)
    assert list(rounds.values_list("months", "status")) == [
        (6, "accepted"),
        (9, "accepted"),
        (12, "open"),
    ]
    plan = ImprovementPlan.objects.get(cycle__fiscal_year=2569)
    assert (plan.status, plan.actions.count()) == ("approved", 6)
    assessment = Assessment.objects.select_related("edition", "cycle__agency").get()
    assert assessment.status == "accepted"
    state = load(assessment)[assessment.pk]
    assert [category.missing() for category in state.categories] == [[]] * 7
    assert all(len(row.text) > 80 for row in assessment.profile_answers.all())
    assert Decimal(250) < to_five(state.total) < Decimal(450)
    # Told on the days of its year, with an unbroken audit log.
    days = TransitionLog.objects.order_by("at").values_list("at", flat=True)
    assert days.first().astimezone(BANGKOK).date().isoformat() == "2025-09-08"
    assert days.last().astimezone(BANGKOK).date().isoformat() == "2026-09-30"
    assert audit.verify(demo) == []
    # A meeting held and one called; what stayed open in the first is on the second's agenda.
    upcoming, held = Meeting.objects.all()
    assert [(row.status, row.agenda.count()) for row in (held, upcoming)] == [
        ("held", 10),
        ("called", 8),
    ]
    open_one = Resolution.objects.get(status="open")
    assert list(upcoming.agenda.filter(follows=open_one).values_list("kind")) == [("arising",)]
    assert upcoming.attendees.exclude(invited_at=None).count() == 15


def test_demo_sends_nothing_and_loads_a_second_time_without_a_change(demo):
    assert Delivery.objects.count() == 0
    assert Notification.objects.filter(read_at=None).count() == 0
    assert User.objects.get(username="champion1").email == "champion1@example.com"
    before = TransitionLog.objects.count()
    call_command("load_demo", verbosity=0)
    assert TransitionLog.objects.count() == before
    assert Cycle.objects.count() == 2


def test_demo_of_before_there_were_rounds_is_left_as_it_is(db):
    office = make_office()
    cycle = make_cycle(office.agency, [[months(10, 10)]], year=2569)
    cycle.rounds.all().delete()
    load_rounds(office.agency)
    assert list(Cycle.objects.all()) == [cycle]


def test_demo_is_refused_where_it_was_not_asked_for(db, settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")
