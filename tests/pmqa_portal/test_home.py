import datetime as dt
from types import SimpleNamespace

from assessments.enums import CategoryStatus
from notifications.due_items import DueItem
from pmqa_portal.home import grouped
from pmqa_portal.reminder_text import owing, reminder_text

TODAY = dt.date(2026, 11, 21)


def item(title, due_on=None, object_type="workflows.step"):
    return DueItem(object_type, "1", title, "", due_on, "/", "", (1,))


def row(number, status, champion=None, unproved=0):
    return {
        "number": number,
        "champion": champion,
        "category_assessment": SimpleNamespace(status=status, due_on=None),
        "category": SimpleNamespace(title="การนำองค์การ"),
        "segments": [{"code": "1.1", "state": "written"}, {"code": "1.2", "state": "empty"}],
        "unproved": unproved,
    }


def test_grouped_puts_decisions_first_and_dates_in_order():
    items = [
        item("late", dt.date(2026, 11, 20)),
        item("today", TODAY),
        item("in a week", dt.date(2026, 11, 28)),
        item("in eight days", dt.date(2026, 11, 29)),
        item("order", object_type="approvals.approvalrequest"),
    ]
    groups = [
        (group["key"], [row.title for row in group["items"]]) for group in grouped(items, TODAY)
    ]
    assert groups == [
        ("decide", ["order"]),
        ("overdue", ["late"]),
        ("soon", ["today", "in a week"]),
        ("later", ["in eight days"]),
    ]


def test_grouped_folds_what_is_far_off_and_counts_it():
    [later] = grouped([item(str(number), dt.date(2027, 6, 30)) for number in range(6)], TODAY)
    assert (later["count"], len(later["items"]), len(later["more"])) == (6, 4, 2)


def test_owing_leaves_out_what_was_sent():
    rows = [row(1, CategoryStatus.RETURNED), row(2, CategoryStatus.SUBMITTED)]
    assert [entry["number"] for entry in owing(rows)] == [1]


def test_reminder_text_is_thai_and_names_champion_and_what_is_left(settings):
    settings.BASE_URL = "https://pmqa.example"
    rows = [row(1, CategoryStatus.WRITING, champion="นางสุภาพร ตัวอย่างใจ", unproved=3)]
    text = reminder_text(SimpleNamespace(code="demo"), 2570, rows)
    assert (
        "- หมวด 1 การนำองค์การ (นางสุภาพร ตัวอย่างใจ): เขียนแล้ว 1 จาก 2 หัวข้อ · ยังขาดหลักฐาน 3 ข้อ"
    ) in text
    assert text.endswith("https://pmqa.example/o/demo/2570/")


def test_reminder_text_is_empty_when_everything_was_sent():
    assert reminder_text(SimpleNamespace(code="demo"), 2570, []) == ""
