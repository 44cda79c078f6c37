"""The settings page "look of papers": what is saved, refused and kept while typing."""

import io

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from agencies.models import Agency, AuditEntry
from documents.house_look.reading import look_of
from documents.house_look.signatures import signatures_of
from documents.models import HouseLook, SignatureBlock, StoredFile
from tests.agencies.factories import make_office

pytestmark = pytest.mark.django_db
TYPED = {
    "version": 1,
    "name": "ศึกษาธิการตัวอย่าง",
    "main_colour": "#1B5E20",
    "accent_colour": "#1f3a5f",
    "font_size": 18,
    "digits": "arabic",
    "blocks": 2,
    "b0-kind": "",
    "b0-words": "ผู้จัดทำ",
    "b0-name": "นางสาวตัวอย่าง ลงนาม",
    "b1-words": "",
}


def picture(form="WEBP", size=(2400, 1200), name="ตรา.webp") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", size, "#1b5e20").save(content, form)
    return SimpleUploadedFile(name, content.getvalue())


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def page(office, client_for):
    """Return a function that posts the page as the officer: changes to what is typed."""
    client = client_for(office.officer)
    return lambda **changes: client.post(office.url("settings/papers/"), TYPED | changes)


def test_saved_look_is_what_papers_read(office, page):
    assert page(emblem=picture()).status_code == 302

    look = look_of(office.agency)
    assert (look.name, look.main_colour, look.font_size) == ("ศึกษาธิการตัวอย่าง", "#1b5e20", 18)
    # The second colour was left as it stood: it follows the main one.
    assert look.second_colour == "#1b5e20"
    assert Agency.objects.get(pk=office.agency.pk).paper_digits == "arabic"
    blocks = signatures_of(office.agency, "action-plan").blocks
    assert [(block.words, block.name) for block in blocks] == [("ผู้จัดทำ", "นางสาวตัวอย่าง ลงนาม")]
    assert AuditEntry.objects.filter(action="papers.look").count() == 1


def test_uploaded_picture_is_kept_as_a_small_png(office, page):
    page(emblem=picture())
    stored = StoredFile.objects.get(pk=look_of(office.agency).emblem_id)
    assert (stored.content_type, stored.name) == ("image/png", "ตรา.png")
    page(version=2, emblem_id=stored.pk)
    assert look_of(office.agency).emblem_id == stored.pk
    page(version=3, emblem_id=stored.pk, emblem_remove=1)
    assert look_of(office.agency).emblem_id is None


@pytest.mark.parametrize(
    "changes, told",
    [
        ({"main_colour": "#f5c542"}, "สีนี้อ่อนเกินไป"),
        ({"main_colour": "url(x)"}, "ระบุรหัสสี"),
        ({"accent_colour": "#ffff99"}, "สีนี้อ่อนเกินไป"),
        ({"font_size": 40}, "font_size"),
        ({"logo": SimpleUploadedFile("a.png", b"GIF89a<script>")}, "เนื้อหาในไฟล์"),
        ({"b0-words": ""}, "ระบุหน้าที่"),
    ],
)
def test_faults_are_told_at_the_field_and_nothing_typed_is_lost(office, page, changes, told):
    answer = page(emblem=picture(), **changes)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert told in html
    assert "ศึกษาธิการตัวอย่าง" in html and "นางสาวตัวอย่าง ลงนาม" in html
    # The picture sent along is kept for the next try.
    assert f'name="emblem_id" value="{StoredFile.objects.get().pk}"' in html
    assert not HouseLook.objects.exists()


def test_a_later_save_is_not_overwritten_unread(office, page):
    page()
    answer = page(name="ของอีกคน")

    assert answer.status_code == 409
    assert "ของอีกคน" in answer.content.decode()
    assert look_of(office.agency).name == "ศึกษาธิการตัวอย่าง"
    # Who was told may save again.
    assert page(name="ของอีกคน", version=2).status_code == 302
    assert look_of(office.agency).name == "ของอีกคน"


def test_buttons_rearrange_the_blocks_and_save_nothing(office, page):
    html = page(do="down:0").content.decode()
    assert html.index('name="b0-words"') < html.index("ผู้จัดทำ") < html.index('id="id_b1-name"')
    assert 'value="3"' in page(do="add").content.decode().split('name="blocks"')[1][:20]
    assert "ผู้จัดทำ" not in page(do="remove:0").content.decode()
    director = office.people["director"].get_full_name()
    assert director in page(do="head:1").content.decode()
    assert page(do="up:99").status_code == page(do="head:x", blocks="-1").status_code == 200
    assert not SignatureBlock.objects.exists()


def test_another_offices_picture_is_not_taken(office, page, client_for):
    other = make_office("other")
    client_for(other.officer).post(other.url("settings/papers/"), TYPED | {"logo": picture()})
    theirs = StoredFile.objects.get()
    assert page(logo_id=theirs.pk).status_code == 302
    assert look_of(office.agency).logo_id is None


def test_others_read_the_page_without_buttons(office, client_for):
    html = client_for(office.people["observer"]).get(office.url("settings/papers/"))
    assert html.status_code == 200
    assert "<fieldset disabled>" in html.content.decode()
    assert 'value="look"' not in html.content.decode()


def test_many_blocks_cost_no_more_queries(office, client_for):
    client = client_for(office.officer)
    HouseLook.objects.create(agency=office.agency)
    ContentType.objects.get_for_model(HouseLook)  # asked for once in a process
    counts = []
    for _round in range(2):
        SignatureBlock.objects.create(agency=office.agency, words="ผู้ตรวจ")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(office.url("settings/papers/"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15
