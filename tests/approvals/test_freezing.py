"""The paper of a decision: drawn once from what was decided on, kept, or refused with a reason."""

import datetime as dt
import hashlib

import pytest

from agencies.models import ActingPeriod, AuditEntry
from approvals import freezing
from approvals.models import PaperFreeze
from approvals.transitions import perform
from committees.orders import draft_order, sign_order
from core import clock
from documents.models import IssuedDocument
from documents.pdf_rendering import Layout, PageLayout
from documents.stored_files import open_file
from tests.agencies.factories import make_office
from tests.committees.factories import YEAR, make_committees
from tests.documents.matrix import PDF
from tests.improvement.factories import make_plan

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 21, 15, 4, tzinfo=clock.BANGKOK)


@pytest.fixture
def office(frozen_today):
    frozen_today(NOW)
    return make_office()


def plain(sheet):
    """Draw a sheet as one empty page."""
    return PDF, Layout([PageLayout([], "")])


def approved_plan(office):
    plan = make_plan(office, "approved")
    return plan, PaperFreeze.objects.get()


def test_approval_queues_the_paper_once_and_the_worker_keeps_it(
    office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as queued:
        plan, row = approved_plan(office)
    assert (row.kind, row.object_id, row.status) == ("improvement-plan", plan.cycle_id, "queued")
    assert sum("freeze_paper" in repr(call) for call in queued) == 1
    for _twice in range(2):
        freezing.freeze(row.pk, draw=plain)

    document = IssuedDocument.objects.get()
    row.refresh_from_db()
    assert (row.status, row.document, row.attempts) == ("frozen", document, 1)
    assert document.verification_code == row.code
    assert document.data_hash == row.log.data_hash
    assert (document.issued_by, document.issued_at) == (office.director, NOW)
    with open_file(document.file) as content:
        assert hashlib.sha256(content.read()).hexdigest() == document.file.sha256
    entry = AuditEntry.objects.get(action="paper.freeze")
    assert (entry.actor, entry.summary) == (
        office.director,
        "แผนปรับปรุงองค์การ ประจำปีงบประมาณ พ.ศ. 2570",
    )


def test_data_changed_after_the_decision_is_said_and_not_frozen(office, client_for):
    plan, row = approved_plan(office)
    plan.actions.update(budget=99)
    freezing.freeze(row.pk, draw=plain)

    row.refresh_from_db()
    assert (row.status, IssuedDocument.objects.count()) == ("changed", 0)
    page = client_for(office.officer).get(office.url("2570/plan/"))
    assert "ไม่ได้เก็บเอกสารไว้ เพราะข้อมูลเปลี่ยนหลังการอนุมัติ" in page.text


def test_data_changed_while_drawing_is_not_frozen(office):
    plan, row = approved_plan(office)

    def slow(sheet):
        plan.actions.update(title="แก้ระหว่างพิมพ์")
        return plain(sheet)

    freezing.freeze(row.pk, draw=slow)
    row.refresh_from_db()
    assert (row.status, IssuedDocument.objects.count()) == ("changed", 0)


def test_signed_order_is_frozen_as_signed_whoever_joins_later(office):
    make_committees(office)
    order = draft_order(office.agency, YEAR, by=office.officer)
    perform(order, "submit", office.officer)
    sign_order(order, office.director, number="12", signed_on=dt.date(2026, 11, 21))
    type(office.deputy).objects.filter(pk=office.deputy.pk).update(position="ตำแหน่งใหม่")
    row = PaperFreeze.objects.get()
    seen = []
    freezing.freeze(row.pk, draw=lambda sheet: seen.append(sheet.html) or plain(sheet))

    row.refresh_from_db()
    assert (row.kind, row.status) == ("order", "frozen")
    assert "ตำแหน่งใหม่" not in seen[0]
    assert f"127.0.0.1:8000/verify/{row.code}" in seen[0]


def test_failure_is_tried_again_three_times_then_shown(office, caplog):
    _plan, row = approved_plan(office)

    def broken(sheet):
        raise OSError("no space left")

    found = []
    for _attempt in range(4):
        freezing.freeze(row.pk, draw=broken)
        row.refresh_from_db()
        found.append((row.status, row.attempts))
    assert found == [("queued", 1), ("queued", 2), ("failed", 3), ("failed", 3)]
    assert len(caplog.records) == 3


def test_sweeper_finds_lost_tasks_and_lost_workers(office, frozen_today):
    _plan, row = approved_plan(office)
    assert freezing.sweep() == []
    frozen_today(NOW + dt.timedelta(minutes=10))
    assert freezing.sweep() == [row.pk]

    PaperFreeze.objects.update(status="running", claimed_at=NOW, attempts=1)
    assert freezing.sweep() == []
    frozen_today(NOW + dt.timedelta(minutes=12))
    assert freezing.sweep() == [row.pk]
    PaperFreeze.objects.update(status="running", claimed_at=NOW, attempts=3)
    assert freezing.sweep() == []
    row.refresh_from_db()
    assert row.status == "failed"


def test_worker_that_was_given_up_keeps_nothing(office):
    _plan, row = approved_plan(office)

    def overtaken(sheet):
        PaperFreeze.objects.update(status="queued", claimed_at=None)
        return plain(sheet)

    freezing.freeze(row.pk, draw=overtaken)
    row.refresh_from_db()
    assert (row.status, IssuedDocument.objects.count()) == ("queued", 0)


def test_foot_names_who_decided_and_when(office):
    office.director.first_name, office.director.position = "ตัวอย่าง", "ผู้อำนวยการสำนักงาน"
    office.director.save()
    _plan, row = approved_plan(office)
    assert freezing.seal_of(row).words == (
        "อนุมัติในระบบ โดย นายตัวอย่าง ตัวอย่าง ผู้อำนวยการสำนักงาน เมื่อ ๒๑ พฤศจิกายน ๒๕๖๙ เวลา ๑๕.๐๔ น."
    )


def test_foot_names_whose_place_an_acting_person_took(office):
    office.agency.head_position = "ผู้อำนวยการ\nสำนักงานตัวอย่าง"
    office.agency.save()
    office.deputy.first_name, office.deputy.position = "ตัวแทน", "รองผู้อำนวยการ"
    office.deputy.save()
    ActingPeriod.objects.create(
        agency=office.agency,
        absent=office.director,
        acting=office.deputy,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
    )
    plan = make_plan(office, "submitted")
    perform(plan, "approve", office.deputy)
    assert freezing.seal_of(PaperFreeze.objects.get()).words == (
        "อนุมัติในระบบ โดย นายตัวแทน ตัวอย่าง รองผู้อำนวยการ รักษาราชการแทนผู้อำนวยการ "
        "สำนักงานตัวอย่าง เมื่อ ๒๑ พฤศจิกายน ๒๕๖๙ เวลา ๑๕.๐๔ น."
    )
