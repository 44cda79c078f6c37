"""The demo office's best practice and lessons: invented work under an invented model."""

import io
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from ruamel.yaml import YAML

from agencies.models import Agency, User
from improvement.models import BestPractice, Lesson, PracticeSection
from improvement.practices import lessons, photos, writing
from workflows.models import ProcedureStep

YEAR = 2569
TEXTS = Path(__file__).with_name("demo_data") / "practice_2569.yaml"
TITLE = "DATA Model: ข้อมูลเดียวทั้งหน่วยงาน เพื่อการตัดสินใจที่ทันเวลา"
LETTERS = [
    ("D", "Digital", "เก็บข้อมูลที่จุดเกิดงานครั้งเดียว ใช้ร่วมกันทุกกลุ่ม"),
    ("A", "Alignment", "ตัวชี้วัดทุกตัวโยงกับแผนและมีผู้รับผิดชอบชัดเจน"),
    ("T", "Team", "แต่ละหมวดมีคู่ตรวจข้ามกลุ่ม ช่วยกันดูก่อนส่ง"),
    ("A", "Act", "ทบทวนทุกสิ้นไตรมาสและแก้ทันทีในรอบเดียวกัน"),
]
PHOTOS = [
    ("ประชุมกำหนดนิยามตัวชี้วัดร่วมกัน", "office", False, "#dcebef"),
    ("รับเกียรติบัตรหน่วยงานต้นแบบด้านข้อมูล", "province", True, "#fbf3df"),
]


def load_practices(agency: Agency) -> None:
    """Write the demo's best practice and lessons once."""
    if BestPractice.objects.filter(agency=agency).exists():
        return
    by = User.objects.get(username="officer")
    data = YAML(typ="safe").load(TEXTS.read_text(encoding="utf-8"))
    practice = writing.begin(
        agency,
        YEAR,
        {"title": TITLE, "category_number": 4, "model_name": "DATA Model"},
        by,
    )
    for section in PracticeSection.objects.filter(practice=practice, code__in=data["texts"]):
        text = data["texts"][section.code]
        writing.save_section(practice, section.code, text, version=0, by=by)
    writing.save_letters(practice, LETTERS, version=practice.version, by=by)
    for caption, level, is_award, colour in PHOTOS:
        file = photos.store_picture(practice, _drawn(colour), by)
        fields = {"caption": caption, "level": level, "is_award": is_award, "taken_on": None}
        photos.add_photo(practice, file, fields, by)
    _load_lessons(agency, practice, data["lessons"], by)


def _load_lessons(agency: Agency, practice: BestPractice, rows: list[dict], by: User) -> None:
    steps = {
        step.number: step.pk
        for step in ProcedureStep.objects.filter(
            version__procedure__agency=agency, version__procedure__slug="sisaket-pmqa"
        ).order_by("version__number")
    }
    for row in rows:
        if Lesson.objects.filter(agency=agency, title=row["title"]).exists():
            continue
        fields = {
            "fiscal_year": YEAR,
            "kind": row["kind"],
            "title": row["title"],
            "text": row["text"],
            "category_number": row["category"],
            "procedure_step_id": steps.get(row["step"]),
            "practice_id": practice.pk if row["category"] == 4 else None,
        }
        lessons.add_lesson(agency, fields, by)


def _drawn(colour: str) -> SimpleUploadedFile:
    """Return a drawn picture in the place of a photograph: the demo shows nobody."""
    picture = Image.new("RGB", (1200, 900), colour)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((60, 60, 1140, 840), outline="#14566b", width=8)
    for left in (240, 480, 720):
        pen.ellipse((left, 330, left + 150, 480), fill="#2a7186")
        pen.rounded_rectangle((left - 30, 510, left + 180, 760), 60, fill="#14566b")
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=85)
    return SimpleUploadedFile("ภาพกิจกรรม.jpg", content.getvalue(), "image/jpeg")
