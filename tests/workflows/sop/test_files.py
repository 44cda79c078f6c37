"""SOP files: what the five shipped ones say, what is refused and where, out and in again."""

import pytest
from django.core.management import CommandError, call_command

from agencies.models import AuditEntry
from tests.agencies.factories import AgencyFactory, UnitFactory
from workflows.enums import VersionStatus
from workflows.models import Procedure, ProcedureVersion
from workflows.sop.files import (
    SopFileError,
    export_sop,
    import_sop,
    read_sop,
    shipped_files,
    write_sop,
)

pytestmark = pytest.mark.django_db

SMALL = """sop: small
name: งานตัวอย่าง
layout: S7
steps:
  - step: 1
    title: เริ่ม
    nodes:
      - symbol: terminal
        label: เริ่ม
"""


def shipped(slug):
    return read_sop(shipped_files()[slug].read_text())


def symbols(sop):
    return [[node.symbol for node in step.nodes] for step in sop.steps]


def windows(sop):
    return [
        [
            (w.kind, w.label, w.start_month, w.end_month, w.duration, w.duration_unit)
            for w in step.windows
        ]
        for step in sop.steps
    ]


def test_five_sops_are_shipped():
    assert list(shipped_files()) == [
        "doh-pmqa",
        "phetchabun-2-1",
        "phetchabun-2-2",
        "phetchabun-2-3",
        "sisaket-pmqa",
    ]


def test_sisaket_runs_from_march_to_december_after_the_year():
    sop = shipped("sisaket-pmqa")
    assert (sop.layout, len(sop.steps), len(sop.objectives)) == ("S7", 8, 3)
    assert [(w[0][2], w[0][3]) for w in windows(sop)] == [
        (5, 14),
        (7, 7),
        (7, 8),
        (8, 8),
        (8, 8),
        (9, 11),
        (9, 11),
        (9, 11),
    ]
    assert symbols(sop) == [["terminal"], *[["activity"]] * 6, ["terminal"]]


def test_sisaket_prints_its_responsibles_and_standards():
    sop = shipped("sisaket-pmqa")
    assert [step.responsible_text for step in sop.steps] == [
        "คณะทำงาน",
        "ผอ.สพป.",
        "คณะกรรมการการกำกับดูแลการดำเนินการฯ",
        "คณะกรรมการพัฒนาคุณภาพการบริหารจัดการภาครัฐ",
        *["คณะกรรมการพัฒนาคุณภาพฯ"] * 4,
    ]
    assert [(s.responsible_kind, s.responsible_value) for s in sop.steps[:3]] == [
        ("committee", "working_team"),
        ("office_role", "director"),
        ("committee", "steering"),
    ]
    assert [bool(step.standard) for step in sop.steps] == [
        *(True, False, True, False, True, True, False, False)
    ]
    assert [section["number"] for section in sop.sections] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert {step.remark for step in sop.steps} == {""}


def test_doh_keeps_its_dated_windows():
    sop = shipped("doh-pmqa")
    assert (sop.layout, sop.written_for_year, len(sop.steps)) == ("D6", 2565, 10)
    assert windows(sop)[0] == [("dated", "", -1, -1, None, "")]
    assert windows(sop)[6] == [("dated", "", 2, 3, None, "")]
    assert windows(sop)[7] == [
        ("undated", "ขั้นตอนที่ 1", None, None, None, ""),
        ("dated", "ขั้นตอนที่ 2", 5, 6, None, ""),
        ("dated", "ขั้นตอนที่ 3", 8, 9, None, ""),
    ]
    assert windows(sop)[9] == [("dated", "", 11, 11, None, "")]


def test_doh_step_six_decides_and_leads_back_to_five():
    sop = shipped("doh-pmqa")
    node = sop.steps[5].nodes[0]
    assert (node.symbol, node.edge_to, node.edge_label) == ("decision", 5, "ไม่เห็นชอบ")
    assert sop.steps[7].documents == [
        "เกณฑ์ PMQA",
        "แนวทางการสมัครรางวัล",
        "เอกสารผลการดำเนินงาน",
        "ข้อมูลตัวชี้วัดผลลัพธ์",
    ]
    assert sop.signatories == ["ผู้อำนวยการกลุ่มพัฒนาระบบบริหาร"]
    assert {step.responsible_text for step in sop.steps[1:]} == {"ผู้รับผิดชอบงาน PMQA"}


def test_phetchabun_2_1_has_three_symbols_in_row_four_and_loops():
    sop = shipped("phetchabun-2-1")
    assert [len(step.nodes) for step in sop.steps] == [1, 1, 1, 3, 1]
    assert sop.steps[4].nodes[0].edge_to == 1
    assert windows(sop) == [[], [], [], [], []]
    assert sop.print_options["hide"] == ["time"]
    assert sop.references == ["ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 และฉบับแก้ไขเพิ่มเติม"]


def test_phetchabun_2_2_and_2_3_last_as_printed():
    durations = {
        slug: [[(w[4], w[5]) for w in step] for step in windows(shipped(slug))]
        for slug in ("phetchabun-2-2", "phetchabun-2-3")
    }
    assert durations == {
        "phetchabun-2-2": [
            [(1, "weeks")],
            [(2, "weeks")],
            [(2, "working_days")],
            [(2, "months")],
            [(2, "weeks")],
        ],
        "phetchabun-2-3": [
            [(5, "working_days")],
            [(2, "working_days")],
            [(1, "working_days")],
            [],
            [],
            [(1, "weeks")],
        ],
    }
    sop = shipped("phetchabun-2-3")
    assert sop.print_options["spans"] == [{"column": "standard", "from": 1, "to": 6}]
    assert [step.responsible_text for step in sop.steps] == ["", "คณะทำงาน", "จนท.", "", "", "จนท."]


@pytest.mark.parametrize("slug", list(shipped_files()))
def test_shipped_file_goes_in_and_out_byte_for_byte(slug):
    text = shipped_files()[slug].read_text()
    version = import_sop(read_sop(text), AgencyFactory())
    assert export_sop(version) == text


def test_awkward_texts_go_in_and_out_unchanged():
    sop = read_sop(SMALL)
    sop.name = "ชื่อ: 'มี' \"เครื่องหมาย\" #1"
    sop.steps[0].detail = "บรรทัดหนึ่ง\n\n- บรรทัดสอง\nyes"
    sop.steps[0].documents = ["null", "12", "- ขีด", "true"]
    version = import_sop(sop, AgencyFactory())
    text = export_sop(version)
    assert read_sop(text) == sop
    assert write_sop(read_sop(text)) == text


def test_import_makes_a_version_in_use_and_retires_the_one_before():
    agency = AgencyFactory()
    unit = UnitFactory(agency=agency, name="กลุ่มอำนวยการ")
    first = import_sop(read_sop(SMALL + "unit: กลุ่มอำนวยการ\n"), agency)
    second = import_sop(read_sop(SMALL.replace("title: เริ่ม", "title: เริ่มใหม่")), agency)
    first.refresh_from_db()
    assert (first.number, first.status) == (1, VersionStatus.RETIRED)
    assert (second.number, second.status) == (2, VersionStatus.IN_USE)
    assert Procedure.objects.get().unit is None
    assert first.unit_name == unit.name
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["sop.import"] * 2


def test_import_of_the_same_file_changes_nothing():
    agency = AgencyFactory()
    first = import_sop(read_sop(SMALL), agency)
    assert import_sop(read_sop(SMALL), agency) == first
    assert Procedure.objects.get().last_number == 1


def bad(before, after):
    """Return the file with one place changed for the worse."""
    assert before in SMALL
    return SMALL.replace(before, after, 1)


BAD_FILES = {
    "unknown key": (bad("name:", "nmae: x\nname:"), [(2, "nmae")]),
    "empty title": (bad("title: เริ่ม", "title: ''"), [(6, "steps[1].title")]),
    "no name": (bad("name: งานตัวอย่าง\n", ""), [(1, "name")]),
    "wrong symbol": (bad("terminal", "circle"), [(8, "steps[1].nodes[1].symbol")]),
    "wrong layout": (bad("S7", "S8"), [(3, "layout")]),
    "wrong slug": (bad("sop: small", "sop: งาน"), [(1, "sop")]),
    "text for a number": (bad("step: 1", "step: หนึ่ง"), [(5, "steps[1].step")]),
    "list for a text": (bad("title: เริ่ม", "title: [ก, ข]"), [(6, "steps[1].title")]),
    "text for a list": (SMALL + "objectives: ก\n", [(10, "objectives")]),
    "too long": (bad("label: เริ่ม", f"label: {'ก' * 201}"), [(9, "steps[1].nodes[1].label")]),
    "no steps": (SMALL[: SMALL.index("steps:")] + "steps: []\n", [(4, "steps")]),
    "edge to nowhere": (SMALL + "        edge_to: 7\n", [(10, "steps[1].nodes[1].edge_to")]),
    "number twice": (
        SMALL + SMALL[SMALL.index("  - step") :],
        [(10, "steps[2].step")],
    ),
    "months out of order": (
        SMALL + "    windows:\n      - months: {from: june, to: may}\n",
        [(11, "steps[1].windows[1].months.to")],
    ),
    "dated without a year": (
        SMALL + "    windows:\n      - dated: {from: 2564-09, to: 2564-09}\n",
        [(11, "steps[1].windows[1].dated")],
    ),
    "month thirteen": (
        "written_for_year: 2565\n"
        + SMALL
        + "    windows:\n      - dated: {from: 2564-13, to: 2565-01}\n",
        [(12, "steps[1].windows[1].dated.from")],
    ),
    "two kinds of time": (
        SMALL + "    windows:\n      - undated: true\n        duration: 1 week\n",
        [(11, "steps[1].windows[1]")],
    ),
    "nonsense duration": (
        SMALL + "    windows:\n      - duration: สองวัน\n",
        [(11, "steps[1].windows[1].duration")],
    ),
    "unknown role": (
        SMALL + "    responsible:\n      office_role: boss\n",
        [(11, "steps[1].responsible.office_role")],
    ),
    "hidden chart": (SMALL + "print:\n  hide:\n    - chart\n", [(11, "print.hide")]),
    "broken syntax": (SMALL + "objectives: [ก\n", [(11, "")]),
    "key twice": (SMALL + "layout: P\n", [(10, "")]),
    "alias": (SMALL + "code: &a x\nunit: *a\n", [(10, "")]),
    "tab": (SMALL + "\tcode: x\n", [(10, "")]),
    "two documents": (SMALL + "---\nsop: b\n", [(10, "")]),
    "only text": ("สวัสดี", [(1, "")]),
    "nothing": ("", [(1, "")]),
    "bell": (SMALL + "code: \x07\n", [(10, "")]),
    "three faults at once": (
        SMALL.replace("S7", "S9").replace("terminal", "box") + "    colour: red\n",
        [(3, "layout"), (8, "steps[1].nodes[1].symbol"), (10, "steps[1].colour")],
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file_is_refused_with_each_faulty_line(name):
    text, expected = BAD_FILES[name]
    with pytest.raises(SopFileError) as refused:
        read_sop(text)
    assert [(fault.line, fault.path) for fault in refused.value.faults] == expected
    assert all(fault.message for fault in refused.value.faults)


def test_deep_nesting_is_refused_and_no_crash():
    with pytest.raises(SopFileError):
        read_sop("a: " + "[" * 5000)


def test_import_command_names_the_lines_and_imports_nothing(tmp_path):
    agency = AgencyFactory(code="demo")
    path = tmp_path / "bad.yaml"
    path.write_text(bad("terminal", "circle"))
    with pytest.raises(CommandError) as refused:
        call_command("import_sop", str(path), agency=agency.code)
    assert "8" in str(refused.value)
    assert not ProcedureVersion.objects.exists()


def test_commands_import_and_export(tmp_path, capsys):
    AgencyFactory(code="demo")
    path, out = tmp_path / "small.yaml", tmp_path / "out.yaml"
    path.write_text(SMALL)
    call_command("import_sop", str(path), agency="demo")
    call_command("export_sop", agency="demo", sop="small", output=str(out))
    assert out.read_text() == SMALL
    with pytest.raises(CommandError):
        call_command("export_sop", agency="demo", sop="none")
    with pytest.raises(CommandError):
        call_command("import_sop", str(path), agency="none")
