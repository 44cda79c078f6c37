"""The SOP editor's screen: what each form says, refusals that lose nothing, who may, how often."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agencies.models import AuditEntry
from tests.agencies.factories import UnitFactory, make_office
from tests.workflows.factories import months, pdf_upload
from tests.workflows.sop.drafts import keys, make_draft, titles
from workflows.enums import VersionStatus
from workflows.models import ProcedureFile, ProcedureWindow, Process, SopLayout
from workflows.sop.editing import saves_of
from workflows.sop.editor_screen import editor_rows, window_echo
from workflows.sop.files import export_sop
from workflows.sop.parts import parts_of

SCRIPT = {"X-Requested-With": "sop-editor"}


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def draft(office):
    return make_draft(office)


class Editor:
    """The officer at a draft's editor, by script or by plain forms."""

    def __init__(self, client, office, draft):
        self.client, self.draft = client, draft
        self.url = office.url(f"2570/sop/{draft.procedure.slug}/{draft.number}/")

    def get(self, query=""):
        return self.client.get(f"{self.url}edit/{query}")

    def post(self, *, read=None, **fields):
        """Send fields without script; a name with two underscores stands for a hyphen."""
        return self._send(read, fields, {})

    def save(self, *, read=None, **fields):
        return self._send(read, fields, SCRIPT)

    def _send(self, read, fields, headers):
        self.draft.refresh_from_db()
        data = {name.replace("__", "-"): value for name, value in fields.items()}
        data["version"] = self.draft.version if read is None else read
        return self.client.post(f"{self.url}edit/change/", data, headers=headers)

    def step(self, place):
        return self.draft.steps.order_by("number")[place - 1]


@pytest.fixture
def editor(client_for, office, draft):
    return Editor(client_for(office.officer), office, draft)


def test_officer_sees_every_step_with_its_fields_and_its_symbol(editor):
    page = editor.get().content.decode()
    assert page.count('class="sop-symbol ') == 3
    assert page.count('name="title"') == 3
    assert "pmqa-rail" in page


def test_phase_stands_at_its_first_step_only(editor, draft):
    draft.steps.filter(number__in=[1, 2]).update(phase="plan")
    draft.steps.filter(number=3).update(phase="check")
    assert [row.phase for row in editor_rows(draft)] == ["วางแผน (Plan)", "", "ตรวจสอบ (Check)"]
    assert editor.get().content.decode().count("sop-phase-name") == 2


@pytest.mark.parametrize("who", ["director", "member", "observer", "champion1"])
def test_others_are_refused_and_nothing_is_written(office, draft, client_for, who):
    editor = Editor(client_for(office.people[who]), office, draft)
    assert editor.get().status_code == 403
    answer = editor.save(group="step", step=keys(draft)[0], title="อื่น")
    assert answer.status_code == 403
    assert titles(draft) == ["รับเรื่อง", "ตรวจสอบ", "แจ้งผล"]


def test_head_of_the_unit_and_owner_of_the_process_may_edit(office, draft, client_for):
    unit = UnitFactory(agency=office.agency, head=office.people["champion1"])
    draft.procedure.unit = unit
    draft.procedure.save()
    Process.objects.create(
        agency=office.agency,
        name="งาน",
        kind="law",
        procedure=draft.procedure,
        owner=office.people["member"],
    )
    for who, status in [("champion1", 200), ("member", 200), ("champion2", 403)]:
        assert Editor(client_for(office.people[who]), office, draft).get().status_code == status


def test_version_that_is_no_draft_is_shown_not_edited(editor, draft):
    draft.status = VersionStatus.IN_USE
    draft.save()
    assert editor.get().url == editor.url
    assert editor.save(group="step", step=keys(draft)[0], title="อื่น").status_code == 410
    assert titles(draft)[0] == "รับเรื่อง"


def test_only_the_fields_that_were_sent_change(editor, draft):
    pk = keys(draft)[0]
    editor.save(group="step", step=pk, detail="ลงรับ\r\nในระบบ", documents=["", "หนังสือ", "  "])
    answer = editor.save(group="step", step=pk, responsible="office_role:officer", phase="plan")
    step = editor.step(1)
    assert (step.detail, step.documents, step.phase) == ("ลงรับ\nในระบบ", ["หนังสือ"], "plan")
    assert (step.responsible_kind, step.responsible_value) == ("office_role", "officer")
    assert answer.json()["version"] == 3
    assert answer.json()["changed"] == [f"step:{pk}"]


def test_symbols_come_in_the_order_sent_with_the_step_no_leads_to(editor, draft):
    first, second, _third = keys(draft)
    answer = editor.save(
        group="nodes",
        step=second,
        **{
            "node-b-symbol": "decision",
            "node-b-label": "ถูกต้องหรือไม่",
            "node-b-next_label": "ใช่",
            "node-b-edge_label": "ไม่",
            "node-b-edge_to": first,
            "node-a-symbol": "activity",
            "node-a-label": "บันทึก",
            "node-new-label": " ",
        },
    )
    nodes = editor.step(2).nodes.values_list("symbol", "label", "next_label", "edge_to")
    assert list(nodes) == [
        ("decision", "ถูกต้องหรือไม่", "ใช่", 1),
        ("activity", "บันทึก", "", None),
    ]
    assert answer.json()["whole"] is True
    assert answer.json()["rows"].count("<tbody") == 3


def test_windows_of_all_kinds_are_saved_and_echoed(editor, draft):
    editor.save(group="head", written_for_year="๒๕๖๕")
    answer = editor.save(
        group="windows",
        step=keys(draft)[0],
        **{"window-1-kind": "months", "window-1-start": "-10", "window-1-end": "3"},
        **{"window-2-kind": "dated", "window-2-start_of_year": "9", "window-2-start_year": "2564"},
        **{"window-2-end_of_year": "12", "window-2-end_year": "2564", "window-2-fixed": "1"},
        **{"window-3-kind": "duration", "window-3-duration": "๕"},
        **{"window-3-duration_unit": "weeks", "window-4-kind": "undated"},
    )
    rows = editor.step(1).windows.values_list(
        "kind", "start_month", "end_month", "duration", "duration_unit", "is_fixed"
    )
    assert list(rows) == [
        ("months", -10, 3, None, "", False),
        ("dated", -1, 2, None, "", True),
        ("duration", None, None, 5, "weeks", False),
        ("undated", None, None, None, "", False),
    ]
    assert answer.json()["echoes"] == [
        "ธันวาคม ปีก่อนปีงบประมาณ – มกราคม · ปี 2570: 1 ธ.ค. 2568 – 31 ม.ค. 2570 (427 วัน)",
        "กันยายน–ธันวาคม 2564",
        "5 สัปดาห์ หลังขั้นก่อนหน้าเสร็จ",
        "ยังไม่กำหนดวัน ระบุวันได้เมื่อเปิดปีงบประมาณแล้ว",
    ]


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        (
            {"window-1-kind": "months", "window-1-start": "5", "window-1-end": "2"},
            {"windows.0.end_month": "ช่วงเวลาสิ้นสุดก่อนเริ่ม"},
        ),
        (
            {"window-1-kind": "duration", "window-1-duration": "มาก"},
            {"windows.0.duration", "windows.0.duration_unit"},
        ),
        ({"window-1-kind": "dated"}, {"windows.0.kind", "windows.0.start_month"}),
    ],
)
def test_impossible_window_is_refused_at_its_field(editor, draft, fields, faults):
    answer = editor.save(group="windows", step=keys(draft)[0], **fields)
    assert answer.status_code == 422
    assert set(faults) <= set(answer.json()["errors"])
    if isinstance(faults, dict):
        assert answer.json()["errors"] == faults
    assert not ProcedureWindow.objects.exists()


def test_month_echo_names_the_year_only_where_it_is_another():
    window = ProcedureWindow(**months(9, 11))
    with translation.override("th"):
        echo = window_echo(window, None, 2570)
        assert echo == "กรกฎาคม – กันยายน · ปี 2570: 1 ก.ค. – 30 ก.ย. 2570 (92 วัน)"
    with translation.override("en"):
        after = window_echo(ProcedureWindow(**months(14, 14)), None, 2570)
    assert after.startswith("December of the fiscal year after · in 2570:")


def test_steps_are_added_copied_moved_removed_and_brought_back(editor, draft):
    first, second, _third = keys(draft)
    added = editor.save(op=f"insert:{first}").json()
    assert added["said"] == "เพิ่มขั้นที่ 2 แล้ว"
    assert keys(draft)[1] == added["new_step"]
    editor.save(op=f"remove:{added['new_step']}")
    moved = editor.save(op=f"move:{second}:1").json()
    assert titles(draft) == ["ตรวจสอบ", "รับเรื่อง", "แจ้งผล"]
    assert moved["said"] == "“ตรวจสอบ” เป็นขั้นที่ 1 จาก 3"
    removed = editor.save(op=f"remove:{second}").json()
    assert titles(draft) == ["รับเรื่อง", "แจ้งผล"]
    back = editor.save(op=f"undo:{removed['version'] - 1}").json()
    assert keys(draft)[0] == second
    assert (back["said"], back["rows"].count("<tbody")) == ("นำขั้นกลับมาแล้ว", 3)
    assert editor.save(op=f"copy:{first}").json()["new_step"] == keys(draft)[2]
    assert editor.save(op="add").json()["said"] == "เพิ่มขั้นที่ 5 แล้ว"


def test_without_script_one_form_saves_all_groups_of_a_step(editor, draft):
    pk = keys(draft)[1]
    answer = editor.post(
        group=["step", "nodes", "windows"],
        step=pk,
        stay=pk,
        title="ตรวจเอกสาร",
        **{"node-1-kept": "1", "node-1-symbol": "decision", "node-1-label": "ครบหรือไม่"},
        **{"window-new-kind": "months", "window-new-start": "0", "window-new-end": "0"},
    )
    assert answer.url == f"{editor.url}edit/?step={pk}"
    step = editor.step(2)
    assert (step.title, step.nodes.get().label) == ("ตรวจเอกสาร", "ครบหรือไม่")
    assert step.windows.get().end_month == 0


def test_refused_form_without_script_saves_nothing_and_keeps_what_was_typed(editor, draft):
    pk = keys(draft)[1]
    answer = editor.post(
        group=["step", "windows"],
        step=pk,
        stay=pk,
        title="ชื่อที่พิมพ์ไว้",
        **{"window-new-kind": "months", "window-new-start": "5", "window-new-end": "2"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ช่วงเวลาสิ้นสุดก่อนเริ่ม" in page
    assert "ชื่อที่พิมพ์ไว้</textarea>" in page
    assert '<option value="5" selected>มีนาคม</option>' in page
    assert titles(draft)[1] == "ตรวจสอบ"


def test_newer_text_of_the_same_step_is_a_conflict_that_shows_both(editor, draft):
    pk = keys(draft)[0]
    editor.save(read=1, group="step", step=pk, detail="ของเขา", request_id="abc")
    refused = editor.save(read=1, group="step", step=pk, detail="ของเรา")
    assert refused.status_code == 409
    assert (refused.json()["request_id"], refused.json()["save"]) == ("abc", 2)
    assert refused.json()["fields"] == [
        {"label": "รายละเอียดงาน", "theirs": "ของเขา", "mine": "ของเรา"}
    ]
    read = refused.json()["version"]
    assert editor.save(read=read, group="step", step=pk, detail="รวม").status_code == 200
    plain = editor.post(read=1, group="step", step=pk, stay=pk, detail="ของเรา")
    page = plain.content.decode()
    assert (plain.status_code, page.count("รวม</div>")) == (409, 1)
    assert "ของเรา</textarea>" in page
    assert editor.save(read=1, group="step", step=keys(draft)[1], detail="อื่น").status_code == 200


def test_only_columns_that_the_paper_can_do_without_may_be_hidden(editor):
    offered = [column.key for column in editor.get().context["hideable"]]
    assert offered == ["time", "standard", "responsible", "remark"]


def test_head_takes_lists_years_digits_and_the_office_layout(editor, draft, office):
    own = SopLayout.objects.create(agency=office.agency, name="ของสำนักงาน", base="D6")
    unit = UnitFactory(agency=office.agency)
    editor.save(
        group="head",
        name="งานใหม่",
        code="ก-01",
        unit=unit.pk,
        objectives=["", "เพื่อทดลอง", "เพื่อให้ครบ"],
        layout=own.pk,
        digits="arabic",
        print_title="2.1 งานใหม่",
        hide=["", "documents"],
    )
    draft.refresh_from_db()
    draft.procedure.refresh_from_db()
    assert (draft.printed_name, draft.code) == ("งานใหม่", "ก-01")
    assert draft.objectives == ["เพื่อทดลอง", "เพื่อให้ครบ"]
    assert (draft.own_layout, draft.layout, draft.procedure.unit) == (own, "D6", unit)
    assert draft.print_options == {"digits": "arabic", "title": "2.1 งานใหม่", "hide": ["documents"]}
    assert AuditEntry.objects.filter(action="sop.unit").count() == 1
    editor.save(group="head", layout="P", hide="")
    draft.refresh_from_db()
    assert (draft.own_layout, draft.layout) == (None, "P")
    assert draft.print_options == {"digits": "arabic", "title": "2.1 งานใหม่"}


def test_joined_cells_survive_a_change_of_the_print_options(editor, draft):
    draft.print_options = {"spans": [{"column": "time", "from": 1, "to": 2}]}
    draft.save()
    editor.save(group="head", digits="thai")
    draft.refresh_from_db()
    assert draft.print_options == {
        "digits": "thai",
        "spans": [{"column": "time", "from": 1, "to": 2}],
    }


def test_section_keeps_its_stored_form_until_its_text_is_touched(editor, draft):
    draft.sections = [
        {"number": "1", "title": "ขอบเขต", "paragraphs": ["เดิม"], "items": []},
        {"number": "2", "title": "นิยาม", "paragraphs": [], "items": [{"text": "ก"}]},
    ]
    draft.save()
    editor.save(
        group="sections",
        **{"section-1-source": "1", "section-1-title": "คำนิยาม", "section-1-number": "1"},
        **{"section-1-html": "<ul><li>ก</li></ul>", "section-1-shows": ""},
        **{"section-0-source": "0", "section-0-title": "ขอบเขต", "section-0-number": "2"},
        **{"section-0-html": "<p>ใหม่<script>x</script></p>", "section-0-shows": ""},
        **{"section-n1-title": "ผัง", "section-n1-shows": "flow_chart", "section-n1-html": ""},
    )
    draft.refresh_from_db()
    kept = [{"number": "", "text": "ก", "items": []}]
    blank = {"shows": "", "paragraphs": [], "items": [], "html": ""}
    assert draft.sections == [
        blank | {"number": "1", "title": "คำนิยาม", "items": kept},
        blank | {"number": "2", "title": "ขอบเขต", "html": "<p>ใหม่</p>"},
        blank | {"number": "", "title": "ผัง", "shows": "flow_chart"},
    ]


def test_rich_section_is_read_once_with_its_inner_numbers(editor, draft):
    html = "<ol><li>รับ</li></ol>"
    draft.sections = [{"number": "3", "title": "ขั้นตอน", "html": html}]
    draft.save()
    page = editor.client.get(editor.url).content.decode()
    assert page.count(f'<div class="sop-no-3"><div class="pmqa-rich">{html}</div></div>') == 1


def test_forms_and_annexes_hang_on_the_sop_or_a_step(editor, draft):
    step = editor.step(2)
    url = f"{editor.url}files/"
    form = {"title": "แบบคำขอ", "kind": "form", "file": pdf_upload("ก.pdf")}
    editor.client.post(url, form)
    annex = {"title": "ผนวก", "kind": "annex", "step": step.pk, "file": pdf_upload("ข.pdf")}
    assert editor.client.post(url, annex).url == f"{editor.url}edit/?step={step.pk}"
    rows = ProcedureFile.objects.values_list("title", "kind", "step", "order")
    assert list(rows) == [("แบบคำขอ", "form", None, 1), ("ผนวก", "annex", step.pk, 2)]
    assert "แบบคำขอ" in editor.get("?part=files").content.decode()
    for row in draft.files.all():
        editor.client.post(f"{url}{row.pk}/remove/")
    assert not ProcedureFile.objects.exists()


def test_wrong_file_is_refused_with_a_message_and_keeps_the_title(editor):
    answer = editor.client.post(f"{editor.url}files/", {"title": "แบบคำขอ", "kind": "form"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "เลือกไฟล์" in page
    assert 'value="แบบคำขอ"' in page


def test_opened_step_of_another_version_is_not_found(editor, draft, office):
    other = make_draft(office, ["อื่น"])
    answer = editor.client.get(f"{editor.url}edit/?step={keys(other)[0]}", headers=SCRIPT)
    assert answer.status_code == 404
    assert editor.save(group="step", step=keys(other)[0], title="บุกรุก").status_code == 422
    assert titles(other) == ["อื่น"]


@pytest.mark.parametrize("query", ["", "?step={pk}", "?part=text", "?part=head", "?part=files"])
def test_page_asks_as_often_at_four_steps_as_at_sixty(office, client_for, query):
    counts = []
    for count in (4, 60):
        draft = make_draft(office, [f"ขั้น {number}" for number in range(count)])
        editor = Editor(client_for(office.officer), office, draft)
        address = query.format(pk=keys(draft)[0])
        editor.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_what_the_screens_save_is_what_the_export_says(editor, draft):
    before = parts_of(draft)
    for pk in keys(draft):
        editor.save(group="step", step=pk, title=before[f"step:{pk}"]["title"])
    draft.refresh_from_db()
    assert draft.version == 1
    assert "รับเรื่อง" in export_sop(draft)


def test_submitting_what_lost_or_gained_a_file_meanwhile_is_refused(editor, draft):
    seen = draft.version
    editor.client.post(f"{editor.url}files/", {"title": "แบบใหม่", "file": pdf_upload()})
    assert editor.client.post(f"{editor.url}submit/", {"version": seen}).status_code == 409
    draft.refresh_from_db()
    assert (draft.status, draft.files.count()) == (VersionStatus.DRAFT, 1)
    annex = draft.files.get()
    editor.client.post(f"{editor.url}files/{annex.pk}/remove/")
    answer = editor.client.post(f"{editor.url}submit/", {"version": draft.version})
    assert answer.status_code == 409
    # A text that was being written meanwhile is saved all the same.
    saved = editor.save(read=seen, group="step", step=keys(draft)[0], title="รับคำขอ")
    assert (saved.status_code, titles(draft)[0]) == (200, "รับคำขอ")


def test_characters_that_no_database_holds_are_left_out(editor, draft):
    editor.client.post(f"{editor.url}files/", {"title": "แบบ\x00\x07 ก", "file": pdf_upload()})
    assert draft.files.get().title == "แบบ ก"
    editor.save(group="step", step=keys(draft)[0], title="รับ", request_id="a\x00b")
    assert "\x00" not in "".join(saves_of(draft).values_list("request_id", flat=True))


@pytest.mark.parametrize("which", ["other", "closed", "none"])
def test_unit_that_is_none_of_the_list_is_refused_and_the_sop_keeps_its_own(
    editor, office, draft, which
):
    own = UnitFactory(agency=office.agency)
    type(draft.procedure).objects.update(unit=own)
    wrong = {
        "other": UnitFactory(agency=make_office("b").agency).pk,
        "closed": UnitFactory(agency=office.agency, is_active=False).pk,
        "none": "x",
    }[which]
    refused = editor.save(group="head", name="ใหม่", unit=wrong)
    assert (refused.status_code, set(refused.json()["errors"])) == (422, {"unit"})
    draft.refresh_from_db()
    assert (draft.name, draft.procedure.unit) == ("", own)


def test_unit_closed_since_stays_in_the_head_of_its_sop(editor, office, draft):
    closed = UnitFactory(agency=office.agency, is_active=False)
    type(draft.procedure).objects.update(unit=closed)
    assert f'<option value="{closed.pk}" selected>' in editor.get("?part=head").content.decode()
    assert editor.save(group="head", name="ใหม่", unit=closed.pk).status_code == 200
    draft.procedure.refresh_from_db()
    assert draft.procedure.unit == closed
