"""What stands on the foot of a frozen paper, and the code that a phone reads from it."""

import datetime as dt
import re
from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.thai_dates import format_long
from core.thai_numerals import to_thai_digits
from documents.models import PaperJob
from documents.paper_digits import uses_thai_digits


@dataclass(frozen=True)
class Seal:
    """What stands on the foot of every page of a frozen paper: who decided, and the code."""

    words: str
    code: str

    @property
    def url(self) -> str:
        """Return the whole address at which the paper can be verified."""
        return f"{settings.BASE_URL}{reverse('verify:paper', args=[self.code])}"

    @property
    def address(self) -> str:
        """Return where the paper can be verified, as short as it is typed."""
        return re.sub(r"^https?://", "", self.url).rstrip("/")

    @property
    def qr(self) -> str:
        """Return the address as a QR code, a drawing in a data URI; its quiet zone is the paper."""
        code = segno.make(self.url, error="l", micro=False)
        return code.svg_data_uri(border=0, omitsize=True, encode_minimal=False)


def seal_of_job(job: PaperJob) -> Seal | None:
    """Return the seal of a paper that is issued by hand: which issue, by whom, when."""
    if not job.sequence:
        return None
    digits = to_thai_digits if uses_thai_digits(job.agency) else str
    who = f"{job.requested_by.get_full_name()} {job.requested_by.position}".strip()
    words = f"ฉบับทางการ ครั้งที่ {job.sequence} ออกโดย {who} เมื่อ {moment(job.claimed_at)}"
    return Seal(digits(words), job.code)


def moment(instant: dt.datetime) -> str:
    """Return day and time in Bangkok as feet of papers say them."""
    at = timezone.localtime(instant, clock.BANGKOK)
    return f"{format_long(at.date(), 'th')} เวลา {at:%H.%M} น."
