"""Rows and the picture of a profile topic: kept, summed, guarded like its text."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from assessments.models import Assessment, ProfileAnswer
from assessments.profile import tables
from documents.models import StoredFile, TextRevision
from documents.papers import file_to_edit, render
from notifications.due_items import due_items
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def url(office, number, tail=""):
    return office.url(f"2570/profile/{number}/{tail}")


def answer(number):
    return ProfileAnswer.objects.get(topic__number=number)


def workforce(*rows, version=0):
    data = {"version": version}
    for index, (kind, count) in enumerate(rows):
        data |= {f"{index}-kind": kind, f"{index}-count": count, f"{index}-note": ""}
    return data


def picture(name="chart.png"):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def test_columns_are_those_of_the_file():
    codes = {number: [c.code for c in tables.form_of(number).columns] for number in (1, 3, 12)}
    assert codes == {
        1: [],
        3: ["kind", "count", "note"],
        12: ["area", "challenge", "advantage"],
    }
    assert [n for n in range(1, 14) if tables.form_of(n).takes_image] == [6]


def test_rows_are_kept_with_thai_digits_understood_and_summed(client_for, office, started):
    client = client_for(office.champion1)
    sent = client.post(
        url(office, 3, "rows/"),
        workforce(("ข้าราชการ", "๔๕"), ("", ""), ("ลูกจ้าง", "1,203")),
    )
    assert sent.status_code == 302
    assert [(row["kind"], row["count"]) for row in answer(3).rows] == [
        ("ข้าราชการ", "45"),
        ("ลูกจ้าง", "1203"),
    ]
    assert TextRevision.objects.get().data["rows"] == answer(3).rows
    assert "1,248" in client.get(url(office, 3)).text


def test_a_wrong_number_is_named_and_nothing_typed_is_lost(client_for, office, started):
    sent = client_for(office.champion1).post(
        url(office, 3, "rows/"), workforce(("ข้าราชการ", "สี่สิบ"))
    )
    assert sent.status_code == 422
    assert sent.context["table_errors"] == ["แถวที่ 1 “จำนวน (คน)”: กรอกเป็นตัวเลข เช่น 12 หรือ ๑๒"]
    assert "สี่สิบ" in sent.text
    assert answer(3).rows == []


@pytest.mark.parametrize(
    ("command", "kinds"),
    [
        ("up-1", ["ข", "ก", "ค"]),
        ("down-0", ["ข", "ก", "ค"]),
        ("remove-1", ["ก", "ค"]),
        ("up-0", ["ก", "ข", "ค"]),
        ("down-9", ["ก", "ข", "ค"]),
        ("add", ["ก", "ข", "ค"]),
        ("remove--1", ["ก", "ข", "ค"]),
    ],
)
def test_rows_move_on_the_screen_without_being_saved(client_for, office, started, command, kinds):
    data = workforce(("ก", "1"), ("ข", "2"), ("ค", "3")) | {"do": command}
    sent = client_for(office.champion1).post(url(office, 3, "rows/"), data)
    fields = sent.context["table"]["fields"]
    assert [row[0]["value"] for row in fields] == [*kinds, ""]
    assert answer(3).rows == []


def test_rows_are_kept_without_letters_that_postgresql_refuses(client_for, office, started):
    client_for(office.champion1).post(url(office, 3, "rows/"), workforce(("ก\x00ข", "1")))
    assert answer(3).rows[0]["kind"] == "กข"


def test_an_observer_named_as_owner_still_only_reads(client_for, office, started):
    ProfileAnswer.objects.update(owner=office.observer)
    sent = client_for(office.observer).post(url(office, 3, "rows/"), workforce(("ก", "1")))
    assert (sent.status_code, answer(3).rows) == (403, [])


def test_newer_rows_of_somebody_else_are_shown_beside_mine(client_for, office, started):
    first, second = client_for(office.champion1), client_for(office.champion2)
    first.post(url(office, 3, "rows/"), workforce(("คนแรก", "1")))
    late = second.post(url(office, 3, "rows/"), workforce(("คนที่สอง", "2")))
    assert late.status_code == 409
    assert "คนแรก" in late.text
    assert "คนที่สอง" in late.text
    again = second.post(url(office, 3, "rows/"), workforce(("คนที่สอง", "2"), version=1))
    assert again.status_code == 302
    assert answer(3).rows[0]["kind"] == "คนที่สอง"


def test_text_and_rows_of_one_topic_do_not_stand_in_each_others_way(client_for, office, started):
    client = client_for(office.champion1)
    client.post(url(office, 3, "save/"), {"text": "บุคลากร", "version": 0})
    assert client.post(url(office, 3, "rows/"), workforce(("ก", "1"))).status_code == 302
    late = client.post(url(office, 3, "save/"), {"text": "บุคลากรของเรา", "version": 1})
    assert late.status_code == 302
    assert (answer(3).text, answer(3).rows[0]["kind"]) == ("บุคลากรของเรา", "ก")
    assert answer(3).version == 3


def test_locked_profile_refuses_rows_and_keeps_them_on_the_screen(client_for, office, started):
    Assessment.objects.update(status="accepted")
    sent = client_for(office.officer).post(url(office, 3, "rows/"), workforce(("ช้าไป", "1")))
    assert sent.status_code == 409
    assert "ช้าไป" in sent.text
    assert answer(3).rows == []


def test_topics_without_table_or_picture_have_no_such_address(client_for, office, started):
    client = client_for(office.officer)
    assert client.post(url(office, 1, "rows/"), {"version": 0}).status_code == 404
    assert client.post(url(office, 1, "picture/"), {"version": 0}).status_code == 404


def test_picture_is_drawn_anew_shown_and_removed(client_for, office, started):
    client = client_for(office.champion1)
    sent = client.post(url(office, 6, "picture/"), {"image": picture(), "version": 0})
    assert sent.status_code == 302
    stored = StoredFile.objects.get()
    assert (answer(6).image, stored.content_type) == (stored, "image/png")
    assert f"files/{stored.pk}/" in client.get(url(office, 6)).text
    client.post(url(office, 6, "picture/"), {"remove": "1", "version": 1})
    assert answer(6).image is None


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("chart.pdf", b"%PDF-1.4"),
        SimpleUploadedFile("chart.png", b"no picture"),
    ],
)
def test_other_files_are_no_picture(client_for, office, started, upload):
    sent = client_for(office.champion1).post(
        url(office, 6, "picture/"), {"image": upload, "version": 0}
    )
    assert sent.status_code == 422
    assert answer(6).image is None


def test_owner_is_named_writes_and_has_it_to_do(client_for, office, started):
    staff = office.people["staff"]
    assert client_for(staff).post(url(office, 3, "rows/"), workforce(("ก", "1"))).status_code == 403
    named = client_for(office.officer).post(url(office, 3, "owner/"), {"owner": staff.pk})
    assert named.status_code == 302
    items = [item for item in due_items(office.agency, staff) if "profile" in item.url]
    assert [(item.title, item.url, item.people) for item in items] == [
        (
            "เขียนลักษณะสำคัญ 1ก(3) ลักษณะโดยรวมของบุคลากร",
            office.url("2570/profile/3/"),
            (staff.pk,),
        )
    ]
    done = client_for(staff).post(url(office, 3, "save/"), {"text": "มี 45 คน", "version": 0})
    assert done.status_code == 302
    assert [item for item in due_items(office.agency, staff) if "profile" in item.url] == []


def test_a_person_of_another_office_cannot_be_owner(client_for, office, started):
    stranger = make_office("elsewhere").officer
    sent = client_for(office.officer).post(url(office, 3, "owner/"), {"owner": stranger.pk})
    assert sent.status_code == 422
    assert answer(3).owner is None


def test_last_years_words_come_into_the_fields_unsaved(client_for, office):
    last = make_assessment(office, 2569)
    ProfileAnswer.objects.filter(assessment=last.assessment, topic__number=3).update(
        text="ปีก่อนมี 50 คน", rows=[{"kind": "ข้าราชการ", "count": "50", "note": ""}]
    )
    this = make_assessment(office, 2570)
    client = client_for(office.champion1)
    assert client.get(url(office, 3)).context["text"] == ""
    assert client.get(url(office, 3) + "?use=text").context["text"] == "ปีก่อนมี 50 คน"
    fields = client.get(url(office, 3) + "?use=rows").context["table"]["fields"]
    assert fields[0][0]["value"] == "ข้าราชการ"
    row = this.assessment.profile_answers.get(topic__number=3)
    assert (row.text, row.rows, row.version) == ("", [], 0)
    reader = client_for(office.observer).get(url(office, 3) + "?use=text")
    assert reader.context["text"] == ""


def test_topic_page_reads_the_same_number_of_times_with_many_rows_and_saves(
    client_for, office, started
):
    client = client_for(office.champion1)
    counts = []
    for version in (0, 1):
        rows = [(f"ประเภท {n}", str(n)) for n in range(1 + 20 * version)]
        client.post(url(office, 3, "rows/"), workforce(*rows, version=version))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(office, 3))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_summary_paper_prints_texts_tables_and_sums(office, started):
    ProfileAnswer.objects.filter(topic__number=3).update(
        text="บุคลากรมีสามประเภท",
        rows=[{"kind": "ข้าราชการ", "count": "45"}, {"kind": "ลูกจ้าง", "count": "5"}],
    )
    paper = render("profile-summary", started.assessment)
    assert "สรุปลักษณะสำคัญขององค์การ" in paper.html
    assert "บุคลากรมีสามประเภท" in paper.html
    assert "<td>๕๐</td>" in paper.html
    assert paper.html.count("ยังไม่ได้จัดทำ") == 12
    assert paper.page_count == 1


def test_summary_in_word_prints_the_offices_number_in_its_digits(office, started):
    office.agency.name_th = "สำนักงานเขต 3"
    office.agency.save()
    content = file_to_edit("profile-summary", Assessment.objects.get(), "docx")
    document = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "สำนักงานเขต ๓" in document
    assert "สำนักงานเขต 3" not in document
