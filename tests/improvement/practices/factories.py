"""Best practices for tests: `make_practice(office)` gives a paper that may be handed in."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from improvement.models import BestPractice, PracticeSection
from improvement.practices import photos, writing

WRITTEN = "<p>วางระบบข้อมูลกลาง</p>"


def picture(name: str = "ภาพ.png", shade: int = 200) -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("L", (40, 30), shade).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def make_practice(office, *, owner=None, is_whole: bool = True, **facts) -> BestPractice:
    """Return a paper of 2570; a whole one has every text, two letters and a photograph."""
    by = owner or office.people["officer"]
    values = {"title": "STAR Model สู่องค์การคุณภาพ"} | facts
    practice = writing.begin(office.agency, 2570, values, by)
    if is_whole:
        PracticeSection.objects.filter(practice=practice).update(text=WRITTEN)
        rows = [("S", "Service", "บริการด้วยใจ"), ("T", "Team", "ทำงานเป็นทีม")]
        writing.save_letters(practice, rows, version=1, by=by)
        add_photo(practice, by)
        practice.refresh_from_db()
    return practice


def add_photo(practice, by, caption="รับรางวัลระดับจังหวัด", shade=200, **fields):
    values = {"caption": caption, "level": "province", "is_award": True, "taken_on": None} | fields
    file = photos.store_picture(practice, picture(shade=shade), by)
    return photos.add_photo(practice, file, values, by)
