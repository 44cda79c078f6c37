"""Questions to other units: asked with a day, answered in the portal or by a link, once.

An answer may come from somebody who has no account; therefore the state moves by one conditional
UPDATE here and not through the approvals engine, which knows people only.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, Unit, User
from assessments.addresses import item_address
from assessments.enums import QuestionStatus
from assessments.models import ItemAnswer, UnitQuestion
from assessments.sharing.open_year import hold_open
from core import clock, throttle
from core.thai_dates import format_short
from core.tokens import LONGEST_TOKEN
from documents.models import StoredFile
from documents.stored_files import store_upload
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.enums import CycleStatus

LONGEST = 8_000
# One question takes this many attempts at an answer an hour, whoever sends them.
ANSWERS, ANSWERS_SECONDS = 10, 60 * 60


class QuestionShut(Exception):
    """The question takes no answer: it was answered, withdrawn, or its year is closed."""


def agency_of(question: UnitQuestion) -> Agency:
    return question.item_answer.category_assessment.assessment.cycle.agency


def reply_path(question: UnitQuestion) -> str:
    """Return the address under which the unit answers without signing in."""
    return reverse("question:reply", args=[question.token])


def page_path(question: UnitQuestion) -> str:
    """Return the address of the question for people who sign in."""
    cycle = question.item_answer.category_assessment.assessment.cycle
    return reverse(
        "assessments:question-detail", args=[cycle.agency.code, cycle.fiscal_year, question.pk]
    )


def question_of(token: str) -> UnitQuestion | None:
    """Return the question of a token; None for an unknown one and an office no longer active."""
    if len(token) > LONGEST_TOKEN:
        return None
    whole = "item_answer__category_assessment__assessment__cycle"
    return (
        UnitQuestion.objects.filter(token=token, **{f"{whole}__agency__is_active": True})
        .select_related("unit__head", "item_answer__item", f"{whole}__agency", "asked_by")
        .first()
    )


def may_try_now(question: UnitQuestion) -> bool:
    """Count an attempt, and return whether the question took few enough within the hour."""
    return throttle.count(f"unit-question-{question.pk}", ANSWERS_SECONDS) <= ANSWERS


def ask(answer: ItemAnswer, unit: Unit, text: str, due_on: dt.date, by: User) -> UnitQuestion:
    """Ask the unit and tell its head with the reply link. Raises NotEditable (closed year)."""
    whole = answer.category_assessment.assessment
    with transaction.atomic():
        hold_open(whole)
        question = UnitQuestion.objects.create(
            item_answer=answer,
            unit=unit,
            text=text.strip(),
            due_on=due_on,
            asked_by=by,
            asked_at=clock.now(),
        )
        _record("question.ask", question, by, after={"text": question.text, "due_on": str(due_on)})
        _tell_head(question)
    return question


def answer(
    question: UnitQuestion, text: str, *, name: str = "", file=None, by: User | None = None
) -> None:
    """Store the unit's answer, the first one that comes; tell who asked.

    `file` is an upload, checked and kept as every file; `by` is who is signed in, if anybody.
    Raises QuestionShut, or ValidationError for the file; then nothing is written.
    """
    with transaction.atomic():
        rows = UnitQuestion.objects.filter(
            pk=question.pk,
            status=QuestionStatus.ASKED,
            item_answer__category_assessment__assessment__cycle__status=CycleStatus.OPEN,
        )
        taken = UnitQuestion.objects.filter(
            pk__in=rows.values("pk"), status=QuestionStatus.ASKED
        ).update(
            status=QuestionStatus.ANSWERED,
            answer=text.strip(),
            answered_at=clock.now(),
            answered_by=by,
            answered_name="" if by else name.strip()[:160],
            version=F("version") + 1,
        )
        if not taken:
            raise QuestionShut
        stored: StoredFile | None = None
        if file is not None:
            stored = store_upload(agency_of(question), file, by)
        UnitQuestion.objects.filter(pk=question.pk).update(answer_file=stored)
        question.refresh_from_db()
        _record("question.answer", question, by, after={"answer": question.answer})
        _tell_asker(question)


def settle(question: UnitQuestion, target: str, by: User) -> None:
    """Withdraw an open question ("closed") or ask an answered or withdrawn one again ("asked").

    What was answered stays in the audit log. Raises QuestionShut when it stands so already or
    the year is closed.
    """
    sources = {
        QuestionStatus.CLOSED: (QuestionStatus.ASKED,),
        QuestionStatus.ASKED: (QuestionStatus.ANSWERED, QuestionStatus.CLOSED),
    }[target]
    with transaction.atomic():
        hold_open(question.item_answer.category_assessment.assessment)
        before = {"status": question.status, "answer": question.answer}
        moved = UnitQuestion.objects.filter(pk=question.pk, status__in=sources).update(
            status=target, version=F("version") + 1
        )
        if not moved:
            raise QuestionShut
        question.refresh_from_db()
        _record("question.settle", question, by, before=before, after={"status": target})
        if target == QuestionStatus.ASKED:
            _tell_head(question)


def shut_because(question: UnitQuestion) -> str:
    """Return why the question takes no answer, or "" while it does."""
    if question.status == QuestionStatus.ANSWERED:
        return _("This question has been answered. Thank you.")
    if question.status == QuestionStatus.CLOSED:
        return _("This question was withdrawn. Nothing more is needed from you.")
    cycle = question.item_answer.category_assessment.assessment.cycle
    if cycle.status != CycleStatus.OPEN:
        return _("The fiscal year of this question is closed.")
    return ""


def is_late(question: UnitQuestion) -> bool:
    return question.status == QuestionStatus.ASKED and question.due_on < clock.today()


def chat_text(question: UnitQuestion) -> str:
    """Return the words to paste into the office's chat, in Thai."""
    item = question.item_answer.item
    return "\n".join(
        [
            f"ขอข้อมูลจาก{question.unit.name} สำหรับ PMQA หัวข้อ {item.code} {item.title_th}",
            question.text,
            f"ขอคำตอบภายใน {format_short(question.due_on, 'th')}",
            f"ตอบที่นี่ (ไม่ต้องลงชื่อเข้าใช้): {settings.BASE_URL}{reply_path(question)}",
        ]
    )


def _record(action: str, question: UnitQuestion, by: User | None, **data) -> None:
    was = data.get("before", {}).get("answer", "")
    summary = f"{question.item_answer.item.code} → {question.unit} {was}".strip()
    audit.record(agency_of(question), by, action, question, summary=summary[:300], **data)


def _tell_head(question: UnitQuestion) -> None:
    head = question.unit.head
    if head is None or not head.is_active:
        return
    with translation.override(settings.LANGUAGE_CODE):
        words = {"code": question.item_answer.item.code, "unit": question.unit}
        notify(
            agency_of(question),
            [head],
            rule="question_asked",
            kind=NoticeKind.ASSIGNED,
            obj=question,
            title=_("Question to %(unit)s about item %(code)s") % words,
            body=_("Answer by %(day)s: %(text)s")
            % {"day": format_short(question.due_on, "th"), "text": question.text[:300]},
            url=reply_path(question),
            occurrence=str(question.version),
        )


def _tell_asker(question: UnitQuestion) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        words = {"code": question.item_answer.item.code, "unit": question.unit}
        notify(
            agency_of(question),
            [question.asked_by],
            rule="question_answered",
            kind=NoticeKind.COMMENT,
            obj=question,
            title=_("%(unit)s answered the question about item %(code)s") % words,
            body=question.answer[:300],
            url=item_address(question.item_answer, "questions"),
            occurrence=str(question.version),
        )
