"""Forms of agenda: five items, six with เรื่องสืบเนื่อง, a briefing, and the office's own.

Source: ระเบียบวาระการประชุม as Thai offices use it; the six-item form is the usual variant.
"""

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from committees.enums import AgendaKind, MeetingKind
from committees.models import AgendaTemplate

Heading = dict[str, str]

_INFORMS = {"kind": "chair_informs", "title": "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"}
_CONFIRM = {"kind": "confirm_minutes", "title": "เรื่องรับรองรายงานการประชุม"}
_ARISING = {"kind": "arising", "title": "เรื่องสืบเนื่อง"}
_FOR_INFORMATION = {"kind": "for_information", "title": "เรื่องที่เสนอให้ที่ประชุมทราบ"}
_FOR_CONSIDERATION = {"kind": "for_consideration", "title": "เรื่องที่เสนอให้ที่ประชุมพิจารณา"}
_OTHER = {"kind": "other", "title": "เรื่องอื่น ๆ (ถ้ามี)"}

SHIPPED: dict[str, list[Heading]] = {
    "six": [_INFORMS, _CONFIRM, _ARISING, _FOR_INFORMATION, _FOR_CONSIDERATION, _OTHER],
    "five": [_INFORMS, _CONFIRM, _FOR_INFORMATION, _FOR_CONSIDERATION, _OTHER],
    "briefing": [
        _INFORMS,
        {"kind": "for_information", "title": "เรื่องชี้แจง"},
        {"kind": "other", "title": "ตอบข้อซักถาม"},
    ],
}
NAMES = {
    "six": _("Six items, with matters arising"),
    "five": _("Five items"),
    "briefing": _("Briefing or training: three items"),
}
MOST_HEADINGS = 30


def choices(agency: Agency) -> list[tuple[str, str]]:
    """Return the forms of agenda to choose from: the shipped ones, then the office's own."""
    own = AgendaTemplate.objects.filter(agency=agency).values_list("pk", "name")
    return [*NAMES.items(), *((f"own-{pk}", name) for pk, name in own)]


def default_for(kind: str) -> str:
    return "six" if kind == MeetingKind.COMMITTEE else "briefing"


def headings_of(agency: Agency, choice: str) -> list[Heading]:
    """Return the headings of a choice; KeyError when the office has no such form."""
    if choice in SHIPPED:
        return SHIPPED[choice]
    own = AgendaTemplate.objects.filter(agency=agency, pk=choice.removeprefix("own-")).first()
    if own is None:
        raise KeyError(choice)
    return own.headings


def lines_of(headings: list[Heading]) -> str:
    """Return the headings as one edits them: one a line."""
    return "\n".join(heading["title"] for heading in headings)


def headings_from(lines: str) -> list[Heading]:
    """Return the headings that the lines name; what each is for is read from its words."""
    titles = [line.strip() for line in lines.splitlines() if line.strip()]
    return [{"kind": kind_of(title), "title": title} for title in titles]


_WORDS = (
    ("รับรองรายงาน", AgendaKind.CONFIRM_MINUTES),
    ("สืบเนื่อง", AgendaKind.ARISING),
    ("ประธาน", AgendaKind.CHAIR_INFORMS),
    ("พิจารณา", AgendaKind.FOR_CONSIDERATION),
    ("ทราบ", AgendaKind.FOR_INFORMATION),
    ("ชี้แจง", AgendaKind.FOR_INFORMATION),
)


def kind_of(title: str) -> str:
    """Return what a heading is for, by the words that offices use in it; else "other"."""
    return next((kind.value for word, kind in _WORDS if word in title), AgendaKind.OTHER.value)
