"""Two steps: who endorses, what happens without one, and what is told, logged and printed."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from agencies.models import ActingPeriod, AgencyMembership
from approvals import freezing
from approvals.chains import ChainSetting, save_chains
from approvals.deciding import approve, send_back
from approvals.endorsing import endorse
from approvals.history import history_of
from approvals.models import ApprovalChain, PaperFreeze
from approvals.requests import count_waiting_for
from approvals.transitions import (
    AlreadyChanged,
    ContentChanged,
    RequirementsMissing,
    available_to,
    perform,
)
from core import clock
from improvement.models import Action
from notifications.due_items import due_items
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.improvement.factories import make_plan, request_of

pytestmark = pytest.mark.django_db
PLAN = "improvement.improvementplan"
NOW = dt.datetime(2026, 11, 21, 15, 4, tzinfo=clock.BANGKOK)


@pytest.fixture
def office(frozen_today):
    frozen_today(NOW)
    return make_office()


def want(office, kind="", endorser=None, *, endorsed=True):
    save_chains(office.agency, office.officer, [ChainSetting(kind, endorsed, endorser)])


def act_for(office, absent, acting, kind="acting_for", **fields):
    day = clock.today()
    return ActingPeriod.objects.create(
        agency=office.agency,
        absent=absent,
        acting=acting,
        kind=kind,
        **({"starts_on": day, "ends_on": day} | fields),
    )


def decides(office, person, row):
    try:
        approve(row, person)
    except PermissionDenied:
        return False
    return True


def test_deputy_endorses_then_the_director_approves_and_the_paper_names_both(office):
    want(office)
    office.deputy.first_name, office.deputy.position = "รอง", "รองผู้อำนวยการ"
    office.deputy.save()
    plan = make_plan(office, "submitted")
    row = request_of(plan)
    assert row.stage == "endorse"
    assert count_waiting_for(office.director, office.agency) == 0
    assert count_waiting_for(office.deputy, office.agency) == 1
    assert Notification.objects.get(rule="plan_submit").recipient == office.deputy

    approve(row, office.deputy, "ตรวจแล้ว")
    assert (row.stage, row.endorsed_by, row.endorsement_note) == (
        "decide",
        office.deputy,
        "ตรวจแล้ว",
    )
    assert Notification.objects.get(rule="approval_endorse").recipient == office.director
    approve(row, office.director)

    plan.refresh_from_db()
    assert plan.status == "approved"
    names = [(entry.log.transition, entry.log.by) for entry in history_of(plan)]
    assert names == [
        ("submit", office.officer),
        ("endorse", office.deputy),
        ("approve", office.director),
    ]
    assert freezing.seal_of(PaperFreeze.objects.get()).words.startswith(
        "เห็นชอบในระบบ โดย นายรอง ตัวอย่าง รองผู้อำนวยการ "
        "เมื่อ ๒๑ พฤศจิกายน ๒๕๖๙ เวลา ๑๕.๐๔ น. · อนุมัติในระบบ โดย "
    )


def test_while_it_lies_with_the_deputy_the_director_does_not_decide(office):
    want(office)
    plan = make_plan(office, "submitted")
    assert [rule.name for rule in available_to(office.director, plan)] == []
    with pytest.raises(RequirementsMissing):
        perform(plan, "approve", office.director)
    with pytest.raises(RequirementsMissing):
        perform(plan, "return_", office.director, comment="แก้")
    with pytest.raises(PermissionDenied):
        perform(plan, "approve", office.deputy)
    plan.refresh_from_db()
    assert plan.status == "submitted"


def test_deputy_returns_instead_of_endorsing(office):
    want(office)
    plan = make_plan(office, "submitted")
    send_back(request_of(plan), office.deputy, "ปรับวงเงิน")
    plan.refresh_from_db()
    assert (plan.status, request_of(plan).status) == ("returned", "returned")


def test_endorsing_twice_meets_the_newer_stage(office):
    want(office)
    row = request_of(make_plan(office, "submitted"))
    stale = request_of(row.subject)
    endorse(row, office.deputy)
    with pytest.raises(AlreadyChanged):
        endorse(stale, office.deputy)
    with pytest.raises(AlreadyChanged):
        endorse(row, office.deputy)


def test_endorsing_changed_content_voids_the_request(office):
    want(office)
    plan = make_plan(office, "submitted")
    Action.objects.update(budget=99_000)
    with pytest.raises(ContentChanged):
        approve(request_of(plan), office.deputy)
    plan.refresh_from_db()
    assert (plan.status, request_of(plan).status) == ("draft", "void")


@pytest.mark.parametrize("who", ["nobody", "own", "director"])
def test_without_another_endorser_it_goes_straight_to_the_director(office, who):
    if who == "nobody":
        AgencyMembership.objects.filter(user=office.deputy).update(is_active=False)
        want(office)
    else:
        want(office, endorser=office.officer if who == "own" else office.director)
    row = request_of(make_plan(office, "submitted"))
    waiver = "own" if who == "own" else "nobody"
    if who == "director":
        waiver = "nobody"
    assert (row.stage, row.waiver) == ("decide", waiver)
    assert decides(office, office.director, row)


def test_when_the_last_endorser_leaves_the_director_decides(office):
    want(office)
    row = request_of(make_plan(office, "submitted"))
    AgencyMembership.objects.filter(user=office.deputy).update(is_active=False)
    assert decides(office, office.director, row)


def test_named_person_endorses_and_a_kind_of_its_own_needs_none(office):
    want(office, endorser=office.staff)
    row = request_of(make_plan(office, "submitted"))
    assert not decides(office, office.deputy, row)
    assert decides(office, office.staff, row)

    ApprovalChain.objects.create(agency=office.agency, kind=PLAN, is_endorsed=False)
    perform(row.subject, "return_", office.director, comment="แก้")
    perform(row.subject, "submit", office.officer)
    assert request_of(row.subject).stage == "decide"


def test_who_acts_for_the_deputy_endorses_with_both_names(office):
    want(office)
    office.staff.position = "นักวิเคราะห์"
    office.staff.save()
    office.deputy.position = "รองผู้อำนวยการ"
    office.deputy.save()
    act_for(office, office.deputy, office.staff)
    row = request_of(make_plan(office, "submitted"))
    log = endorse(row, office.staff)
    assert (log.on_behalf_of, log.position) == (
        office.deputy,
        "นักวิเคราะห์ รักษาราชการแทนรองผู้อำนวยการ",
    )
    assert (row.endorsed_by, row.endorsed_for) == (office.staff, office.deputy)


def test_delegation_limited_to_kinds_holds_for_these_only(office):
    period = act_for(
        office,
        office.director,
        office.deputy,
        "by_delegation",
        scopes=["committees.appointmentorder"],
    )
    row = request_of(make_plan(office, "submitted"))
    assert not decides(office, office.deputy, row)
    assert count_waiting_for(office.deputy, office.agency) == 0
    period.scopes = [PLAN]
    period.save()
    assert count_waiting_for(office.deputy, office.agency) == 1
    log = approve(row, office.deputy)
    assert (log.on_behalf_of, log.acting_kind) == (office.director, "by_delegation")


def test_delegation_lapses_with_the_person_while_an_empty_seat_is_acted_for(office):
    act_for(office, office.director, office.staff, "by_delegation")
    act_for(office, office.director, office.deputy)
    AgencyMembership.objects.filter(user=office.director).update(is_active=False)
    row = request_of(make_plan(office, "submitted"))
    assert not decides(office, office.staff, row)
    assert decides(office, office.deputy, row)


def test_who_left_or_whose_period_ended_decides_no_more(office):
    act_for(office, office.director, office.deputy)
    row = request_of(make_plan(office, "submitted"))
    AgencyMembership.objects.filter(user=office.deputy).update(is_active=False)
    assert not decides(office, office.deputy, row)
    AgencyMembership.objects.filter(user=office.deputy).update(is_active=True)
    day = clock.today() - dt.timedelta(days=1)
    ActingPeriod.objects.update(starts_on=day, ends_on=day)
    assert not decides(office, office.deputy, row)


def test_director_himself_signs_in_his_own_name_while_somebody_acts(office):
    act_for(office, office.director, office.deputy)
    log = approve(request_of(make_plan(office, "submitted")), office.director)
    assert (log.on_behalf_of, log.acting_kind) == (None, "")


def test_nobody_takes_both_steps(office):
    want(office)
    period = act_for(office, office.director, office.deputy, "by_delegation")
    row = request_of(make_plan(office, "submitted"))
    endorse(row, office.deputy)
    assert not decides(office, office.deputy, row)
    assert count_waiting_for(office.deputy, office.agency) == 0
    send_back(row, office.director, "แก้")

    # Who acts in the absence decides; with nobody else to endorse that is the only step.
    period.kind = "acting_for"
    period.save()
    perform(row.subject, "submit", office.officer)
    row = request_of(row.subject)
    assert row.stage == "decide"
    assert approve(row, office.deputy).on_behalf_of == office.director


def test_due_items_follow_the_turn(office):
    want(office)
    row = request_of(make_plan(office, "submitted"))

    def told():
        items = due_items(office.agency)
        return [(item.action, item.people) for item in items if item.object_id == str(row.pk)]

    assert told() == [("เห็นชอบ", (office.deputy.pk,))]
    endorse(row, office.deputy)
    assert told() == [("พิจารณา", (office.director.pk,))]
