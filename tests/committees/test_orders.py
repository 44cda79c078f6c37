"""Orders: every transition in every state for every role, and what a signature freezes."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from approvals.models import ApprovalRequest
from approvals.registry import workflow_of
from approvals.transitions import (
    AlreadyChanged,
    CommentNeeded,
    ContentChanged,
    PaperSignature,
    RequirementsMissing,
    available_to,
    perform,
)
from committees.enums import OrderStatus
from committees.models import AppointmentOrder, CommitteeMember
from committees.orders import (
    NumberTaken,
    discard_draft,
    draft_order,
    ready_for_signature,
    record_signed_order,
    sign_order,
    signer_of,
)
from documents.models import StoredFile
from tests.agencies.factories import make_office
from tests.committees.factories import YEAR, CommitteeFactory, make_committees, make_order

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)

# Status → transition → roles that may do it; whatever is not here is refused.
ALLOWED = {
    "draft": {"submit": {"officer"}},
    "for_signature": {
        "withdraw": {"officer"},
        "sign": {"director"},
        "return_": {"director"},
        "record_signature": {"officer"},
    },
    "signed": {"supersede": {"director", "officer"}},
    "superseded": {},
}
ROLES = ("officer", "director", "deputy", "staff", "champion1", "member", "observer", "admin")


@pytest.fixture
def office(frozen_today):
    frozen_today(dt.date(2026, 11, 21))
    office = make_office()
    office.steering, office.working = make_committees(office)
    return office


def submitted(office):
    order = draft_order(office.agency, YEAR, by=office.officer)
    perform(order, "submit", office.officer)
    return order


def test_committees_without_members_are_named_in_their_order(office):
    order = draft_order(office.agency, YEAR, by=office.officer)
    for place, name in ((1, "คณะทำงานย่อย ก"), (2, "คณะทำงานย่อย ข"), (3, "คณะทำงานย่อย ค")):
        order.committees.add(
            CommitteeFactory(agency=office.agency, kind="other", name=name, order=place)
        )
    missing = [line for line in ready_for_signature(order) if line.endswith("ยังไม่มีกรรมการ")]
    assert missing == [
        "คณะทำงานย่อย ก ยังไม่มีกรรมการ",
        "คณะทำงานย่อย ข ยังไม่มีกรรมการ",
        "คณะทำงานย่อย ค ยังไม่มีกรรมการ",
    ]


@pytest.mark.parametrize("status", OrderStatus.values)
def test_transitions_available_by_status_and_role(office, status):
    order = make_order(office, status)
    found = {}
    for role in ROLES:
        for transition in available_to(office.people[role], order):
            found.setdefault(transition.name, set()).add(role)
    assert found == ALLOWED[status]


@pytest.mark.parametrize("status", OrderStatus.values)
def test_transitions_not_available_change_nothing(office, status):
    order = make_order(office, status)
    for name in workflow_of(order).transitions:
        for role in ROLES:
            if role in ALLOWED[status].get(name, set()):
                continue
            with pytest.raises((PermissionDenied, AlreadyChanged)), transaction.atomic():
                perform(order, name, office.people[role], comment="เหตุผล")
    order.refresh_from_db()
    assert order.status == status


def test_submit_opens_a_request_for_the_director(office):
    order = submitted(office)
    request = ApprovalRequest.objects.get()
    assert (request.subject, request.status, request.requested_by) == (
        order,
        "pending",
        office.officer,
    )


def test_submit_is_refused_while_a_check_warns(office):
    CommitteeMember.objects.filter(champion_of=4).delete()
    order = draft_order(office.agency, YEAR, by=office.officer)
    with pytest.raises(RequirementsMissing) as refusal:
        perform(order, "submit", office.officer)
    assert len(refusal.value.missing) == 2
    assert AppointmentOrder.objects.get().status == "draft"


def test_submit_is_refused_without_committees(office):
    order = draft_order(office.agency, YEAR, by=office.officer)
    order.committees.clear()
    with pytest.raises(RequirementsMissing):
        perform(order, "submit", office.officer)


def test_sign_numbers_freezes_and_closes_the_request(office):
    order = submitted(office)
    name = office.champion1.get_full_name()
    sign_order(order, office.director, number="187", signed_on=DAY)
    order = AppointmentOrder.objects.get()
    assert (order.status, order.number, order.calendar_year) == ("signed", "187", 2569)
    assert order.signer_name == office.director.get_full_name()
    assert order.snapshot["committees"][1]["members"][1]["name"] == name
    assert ApprovalRequest.objects.get().status == "approved"


def test_sign_is_refused_when_a_member_changed_after_submission(office):
    order = submitted(office)
    CommitteeMember.objects.filter(user=office.member).delete()
    with pytest.raises(ContentChanged):
        sign_order(order, office.director, number="187", signed_on=DAY)
    order = AppointmentOrder.objects.get()
    assert (order.status, order.number, order.signed_on) == ("draft", "", None)
    assert ApprovalRequest.objects.get().status == "void"


def test_sign_by_the_officer_is_refused_and_leaves_no_number(office):
    order = submitted(office)
    with pytest.raises(PermissionDenied):
        sign_order(order, office.officer, number="187", signed_on=DAY)
    assert AppointmentOrder.objects.get().number == ""


def test_sign_twice_is_refused(office):
    first, second = submitted(office), AppointmentOrder.objects.get()
    sign_order(first, office.director, number="187", signed_on=DAY)
    with pytest.raises(AlreadyChanged):
        sign_order(second, office.director, number="188", signed_on=DAY)
    assert AppointmentOrder.objects.get().number == "187"


def test_number_is_unique_within_the_calendar_year_only(office):
    make_order(office, "signed", number="187", calendar_year=2569, signed_on=DAY)
    order = draft_order(office.agency, YEAR, by=office.officer)
    perform(order, "submit", office.officer)
    with pytest.raises(NumberTaken):
        sign_order(order, office.director, number="187", signed_on=DAY)
    order.refresh_from_db()
    sign_order(order, office.director, number="187", signed_on=dt.date(2025, 12, 30))
    assert order.calendar_year == 2568


def test_return_needs_a_reason_and_goes_back_to_draft(office):
    order = submitted(office)
    with pytest.raises(CommentNeeded):
        perform(order, "return_", office.director)
    perform(order, "return_", office.director, comment="ขาดกรรมการ")
    assert AppointmentOrder.objects.get().status == "draft"
    request = ApprovalRequest.objects.get()
    assert (request.status, request.comment) == ("returned", "ขาดกรรมการ")


def test_withdraw_cancels_the_request(office):
    perform(submitted(office), "withdraw", office.officer)
    assert AppointmentOrder.objects.get().status == "draft"
    assert ApprovalRequest.objects.get().status == "cancelled"


def test_record_signature_keeps_day_and_scan(office):
    order = submitted(office)
    scan = StoredFile.objects.create(
        agency=office.agency, sha256="a" * 64, name="scan.pdf", content_type="x", size=1
    )
    record_signed_order(order, office.officer, number="9", signature=PaperSignature(DAY, scan))
    order = AppointmentOrder.objects.get()
    assert (order.status, order.scan, order.signed_on) == ("signed", scan, DAY)


def test_record_signature_without_scan_is_refused(office):
    order = make_order(office, "for_signature", number="5", calendar_year=2569, signed_on=DAY)
    with pytest.raises(RequirementsMissing):
        perform(order, "record_signature", office.officer)
    assert AppointmentOrder.objects.get().status == "for_signature"


def test_later_order_supersedes_the_earlier_one(office):
    earlier = make_order(office, "signed", number="1")
    order = submitted(office)
    assert order.supersedes == earlier
    sign_order(order, office.director, number="2", signed_on=DAY)
    earlier.refresh_from_db()
    assert earlier.status == "superseded"
    assert order.snapshot["cancels"] == "คำสั่งที่ 1/2570 ลงวันที่ 4 มกราคม 2570"


def test_discard_deletes_only_a_draft(office):
    order = draft_order(office.agency, YEAR, by=office.officer)
    waiting = make_order(office, "for_signature")
    assert discard_draft(order, by=office.officer)
    assert not discard_draft(waiting, by=office.officer)
    assert list(AppointmentOrder.objects.all()) == [waiting]


def test_signer_is_the_acting_person_with_two_lines(office):
    office.agency.acting_periods.create(
        absent=office.director, acting=office.deputy, starts_on=DAY, ends_on=DAY
    )
    name, position = signer_of(office.agency, DAY)
    assert name == office.deputy.get_full_name()
    assert position == "นักวิชาการ\nรักษาราชการแทนผู้อำนวยการสำนักงาน"
    assert signer_of(office.agency, DAY + dt.timedelta(1))[0] == office.director.get_full_name()
