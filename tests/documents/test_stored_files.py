import hashlib
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents.models import StoredFile
from documents.stored_files import open_file, store_bytes, store_upload
from tests.agencies.factories import make_office

pytestmark = pytest.mark.django_db


def picture(name="หลักฐาน.png", colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (20, 20), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_store_upload_keeps_bytes_under_their_hash_and_name_as_data():
    office = make_office()

    stored = store_upload(office.agency, picture("../../etc/ภาพ.png"), office.officer)

    with open_file(stored) as content:
        sha256 = hashlib.sha256(content.read()).hexdigest()
    assert stored.path == f"{office.agency.pk}/{sha256[:2]}/{sha256}"
    assert stored.name == "ภาพ.png"
    assert stored.content_type == "image/png"
    assert stored.created_by == office.officer


def test_store_upload_keeps_same_bytes_once_per_office():
    office, other = make_office(), make_office("other")

    first = store_upload(office.agency, picture("a.png"), office.officer)
    again = store_upload(office.agency, picture("b.png"), office.staff)
    elsewhere = store_upload(other.agency, picture("c.png"), other.officer)

    assert again == first
    assert elsewhere != first
    assert elsewhere.path != first.path
    assert StoredFile.objects.count() == 2


def test_store_upload_tells_when_the_quota_is_full():
    office = make_office(storage_quota_mb=0)

    with pytest.raises(ValidationError) as caught:
        store_upload(office.agency, picture(), office.officer)

    assert "0 MB" in caught.value.messages[0]
    assert StoredFile.objects.count() == 0


def test_store_upload_takes_a_file_again_although_the_quota_is_full():
    office = make_office()
    first = store_upload(office.agency, picture(), office.officer)
    office.agency.storage_quota_mb = 0

    assert store_upload(office.agency, picture(), office.officer) == first


def test_store_bytes_mends_a_file_whose_writing_was_cut_short():
    office = make_office()
    sha256 = hashlib.sha256(b"whole").hexdigest()
    path = f"{office.agency.pk}/{sha256[:2]}/{sha256}"
    default_storage.save(path, io.BytesIO(b"wh"))

    stored = store_bytes(office.agency, "a.pdf", b"whole", "application/pdf", None)

    with open_file(stored) as content:
        assert content.read() == b"whole"
