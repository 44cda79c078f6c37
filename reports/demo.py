"""Letters and a certificate of the demo office's finished year: positions stand for names."""

import datetime as dt

from agencies.models import Agency, User
from core.clock import frozen
from reports.certificates import writing as certificates
from reports.letters import writing as letters
from reports.letters.starting_texts import BY_CODE
from reports.models import Letter

# As an office's register would have numbered them.
MEMO_NUMBER = "ศธ 04000/124"
RECIPIENTS = (
    ("คณะทำงานหมวด 3", "การให้ความสำคัญกับผู้รับบริการและผู้มีส่วนได้ส่วนเสีย"),
    ("กลุ่มนโยบายและแผน", "หน่วยงานที่ส่งหลักฐานครบถ้วนก่อนกำหนด"),
    ("เลขานุการคณะทำงาน PMQA", "กลุ่มอำนวยการ"),
)


def load_letters(
    agency: Agency,
    year: int,
    *,
    officer: User,
    announced_on: dt.date,
    reported_on: dt.date,
    given_on: dt.date,
) -> None:
    """Write a memo, issue an announcement and write a certificate, each on its day.

    Does nothing when the office has letters of the year.
    """
    if Letter.objects.filter(agency=agency, fiscal_year=year).exists():
        return
    with frozen(announced_on):
        said = letters.begin(agency, year, BY_CODE["announcement-cycle"], officer)
        letters.issue(said, officer, number="", dated_on=announced_on, version=said.version)
    with frozen(reported_on):
        memo = letters.begin(agency, year, BY_CODE["memo-results"], officer)
        letters.issue(memo, officer, number=MEMO_NUMBER, dated_on=reported_on, version=memo.version)
    with frozen(given_on):
        words = {
            "title": "เกียรติบัตร",
            "reason": f"มีผลงานดีเด่นในการพัฒนาคุณภาพการบริหารจัดการภาครัฐ ประจำปีงบประมาณ พ.ศ. {year}",
            "given_on": given_on,
            "signers": certificates.usual_signers(agency),
        }
        certificates.begin(agency, year, words, RECIPIENTS, officer)
