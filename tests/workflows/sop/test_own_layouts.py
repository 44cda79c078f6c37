"""An office's own layouts: copied, changed, locked by what was approved, refused with reasons."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import TextRevision
from documents.revisions import NotEditable, SaveConflict
from tests.agencies.factories import make_office
from tests.workflows.factories import UNKNOWN, make_version
from workflows.models import ProcedureVersion, SopLayout
from workflows.sop.files import import_sop, read_sop, shipped_files
from workflows.sop.layout_paper import preview_context
from workflows.sop.layouts import LAYOUTS, layout_of
from workflows.sop.own_layouts import (
    LayoutInUse,
    column_faults,
    copy_layout,
    delete_layout,
    fitted,
    sample_version,
    save_layout,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def own(office):
    return copy_layout(office.agency, office.officer, base="S7")


def address(office, layout=None, tail=""):
    return office.url(f"2570/sop/layouts/{f'{layout.pk}/' if layout else ''}{tail}")


def sent(layout, columns=None, **changes):
    """Return what the browser sends for the layout as it stands, with changes."""
    columns = columns or [(c.key, c.label, c.width) for c in LAYOUTS[layout.base].columns]
    data = {
        **{"name": layout.name, "version": layout.version, "orientation": "landscape"},
        **{"margin_top": 14, "margin_right": 15, "margin_bottom": 13, "margin_left": 15},
        **{"head": "job", "head_on_every_page": "on", "digits": "", "number_suffix": "."},
        **{"row_height": 33.5, "decision_height": 33.5, "sample": ""},
        "column": [key for key, _label, _width in columns],
        "label": [label for _key, label, _width in columns],
        "width": [str(width) for _key, _label, width in columns],
        "on": [key for key, _label, _width in columns],
    }
    return data | changes


def test_copy_has_a_name_of_its_own_and_prints_as_its_source(office):
    first = copy_layout(office.agency, office.officer, base="P")
    second = copy_layout(office.agency, office.officer, source=first)
    names = [first.name, second.name]
    assert names == ["หน้าเดียวพร้อมคำอธิบายสัญลักษณ์ แนวนอน (2)", f"{names[0]} (2)"]
    version = make_version(office.agency, [[UNKNOWN]], own_layout=second)
    assert layout_of(version) == LAYOUTS["P"]


def test_save_keeps_only_what_differs_from_the_base(office, own, client_for):
    columns = [
        *(("number", "ที่", 12), ("chart", "ผังงาน", 80), ("detail", "รายละเอียด", 90)),
        *(("responsible", "ผู้รับผิดชอบ", 50),),
    ]
    data = sent(own, columns, name="ของเรา", digits="arabic", shows_legend="on")
    response = client_for(office.officer).post(address(office, own), data)
    assert response.status_code == 302
    own.refresh_from_db()
    assert (own.name, own.version) == ("ของเรา", 2)
    assert own.settings == {
        "digits": "arabic",
        "shows_legend": True,
        "columns": [
            {"key": "number", "label": "ที่", "width": 12.0},
            {"key": "chart", "label": "ผังงาน", "width": 80.0},
            {"key": "detail", "label": "รายละเอียด", "width": 90.0},
            {"key": "responsible", "label": "ผู้รับผิดชอบ", "width": 50.0},
        ],
    }
    assert TextRevision.objects.get().data["name"] == "ของเรา"


def test_too_wide_columns_are_refused_in_thai_and_nothing_is_lost(office, own, client_for):
    columns = [
        *(("number", "ที่", 12), ("chart", "ผัง", 100), ("detail", "งานของเรา", 150)),
        *(("remark", "หมายเหตุ", 30.5),),
    ]
    response = client_for(office.officer).post(address(office, own), sent(own, columns))
    page = response.content.decode()
    assert response.status_code == 422
    assert "คอลัมน์รวมกว้าง 292.5 มม. แต่หน้ากระดาษมีพื้นที่ระหว่างขอบ 267 มม. เกินไป 25.5 มม." in page
    assert "กว้างเกิน 25.5 มม." in page
    assert 'value="งานของเรา"' in page
    own.refresh_from_db()
    assert (own.settings, own.version) == ({}, 1)


@pytest.mark.parametrize(
    ("width", "message"),
    [
        ("สิบ", "ระบุความกว้างเป็นมิลลิเมตร เช่น 25"),
        ("", "ระบุความกว้างเป็นมิลลิเมตร เช่น 25"),
        ("nan", "ระบุความกว้างเป็นมิลลิเมตร เช่น 25"),
        ("1e9", "ระบุความกว้างเป็นมิลลิเมตร เช่น 25"),
        ("5", "อย่างน้อย 20 มม. มิฉะนั้นข้อความจะล้นคอลัมน์"),
    ],
)
def test_bad_width_is_told_at_its_field(office, own, client_for, width, message):
    columns = [
        *(("number", "ที่", 12), ("chart", "ผัง", 60), ("detail", "งาน", 60)),
        *(("time", "เวลา", width),),
    ]
    response = client_for(office.officer).post(address(office, own), sent(own, columns))
    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="width-fault-time">{message}</p>' in page


def test_faults_of_columns_name_their_fields():
    columns = [
        {"key": "chart", "label": "", "width": 44.0},
        {"key": "number", "label": "ย" * 61, "width": 10.0},
    ]
    assert [fault.field for fault in column_faults(columns, 267)] == [
        *("width:chart", "label:chart", "label:number", "columns", "columns"),
    ]


def test_buttons_rearrange_without_saving(office, own, client_for):
    client = client_for(office.officer)
    response = client.post(address(office, own), sent(own, do="up:detail", name="ใหม่"))
    assert response.status_code == 200
    assert [line.key for line in response.context["form"].lines][:3] == [
        *("number", "detail", "chart"),
    ]
    assert 'value="ใหม่"' in response.content.decode()
    own.refresh_from_db()
    assert own.version == 1


def test_fitting_fills_the_page_and_keeps_number_and_chart():
    columns = [
        {"key": "number", "label": "ที่", "width": 12.0},
        {"key": "chart", "label": "ผัง", "width": 80.0},
        {"key": "detail", "label": "งาน", "width": 120.0},
        {"key": "time", "label": "เวลา", "width": 21.0},
        {"key": "standard", "label": "มาตรฐาน", "width": 80.0},
    ]
    widths = [column["width"] for column in fitted(columns, 175)]
    assert widths == [12.0, 80.0, 37.8, 20.0, 25.2]
    assert sum(widths) == pytest.approx(175)


@pytest.mark.parametrize("status", ["submitted", "approved", "in_use", "retired"])
def test_layout_of_what_left_its_writers_never_changes(office, own, client_for, status):
    make_version(office.agency, [[UNKNOWN]], own_layout=own, status=status)
    data = sent(own, name="แก้แล้ว", digits="thai")
    response = client_for(office.officer).post(address(office, own), data)
    assert response.status_code == 409
    assert "รูปแบบนี้ปรับไม่ได้" in response.content.decode()
    own.refresh_from_db()
    assert (own.settings, own.version) == ({}, 1)
    with pytest.raises(NotEditable):
        save_layout(own, "แก้แล้ว", {}, version=1, by=office.officer)


@pytest.mark.parametrize("status", ["draft", "returned"])
def test_layout_of_drafts_may_change(office, own, status):
    version = make_version(office.agency, [[UNKNOWN]], own_layout=own, status=status)
    save_layout(own, own.name, {"digits": "thai"}, version=1, by=office.officer)
    version.own_layout.refresh_from_db()
    assert layout_of(version).digits == "thai"


def test_second_writer_keeps_the_text_and_is_told(office, own, client_for):
    save_layout(own, "ของคนแรก", {}, version=1, by=office.officer)
    response = client_for(office.officer).post(address(office, own), sent(own, name="ของคนที่สอง"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "มีผู้อื่นบันทึกรูปแบบนี้ก่อน" in page
    assert 'value="ของคนที่สอง"' in page
    with pytest.raises(SaveConflict):
        save_layout(own, "ซ้ำ", {}, version=1, by=office.officer)


def test_name_of_another_layout_is_refused(office, own, client_for):
    copy_layout(office.agency, office.officer, base="D6")
    response = client_for(office.officer).post(
        address(office, own), sent(own, name="6 คอลัมน์ แนวตั้ง (2)")
    )
    assert response.status_code == 422
    assert "หน่วยงานมีรูปแบบชื่อนี้แล้ว" in response.content.decode()


def test_deleting_names_the_sops_that_hold_it(office, own, client_for):
    version = make_version(office.agency, [[UNKNOWN]], own_layout=own, status="draft")
    with pytest.raises(LayoutInUse) as refusal:
        delete_layout(own, office.officer)
    assert refusal.value.procedures == [version.procedure.name]
    client = client_for(office.officer)
    page = client.post(address(office, own, "delete/"), follow=True).content.decode()
    assert f"เพราะใช้พิมพ์ {version.procedure.name}" in page
    version.delete()
    client.post(address(office, own, "delete/"))
    assert not SopLayout.objects.exists()


def test_preview_prints_the_chosen_sop_and_leaves_it_as_it_is(office, own):
    first = make_version(office.agency, [[UNKNOWN]], procedure={"name": "ก"})
    second = make_version(office.agency, [[UNKNOWN]], procedure={"name": "ข"})
    assert sample_version(own) == first
    own.settings = {"sample": second.procedure_id}
    assert sample_version(own) == second


def test_list_asks_as_often_at_one_layout_as_at_three(office, own, client_for):
    client, counts = client_for(office.officer), []
    client.get(address(office))
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(office))
        counts.append(len(queries))
        for base in ("D6", "P"):
            layout = copy_layout(office.agency, office.officer, base=base)
            make_version(office.agency, [[UNKNOWN]], own_layout=layout)
    assert counts[0] == counts[1] <= 15


def test_preview_begins_with_the_table_that_the_layout_shapes(office, own):
    import_sop(read_sop(shipped_files()["doh-pmqa"].read_text()), office.agency)
    context = preview_context(own)
    assert (context["sections"], context["closing_sections"]) == ([], [])
    assert context["table_section"]["title"] == "ขั้นตอนการปฏิบัติ (Procedure)"
    assert len(ProcedureVersion.objects.get().sections) == 6
