"""The life of an SOP version: who may do what from which state, and what it sets off."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import translation

from agencies.models import ActingPeriod
from approvals.models import ApprovalRequest, PaperFreeze, TransitionLog
from approvals.requests import open_request_of
from approvals.transitions import (
    AlreadyChanged,
    CommentNeeded,
    PaperSignature,
    RequirementsMissing,
    data_hash_of,
    missing_for,
    perform,
)
from core import clock
from documents.models import StoredFile
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.workflows.sop.drafts import keys, make_draft
from workflows.enums import VersionStatus
from workflows.models import ProcedureNode, ProcedureStep, ProcedureVersion
from workflows.opening import open_cycle
from workflows.sop import operations as op
from workflows.sop.drafts import new_draft
from workflows.sop.editing import NotEditable, change
from workflows.sop.transitions import put_in_use

pytestmark = pytest.mark.django_db

ROLES = ["officer", "director", "deputy", "member", "observer", "admin"]
STATES = ["draft", "submitted", "returned", "approved", "in_use", "retired"]
# transition → (who may, state → state after it)
LIFE = {
    "submit": ({"officer"}, {"draft": "submitted", "returned": "submitted"}),
    "withdraw": ({"officer"}, {"submitted": "draft"}),
    "approve": ({"director"}, {"submitted": "approved"}),
    "return_": ({"director"}, {"submitted": "returned"}),
    "put_in_use": ({"officer"}, {"approved": "in_use"}),
    "replace": ({"officer"}, {"in_use": "retired"}),
    "retire": (
        {"officer"},
        dict.fromkeys(("draft", "returned", "approved", "in_use"), "retired"),
    ),
}


@pytest.fixture
def office():
    return make_office()


def submitted(office, **fields):
    draft = make_draft(office, **fields)
    perform(draft, "submit", office.officer)
    return draft


def approved_draft(office, source):
    draft = new_draft(source.procedure, office.officer, source)
    perform(draft, "submit", office.officer)
    perform(draft, "approve", office.director)
    return draft


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", LIFE)
def test_every_transition_by_every_role_from_every_state(office, name, state, role):
    version = make_draft(office, status=state)
    may, changes = LIFE[name]
    expected = None
    if role not in may:
        expected = PermissionDenied
    elif state not in changes:
        expected = AlreadyChanged
    if expected:
        with pytest.raises(expected):
            perform(version, name, office.people[role], comment="เหตุผล")
    else:
        perform(version, name, office.people[role], comment="เหตุผล")
    version.refresh_from_db()
    assert version.status == (state if expected else changes[state])
    assert TransitionLog.objects.count() == (0 if expected else 1)


@pytest.mark.parametrize("name", ["return_", "retire"])
def test_returning_and_retiring_need_a_reason(office, name):
    version = submitted(office) if name == "return_" else make_draft(office, status="in_use")
    by = office.director if name == "return_" else office.officer
    with pytest.raises(CommentNeeded):
        perform(version, name, by, comment="  ")


def test_submitting_opens_a_request_with_figures_and_tells_the_director(office):
    used = make_draft(office, status="in_use")
    draft = new_draft(used.procedure, office.officer)
    step = keys(draft)[1]
    change(draft, op.SetStep(step, {"standard": "ภายใน 3 วัน"}), read=1, by=office.officer)
    perform(draft, "submit", office.officer)
    request = open_request_of(draft)
    assert request.title == f"SOP “{used.procedure.name}” ฉบับที่ 2"
    assert [fact["value"] for fact in request.summary] == ["3", "1", "7 คอลัมน์ แนวนอน"]
    told = Notification.objects.get()
    assert (told.recipient, told.rule) == (office.director, "sop_submit")
    assert told.url.endswith(f"/sop/{used.procedure.slug}/2/")


def test_request_of_a_new_sop_says_so(office):
    request = open_request_of(submitted(office))
    assert [fact["value"] for fact in request.summary] == ["3", "1", "7 คอลัมน์ แนวนอน"]
    assert request.summary[1]["label"] == "SOP ใหม่"


def test_submitted_version_cannot_be_edited_and_approval_closes_the_request(office):
    draft = submitted(office)
    with pytest.raises(NotEditable):
        change(draft, op.AddStep(), read=draft.version, by=office.officer)
    perform(draft, "approve", office.director)
    assert ApprovalRequest.objects.get().status == "approved"
    assert set(
        Notification.objects.filter(rule="sop_approve").values_list(
            "recipient__username", flat=True
        )
    ) == {"officer"}


def test_approval_asks_for_the_paper_to_be_frozen_and_use_changes_nothing_of_it(office):
    draft = submitted(office)
    log = perform(draft, "approve", office.director)
    frozen = PaperFreeze.objects.get()
    assert (frozen.log, frozen.kind, frozen.object_id) == (log, "sop", draft.pk)
    put_in_use(draft, office.officer)
    assert data_hash_of(ProcedureVersion.objects.get(pk=draft.pk)) == log.data_hash


def test_returned_version_is_mended_and_submitted_again(office):
    draft = submitted(office)
    perform(draft, "return_", office.director, comment="ขั้นตอนที่ 2 ยังไม่ครบ")
    told = Notification.objects.get(rule="sop_return_")
    assert (told.recipient, told.body) == (office.officer, "ขั้นตอนที่ 2 ยังไม่ครบ")
    saved = change(draft, op.AddStep(), read=draft.version, by=office.officer)
    with pytest.raises(RequirementsMissing):
        perform(draft, "submit", office.officer)
    fields = {"title": "ขั้นตอนใหม่"}
    change(draft, op.SetStep(saved.new_step, fields), read=saved.version, by=office.officer)
    perform(draft, "submit", office.officer)
    assert draft.status == "submitted"


@pytest.mark.parametrize("what", ["title", "symbol", "head", "form"])
def test_any_change_after_submitting_voids_the_approval(office, what):
    draft = submitted(office)
    seen = open_request_of(draft).data_hash
    if what == "title":
        ProcedureStep.objects.filter(version=draft, number=2).update(title="แอบแก้")
    elif what == "symbol":
        ProcedureNode.objects.filter(step__version=draft, step__number=2).update(symbol="terminal")
    elif what == "head":
        ProcedureVersion.objects.filter(pk=draft.pk).update(objectives=["แอบแก้"])
    else:
        draft.files.create(kind="form", title="แบบ", order=1, file=scan_of(office))
    with pytest.raises(AlreadyChanged):
        perform(draft, "approve", office.director, expected_hash=seen)
    draft.refresh_from_db()
    assert (draft.status, open_request_of(draft)) == ("draft", None)


def scan_of(office):
    return StoredFile.objects.create(
        agency=office.agency, sha256="1" * 64, name="a.pdf", content_type="application/pdf", size=1
    )


def test_acting_director_decides_and_the_log_says_for_whom(office):
    ActingPeriod.objects.create(
        agency=office.agency,
        absent=office.director,
        acting=office.deputy,
        starts_on=clock.today() - dt.timedelta(days=1),
        ends_on=clock.today(),
    )
    log = perform(submitted(office), "approve", office.deputy)
    assert (log.by, log.on_behalf_of) == (office.deputy, office.director)


@pytest.mark.parametrize(
    ("role", "may"), [("officer", True), ("director", False), ("member", False)]
)
def test_only_the_officer_records_an_approval_on_paper(office, role, may):
    draft = submitted(office)
    signature = PaperSignature(clock.today(), scan_of(office))
    if may:
        log = perform(draft, "approve", office.people[role], signature=signature)
        assert log.scan == signature.scan
    else:
        with pytest.raises(PermissionDenied):
            perform(draft, "approve", office.people[role], signature=signature)
    draft.refresh_from_db()
    assert draft.status == ("approved" if may else "submitted")


def test_version_before_retires_at_the_same_moment(office):
    used = make_draft(office, status="in_use")
    draft = approved_draft(office, used)
    change_name(draft, "ชื่อใหม่")
    with translation.override("en"):
        put_in_use(draft, office.officer)
    used.refresh_from_db()
    assert (used.status, draft.status) == ("retired", "in_use")
    procedure = draft.procedure
    procedure.refresh_from_db()
    assert (procedure.name, used.printed_name != "ชื่อใหม่") == ("ชื่อใหม่", True)
    logs = TransitionLog.objects.filter(object_id=used.pk)
    assert [(log.transition, log.comment) for log in logs] == [("replace", "ใช้ฉบับที่ 2 แทน")]


def change_name(version, name):
    ProcedureVersion.objects.filter(pk=version.pk).update(name=name)
    version.refresh_from_db()


@pytest.mark.parametrize(
    ("role", "state", "refusal"),
    [("director", "approved", PermissionDenied), ("officer", "submitted", AlreadyChanged)],
)
def test_refused_version_leaves_the_one_before_in_use(office, role, state, refusal):
    used = make_draft(office, status="in_use")
    draft = new_draft(used.procedure, office.officer)
    ProcedureVersion.objects.filter(pk=draft.pk).update(status=state)
    draft.refresh_from_db()
    with pytest.raises(refusal):
        put_in_use(draft, office.people[role])
    used.refresh_from_db()
    assert used.status == "in_use"


def test_two_versions_are_never_in_use(office):
    used = make_draft(office, status="in_use")
    draft = approved_draft(office, used)
    with pytest.raises(IntegrityError):
        perform(draft, "put_in_use", office.officer)


def test_running_cycle_keeps_its_version_when_a_new_one_comes_in_use(office):
    used = make_draft(office, status="in_use")
    cycle = open_cycle(office.agency, used, 2570, office.officer)
    steps = list(cycle.steps.order_by("number").values_list("title", "procedure_step"))
    draft = new_draft(used.procedure, office.officer)
    change(draft, op.RemoveStep(keys(draft)[0]), read=1, by=office.officer)
    perform(draft, "submit", office.officer)
    perform(draft, "approve", office.director)
    put_in_use(draft, office.officer)
    cycle.refresh_from_db()
    assert cycle.version == used
    assert list(cycle.steps.order_by("number").values_list("title", "procedure_step")) == steps
    assert [pk for _title, pk in steps] == keys(used)


def test_what_is_missing_is_told_in_words(office):
    draft = make_draft(office, [""], layout="X")
    ProcedureNode.objects.filter(step__version=draft).update(edge_to=9)
    step = ProcedureStep.objects.create(version=draft, number=2, title="ไม่มีสัญลักษณ์")
    assert missing_for(draft, "submit") == [
        "SOP ยังไม่มีรูปแบบที่จะพิมพ์",
        "ขั้นตอนที่ 1 ยังไม่มีชื่อ",
        "ขั้นตอนที่ 1 มีสัญลักษณ์ที่ยังไม่มีข้อความ",
        "ลูกศรของขั้นตอนที่ 1 ชี้ไปขั้นตอนที่ 9 ซึ่งไม่มีอยู่",
        "ขั้นตอนที่ 2 ยังไม่มีสัญลักษณ์ในผังขั้นตอน",
    ]
    step.delete()
    assert "SOP ต้องมีอย่างน้อยสองขั้นตอน" in missing_for(draft, "submit")
    with pytest.raises(RequirementsMissing):
        perform(draft, "submit", office.officer)
    draft.refresh_from_db()
    assert (draft.status, draft.version) == (VersionStatus.DRAFT, 1)
