"""Thai text: normal form, dictionary order, folding for search, and what a line must not cut."""

import re
import unicodedata
from functools import lru_cache

from django.utils.html import format_html, format_html_join

from core.thai_dates import MONTHS, SHORT_MONTHS

LEADING_VOWELS = "เแโใไ"
TONES_AND_MARKS = "็่้๊๋์ํ๎"
_LEADING = re.compile(f"([{LEADING_VOWELS}])([ก-ฮ])")


def normalize(text: str) -> str:
    """Return the text in the one form that is stored and compared.

    NFC; nikhahit + sara aa becomes sara am; two sara e become sara ae; a tone before an upper
    vowel goes after it; zero-width spaces and NUL, which PostgreSQL refuses, go. User text is not
    otherwise corrected.
    """
    text = unicodedata.normalize("NFC", text)
    text = text.replace("\u200b", "").replace("\ufeff", "").replace("\x00", "")
    text = re.sub("ํ([่-๋]?)า", r"\1ำ", text).replace("เเ", "แ")
    return re.sub("([่-๋])([ัิ-ฺ])", r"\2\1", text)


def sort_key(text: str) -> str:
    """Return a key that sorts in Thai dictionary order (Royal Institute).

    A leading vowel sorts after the consonant it precedes; tones and marks count only between
    words that are otherwise the same, so they follow at the end of the key.
    """
    text = normalize(text).lower()
    swapped = _LEADING.sub(r"\2\1", text)
    bare = "".join(letter for letter in swapped if letter not in TONES_AND_MARKS)
    marks = "".join(
        f"{place:03d}{letter}" for place, letter in enumerate(swapped) if letter in TONES_AND_MARKS
    )
    return f"{bare}\x20{marks}".strip()[:240]


def fold_for_search(text: str) -> str:
    """Return the text for comparing what was typed with what is stored: no tones, no spaces."""
    text = normalize(text).lower()
    return "".join(
        letter for letter in text if letter not in TONES_AND_MARKS and not letter.isspace()
    )


_DIGIT = "[0-9๐-๙]"
# No figure is longer; without an end, rows of digits would take time by their square.
_FIGURE = rf"{_DIGIT}(?:[0-9๐-๙.,/]{{0,40}}{_DIGIT})?"
_MONTHS = "|".join(re.escape(name) for name in [*MONTHS, *SHORT_MONTHS])
# A unit is not the beginning of a longer word: "3 ข้อ" but "3 ข้อร้องเรียน".
_UNITS = (
    "ล้านบาท|บาท|วัน(?!ที่)|สัปดาห์|เดือน|ไตรมาส|ปี(?!งบ)|ชั่วโมง|นาที|คน|คะแนน|หมวด(?!หมู่)|"
    "ข้อร้องเรียน|ข้อ(?!เสนอ|มูล|ตกลง|กำหนด|สังเกต)|ครั้ง|ฉบับ|หน้า(?!ที่)|เรื่อง|รายการ|ระดับ|"
    "ประเด็น|หัวข้อ|ตัวชี้วัด|โครงการ|แห่ง|เล่ม|คณะ|จุด(?!เด่น|เน้น)|เท่า|ชุด|ขั้นตอน|กลุ่มงาน|"
    "กิจกรรม|ช่องทาง|กระบวนการ|อำเภอ|ตำแหน่ง|รอบ|ด้าน|แผ่น"
)
_VERBS = (
    "เห็นชอบ|อนุมัติ|น้อยกว่า|เกิน|ผ่าน|ครบถ้วน|ครบ|พบ|ถูกต้อง|สามารถ|ดำเนินการ|แก้ไข|ต้องการ|ต้อง|"
    "ได้|มี|เป็น|ใช่|รับทราบ|รับรอง|รับผิดชอบ|รับ"
)
_AFTER_ACT = (
    "ดำเนินงาน|ดำเนินการ|ปฏิบัติงาน|ปฏิบัติการ|ปฏิบัติราชการ|ประเมิน|พัฒนา|บริหาร|แบ่ง|สมัคร|ตอบ|"
    "วิเคราะห์|จัดการ|มุ่งเน้น|วางแผน|ปรับปรุง|ติดตาม|เรียนรู้|ประชุม|สื่อสาร|มีส่วนร่วม|แก้ไข|"
    "ให้บริการ|ทบทวน|ถ่ายทอด|ป้องกัน|เผยแพร่|เสนอ|วัด|นำองค์การ"
)
_AFTER_STATE = (
    "รู้(?!สึก)|เข้าใจ|โปร่งใส|เสี่ยง|พึงพอใจ|ผูกพัน|เห็นชอบ|คิดเห็น|ตระหนัก|พร้อม|ท้าทาย|สำเร็จ|"
    "ยั่งยืน|ร่วมมือ|ต้องการ|คาดหวัง|สำคัญ|เชื่อมโยง|เชื่อมั่น|ก้าวหน้า|คุ้มค่า|ปลอดภัย|สามารถ|"
    "เป็นเลิศ|รับผิดชอบ|เรียบร้อย"
)
_AFTER_PERSON = (
    "มีส่วนได้ส่วนเสีย|รับบริการ|รับผิดชอบ|อำนวยการ|บริหาร|ปฏิบัติงาน|มาติดต่อ|ปกครอง|แทน|ช่วยเลขานุการ|ช่วย|"
    "เกี่ยวข้อง|ประสานงาน|จัดทำ|เชี่ยวชาญ"
)
_COMPOUNDS = (
    "ระบบปฏิบัติการ|ระบบสารสนเทศ|คณะกรรมการ|คณะทำงาน|กลุ่มงาน|คำสั่ง|ข้อเสนอแนะ|ส่วนราชการ|"
    "ระยะเวลา|ต่อเนื่อง|แผนปฏิบัติงาน|แผนปรับปรุง|แผนการดำเนินงาน|องค์กร|องค์การ|ด้วยตนเอง|คุณภาพงาน|"
    "มาตรฐาน|ผลลัพธ์|ตัวชี้วัด|สำคัญของ|เว็บไซต์|เป้าหมาย|หนังสือเชิญ|ปีต่อไป|ลำดับ|เห็นชอบ|"
    "อนุมัติ|ถูกต้อง|กระทรวงศึกษาธิการ|สำนักงานเขตพื้นที่การศึกษา|ประถมศึกษา|มัธยมศึกษา|"
    "เลขานุการ|สถานศึกษา|ชำนาญการพิเศษ|ชำนาญการ|ปฏิบัติการ|จัดทำ|ประจำปี|มาพร้อมนี้|ถัดไป|คาดการณ์"
)
# The first that fits wins, so longer ones stand before what they contain.
_WHOLE = (
    rf"(?:ลงวันที่ |วันที่ |ที่ )?{_DIGIT}{{1,2}} (?:{_MONTHS})"
    rf"(?: (?:พ\.ศ\. ?)?{_DIGIT}{{2,4}}(?!{_DIGIT}))?",
    rf"(?:{_MONTHS}) ?{_DIGIT}{{4}}",
    rf"(?:ประถม|มัธยม)ศึกษา[ก-๎]{{0,20}} เขต ?{_DIGIT}+",
    rf"(?:ครั้งที่|ขั้นตอนที่|ฉบับที่|คำสั่งที่|ที่|หมวด|ข้อ|เขต|ร้อยละ|มาตรา|ปี|พ\.ศ\.) ?{_FIGURE}",
    rf"(?:จำนวน )?{_FIGURE} ?(?:{_UNITS})",
    rf"{_DIGIT}{{1,2}}[.:]{_DIGIT}{{2}} น\.",
    # A telephone number with its extension.
    rf"(?:โทร\. ?)?[0๐](?: {_DIGIT}{{4}}){{2}}(?: ต่อ {_DIGIT}{{1,5}})?",
    rf"\[?{_DIGIT}\.{_DIGIT}{{1,2}}-{_DIGIT}+\]?",
    rf"(?:การเป็น)?ระบบราชการ ?{_DIGIT}\.{_DIGIT}",
    rf"ระบบราชการ ?{_DIGIT}\.{_DIGIT}",
    rf"PMQA {_DIGIT}\.{_DIGIT}",
    r"\([^()]{2,30}\)",
    r"(?:สำนักงาน )?(?<![ก-๎])(?:[ก-ฮ]{1,5}\.){1,10}",
    # A person: title and first name, then the surname.
    r"(?<![ก-๎])(?:นาย|นางสาว|นาง|ว่าที่ร้อยตรี ?|ดร\. ?)[ก-๎]{2,18} [ก-๎]{2,20}(?![ก-๎])",
    rf"ไม่(?:{_VERBS})",
    rf"การ(?:{_AFTER_ACT})",
    rf"ความ(?:{_AFTER_STATE})",
    rf"ผู้(?:{_AFTER_PERSON})",
    *(_COMPOUNDS, "|".join(MONTHS)),
)
_FIGURE_GOES_ON = re.compile(rf"{_DIGIT}[.,/:]?{_DIGIT}\Z")
_LETTER = re.compile(r"[\u0e01-\u0e4e]|[^\W_]")
_NOT_AFTER_A_BREAK = "ฯๆ"


def wrap_protected(text: str, column_chars: int | None = None, names: tuple[str, ...] = ()) -> str:
    """Return the text as HTML in which dates, amounts and compounds stay on one line.

    Kept whole: dates, "ครั้งที่ ๑/๒๕๖๘", number with unit, ไม่ with its verb, words in brackets,
    compounds of การ, ความ and ผู้, and the caller's `names`, as far as they fit into a column of
    `column_chars` letters; of what does not fit, the parts are kept. Where a letter or digit
    touches such a span, `<wbr>` offers the break that WeasyPrint would not take.
    """
    pattern = _pattern(names)
    pieces, start, place = [], 0, 0
    while found := pattern.search(text, place):
        too_wide = column_chars is not None and shown_length(found.group()) > column_chars
        if too_wide or _cuts_a_figure(found):
            place = found.start() + 1
            continue
        between = text[start : found.start()]
        pieces += [format_html("{}", between), _kept_whole(between[-1:], found)]
        start = place = found.end()
    pieces.append(format_html("{}", text[start:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _cuts_a_figure(found: re.Match) -> bool:
    """Tell whether the match begins inside a figure: of "30 เม.ย." never "0 เม.ย." alone."""
    return bool(_FIGURE_GOES_ON.search(found.string[max(0, found.start() - 2) : found.start() + 1]))


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    named = (re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile("|".join([*named, *_WHOLE]))


def shown_length(text: str) -> int:
    """Return how many letters wide the text is: marks above and below take no width."""
    return sum(unicodedata.category(letter) != "Mn" for letter in text)


def _kept_whole(before: str, found: re.Match) -> str:
    """Return the span with a break offered on each side; `before` is the letter before, if any."""
    after = found.string[found.end() :][:1]
    span = format_html('<span class="pmqa-nowrap">{}</span>', found.group())
    if _LETTER.match(before):
        span = format_html("<wbr>{}", span)
    if _LETTER.match(after) and after not in _NOT_AFTER_A_BREAK:
        span = format_html("{}<wbr>", span)
    return span
