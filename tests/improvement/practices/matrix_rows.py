"""Who may open what of best practices and lessons; tests/improvement/matrix.py takes these in."""

from decimal import Decimal

from assessments.models import OfficialResult
from core import clock
from improvement.practices import lessons, writing
from tests.improvement.practices.factories import add_photo, make_practice
from tests.permission_matrix.table import (
    ADMINISTRATORS,
    DEPUTIES,
    EVERYONE,
    OBSERVERS,
    OFFICERS,
    literal,
    row,
)

KEEPERS = OFFICERS | DEPUTIES
# The paper below was begun by champion1.
WRITERS = KEEPERS | {"champion1"}
BEGINNERS = KEEPERS | {"champion1", "champion2"}
NOTERS = EVERYONE - OBSERVERS - ADMINISTRATORS
LESSON = {"title": "นัดหมายล่วงหน้า", "kind": "lesson", "fiscal_year": "2570", "version": "1"}


def objects(office):
    """A whole paper, its photograph, a lesson, and a result that the paper may take over."""
    champion, officer = office.people["champion1"], office.people["officer"]
    practice = make_practice(office, owner=champion)
    OfficialResult.objects.create(
        agency=office.agency,
        fiscal_year=practice.fiscal_year,
        body="หน่วยงานตัวอย่าง",
        scale="0-5",
        total=Decimal("4.5"),
        entered_by=officer,
        entered_at=clock.now(),
    )
    return {
        "practice": practice,
        "practice_photo": practice.photos.first(),
        "lesson": note(office, champion, "นัดหมายล่วงหน้า"),
    }


def more(office, count):
    """Further papers, photographs and lessons."""
    officer = office.people["officer"]
    for number in range(count):
        writing.begin(office.agency, office.year, {"title": f"ผลงาน {number}"}, officer)
        note(office, officer, f"บทเรียน {number}")
    for number in range(5):
        add_photo(office["practice"], officer, shade=number)


def note(office, by, title):
    fields = {"fiscal_year": 2570, "kind": "lesson", "title": title, "text": "จดไว้ทุกครั้ง"}
    return lessons.add_lesson(office.agency, fields, by)


def version_of(office):
    return {"version": office["practice"].version}


PRACTICE = {"pk": "practice"}
PHOTO = PRACTICE | {"photo_pk": "practice_photo"}
FACTS = {"title": "ผลงาน", "version": "2"}
PICTURED = {"caption": "ภาพ", "level": "office", "version": "2"}

ROWS = [
    row("practices:list", get=EVERYONE),
    row("practices:add", get=BEGINNERS, post=BEGINNERS, data={"title": "ผลงานใหม่"}),
    row("practices:practice", get=EVERYONE, ids=PRACTICE),
    row("practices:facts", get=WRITERS, post=WRITERS, ids=PRACTICE, data=FACTS),
    row("practices:remove", post=WRITERS, ids=PRACTICE, data={"version": "2"}),
    row("practices:heading", get=EVERYONE, ids=PRACTICE | {"number": literal(8)}),
    row(
        "practices:section-save",
        post=WRITERS,
        ids=PRACTICE | {"code": literal("5.plan")},
        data={"text": "<p>วางแผน</p>", "version": "0"},
    ),
    row(
        "practices:section-take",
        post=WRITERS,
        ids=PRACTICE | {"code": literal("7.1")},
        data={"number": "0"},
    ),
    row(
        "practices:letters",
        post=WRITERS,
        ids=PRACTICE,
        data={"letter_0": "S", "word_0": "Service", "version": "2"},
    ),
    row("practices:transition", post=WRITERS, ids=PRACTICE | {"name": literal("submit")}),
    row(
        "practices:flow-chart",
        post=WRITERS,
        ids=PRACTICE,
        data={"version": "2", "remove": "1"},
    ),
    row("practices:photo-add", post=WRITERS, ids=PRACTICE, data=PICTURED),
    row("practices:photo-edit", get=WRITERS, post=WRITERS, ids=PHOTO, data=PICTURED),
    row("practices:photo-remove", post=WRITERS, ids=PHOTO, data={"version": "2"}),
    row("practices:photo-move", post=WRITERS, ids=PHOTO | {"direction": literal("down")}),
    row("practices:lessons", get=EVERYONE),
    row(
        "practices:lesson-add",
        get=NOTERS,
        post=NOTERS,
        data=LESSON,
        foreign_data=lambda own, other: LESSON | {"practice": other["practice"].pk},
    ),
    row("practices:lesson", get=EVERYONE, ids={"pk": "lesson"}),
    row("practices:lesson-edit", get=WRITERS, post=WRITERS, ids={"pk": "lesson"}, data=LESSON),
    row("practices:lesson-remove", post=WRITERS, ids={"pk": "lesson"}, data={"version": "1"}),
]
