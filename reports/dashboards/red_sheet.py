"""The red items as an Excel file: one row an item, in the order of the page."""

from collections.abc import Iterable

from core.excel_files import text_table
from core.thai_numerals import format_decimal
from improvement.monitoring.traffic import Traffic
from reports.dashboards.red import RedItem

HEADS = (
    ("ที่", 6), ("ประเภท", 14), ("หมวด/รหัส", 12), ("กิจกรรม/ตัวชี้วัด", 60),
    ("ผู้รับผิดชอบ", 30), ("สถานะ", 14), ("เลยกำหนด (วัน)", 16), ("ร้อยละของแผน", 16),
)  # fmt: skip
KINDS = {"action": "กิจกรรม", "indicator": "ตัวชี้วัด"}
WORDS = {Traffic.OVERDUE: "เลยกำหนด", Traffic.AT_RISK: "เสี่ยง"}


def write_sheet(items: Iterable[RedItem]) -> bytes:
    """Return the Excel file of the items."""
    lines = [
        [
            str(number),
            KINDS[item.kind],
            item.code,
            item.title,
            item.owner,
            WORDS[item.word],
            str(item.days) if item.days else "",
            "" if item.share is None else format_decimal(item.share, 2),
        ]
        for number, item in enumerate(items, start=1)
    ]
    return text_table("งานที่เสี่ยงและเลยกำหนด", HEADS, lines)
