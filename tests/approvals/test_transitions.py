"""Every transition of a plan in every state by every role; one winner whatever the number."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from agencies import roles
from agencies.models import ActingPeriod, AgencyMembership
from approvals.models import TransitionLog
from approvals.transitions import (
    AlreadyChanged,
    CommentNeeded,
    ContentChanged,
    RequirementsMissing,
    available_to,
    perform,
)
from core import clock
from improvement.models import Action
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.improvement.factories import add_action, make_plan, request_of

ROLES = ("director", "deputy", "officer", "staff", "champion1", "member", "observer", "admin")
STATES = ("draft", "submitted", "returned", "approved")
MAY = {
    "submit": {"officer", "deputy"},
    "withdraw": {"officer", "deputy"},
    "approve": {"director"},
    "return_": {"director"},
}
FROM = {
    "submit": {"draft", "returned"},
    "withdraw": {"submitted"},
    "approve": {"submitted"},
    "return_": {"submitted"},
}
TO = {"submit": "submitted", "withdraw": "draft", "approve": "approved", "return_": "returned"}


def let_deputy_act(office):
    today = clock.today()
    return ActingPeriod.objects.create(
        agency=office.agency,
        acting=office.deputy,
        absent=office.director,
        starts_on=today - dt.timedelta(days=1),
        ends_on=today + dt.timedelta(days=1),
    )


def outcome_of(plan, name, by):
    before = plan.status
    try:
        perform(plan, name, by, comment="เหตุผล")
    except PermissionDenied:
        return "denied"
    except AlreadyChanged:
        return "already changed"
    assert before != plan.status
    return plan.status


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", MAY)
def test_plan_changes_only_by_the_right_role_in_the_right_state(name, state):
    office = make_office()
    plan = make_plan(office, state)
    logs = TransitionLog.objects.count()
    stranger = make_office("elsewhere")

    for role in (*ROLES, "stranger"):
        person = stranger.director if role == "stranger" else office.people[role]
        if role in MAY[name] and state in FROM[name]:
            continue
        expected = "already changed" if role in MAY[name] else "denied"
        assert (role, outcome_of(plan, name, person)) == (role, expected)
    assert TransitionLog.objects.count() == logs
    plan.refresh_from_db()
    assert plan.status == state

    if state in FROM[name]:
        winner = office.people[sorted(MAY[name])[0]]
        assert outcome_of(plan, name, winner) == TO[name]
        assert TransitionLog.objects.count() == logs + 1


@pytest.mark.django_db
def test_acting_director_decides_on_behalf_of_the_director():
    office = make_office()
    plan = make_plan(office, "submitted")
    let_deputy_act(office)

    log = perform(plan, "approve", office.deputy)

    assert (log.by, log.on_behalf_of) == (office.deputy, office.director)


@pytest.mark.django_db
def test_deputy_decides_no_longer_after_the_acting_period():
    office = make_office()
    plan = make_plan(office, "submitted")
    period = let_deputy_act(office)
    period.starts_on = period.ends_on = clock.today() - dt.timedelta(days=1)
    period.save()

    with pytest.raises(PermissionDenied):
        perform(plan, "approve", office.deputy)


@pytest.mark.django_db
def test_available_to_lists_what_the_person_may_do_now():
    office = make_office()
    plan = make_plan(office, "submitted")

    names = {
        role: [rule.name for rule in available_to(office.people[role], plan)] for role in ROLES
    }

    assert names["director"] == ["approve", "return_"]
    assert names["officer"] == names["deputy"] == ["withdraw"]
    assert names["staff"] == names["observer"] == names["admin"] == []


@pytest.mark.django_db
def test_perform_lists_all_that_is_missing_and_changes_nothing():
    office = make_office()
    plan = make_plan(office, actions=0)
    add_action(plan, None, title="ก", measure="")

    with pytest.raises(RequirementsMissing) as caught, translation.override("en"):
        perform(plan, "submit", office.officer)

    assert caught.value.missing == ["“ก” has nobody responsible.", "“ก” has no measure."]
    assert plan.status == "draft"
    plan.refresh_from_db()
    assert (plan.status, plan.version) == ("draft", 1)
    assert not TransitionLog.objects.exists()
    assert not Notification.objects.exists()


@pytest.mark.django_db
def test_return_wants_a_reason():
    office = make_office()
    plan = make_plan(office, "submitted")

    with pytest.raises(CommentNeeded):
        perform(plan, "return_", office.director, comment="  ")

    plan.refresh_from_db()
    assert plan.status == "submitted"


@pytest.mark.django_db
def test_perform_refuses_an_old_version():
    office = make_office()
    plan = make_plan(office)

    with pytest.raises(AlreadyChanged):
        perform(plan, "submit", office.officer, version=plan.version + 1)


@pytest.mark.django_db
def test_database_keeps_one_open_request_an_object():
    row = request_of(make_plan(make_office(), "submitted"))
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.django_db
def test_right_that_ended_since_it_was_read_is_asked_again():
    office = make_office()
    plan = make_plan(office, "submitted")
    assert roles.role_of(office.director, office.agency) == "director"  # kept for the request
    AgencyMembership.objects.filter(user=office.director).update(is_active=False)

    with pytest.raises(PermissionDenied):
        perform(plan, "approve", office.director)

    assert plan.status == "submitted"


@pytest.mark.django_db
def test_approval_meets_changed_data():
    office = make_office()
    plan = make_plan(office, "submitted")
    shown = request_of(plan).data_hash
    Action.objects.filter(plan=plan).update(budget=99_000)

    with pytest.raises(ContentChanged):
        perform(plan, "approve", office.director, expected_hash=shown)

    assert plan.status == "draft"
    assert request_of(plan).status == "void"
    log = TransitionLog.objects.first()
    assert (log.transition, log.from_status, log.to_status) == ("void", "submitted", "draft")
    told = Notification.objects.get(rule="approval_void")
    assert (told.recipient, told.title) == (
        office.officer,
        "แผนปรับปรุงองค์การ ปีงบประมาณ 2570 ยังไม่ได้พิจารณา เพราะเนื้อหาเปลี่ยนหลังเสนอ",
    )


@pytest.mark.django_db
def test_effects_fall_with_the_transition(monkeypatch):
    office = make_office()
    plan = make_plan(office, "submitted")
    told = Notification.objects.count()

    def fault(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr("approvals.transitions.audit.record", fault)
    with pytest.raises(OSError):
        perform(plan, "approve", office.director)

    plan.refresh_from_db()
    assert plan.status == "submitted"
    assert request_of(plan).status == "pending"
    assert Notification.objects.count() == told


@pytest.mark.django_db
def test_titles_and_notices_are_in_thai_whoever_acts():
    office = make_office()
    with translation.override("en"):
        plan = make_plan(office, "submitted")

    assert request_of(plan).title == "แผนปรับปรุงองค์การ ปีงบประมาณ 2570"
    assert Notification.objects.get(recipient=office.director).title == (
        "แผนปรับปรุงองค์การ ปีงบประมาณ 2570 รอการอนุมัติ"
    )
