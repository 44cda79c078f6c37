"""The ten headings of a best-practice paper, as data.

Source: the best-practice paper of สพป.มหาสารคาม เขต 3, fiscal year 2567 (reference D4). The paper
numbers two items below 4 alike; here every number stands once. The titles are Thai in both
languages: they are the headings of a Thai official paper.
"""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """A text of the paper: its code, the number and title printed, what it should say."""

    code: str
    number: str
    title: str
    hint: Promise
    is_needed: bool = True


@dataclass(frozen=True)
class Heading:
    """One of the ten headings; `parts` are its texts in order."""

    number: int
    title: str
    parts: tuple[Part, ...] = ()


HEADINGS = (
    Heading(1, "ชื่อผลงาน"),
    Heading(
        2,
        "ความเป็นมา",
        (Part("2", "", "", _("Why the work began: policy, problem, need")),),
    ),
    Heading(
        3,
        "วัตถุประสงค์",
        (Part("3", "", "", _("What the work should reach, each point on its own line")),),
    ),
    Heading(
        4,
        "เป้าหมายเชิงปริมาณและคุณภาพ",
        (
            Part("4.1", "4.1", "เชิงปริมาณ", _("Figures to reach, such as a target score")),
            Part("4.2", "4.2", "เชิงคุณภาพ", _("What should be better and for whom")),
        ),
    ),
    Heading(
        5,
        "วิธีการดำเนินงาน/กระบวนการ",
        (
            Part("5", "", "", _("Words before the flow chart"), is_needed=False),
            Part("5.plan", "ระยะที่ 1", "วางแผน (Plan)", _("How it was planned")),
            Part("5.do", "ระยะที่ 2", "ปฏิบัติงานตามแผน (Do)", _("What was carried out")),
            Part("5.check", "ระยะที่ 3", "การตรวจสอบผลการดำเนินงาน (Check)", _("How it was checked")),
            Part("5.act", "ระยะที่ 4", "การสะท้อนผลการดำเนินงาน (Act)", _("What was changed")),
        ),
    ),
    Heading(
        6,
        "รูปแบบ/เทคนิค ที่ทำให้เกิดความสำเร็จ",
        (Part("6", "", "", _("Words before the letters of the model"), is_needed=False),),
    ),
    Heading(
        7,
        "ผลสำเร็จ",
        (
            Part("7.1", "7.1", "เชิงปริมาณ", _("Figures that were reached")),
            Part("7.2", "7.2", "เชิงคุณภาพ", _("What is better now and for whom")),
        ),
    ),
    Heading(
        8,
        "ปัจจัยส่งผลให้เกิดความสำเร็จ",
        (
            Part("8.1", "8.1", "ความพร้อมในการบริหารจัดการ", _("Words before its four sides"), False),
            Part("8.1.1", "8.1.1", "ด้านบุคลากร", _("People")),
            Part("8.1.2", "8.1.2", "ด้านการวางแผน", _("Planning")),
            Part("8.1.3", "8.1.3", "ด้านกระบวนการ", _("Processes")),
            Part("8.1.4", "8.1.4", "ด้านผลลัพธ์", _("Results")),
            Part("8.2", "8.2", "การเสริมสร้างขีดสมรรถนะองค์กร", _("How the office grew abler")),
            Part(
                "8.3",
                "8.3",
                "การสร้างความเข้าใจ การกำกับติดตามและประเมินผล",
                _("How people understood, followed and assessed it"),
            ),
        ),
    ),
    Heading(
        9,
        "การเผยแพร่/ประชาสัมพันธ์/หน่วยงานที่มาศึกษาดูงาน",
        (Part("9", "", "", _("Website, social media, who came to learn")),),
    ),
    Heading(
        10,
        "ตัวอย่างภาพกิจกรรม",
        (Part("10.1", "10.1", "การได้รับการยอมรับ/รางวัล", _("Awards and recognition"), False),),
    ),
)
# The heading under which the letters of the model stand, the flow chart, and the photographs.
LETTERS, FLOW_CHART, PHOTOS = 6, 5, 10
PDCA = ("5.plan", "5.do", "5.check", "5.act")


@cache
def parts() -> dict[str, Part]:
    """Return code → part, in the order of the paper."""
    return {part.code: part for heading in HEADINGS for part in heading.parts}


def heading_of(number: int) -> Heading | None:
    return next((heading for heading in HEADINGS if heading.number == number), None)
