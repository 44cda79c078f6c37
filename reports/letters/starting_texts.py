"""Texts to start a letter from: our own words, generic, with the office's facts filled in.

Each is a subject and rich text; `{office}` and `{year}` are filled in, dots are left to the writer.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.enums import LetterKind

MEMO, ANNOUNCEMENT = LetterKind.MEMO, LetterKind.ANNOUNCEMENT


@dataclass(frozen=True)
class StartingText:
    """What a letter of a kind begins with."""

    code: str
    kind: LetterKind
    label: Any
    subject: str = ""
    body: str = ""


STARTING_TEXTS = (
    StartingText("memo", MEMO, _("Memo, empty")),
    StartingText(
        "memo-order",
        MEMO,
        _("Memo proposing the appointment order for signature"),
        "เสนอคำสั่งแต่งตั้งคณะกรรมการพัฒนาคุณภาพการบริหารจัดการภาครัฐ ประจำปีงบประมาณ พ.ศ. {year}",
        "<p><strong>1. เรื่องเดิม</strong> {office} ดำเนินการพัฒนาคุณภาพการบริหารจัดการภาครัฐ (PMQA) "
        "เป็นประจำทุกปีงบประมาณ โดยมีคณะกรรมการกำกับดูแลและคณะทำงานเป็นผู้ขับเคลื่อน</p>"
        "<p><strong>2. ข้อเท็จจริง</strong> ผู้รับผิดชอบได้ทบทวนองค์ประกอบและหน้าที่ของคณะกรรมการ "
        "ประจำปีงบประมาณ พ.ศ. {year} แล้ว และได้จัดทำร่างคำสั่งแต่งตั้งตามที่แนบมาพร้อมนี้</p>"
        "<p><strong>3. ข้อพิจารณา</strong> เพื่อให้การดำเนินงานเป็นไปตามแผนและมีผู้รับผิดชอบชัดเจนทุกหมวด "
        "เห็นควรแต่งตั้งคณะกรรมการตามร่างคำสั่งดังกล่าว</p>"
        "<p><strong>4. ข้อเสนอ</strong> จึงเรียนมาเพื่อโปรดพิจารณา "
        "หากเห็นชอบโปรดลงนามในคำสั่งที่แนบมาพร้อมนี้</p>",
    ),
    StartingText(
        "memo-results",
        MEMO,
        _("Memo reporting the results of the self-assessment"),
        "รายงานผลการประเมินองค์การด้วยตนเองตามเกณฑ์ PMQA ประจำปีงบประมาณ พ.ศ. {year}",
        "<p><strong>1. เรื่องเดิม</strong> ตามที่ {office} ได้แต่งตั้งคณะทำงานประเมินองค์การด้วยตนเอง"
        "ตามเกณฑ์คุณภาพการบริหารจัดการภาครัฐ ประจำปีงบประมาณ พ.ศ. {year} นั้น</p>"
        "<p><strong>2. ข้อเท็จจริง</strong> คณะทำงานได้ประเมินครบทั้ง 7 หมวด พร้อมสรุปจุดเด่น "
        "โอกาสในการปรับปรุง และหลักฐานประกอบ รายละเอียดตามรายงานที่แนบมาพร้อมนี้</p>"
        "<p><strong>3. ข้อพิจารณา</strong> เห็นควรนำโอกาสในการปรับปรุงไปจัดทำแผนปรับปรุงองค์การ "
        "และติดตามผลตามรอบที่กำหนด</p>"
        "<p><strong>4. ข้อเสนอ</strong> จึงเรียนมาเพื่อโปรดทราบและพิจารณาให้ความเห็นชอบ</p>",
    ),
    StartingText("announcement", ANNOUNCEMENT, _("Announcement, empty")),
    StartingText(
        "announcement-cycle",
        ANNOUNCEMENT,
        _("Announcement of the year's PMQA work"),
        "การดำเนินงานพัฒนาคุณภาพการบริหารจัดการภาครัฐ ประจำปีงบประมาณ พ.ศ. {year}",
        "<p>ด้วย {office} กำหนดดำเนินงานพัฒนาคุณภาพการบริหารจัดการภาครัฐ (PMQA) "
        "ประจำปีงบประมาณ พ.ศ. {year} เพื่อยกระดับการบริหารจัดการให้มีคุณภาพ "
        "และตอบสนองความต้องการของผู้รับบริการและผู้มีส่วนได้ส่วนเสีย</p>"
        "<p>เพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อย จึงประกาศแนวทางให้ทราบทั่วกัน ดังนี้</p>"
        "<ol><li>ทุกกลุ่มงานร่วมจัดทำลักษณะสำคัญขององค์การและประเมินองค์การด้วยตนเองให้ครบ 7 หมวด</li>"
        "<li>ผู้รับผิดชอบแต่ละหมวดรวบรวมหลักฐานและรายงานความก้าวหน้าตามกำหนดเวลาในแผนปฏิบัติงาน</li>"
        "<li>นำผลการประเมินไปจัดทำแผนปรับปรุงองค์การ และติดตามผลทุกรอบ 6, 9 และ 12 เดือน</li></ol>"
        "<p>จึงประกาศให้ทราบโดยทั่วกัน</p>",
    ),
    StartingText(
        "announcement-committees",
        ANNOUNCEMENT,
        _("Announcement of the committees"),
        "รายชื่อคณะกรรมการและคณะทำงานพัฒนาคุณภาพการบริหารจัดการภาครัฐ ประจำปีงบประมาณ พ.ศ. {year}",
        "<p>ตามที่ {office} ได้มีคำสั่งแต่งตั้งคณะกรรมการและคณะทำงานพัฒนาคุณภาพ"
        "การบริหารจัดการภาครัฐ ประจำปีงบประมาณ พ.ศ. {year} แล้วนั้น</p>"
        "<p>เพื่อให้บุคลากรทราบผู้รับผิดชอบในแต่ละหมวด จึงประกาศรายชื่อคณะกรรมการและคณะทำงาน "
        "ตามคำสั่งดังกล่าว และให้ทุกกลุ่มงานให้ความร่วมมือในการให้ข้อมูลและหลักฐาน</p>"
        "<p>จึงประกาศให้ทราบโดยทั่วกัน</p>",
    ),
)
BY_CODE = {text.code: text for text in STARTING_TEXTS}
