"""Manuals: what they bind, how they are written and saved, what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.revisions import SaveConflict
from tests.agencies.factories import AgencyFactory, make_office
from tests.workflows.factories import UNKNOWN, VersionFactory, make_version
from workflows.models import Manual
from workflows.sop.manuals import html_of, new_manual, parts_of, save_manual, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def manual(office):
    return new_manual(office.agency, office.officer)


def sop(office, name, **fields):
    return make_version(office.agency, [[UNKNOWN]], procedure={"name": name}, **fields).procedure


def bind(manual, office, *sops, **changes):
    save_manual(manual, changes, sops, version=manual.version, by=office.officer)
    manual.refresh_from_db()


def address(office, manual=None, tail=""):
    return office.url(f"2570/sop/manuals/{f'{manual.pk}/' if manual else ''}{tail}")


def sent(manual, sops=(), sections=(), **changes):
    return {
        **{"title": manual.title, "subtitle": "", "unit": "", "compiler": ""},
        **{"bodies_above": "", "foreword": "", "version": manual.version},
        "sop": [procedure.pk for procedure, _part in sops],
        "part": [part for _procedure, part in sops],
        "section-title": [title for title, _text in sections],
        "section-text": [text for _title, text in sections],
    } | changes


def numbers(manual):
    return [(part.number, part.title, [s.number for s in part.sops]) for part in parts_of(manual)]


def test_sops_of_one_title_form_a_part_after_the_introduction(office, manual):
    one, two, three = (sop(office, name) for name in ("ก", "ข", "ค"))
    bind(manual, office, (one, "งานหลัก"), (two, "งานหลัก"), (three, "งานรอง"))
    assert numbers(manual) == [(1, "งานหลัก", ["1.1", "1.2"]), (2, "งานรอง", ["2.1"])]
    bind(
        *(manual, office, (three, "งานรอง"), (one, "งานหลัก")),
        introduction=[{"title": "แนวคิด", "html": "<p>ก</p>"}],
    )
    assert numbers(manual) == [
        *((1, "บทนำ", []), (2, "งานรอง", ["2.1"]), (3, "งานหลัก", ["3.1"])),
    ]


def test_version_in_use_is_printed_else_the_newest(office, manual):
    used = sop(office, "ก")
    VersionFactory(procedure=used, number=2, status="draft")
    drafted = sop(office, "ข", status="retired")
    VersionFactory(procedure=drafted, number=2, status="draft")
    bind(manual, office, (used, "งาน"), (drafted, "งาน"))
    bound = parts_of(manual)[0].sops
    assert [(b.name, b.version.number, b.is_in_use) for b in bound] == [
        *(("ก", 1, True), ("ข", 2, False)),
    ]


def test_form_saves_texts_sections_and_order(office, manual, client_for):
    one, two = sop(office, "ก"), sop(office, "ข")
    data = sent(
        *(manual, [(two, "งานหลัก"), (one, "งานหลัก")]),
        sections=[("แนวคิด", "ย่อหน้าแรก\nย่อหน้า <สอง>"), ("", "")],
        bodies_above="สพฐ.\n\nศธ.",
        foreword="คำนำ",
    )
    response = client_for(office.officer).post(address(office, manual, "edit/"), data)
    assert response.status_code == 302
    manual.refresh_from_db()
    assert manual.bodies_above == ["สพฐ.", "ศธ."]
    assert manual.introduction == [
        {"title": "แนวคิด", "html": "<p>ย่อหน้าแรก</p>\n<p>ย่อหน้า &lt;สอง&gt;</p>"}
    ]
    assert [row.procedure for row in manual.sops.order_by("order")] == [two, one]
    assert manual.version == 2


def test_buttons_rearrange_without_saving_and_lose_nothing(office, manual, client_for):
    one, two, three = (sop(office, name) for name in ("ก", "ข", "ค"))
    data = sent(manual, [(one, "งาน"), (two, "งาน")], title="กำลังพิมพ์", do="sop-down:0")
    client, url = client_for(office.officer), address(office, manual, "edit/")
    page = client.post(url, data)
    assert [line.procedure for line in page.context["form"].sops] == [two, one]
    assert 'value="กำลังพิมพ์"' in page.content.decode()
    page = client.post(url, data | {"do": "sop-add", "wanted": three.pk})
    assert [(s.procedure, s.part, s.number) for s in page.context["form"].sops][-1] == (
        *(three, "งาน", "1.3"),
    )
    page = client.post(url, data | {"do": "sop-remove:0"})
    assert [line.procedure for line in page.context["form"].sops] == [two]
    for nonsense in ("sop-up:99", "sop-remove:x", "what:1", "sop-add", "section-up:0"):
        assert client.post(url, data | {"do": nonsense}).status_code == 200
    assert not manual.sops.exists()


def test_refusals_stand_at_their_fields_in_thai(office, manual, client_for):
    one = sop(office, "ก")
    data = sent(manual, [(one, " ")], sections=[("", "ข้อความที่พิมพ์ไว้")], title="")
    response = client_for(office.officer).post(address(office, manual, "edit/"), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert '<p class="invalid-feedback d-block">เขียนชื่อส่วน</p>' in page
    assert '<p class="invalid-feedback d-block">เขียนชื่อหัวข้อ</p>' in page
    assert "ข้อความที่พิมพ์ไว้" in page
    manual.refresh_from_db()
    assert manual.version == 1


def test_sops_of_another_office_and_repeated_ones_are_not_bound(office, manual, client_for):
    one = sop(office, "ก")
    foreign = make_version(AgencyFactory(), [[UNKNOWN]]).procedure
    data = sent(manual, [(one, "งาน"), (foreign, "งาน"), (one, "งาน")])
    client_for(office.officer).post(address(office, manual, "edit/"), data)
    assert [row.procedure for row in manual.sops.all()] == [one]


def test_second_writer_keeps_the_text_and_changes_nothing(office, manual, client_for):
    one = sop(office, "ก")
    bind(manual, office, (one, "งาน"), title="ของคนแรก")
    data = sent(manual, [], title="ของคนที่สอง", version=1)
    response = client_for(office.officer).post(address(office, manual, "edit/"), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "มีผู้อื่นบันทึกคู่มือรวมเล่มนี้ก่อน" in page
    assert 'value="ของคนที่สอง"' in page
    assert [row.procedure for row in manual.sops.all()] == [one]
    with pytest.raises(SaveConflict):
        save_manual(manual, {"title": "ซ้ำ"}, [], version=1, by=office.officer)
    assert manual.sops.count() == 1


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("หนึ่ง\r\n\r\nสอง", "<p>หนึ่ง</p>\n<p>สอง</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ('<p onclick="x">ก</p><script>1</script>', "<p>ก</p>"),
        ("<ol><li>ก</li></ol>", "<ol><li>ก</li></ol>"),
    ],
)
def test_plain_text_becomes_paragraphs_and_html_is_cleaned(text, html):
    assert html_of(text) == html
    assert html_of(text_of(html)) == html


def test_deleting_a_manual_leaves_its_sops(office, manual, client_for):
    one = sop(office, "ก")
    bind(manual, office, (one, "งาน"))
    client_for(office.officer).post(address(office, manual, "delete/"))
    assert not Manual.objects.exists()
    one.refresh_from_db()


def test_pages_ask_as_often_at_one_sop_as_at_five(office, manual, client_for):
    client = client_for(office.officer)
    sops = [(sop(office, "ก"), "งาน")]
    urls = [address(office), address(office, manual), address(office, manual, "edit/")]
    counts = []
    for _round in range(2):
        bind(manual, office, *sops)
        counts.append([])
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            counts[-1].append(len(queries))
        sops += [(sop(office, f"ข{number}"), "งาน") for number in range(4)]
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15
