"""Reading SOP files: phases and rich sections, hostile texts, every fault with line and path."""

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.agencies.factories import AgencyFactory
from tests.workflows.sop.test_files import SMALL
from workflows.enums import VersionStatus
from workflows.sop.data import NodeData, SopData, StepData, WindowData
from workflows.sop.files import (
    DraftExists,
    export_sop,
    import_draft,
    import_sop,
    read_sop,
    shipped_files,
    write_sop,
)
from workflows.sop.yaml_lines import SopFileError

pytestmark = pytest.mark.django_db

# What people paste and what YAML takes for something else.
HOSTILE = [
    *("null", "true", "~", "12", "1.5", "- ขีด", "? x", "a: b", "#1", "& *x", "<<", "%", "@x"),
    *("!!python/object:os.system x", "{{ 7*7 }}", "=1+1", "<script>alert(1)</script>", "---"),
    *("' \" \\", "บรรทัด\r\nสอง", "  ย่อหน้า\n\n  เยื้อง  ", "ก\u200bข", "แท็บ\tคั่น", "…\n\tก"),
    *("ก\x0bข", "ก\x00ข", "ก\u2028ข\nค", "ก\x85ข\nค", "ก\ufeffข\nค", "๑๒๓", "😀\n😀", "น\u0e4dา"),
]
words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
).map(lambda text: text[:40])
needed = words.map(lambda text: f"{text}ก")
blank = st.one_of(st.just(""), words)


def items(depth):
    below = items(depth - 1) if depth > 1 else st.just([])
    return st.lists(
        st.fixed_dictionaries({"number": st.just("1."), "text": needed, "items": below}),
        max_size=2,
    )


@st.composite
def sops(draw):
    """Return an SOP whose texts are as awkward as texts can be."""
    count = draw(st.integers(1, 3))
    steps = [
        StepData(
            number=number,
            title=draw(needed),
            phase=draw(st.sampled_from(["", "plan", "do", "check", "act"])),
            detail=draw(blank),
            control_point=draw(blank),
            standard=draw(blank),
            responsible_text=draw(blank),
            accountable_text=draw(blank),
            documents=draw(st.lists(needed, max_size=2)),
            remark=draw(blank),
            time_text=draw(blank),
            nodes=[
                NodeData("decision", draw(needed), draw(blank), draw(st.integers(1, count)), "ไม่")
            ],
            windows=[
                WindowData("months", draw(blank), -3, draw(st.integers(-3, 20)), is_fixed=True),
                WindowData("dated", draw(blank), draw(st.integers(-12, 3)), 7),
                WindowData("duration", duration=3, duration_unit="working_days"),
                WindowData("undated", draw(blank)),
            ],
        )
        for number in range(1, count + 1)
    ]
    section = {
        "number": "1.",
        "title": draw(needed),
        "html": "<p>ก &amp; ข</p><ul><li>ค</li></ul>",
        "paragraphs": draw(st.lists(needed, max_size=2)),
        "items": draw(items(3)),
    }
    return SopData(
        slug="hostile",
        name=draw(needed),
        code=draw(blank),
        office_name=draw(blank),
        unit_name=draw(blank),
        layout="S7",
        written_for_year=2565,
        source_note=draw(blank),
        objectives=draw(st.lists(needed, max_size=2)),
        sections=[section, {"number": "2.", "title": draw(needed), "shows": "table"}],
        references=draw(st.lists(needed, max_size=2)),
        signatories=draw(st.lists(needed, max_size=2)),
        print_options={"digits": "thai", "hide": ["remark"]},
        steps=steps,
    )


@given(sop=sops())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_hostile_texts_are_written_read_and_written_the_same(sop):
    text = write_sop(sop)
    read = read_sop(text)
    assert write_sop(read) == text
    assert [step.phase for step in read.steps] == [step.phase for step in sop.steps]


def test_hostile_file_goes_in_and_out_of_an_office_byte_for_byte():
    sop = read_sop(SMALL)
    sop.steps[0].documents = [text.strip("\x00\x0b") for text in HOSTILE]
    sop.steps[0].detail = "\n".join(HOSTILE)
    sop.sections = [
        {"number": "", "title": text.split("\n")[0], "html": "<p>ก</p>"} for text in HOSTILE[:8]
    ]
    text = write_sop(sop)
    version = import_sop(read_sop(text), AgencyFactory())
    assert export_sop(version) == text


@pytest.mark.parametrize("slug", list(shipped_files()))
def test_shipped_file_with_phases_and_rich_sections_comes_back(slug):
    sop = read_sop(shipped_files()[slug].read_text())
    for step, phase in zip(sop.steps, ("plan", "do", "check", "act"), strict=False):
        step.phase = phase
    sop.sections = [*sop.sections, {"number": "", "title": "แนบ", "html": "<p><b>หนา</b></p>"}]
    version = import_sop(sop, AgencyFactory())
    text = export_sop(version)
    again = import_sop(read_sop(text), AgencyFactory())
    assert export_sop(again) == text
    assert list(version.steps.values_list("phase", flat=True))[:4] == ["plan", "do", "check", "act"]


def test_rich_section_is_cleaned_when_read():
    text = SMALL + "sections:\n  - title: ก\n    html: <p onclick='x()'>ข<script>y()</script></p>\n"
    assert read_sop(text).sections[0]["html"] == "<p>ข</p>"


GOOD = """sop: full
name: งานตัวอย่าง
layout: S7
written_for_year: 2565
objectives:
  - เพื่อทดสอบ
sections:
  - number: '1.'
    title: วัตถุประสงค์
    shows: objectives
  - title: ขอบเขต
    html: <p>ก</p>
  - title: คำจำกัดความ
    items:
      - number: '1.1'
        text: ก
print:
  digits: thai
  hide:
    - remark
  spans:
    - column: standard
      from: 1
      to: 2
steps:
  - step: 1
    title: เริ่ม
    phase: plan
    nodes:
      - symbol: terminal
        label: เริ่ม
    windows:
      - months:
          from: march
          to: december after
  - step: 2
    title: ตรวจ
    phase: check
    nodes:
      - symbol: activity
        label: ทำ
      - symbol: decision
        label: ตรวจ
        edge_to: 1
        edge_label: ไม่ผ่าน
    windows:
      - duration: 2 weeks
      - label: รอบสอง
        dated:
          from: 2564-12
          to: 2565-01
        fixed: true
    responsible:
      text: คณะทำงาน
      committee: working_team
    documents:
      - คำสั่ง
"""
# One line of the good file and what stands there instead → where the fault is told.
FAULTS = [
    ("written_for_year: 2565", "written_for_year: 2465", [(4, "written_for_year"),
     (49, "steps[2].windows[2].dated")]),
    ("written_for_year: 2565", "written_for_year: soon", [(4, "written_for_year"),
     (49, "steps[2].windows[2].dated")]),
    ("written_for_year: 2565\n", "", [(48, "steps[2].windows[2].dated")]),
    ("  - เพื่อทดสอบ", "  - ก: ข", [(6, "objectives[1]")]),
    ("  - เพื่อทดสอบ", "  - ''", [(6, "objectives[1]")]),
    ("    shows: objectives", "    shows: everything", [(10, "sections[1].shows")]),
    ("    html: <p>ก</p>", "    shows: objectives\n    html: 1.5", [(12, "sections[2].shows"),
     (13, "sections[2].html")]),
    ("    html: <p>ก</p>", f"    html: {'ก' * 50_001}", [(12, "sections[2].html")]),
    ("    html: <p>ก</p>", "    htlm: <p>ก</p>", [(12, "sections[2].htlm")]),
    ("        text: ก", "        text: [ก]", [(16, "sections[3].items[1].text")]),
    ("        text: ก", "        words: ก", [(15, "sections[3].items[1].text"),
     (16, "sections[3].items[1].words")]),
    ("  digits: thai", "  digits: roman", [(18, "print.digits")]),
    ("    - remark", "    - colour", [(19, "print.hide")]),
    ("    - column: standard", "    - column: chart", [(22, "print.spans[1].column")]),
    ("      from: 1", "      from: 9", [(23, "print.spans[1].from"), (24, "print.spans[1].to")]),
    ("      to: 2", "      to: 7", [(24, "print.spans[1].to")]),
    ("  - step: 1", "  - step: 0", [(23, "print.spans[1].from"), (26, "steps[1].step"),
     (44, "steps[2].nodes[2].edge_to")]),
    ("  - step: 1", "  - step: true", [(23, "print.spans[1].from"), (26, "steps[1].step")]),
    ("    title: เริ่ม", "    title: 5.5", [(27, "steps[1].title")]),
    ("    title: เริ่ม", f"    title: {'ก' * 201}", [(27, "steps[1].title")]),
    ("    phase: plan", "    phase: วางแผน", [(28, "steps[1].phase")]),
    ("    phase: plan", "    phase: [plan]", [(28, "steps[1].phase")]),
    ("    phase: plan", "    stage: plan", [(28, "steps[1].stage")]),
    ("      - symbol: terminal", "      - shape: terminal", [(30, "steps[1].nodes[1].shape"),
     (30, "steps[1].nodes[1].symbol")]),
    ("          from: march", "          from: มีนาคม", [(34, "steps[1].windows[1].months.from")]),
    ("          from: march", "          from: march later",
     [(34, "steps[1].windows[1].months.from")]),
    ("          from: march", "          form: march", [(33, "steps[1].windows[1].months.from"),
     (34, "steps[1].windows[1].months.form")]),
    ("          to: december after", "          to: february",
     [(35, "steps[1].windows[1].months.to")]),
    ("          to: december after", "          to: 12", [(35, "steps[1].windows[1].months.to")]),
    ("  - step: 2", "  - step: 1", [(24, "print.spans[1].to"), (36, "steps[2].step")]),
    ("        edge_to: 1", "        edge_to: 3", [(44, "steps[2].nodes[2].edge_to")]),
    ("        edge_to: 1", "        edge_to: หนึ่ง", [(44, "steps[2].nodes[2].edge_to")]),
    ("        edge_label: ไม่ผ่าน", f"        edge_label: {'ก' * 41}",
     [(45, "steps[2].nodes[2].edge_label")]),
    ("      - duration: 2 weeks", "      - duration: 0 weeks",
     [(47, "steps[2].windows[1].duration")]),
    ("      - duration: 2 weeks", "      - duration: 2 years",
     [(47, "steps[2].windows[1].duration")]),
    ("      - duration: 2 weeks", "      - duration: ", [(47, "steps[2].windows[1].duration")]),
    ("      - duration: 2 weeks", "      - 2 weeks", [(47, "steps[2].windows[1]")]),
    ("      - duration: 2 weeks", "      - undated: false", [(47, "steps[2].windows[1].undated")]),
    ("          from: 2564-12", "          from: 2021-12",
     [(50, "steps[2].windows[2].dated.from")]),
    ("          to: 2565-01", "          to: 2564-11", [(51, "steps[2].windows[2].dated.to")]),
    ("        fixed: true", "        fixed: maybe", [(52, "steps[2].windows[2].fixed")]),
    ("      committee: working_team", "      committee: everybody",
     [(55, "steps[2].responsible.committee")]),
    ("      committee: working_team", "      category: 8", [(55, "steps[2].responsible.category")]),
    ("      committee: working_team", "      committee: single\n      unit: ก",
     [(55, "steps[2].responsible.committee")]),
    ("      - คำสั่ง", "      - null", [(57, "steps[2].documents[1]")]),
    ("      - คำสั่ง", f"      - {'ก' * 251}", [(57, "steps[2].documents[1]")]),
]  # fmt: skip


def test_good_file_is_read():
    assert write_sop(read_sop(GOOD)) == GOOD


@pytest.mark.parametrize(("line", "instead", "expected"), FAULTS)
def test_each_fault_is_told_with_its_line_and_path(line, instead, expected):
    assert line in GOOD
    with pytest.raises(SopFileError) as refused:
        read_sop(GOOD.replace(line, instead, 1))
    assert [(fault.line, fault.path) for fault in refused.value.faults] == expected
    assert all(fault.message for fault in refused.value.faults)


def test_draft_of_a_file_is_a_version_in_work_and_leaves_the_one_in_use():
    agency = AgencyFactory()
    used = import_sop(read_sop(SMALL), agency)
    draft = import_draft(read_sop(SMALL.replace("title: เริ่ม", "title: เริ่มใหม่")), agency)
    used.refresh_from_db()
    assert (used.number, used.status) == (1, VersionStatus.IN_USE)
    assert (draft.number, draft.status) == (2, VersionStatus.DRAFT)
    assert draft.steps.get().title == "เริ่มใหม่"


def test_command_makes_a_draft_once(tmp_path):
    agency = AgencyFactory(code="demo")
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    call_command("import_sop", str(path), agency="demo", draft=True)
    assert agency.procedures.get().versions.get().status == VersionStatus.DRAFT
    with pytest.raises(CommandError):
        call_command("import_sop", str(path), agency="demo", draft=True)


def test_second_draft_is_refused_and_changes_nothing():
    agency = AgencyFactory()
    draft = import_draft(read_sop(SMALL), agency)
    with pytest.raises(DraftExists) as refused:
        import_draft(read_sop(SMALL.replace("name: งาน", "name: อีกงาน")), agency)
    assert refused.value.version == draft
    assert draft.procedure.versions.count() == 1
    draft.procedure.refresh_from_db()
    assert (draft.procedure.name, draft.procedure.last_number) == ("งานตัวอย่าง", 1)
