"""The papers of a meeting as Word files, for offices that go on writing there."""

import datetime as dt
from collections.abc import Sequence

from committees.meetings import papers_words as words
from committees.meetings.papers_agenda import agenda_data
from committees.meetings.papers_invitation import invitation_data
from committees.meetings.papers_minutes import decided_minutes, office_line, says_by_itself
from committees.models import Meeting
from documents.official_words import contact_words, sender_lines
from documents.word.official import (
    SIGNATURE_AT,
    add_emblem_space,
    add_listed,
    add_memo_head,
    add_opening,
    add_signature,
    add_speed,
)
from documents.word.rich_text import add_rich, blocks_of
from documents.word.sheet import Run, WordSheet

# Where text stands beside "ระเบียบวาระที่ 1", in mm, and where numbers of sub-items end.
TEXT_AT, NUMBER_ENDS = 33, 30.5


def _sheet(meeting: Meeting, title: str, **options) -> WordSheet:
    thai = words.is_thai(meeting.agency)
    return WordSheet(title=title, author=meeting.agency.name_th, thai_digits=thai, **options)


def _head(sheet: WordSheet, lines: Sequence[str]) -> None:
    for line in lines:
        sheet.paragraph(Run(line, bold=True), align="centre")
    sheet.paragraph("_" * 20, align="centre")


def _item(sheet: WordSheet, number: str, depth: int, title: str) -> None:
    if depth:
        sheet.paragraph(
            f"\t{number}\t{title}",
            left=TEXT_AT,
            first=-TEXT_AT,
            tab_right=NUMBER_ENDS,
            tabs=[TEXT_AT],
            keep=True,
        )
        return
    label = Run(f"ระเบียบวาระที่ {number}\t{title}", bold=True)
    sheet.paragraph(label, left=TEXT_AT, first=-TEXT_AT, tabs=[TEXT_AT], before=8, keep=True)


def agenda_docx(meeting: Meeting) -> bytes:
    """Return the agenda as a Word file."""
    digits = words.digits_of(meeting.agency)
    data = agenda_data(meeting)
    sheet = _sheet(meeting, data["heading"][0])
    _head(sheet, [digits(line) for line in data["heading"]])
    for item in data["items"]:
        _item(sheet, digits(item["number"]), item["depth"], digits(item["title"]))
        presenter = [f"ผู้นำเสนอ {item['presenter']}"] if item["presenter"] else []
        attached = [f"เอกสารประกอบ {title}" for title in item["papers"]]
        for line in [item["none"], *item["detail"], *presenter, *attached]:
            if line:
                sheet.paragraph(digits(line), left=TEXT_AT)
    return sheet.content()


def minutes_docx(meeting: Meeting) -> bytes:
    """Return the minutes as a Word file: as confirmed, else as they stand now."""
    data = decided_minutes(meeting)
    digits = words.digits_of(meeting.agency)
    sheet = _sheet(meeting, data["heading"])
    day = words.weekday_words(dt.date.fromisoformat(data["held_on"]))
    lines = [data["heading"], office_line(data), data["number"], f"เมื่อ{day}", data["place"]]
    _head(sheet, [digits(line) for line in lines if line])
    _people(sheet, "ผู้มาประชุม", data["present"], digits)
    _people(sheet, "ผู้ไม่มาประชุม", data["absent"], digits, absent=True)
    if data["in_attendance"]:
        _people(sheet, "ผู้เข้าร่วมประชุม", data["in_attendance"], digits)
    if data["identified_by"]:
        said = digits(data["identified_by"])
        label = "การแสดงตนเพื่อร่วมประชุมผ่านสื่ออิเล็กทรอนิกส์  "
        sheet.paragraph([Run(label, bold=True), said], before=6)
    _hour(sheet, "เริ่มประชุมเวลา", data["opened_at"], digits)
    _said(sheet, data["items"], digits)
    _hour(sheet, "เลิกประชุมเวลา", data["closed_at"], digits)
    if data["corrections"]:
        label = Run("การแก้ไขเมื่อรับรองรายงานการประชุม", bold=True)
        sheet.paragraph(label, before=6, keep=True)
        for line in words.lines_of(data["corrections"]):
            sheet.paragraph(digits(line))
    _signers(sheet, data, digits)
    return sheet.content()


def _people(sheet, title: str, rows: list[dict], digits, *, absent: bool = False) -> None:
    sheet.paragraph(Run(title, bold=True), before=6, keep=True)
    if not rows:
        sheet.paragraph(words.NONE, left=8)
        return
    lines = []
    for place, row in enumerate(rows, start=1):
        position = row["position"] if absent else f"{row['position']}\n{row['remark']}".strip()
        last = row["remark"] if absent else row["role"]
        lines.append([digits(t) for t in (f"{place}.", row["name"], position, last)])
    sheet.table(lines, [10, 48, 62, 40])


def _hour(sheet, label: str, hour: str | None, digits) -> None:
    time = words.time_words(dt.time.fromisoformat(hour) if hour else None)
    sheet.paragraph([Run(f"{label}  ", bold=True), digits(time)], before=8)


def _said(sheet, items: list[dict], digits) -> None:
    """Add the items; what was resolved stays on one page with the words before it."""
    for place, item in enumerate(items):
        _item(sheet, digits(item["number"]), item["depth"], digits(item["title"]))
        has_subs = place + 1 < len(items) and items[place + 1]["depth"] > item["depth"]
        if blocks_of(item["html"]):
            add_rich(sheet, item["html"], digits, TEXT_AT)
            if item["resolutions"]:
                sheet.document.paragraphs[-1].paragraph_format.keep_with_next = True
        elif not (has_subs or says_by_itself(item)):
            sheet.paragraph(words.NONE, left=TEXT_AT)
        for text in item["resolutions"]:
            sheet.paragraph([Run("มติที่ประชุม  ", bold=True), digits(text)], left=TEXT_AT)


def _signers(sheet, data: dict, digits) -> None:
    sheet.paragraph(before=24, keep=True)
    cells = []
    for role, person in (
        ("ผู้จดรายงานการประชุม", data["recorder"]),
        ("ผู้ตรวจรายงานการประชุม", data["checker"]),
    ):
        name = digits(person["name"]) if person else words.DOTS * 3
        cells.append(f"(ลงชื่อ){words.DOTS * 3}\n({name})\n{role}")
    table = sheet.table([cells], [80, 80])
    for cell in table.rows[0].cells:
        cell.paragraphs[0].alignment = 1


def invitation_docx(meeting: Meeting) -> bytes:
    """Return the invitation, memo or letter, with its form for the reply as a Word file."""
    data = _in_digits(invitation_data(meeting), words.digits_of(meeting.agency))
    sheet = _sheet(meeting, data["subject"], top=15)
    if data["is_letter"]:
        _letter_head(sheet, data)
    else:
        _memo_head(sheet, data)
    for text in data["paragraphs"]:
        sheet.paragraph(text, first=25, before=6)
    if data["is_letter"]:
        sheet.paragraph("ขอแสดงความนับถือ", left=SIGNATURE_AT, align="centre", before=12, keep=True)
    add_signature(sheet, data["signer"]["name"], data["signer"]["position"], space=60)
    if data["is_letter"]:
        owner = [data["unit"] or data["office"], *_contact(data)]
        for place, line in enumerate(owner):
            sheet.paragraph(line, before=0 if place else 24)
    if data["listed"]:
        _listed(sheet, data)
    _reply(sheet, data)
    return sheet.content()


def _in_digits(value, digits):
    if isinstance(value, dict):
        return {key: _in_digits(inner, digits) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_digits(inner, digits) for inner in value]
    return digits(value) if isinstance(value, str) else value


def _contact(data: dict) -> list[str]:
    return contact_words(data["phone"], data["email"])


def _memo_head(sheet: WordSheet, data: dict) -> None:
    sender = sender_lines(data["unit"], data["office"], data["phone"], data["email"])
    add_memo_head(
        sheet,
        sender=sender,
        number=data["number"],
        day=data["day"],
        subject=data["subject"],
        speed=data["speed"],
    )
    add_opening(sheet, "เรียน", data["to"])


def _letter_head(sheet: WordSheet, data: dict) -> None:
    add_emblem_space(sheet)
    add_speed(sheet, data["speed"])
    number = f"ที่  {data['number'] or words.DOTS * 2}"
    place = "\n".join([data["office"], *data["address"]])
    sheet.table([[number, place]], [96, 64])
    sheet.paragraph(data["day"] or words.DOTS * 2, left=80, before=6)
    add_opening(sheet, "เรื่อง", data["subject"])
    add_opening(sheet, "เรียน", data["to"])
    add_listed(sheet, "สิ่งที่ส่งมาด้วย", data["enclosures"])


def _listed(sheet: WordSheet, data: dict) -> None:
    sheet.page_break()
    sheet.paragraph(Run("บัญชีรายชื่อแนบท้าย", bold=True), align="centre")
    sheet.paragraph(data["listed_under"], align="centre")
    sheet.table([list(row.values()) for row in data["listed"]], [11, 60, 89])


def _reply(sheet: WordSheet, data: dict) -> None:
    reply, dots = data["reply"], words.DOTS
    sheet.page_break()
    _head(sheet, ["แบบตอบรับการเข้าร่วมประชุม", reply["gathering"], reply["when"], reply["where"]])
    for text, left in (
        (f"ชื่อ – สกุล {dots * 8}", 0),
        (f"ตำแหน่ง {dots * 8}", 0),
        (f"หน่วยงาน {dots * 8}", 0),
        ("☐  เข้าร่วมประชุมได้", 12),
        (f"☐  ไม่สามารถเข้าร่วมประชุมได้ เนื่องจาก {dots * 4}", 12),
        ("☐  มอบหมายผู้แทนเข้าร่วมประชุม", 12),
        (f"ชื่อ – สกุล {dots * 7}", 19),
        (f"ตำแหน่ง {dots * 7}", 19),
    ):
        sheet.paragraph(text, left=left, before=6)
    for place, line in enumerate((f"(ลงชื่อ) {dots * 3}", f"({dots * 3})", f"วันที่ {dots * 3}")):
        sheet.paragraph(line, left=SIGNATURE_AT, align="centre", before=0 if place else 36)
    by = f"ภายในวันที่ {reply['by']} " if reply["by"] else ""
    where = "  ".join([f"{data['unit']} {data['office']}".strip(), *_contact(data)])
    sheet.paragraph(f"โปรดส่งแบบตอบรับ{by}ที่{where} หรือตอบรับทางลิงก์ในอีเมลเชิญประชุม", before=24)
