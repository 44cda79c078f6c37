"""Saving a draft part by part: nothing acknowledged is lost, and every save can be read again."""

import threading
import time

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from documents.models import StoredFile
from tests.agencies.factories import make_office
from tests.workflows.sop.drafts import keys, make_draft, titles
from workflows.models import (
    ProcedureFile,
    ProcedureNode,
    ProcedureStep,
    ProcedureWindow,
    SopLayout,
)
from workflows.sop import operations as op
from workflows.sop.editing import (
    BadOperation,
    NoSuchSave,
    NotEditable,
    PartConflict,
    change,
    parts_of,
    restore,
    saves_of,
    state_at,
)
from workflows.sop.parts import step_key

STEP = {
    "title": "รับเรื่อง",
    "phase": "",
    "detail": "",
    "control_point": "",
    "standard": "",
    "responsible_text": "",
    "responsible_kind": "text",
    "responsible_value": "",
    "accountable_text": "",
    "documents": [],
    "remark": "",
    "time_text": "",
}


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def draft(office):
    return make_draft(office)


def save(draft, operation, office, read=None, **options):
    draft.refresh_from_db()
    read = draft.version if read is None else read
    return change(draft, operation, read=read, by=office.officer, **options)


def arrow(step, to, label="ไม่ผ่าน"):
    """Let the step's symbol be a decision with an arrow to the step of that number."""
    ProcedureNode.objects.filter(step=step).update(symbol="decision", edge_to=to, edge_label=label)


def edges(version):
    """Return (step number, number that its arrow leads to) of all arrows."""
    nodes = ProcedureNode.objects.filter(step__version=version, edge_to__isnull=False)
    return sorted(nodes.values_list("step__number", "edge_to"))


def test_parts_name_steps_by_key_and_arrows_by_step(office):
    draft = make_draft(office, ["รับเรื่อง", "ตรวจสอบ"], print_options={"title": "หัว"})
    first, second = keys(draft)
    arrow(second, 1)
    parts = parts_of(draft)
    assert sorted(parts) == sorted(["head", "sections", "order", f"step:{first}", f"step:{second}"])
    assert parts["order"] == [first, second]
    node = {"symbol": "activity", "label": "รับเรื่อง", "next_label": "", "edge_to": None}
    assert parts[f"step:{first}"] == STEP | {"nodes": [node | {"edge_label": ""}], "windows": []}
    assert parts[f"step:{second}"]["nodes"][0]["edge_to"] == first
    assert parts["head"]["name"] == draft.procedure.name
    assert parts["head"]["print_options"] == {"title": "หัว"}


def test_step_is_saved_with_a_revision_of_that_part_only(office, draft):
    _first, second, _third = keys(draft)
    saved = save(draft, op.SetStep(second, {"detail": "ตรวจ\r\nเอกสาร  "}), office)
    draft.refresh_from_db()
    assert (saved.version, saved.changed) == (2, {f"step:{second}"})
    assert draft.version == 2
    assert ProcedureStep.objects.get(pk=second).detail == "ตรวจ\nเอกสาร"
    newest, beginning = saves_of(draft)
    assert (newest.version, newest.saved_by, list(newest.data)) == (
        *(2, office.officer, [f"step:{second}"]),
    )
    assert (beginning.version, len(beginning.data)) == (1, 6)


def test_head_is_saved_and_its_name_is_the_editions_own(office, draft):
    fields = {"name": "ชื่อใหม่", "code": "", "objectives": ["ก", "", " ข "], "layout": "D6"}
    save(draft, op.SetHead(fields), office)
    draft.refresh_from_db()
    assert (draft.printed_name, draft.printed_code, draft.layout) == ("ชื่อใหม่", "", "D6")
    assert draft.objectives == ["ก", "ข"]
    assert draft.procedure.name != "ชื่อใหม่"


def test_new_layout_hides_no_column_that_it_lacks(office):
    draft = make_draft(office, print_options={"hide": ["documents", "time"]}, layout="D6")
    save(draft, op.SetHead({"layout": "S7"}), office)
    draft.refresh_from_db()
    assert draft.print_options == {"hide": ["time"]}


def test_sections_are_cleaned(office, draft):
    sections = [{"title": "ขอบเขต", "html": "<p onclick='x'>ก<script>1</script></p>"}]
    save(draft, op.SetSections(sections), office)
    draft.refresh_from_db()
    empty = {"number": "", "shows": "", "paragraphs": [], "items": []}
    assert draft.sections == [empty | {"title": "ขอบเขต", "html": "<p>ก</p>"}]


def test_windows_keep_what_their_kind_asks_for_only(office, draft):
    first = keys(draft)[0]
    windows = [
        {"kind": "months", "start_month": 0, "end_month": 2, "duration": 5},
        {"kind": "duration", "duration": 3, "duration_unit": "weeks", "start_month": 4},
    ]
    save(draft, op.SetWindows(first, windows), office)
    rows = ProcedureWindow.objects.filter(step=first).order_by("order")
    assert list(rows.values_list("kind", "start_month", "end_month", "duration")) == [
        ("months", 0, 2, None),
        ("duration", None, None, 3),
    ]


def test_lone_symbol_goes_on_saying_the_title(office, draft):
    first, second, _third = keys(draft)
    save(draft, op.SetNodes(second, [{"symbol": "activity", "label": "อื่น"}]), office)
    save(draft, op.SetStep(first, {"title": "รับหนังสือ"}), office)
    save(draft, op.SetStep(second, {"title": "พิจารณา"}), office)
    labels = ProcedureNode.objects.filter(step__version=draft, step__number__lt=3)
    assert list(labels.order_by("step__number").values_list("label", flat=True)) == [
        *("รับหนังสือ", "อื่น"),
    ]


def test_moved_step_keeps_its_arrows_and_joined_cells(office):
    spans = {"spans": [{"column": "standard", "from": 2, "to": 3}]}
    draft = make_draft(office, ["ก", "ข", "ค", "ง"], print_options=spans)
    _first, second, _third, fourth = keys(draft)
    arrow(fourth, 2)
    saved = save(draft, op.MoveStep(fourth, 1), office)
    draft.refresh_from_db()
    assert titles(draft) == ["ง", "ก", "ข", "ค"]
    assert saved.changed == {"order"}
    assert edges(draft) == [(1, 3)]
    assert draft.print_options == {"spans": [{"column": "standard", "from": 3, "to": 4}]}
    save(draft, op.MoveStep(second, 4), office)
    draft.refresh_from_db()
    assert (titles(draft), edges(draft)) == (["ง", "ก", "ค", "ข"], [(1, 4)])
    assert draft.print_options["spans"] == [{"column": "standard", "from": 3, "to": 4}]


def test_added_and_copied_steps_take_their_places(office, draft):
    first = keys(draft)[0]
    ProcedureStep.objects.filter(pk=first).update(phase="plan", detail="ละเอียด")
    added = save(draft, op.AddStep(first), office)
    save(draft, op.SetStep(added.new_step, {"title": "ใหม่"}), office)
    top = save(draft, op.AddStep(), office)
    copied = save(draft, op.CopyStep(first), office)
    assert titles(draft) == ["", "รับเรื่อง", "รับเรื่อง", "ใหม่", "ตรวจสอบ", "แจ้งผล"]
    assert keys(draft)[:4] == [top.new_step, first, copied.new_step, added.new_step]
    assert ProcedureStep.objects.get(pk=added.new_step).phase == "plan"
    assert ProcedureStep.objects.get(pk=copied.new_step).detail == "ละเอียด"
    assert list(draft.steps.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_removed_step_takes_arrows_to_it_along_and_leaves_its_forms(office):
    spans = {"spans": [{"column": "standard", "from": 1, "to": 2}]}
    draft = make_draft(office, print_options=spans)
    first, _second, third = keys(draft)
    arrow(third, 1)
    form = ProcedureFile.objects.create(
        version=draft, step_id=first, kind="form", title="แบบ", order=1, file=make_file(office)
    )
    saved = save(draft, op.RemoveStep(first), office)
    draft.refresh_from_db()
    form.refresh_from_db()
    assert titles(draft) == ["ตรวจสอบ", "แจ้งผล"]
    assert edges(draft) == []
    assert form.step is None
    assert draft.print_options == {"spans": [{"column": "standard", "from": 1, "to": 1}]}
    assert saved.changed == {"order", "head", f"step:{first}", f"step:{third}"}
    assert len(saved.notes) == 1
    assert "รับเรื่อง" in saved.notes[0]


def make_file(office):
    return StoredFile.objects.create(
        agency=office.agency,
        sha256="0" * 64,
        name="แบบ.pdf",
        content_type="application/pdf",
        size=1,
    )


def test_save_without_a_change_counts_nothing(office, draft):
    saved = save(draft, op.SetStep(keys(draft)[0], {"title": "รับเรื่อง "}), office)
    draft.refresh_from_db()
    assert (saved.version, saved.changed, draft.version) == (1, frozenset(), 1)
    assert not saves_of(draft).exists()


def test_change_of_another_part_is_laid_over_newer_saves(office, draft):
    first, second, third = keys(draft)
    save(draft, op.SetStep(first, {"detail": "ของคนแรก"}), office, read=1)
    save(draft, op.MoveStep(third, 1), office, read=1)
    saved = save(draft, op.SetStep(second, {"detail": "ของคนที่สอง"}), office, read=1)
    assert saved.version == 4
    details = dict(draft.steps.values_list("title", "detail"))
    assert details == {"รับเรื่อง": "ของคนแรก", "ตรวจสอบ": "ของคนที่สอง", "แจ้งผล": ""}
    assert titles(draft) == ["แจ้งผล", "รับเรื่อง", "ตรวจสอบ"]


def test_change_of_the_same_part_is_refused_with_both_texts(office, draft):
    first = keys(draft)[0]
    save(draft, op.SetStep(first, {"detail": "ของคนแรก"}), office, read=1)
    with pytest.raises(PartConflict) as caught:
        save(draft, op.SetStep(first, {"detail": "ของคนที่สอง"}), office, read=1)
    part = step_key(first)
    assert caught.value.newest[part]["detail"] == "ของคนแรก"
    assert caught.value.mine[part]["detail"] == "ของคนที่สอง"
    assert caught.value.last.saved_by == office.officer
    draft.refresh_from_db()
    assert (draft.version, draft.steps.get(pk=first).detail) == (2, "ของคนแรก")


def test_change_of_a_removed_step_is_a_conflict_that_keeps_the_text(office, draft):
    first = keys(draft)[0]
    save(draft, op.RemoveStep(first), office)
    with pytest.raises(PartConflict) as caught:
        save(draft, op.SetStep(first, {"detail": "หาย"}), office, read=1)
    assert caught.value.newest == {step_key(first): None}


def test_repeated_request_answers_as_the_first_time(office, draft):
    once = save(draft, op.AddStep(), office, request_id="abc")
    again = save(draft, op.AddStep(), office, read=1, request_id="abc")
    assert again == once
    assert len(titles(draft)) == 4


@pytest.mark.parametrize("status", ["submitted", "approved", "in_use", "retired"])
def test_only_a_draft_is_changed(office, status):
    draft = make_draft(office, status=status)
    with pytest.raises(NotEditable):
        save(draft, op.AddStep(), office)
    draft.refresh_from_db()
    assert (draft.version, len(titles(draft))) == (1, 3)


@pytest.mark.parametrize("status", ["draft", "returned"])
def test_returned_version_is_edited_like_a_draft(office, status):
    draft = make_draft(office, status=status)
    assert save(draft, op.AddStep(), office).version == 2


def bad_operations(draft, layout):
    first = keys(draft)[0]
    return [
        (op.SetHead({"name": "  "}), ["name"]),
        (op.SetHead({"name": "ก" * 251, "layout": "Z"}), ["layout", "name"]),
        (op.SetHead({"own_layout": layout.pk}), ["own_layout"]),
        (op.SetHead({"written_for_year": 2400}), ["written_for_year"]),
        (op.SetHead({"status": "in_use"}), ["status"]),
        (op.SetHead({"print_options": {"hide": ["chart"]}}), ["print_options.hide"]),
        (
            op.SetHead({"print_options": {"spans": [{"column": "time", "from": 0, "to": first}]}}),
            ["print_options.spans.0.from"],
        ),
        (op.SetSections([{"title": ""}]), ["sections.0.title"]),
        (
            op.SetSections([{"title": "ก", "shows": "table"}, {"title": "ข", "shows": "table"}]),
            ["sections.1.shows"],
        ),
        (op.SetStep(first, {"title": "ก" * 201, "phase": "x"}), ["phase", "title"]),
        (op.SetStep(first, {"responsible_kind": "category"}), ["responsible_value"]),
        (op.SetStep(first, {"number": 5}), ["number"]),
        (op.SetStep(0, {"title": "ก"}), ["step"]),
        (op.SetNodes(first, [{"symbol": "star", "edge_to": 0.5}]), ["edge_to", "symbol"]),
        (op.SetNodes(first, ["ก"]), ["nodes"]),
        (op.SetWindows(first, [{"kind": "months", "start_month": 3}]), ["end_month"]),
        (
            op.SetWindows(first, [{"kind": "months", "start_month": 3, "end_month": 1}]),
            ["end_month"],
        ),
        (op.SetWindows(first, [{"kind": "dated", "start_month": 1, "end_month": 1}]), ["kind"]),
        (op.SetWindows(first, [{"kind": "duration", "duration": True}]), ["duration"]),
        (op.MoveStep(first, 4), ["place"]),
        (op.AddStep(0), ["step"]),
    ]


def test_bad_input_names_the_field_and_writes_nothing(office, draft):
    other = make_office("other")
    layout = SopLayout.objects.create(agency=other.agency, name="แบบ", base="S7")
    before = parts_of(draft)
    for operation, fields in bad_operations(draft, layout):
        with pytest.raises(BadOperation) as caught:
            save(draft, operation, office)
        named = sorted({name.removeprefix("nodes.0.") for name in caught.value.errors})
        named = [name.removeprefix("windows.0.") for name in named]
        assert set(fields) <= set(named), operation
    draft.refresh_from_db()
    assert (parts_of(draft), draft.version) == (before, 1)


def test_no_more_than_99_steps(office):
    draft = make_draft(office, ["ก"] * 99)
    with pytest.raises(BadOperation):
        save(draft, op.AddStep(), office)


def test_every_save_can_be_read_and_restored(office):
    draft = make_draft(office, sections=[{"title": "ขอบเขต"}])
    first, second, third = keys(draft)
    arrow(third, 2)
    ProcedureWindow.objects.create(step_id=second, order=1, kind="undated", label="ตลอดปี")
    states = {1: parts_of(draft)}
    for number, operation in enumerate(
        [
            op.SetStep(first, {"detail": "แก้"}),
            op.RemoveStep(second),
            op.AddStep(first),
            op.MoveStep(third, 1),
            op.SetHead({"name": "ชื่อใหม่"}),
        ],
        start=2,
    ):
        assert save(draft, operation, office).version == number
        draft.refresh_from_db()
        states[number] = parts_of(draft)
    assert {number: state_at(draft, number) for number in states} == states
    for number in (1, 4, 2):
        restore(draft, number, read=draft.version, by=office.officer)
        draft.refresh_from_db()
        assert parts_of(draft) == states[number]
    assert saves_of(draft).count() == 9
    with pytest.raises(NoSuchSave):
        state_at(draft, 99)


def test_saving_a_step_asks_as_often_at_3_as_at_60_steps(office):
    counts = []
    for length in (3, 60):
        draft = make_draft(office, [f"ขั้น {number}" for number in range(length)])
        save(draft, op.AddStep(), office)
        step = keys(draft)[1]
        with CaptureQueriesContext(connection) as queries:
            save(draft, op.SetStep(step, {"detail": "ใหม่"}), office, request_id=str(length))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def naive_save(draft, operation, *, read, by):
    """What must never be done: read all, change one step in memory, write all back."""
    old = parts_of(draft)
    time.sleep(0.2)
    for pk in old["order"]:
        details = operation.fields if pk == operation.step_pk else old[step_key(pk)]
        ProcedureStep.objects.filter(pk=pk).update(detail=details["detail"])


def save_at_once(draft, office, saves, saver=change):
    """Run the saves in threads that start together; return what each was answered."""
    start, answers = threading.Barrier(len(saves)), {}

    def person(name, operation):
        start.wait()
        try:
            while name not in answers:
                try:
                    answers[name] = saver(draft, operation, read=1, by=office.officer)
                except OperationalError as error:
                    # SQLite in memory, as in tests, answers "locked" where a file waits.
                    if "locked" not in str(error):
                        raise
                    time.sleep(0.01)
        except Exception as error:
            answers[name] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=person, args=(*each,)) for each in saves.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_people_who_save_different_steps_at_once_all_survive():
    office = make_office()
    draft = make_draft(office, [f"ขั้น {number}" for number in range(10)])
    saves = {pk: op.SetStep(pk, {"detail": f"ของ {pk}"}) for pk in keys(draft)}
    answers = save_at_once(draft, office, saves)
    assert sorted(answer.version for answer in answers.values()) == list(range(2, 12))
    assert dict(draft.steps.values_list("pk", "detail")) == {pk: f"ของ {pk}" for pk in saves}
    draft.refresh_from_db()
    assert state_at(draft, 11) == parts_of(draft)


@pytest.mark.django_db(transaction=True)
def test_naive_save_would_lose_what_another_saved():
    office = make_office()
    draft = make_draft(office)
    saves = {pk: op.SetStep(pk, {"detail": f"ของ {pk}"}) for pk in keys(draft)}
    save_at_once(draft, office, saves, naive_save)
    assert dict(draft.steps.values_list("pk", "detail")) != {pk: f"ของ {pk}" for pk in saves}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_one_step_at_once_one_is_told():
    office = make_office()
    draft = make_draft(office)
    step = keys(draft)[0]
    saves = {name: op.SetStep(step, {"detail": name}) for name in ("ก", "ข")}
    answers = save_at_once(draft, office, saves)
    refused = [name for name, answer in answers.items() if isinstance(answer, PartConflict)]
    (winner,) = set(saves) - set(refused)
    assert answers[winner].version == 2
    assert draft.steps.get(pk=step).detail == winner
    assert answers[refused[0]].mine[step_key(step)]["detail"] == refused[0]


@pytest.mark.django_db(transaction=True)
def test_one_request_sent_twice_at_once_is_carried_out_once():
    office = make_office()
    draft = make_draft(office)

    def saver(*args, **options):
        return change(*args, **options, request_id="same")

    answers = save_at_once(draft, office, {"ก": op.AddStep(), "ข": op.AddStep()}, saver)
    assert answers["ก"] == answers["ข"]
    assert len(titles(draft)) == 4
