"""Agendas: order and numbers, matters arising, papers, who may change what when."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.meetings import agenda_editing, agendas, arising
from committees.meetings.agendas import add_item, add_items
from committees.models import AgendaItem, AgendaTemplate, MeetingPaper, Minutes, Resolution
from documents.revisions import NotEditable, SaveConflict
from tests.agencies.factories import make_office
from tests.committees.factories import YEAR, make_committees
from tests.committees.meetings.calling import agenda_titles, make_meeting
from tests.workflows.factories import pdf_upload

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 6, 1)


@pytest.fixture
def office(frozen_today):
    frozen_today(TODAY)
    return make_office()


@pytest.fixture
def working(office):
    return make_committees(office)[1]


@pytest.fixture
def meeting(office, working):
    """A meeting with headings ก (two matters), ข and ค."""
    meeting = make_meeting(office, working)
    first, _second, _third = add_items(meeting, None, ["ก", "ข", "ค"], by=office.officer)
    add_items(meeting, first, ["ก หนึ่ง", "ก สอง"], by=office.officer)
    return meeting


def _item(meeting, title):
    return AgendaItem.objects.select_related("meeting__agency").get(meeting=meeting, title=title)


def _address(office, name, *args):
    return reverse(f"meetings:{name}", args=[office.agency.code, YEAR, *args])


def test_items_are_numbered_by_their_place(meeting):
    assert agenda_titles(meeting) == ["1 ก", "1.1 ก หนึ่ง", "1.2 ก สอง", "2 ข", "3 ค"]


def test_moving_renumbers_and_carries_what_is_below(office, meeting):
    agenda_editing.move_item(meeting, _item(meeting, "ก"), "down", by=office.officer)

    assert agenda_titles(meeting) == ["1 ข", "2 ก", "2.1 ก หนึ่ง", "2.2 ก สอง", "3 ค"]


def test_matter_at_the_edge_goes_over_to_the_next_heading(office, meeting):
    agenda_editing.move_item(meeting, _item(meeting, "ก สอง"), "down", by=office.officer)

    assert agenda_titles(meeting) == ["1 ก", "1.1 ก หนึ่ง", "2 ข", "2.1 ก สอง", "3 ค"]
    assert not agenda_editing.move_item(meeting, _item(meeting, "ก"), "up", by=office.officer)


def test_item_is_put_under_another_heading_by_its_form(office, meeting, client_for):
    item = _item(meeting, "ก หนึ่ง")

    client_for(office.officer).post(
        _address(office, "item-edit", meeting.pk, item.pk),
        {"title": "ก หนึ่ง แก้แล้ว", "under": _item(meeting, "ค").pk, "version": 1},
    )

    assert agenda_titles(meeting) == ["1 ก", "1.1 ก สอง", "2 ข", "3 ค", "3.1 ก หนึ่ง แก้แล้ว"]


def test_both_texts_are_shown_when_somebody_saved_first(office, meeting, client_for):
    item = _item(meeting, "ก หนึ่ง")
    agenda_editing.save_item(item, {"title": "ของคนแรก"}, version=1, by=office.deputy)

    response = client_for(office.officer).post(
        _address(office, "item-edit", meeting.pk, item.pk),
        {"title": "ของคนที่สอง", "under": item.parent_id, "version": 1},
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "ของคนแรก" in page
    assert 'value="ของคนที่สอง"' in page
    item.refresh_from_db()
    assert item.title == "ของคนแรก"


def test_removing_takes_along_what_is_below_but_no_newer_text(office, meeting):
    heading = _item(meeting, "ก")
    with pytest.raises(SaveConflict):
        agenda_editing.remove_item(meeting, heading, version=0, by=office.officer)

    agenda_editing.remove_item(meeting, heading, version=1, by=office.officer)

    assert agenda_titles(meeting) == ["1 ข", "2 ค"]


def test_item_with_a_resolution_stays(office, meeting, client_for):
    item = _item(meeting, "ก หนึ่ง")
    Resolution.objects.create(item=item, text="เห็นชอบ")

    page = client_for(office.officer).post(
        _address(office, "item-remove", meeting.pk, item.pk), {"version": 1}, follow=True
    )

    assert "เรื่องนี้มีมติแล้ว จึงเอาออกไม่ได้" in page.content.decode()
    assert len(agenda_titles(meeting)) == 5


def test_after_the_meeting_only_new_items_come_while_minutes_are_written(office, meeting):
    meeting.status = "held"
    meeting.save()
    add_item(meeting, _item(meeting, "ค"), "เรื่องในที่ประชุม", by=office.officer)
    with pytest.raises(NotEditable):
        agenda_editing.move_item(meeting, _item(meeting, "ก"), "down", by=office.officer)
    with pytest.raises(NotEditable):
        agenda_editing.save_item(_item(meeting, "ก"), {"title": "x"}, version=1, by=office.officer)
    Minutes.objects.create(meeting=meeting, status="confirmed")
    with pytest.raises(NotEditable):
        add_item(meeting, None, "สายไป", by=office.officer)

    assert agenda_titles(meeting)[-1] == "3.1 เรื่องในที่ประชุม"


def test_secretary_of_the_committee_writes_the_agenda_and_others_do_not(
    office, working, meeting, client_for
):
    working.members.filter(user=office.member).update(role="secretary")
    address = _address(office, "agenda", meeting.pk)

    assert client_for(office.member).get(address).status_code == 200
    assert client_for(office.people["champion1"]).get(address).status_code == 403


def _resolution(meeting, item, text, **fields):
    return Resolution.objects.create(item=item, text=text, status="open", **fields)


@pytest.fixture
def follow_up(office, working):
    """A held meeting with two open resolutions, and the next one with เรื่องสืบเนื่อง."""
    earlier = make_meeting(
        office, working, status="held", number=1, day=dt.date(2027, 5, 12), calendar_year=2570
    )
    item = AgendaItem.objects.create(meeting=earlier, kind="other", title="เรื่องหลักฐาน", order=1)
    made = [
        _resolution(earlier, item, "<p>จัดทำหลักฐานให้ครบ</p>", owner=office.member),
        _resolution(earlier, item, "", order=2),
    ]
    later = make_meeting(office, working)
    add_item(later, None, "เรื่องสืบเนื่อง", by=office.officer, kind="arising")
    return later, made


def test_open_resolutions_come_once_and_leave_when_done(follow_up):
    later, (first, _second) = follow_up

    assert (arising.refresh(later), arising.refresh(later)) == (2, 0)
    assert agenda_titles(later) == [
        "1 เรื่องสืบเนื่อง",
        "1.1 จัดทำหลักฐานให้ครบ (มติการประชุมครั้งที่ 1/2570)",
        "1.2 เรื่องหลักฐาน (มติการประชุมครั้งที่ 1/2570)",
    ]
    assert later.agenda.get(follows=first).presenter == first.owner.get_full_name()

    Resolution.objects.filter(pk=first.pk).update(status="done", done_on=TODAY)
    arising.refresh(later)

    assert agenda_titles(later) == [
        "1 เรื่องสืบเนื่อง",
        "1.1 เรื่องหลักฐาน (มติการประชุมครั้งที่ 1/2570)",
    ]


def test_matter_with_typed_text_stays_when_its_resolution_is_done(office, follow_up):
    later, (first, _second) = follow_up
    arising.refresh(later)
    item = later.agenda.select_related("meeting__agency").get(follows=first)
    agenda_editing.save_item(item, {"detail": "ได้หลักฐานแล้ว 9 รายการ"}, version=1, by=office.officer)

    Resolution.objects.filter(pk=first.pk).update(status="done", done_on=TODAY)
    arising.refresh(later)

    assert later.agenda.filter(follows=first).exists()


def test_open_resolutions_of_another_committee_stay_away(office, follow_up):
    later, _made = follow_up
    later.committees.set(office.agency.committees.filter(kind="steering"))

    assert arising.refresh(later) == 0


def test_five_item_agenda_offers_to_list_open_resolutions(office, follow_up, client_for):
    later, _made = follow_up
    later.agenda.all().delete()
    browser = client_for(office.officer)

    page = browser.get(_address(office, "agenda", later.pk)).content.decode()
    browser.post(_address(office, "agenda-arising", later.pk))

    assert "มติที่ยังค้างของการประชุมครั้งก่อน 2 เรื่องยังไม่อยู่ในระเบียบวาระ" in page
    assert [title.split()[0] for title in agenda_titles(later)] == ["1", "1.1", "1.2"]


def test_file_is_laid_on_an_item_and_taken_off(office, meeting, client_for):
    item = _item(meeting, "ก หนึ่ง")
    browser = client_for(office.officer)
    file = SimpleUploadedFile("ร่าง.txt", b"x")

    refused = browser.post(
        _address(office, "item-upload", meeting.pk, item.pk), {"file": file, "paper_title": "ร่าง"}
    )
    agenda_editing.attach_file(item, pdf_upload("ร่าง.pdf"), "", by=office.officer)
    paper = MeetingPaper.objects.get()
    shown = browser.get(_address(office, "detail", meeting.pk)).content.decode()
    browser.post(_address(office, "agenda-paper-remove", meeting.pk, paper.pk))

    assert refused.status_code == 422
    assert "file" in refused.context["upload"].errors
    assert "ร่าง.pdf" in shown
    assert not MeetingPaper.objects.exists()


def test_many_lines_become_many_matters(office, meeting, client_for):
    client_for(office.officer).post(
        _address(office, "agenda-add", meeting.pk),
        {"heading": _item(meeting, "ค").pk, "lines": "หนึ่ง\n\n สอง \r\nสาม"},
    )

    assert agenda_titles(meeting)[-3:] == ["3.1 หนึ่ง", "3.2 สอง", "3.3 สาม"]


def test_too_long_line_is_refused_and_kept(office, meeting, client_for):
    typed = "ย" * 501
    response = client_for(office.officer).post(
        _address(office, "agenda-add", meeting.pk),
        {"heading": _item(meeting, "ค").pk, "lines": typed},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "มีบรรทัดที่ยาวเกิน 500 ตัวอักษร" in page
    assert typed in page


@pytest.mark.parametrize("name", ["agenda", "detail"])
def test_agenda_of_14_headings_and_60_matters_costs_few_queries(office, working, client_for, name):
    meeting = make_meeting(office, working)
    headings = add_items(
        meeting, None, [f"วาระ {number}" for number in range(14)], by=office.officer
    )
    for heading in headings[:12]:
        add_items(meeting, heading, [f"เรื่อง {n}" for n in range(5)], by=office.officer)
    browser = client_for(office.officer)
    address = _address(office, name, meeting.pk)
    browser.get(address)

    with CaptureQueriesContext(connection) as queries:
        response = browser.get(address)

    assert response.status_code == 200
    assert len(agenda_titles(meeting)) == 74
    assert len(queries) <= 15


def test_own_form_of_agenda_is_read_from_its_lines_and_used(office, working, client_for):
    browser = client_for(office.officer)
    browser.post(
        _address(office, "template-new"),
        {"name": "แบบสั้น", "lines": "เรื่องรับรองรายงานการประชุม\nเรื่องสืบเนื่อง\nเรื่องอื่น ๆ"},
    )
    template = AgendaTemplate.objects.get()
    again = browser.post(_address(office, "template-new"), {"name": " แบบสั้น ", "lines": "เรื่องอื่น ๆ"})

    assert [row["kind"] for row in template.headings] == ["confirm_minutes", "arising", "other"]
    assert again.context["form"].errors["name"] == ["สำนักงานมีแบบชื่อนี้แล้ว"]
    page = browser.get(_address(office, "new"))
    assert (f"own-{template.pk}", "แบบสั้น") in page.context["form"].fields["agenda"].choices


def test_numbered_asks_twice(office, meeting):
    with CaptureQueriesContext(connection) as queries:
        agendas.numbered(meeting)

    assert len(queries) == 2
