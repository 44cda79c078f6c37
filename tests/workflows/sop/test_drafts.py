"""New drafts: what they copy, that there is one at most, what may be deleted."""

import pytest

from approvals.transitions import perform
from documents.models import StoredFile
from documents.revisions import NotEditable, SaveConflict
from tests.agencies.factories import make_office
from tests.workflows.factories import months
from tests.workflows.sop.drafts import keys, make_draft, titles
from workflows.enums import VersionStatus
from workflows.models import (
    Manual,
    ManualSop,
    Procedure,
    ProcedureFile,
    ProcedureNode,
    ProcedureStep,
    ProcedureVersion,
    ProcedureWindow,
    SopLayout,
)
from workflows.opening import open_cycle
from workflows.sop import operations as op
from workflows.sop.drafts import DraftExists, delete_draft, free_slugs, new_draft, new_procedure
from workflows.sop.editing import change, saves_of
from workflows.sop.files import export_sop, import_sop, read_sop, shipped_files
from workflows.sop.part_checks import BadOperation

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def used(office):
    return make_draft(office, status=VersionStatus.IN_USE)


def make_file(office, **fields):
    file = StoredFile.objects.create(
        agency=office.agency,
        sha256="0" * 64,
        name="แบบ.pdf",
        content_type="application/pdf",
        size=1,
    )
    return ProcedureFile.objects.create(kind="form", title="แบบคำขอ", order=1, file=file, **fields)


def test_new_draft_has_all_of_the_version_in_use(office, used):
    layout = SopLayout.objects.create(agency=office.agency, name="ของเรา", base="S7")
    first, second, _third = keys(used)
    ProcedureVersion.objects.filter(pk=used.pk).update(
        own_layout=layout, objectives=["ก"], sections=[{"title": "ขอบเขต"}]
    )
    ProcedureStep.objects.filter(pk=second).update(phase="do")
    ProcedureNode.objects.filter(step=second).update(edge_to=1, edge_label="ไม่ผ่าน")
    ProcedureWindow.objects.create(step_id=first, order=1, **months(0, 2))
    make_file(office, version=used, step_id=second)
    draft = new_draft(used.procedure, office.officer)
    draft.refresh_from_db()
    used.refresh_from_db()
    assert (draft.number, draft.status, draft.created_by) == (2, "draft", office.officer)
    assert export_sop(draft) == export_sop(used)
    assert draft.own_layout == layout
    file = draft.files.get()
    assert (file.title, file.step.number, file.step.version) == ("แบบคำขอ", 2, draft)
    assert used.status == "in_use"


def test_draft_may_begin_from_an_older_version(office, used):
    retired = make_draft(office, ["เดิม"], status=VersionStatus.RETIRED)
    ProcedureVersion.objects.filter(pk=retired.pk).update(procedure=used.procedure, number=7)
    retired.refresh_from_db()
    assert titles(new_draft(used.procedure, office.officer, retired)) == ["เดิม"]


@pytest.mark.parametrize("status", ["draft", "returned", "submitted", "approved"])
def test_an_sop_has_one_version_in_work(office, used, status):
    draft = new_draft(used.procedure, office.officer)
    ProcedureVersion.objects.filter(pk=draft.pk).update(status=status)
    with pytest.raises(DraftExists) as caught:
        new_draft(used.procedure, office.officer)
    assert caught.value.version == draft
    assert used.procedure.versions.count() == 2


def test_changed_draft_leaves_version_in_use_and_running_cycle_alone(office, used):
    cycle = open_cycle(office.agency, used, 2570, office.officer)
    before = export_sop(used)
    draft = new_draft(used.procedure, office.officer)
    first = keys(draft)[0]
    change(draft, op.SetStep(first, {"title": "ใหม่"}), read=1, by=office.officer)
    change(draft, op.SetHead({"name": "ชื่อใหม่"}), read=2, by=office.officer)
    used.refresh_from_db()
    cycle.refresh_from_db()
    assert (export_sop(used), used.version, cycle.version) == (before, 1, used)
    assert [step.title for step in cycle.steps.order_by("number")] == titles(used)


def test_new_sop_begins_with_one_empty_step(office):
    draft = new_procedure(office.agency, "งานใหม่", office.officer)
    assert (draft.procedure.slug, draft.number, draft.status) == ("sop-1", 1, "draft")
    assert (draft.printed_name, draft.office_name) == ("งานใหม่", office.agency.name_th)
    assert titles(draft) == [""]


def test_new_sop_as_a_copy_is_another_sop(office, used):
    make_file(office, version=used, step_id=None)
    draft = new_procedure(office.agency, "งานอื่น", office.officer, code="OP-07", copy_of=used)
    assert (draft.procedure.slug, draft.printed_code) == ("op-07", "OP-07")
    assert draft.procedure != used.procedure
    assert titles(draft) == titles(used)
    assert draft.files.count() == 1


def test_new_sop_from_a_shipped_one(office):
    draft = new_procedure(office.agency, "งานเรา", office.officer, template="doh-pmqa")
    shipped = read_sop(shipped_files()["doh-pmqa"].read_text())
    assert draft.printed_name == "งานเรา"
    assert titles(draft) == [step.title for step in shipped.steps]


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("", "sop-2"),
        ("ศธ 04/2", "sop-2"),
        ("PM-01", "pm-01"),
        ("Taken", "taken-2"),
        ("layouts", "layouts-2"),
        ("A" * 80, "a" * 55),
    ],
)
def test_short_name_comes_from_a_latin_code(office, code, slug):
    for taken in ("sop-1", "taken"):
        Procedure.objects.create(agency=office.agency, slug=taken, name=taken)
    Procedure.objects.create(agency=make_office("other").agency, slug="sop-2", name="อื่น")
    assert next(free_slugs(office.agency, code)) == slug


def test_given_short_name_that_is_taken_is_refused(office, used):
    with pytest.raises(BadOperation) as caught:
        new_procedure(office.agency, "งาน", office.officer, slug=used.procedure.slug)
    assert list(caught.value.errors) == ["slug"]
    assert Procedure.objects.count() == 1


def test_draft_that_was_never_submitted_is_deleted_with_its_saves(office, used):
    draft = new_draft(used.procedure, office.officer)
    change(draft, op.AddStep(), read=1, by=office.officer)
    delete_draft(draft, office.officer, read=2)
    assert list(used.procedure.versions.all()) == [used]
    assert not saves_of(draft).exists()
    assert new_draft(used.procedure, office.officer).number == 3


def test_deleting_its_only_version_deletes_the_sop(office):
    draft = new_procedure(office.agency, "งานใหม่", office.officer)
    delete_draft(draft, office.officer, read=1)
    assert not Procedure.objects.exists()


def test_only_draft_of_an_sop_in_a_manual_is_not_deleted(office):
    draft = new_procedure(office.agency, "งานใหม่", office.officer)
    manual = Manual.objects.create(agency=office.agency, title="คู่มือ")
    ManualSop.objects.create(manual=manual, procedure=draft.procedure, order=1)
    with pytest.raises(BadOperation):
        delete_draft(draft, office.officer, read=1)
    draft.refresh_from_db()
    assert draft.version == 1


def test_draft_that_somebody_saved_meanwhile_is_not_deleted(office, used):
    draft = new_draft(used.procedure, office.officer)
    change(draft, op.AddStep(), read=1, by=office.officer)
    with pytest.raises(SaveConflict):
        delete_draft(draft, office.officer, read=1)
    assert used.procedure.versions.count() == 2


def test_draft_that_was_submitted_once_stays_on_record(office, used):
    draft = new_draft(used.procedure, office.officer)
    perform(draft, "submit", office.officer)
    perform(draft, "withdraw", office.officer)
    draft.refresh_from_db()
    with pytest.raises(NotEditable):
        delete_draft(draft, office.officer, read=draft.version)
    with pytest.raises(NotEditable):
        delete_draft(used, office.officer, read=1)
    assert used.procedure.versions.count() == 2


def test_file_put_in_use_under_another_name_leaves_older_versions_theirs(office):
    text = shipped_files()["doh-pmqa"].read_text()
    first = import_sop(read_sop(text), office.agency)
    ProcedureVersion.objects.filter(pk=first.pk).update(name="", code="")
    name = read_sop(text).name
    import_sop(read_sop(text.replace(name, "งานชื่อใหม่")), office.agency)
    first.refresh_from_db()
    assert (first.printed_name, first.procedure.name) == (name, "งานชื่อใหม่")
