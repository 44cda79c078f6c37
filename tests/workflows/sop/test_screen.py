"""The SOP on the screen: phases, who is accountable, the whole chart, steps without symbols."""

import pytest

from tests.agencies.factories import make_office
from workflows.models import ProcedureVersion
from workflows.sop.files import import_sop, read_sop, shipped_files
from workflows.sop.screen import shown_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


def load(office, slug, **fields):
    data = read_sop(shipped_files()[slug].read_text())
    for number, values in fields.items():
        for name, value in values.items():
            setattr(data.steps[int(number.removeprefix("step_")) - 1], name, value)
    return import_sop(data, office.agency)


def page(office, client_for, slug):
    return client_for(office.member).get(office.url(f"2570/sop/{slug}/")).content.decode()


def test_phase_band_stands_before_its_first_step(office, client_for):
    load(office, "doh-pmqa", step_1={"phase": "plan"}, step_7={"phase": "do"})
    text = page(office, client_for, "doh-pmqa")
    assert text.count('class="sop-phase"') == 2
    assert text.index("วางแผน (Plan)") < text.index('id="step-1"')
    assert text.index('id="step-6"') < text.index("ปฏิบัติตามแผน (Do)") < text.index('id="step-7"')


def test_lines_pass_the_band(office):
    load(office, "doh-pmqa", step_6={"phase": "do"})
    row = shown_rows(ProcedureVersion.objects.get())[5]
    assert (row.passing.enters, row.passing.leaves) == (True, True)
    assert [rail.part for rail in row.passing.rails] == ["full"]


def test_accountable_is_named_where_given(office, client_for):
    load(office, "doh-pmqa", step_2={"accountable_text": "ผอ.กพร."})
    text = page(office, client_for, "doh-pmqa")
    assert text.count("ผู้รับผิดชอบหลัก/ผู้อนุมัติ: ") == 1


def test_section_of_the_flow_chart_shows_it_whole(office, client_for):
    load(office, "phetchabun-2-1")
    text = page(office, client_for, "phetchabun-2-1")
    alone = text.split('class="sop-table sop-chart-alone"')[1].split("</table>")[0]
    assert alone.count("<tr>") == 7
    assert alone.count("sop-symbol--decision") == 1


def test_step_without_a_symbol_is_only_passed(office, client_for):
    version = load(office, "doh-pmqa")
    version.steps.get(number=3).nodes.all().delete()
    rows = shown_rows(version)
    assert [row.step.number for row in rows] == list(range(1, 11))
    assert (rows[2].chart.node.symbol, rows[2].chart.enters, rows[2].chart.leaves) == (
        "",
        True,
        True,
    )
