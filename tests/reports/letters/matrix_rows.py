"""Who may open what of letters; tests/reports/matrix.py takes these in."""

from reports.letters import writing
from reports.letters.starting_texts import BY_CODE
from reports.models import Letter
from tests.permission_matrix.table import EVERYONE, OFFICERS, row


def objects(office):
    """A draft that can be issued."""
    letter = writing.begin(
        office.agency, office.year, BY_CODE["memo-results"], office.people["officer"]
    )
    Letter.objects.filter(pk=letter.pk).update(signer_position="นักวิเคราะห์นโยบายและแผน")
    return {"letter": letter}


def more(office, count):
    """Further letters of the list."""
    for _number in range(count):
        writing.begin(office.agency, office.year, BY_CODE["memo"], office.people["officer"])


LETTER = {"pk": "letter"}
WORDS = {
    "subject": "เรื่องใหม่",
    "sender": "สำนักงาน",
    "addressee": "ผู้อำนวยการ",
    "body": "<p>ข้อความ</p>",
    "version": "1",
}
ISSUED = {"number": "ศธ 1/2", "dated_on": "1/7/2570", "version": "1"}

ROWS = [
    row("letters:list", get=EVERYONE),
    row("letters:new", get=OFFICERS, post=OFFICERS, data={"start": "memo"}),
    row("letters:letter", get=EVERYONE, ids=LETTER),
    row("letters:edit", get=OFFICERS, post=OFFICERS, ids=LETTER, data=WORDS),
    row("letters:copy", post=OFFICERS, ids=LETTER),
    row("letters:remove", post=OFFICERS, ids=LETTER, data={"version": "1"}),
    row("letters:issue", post=OFFICERS, ids=LETTER, data=ISSUED),
]
