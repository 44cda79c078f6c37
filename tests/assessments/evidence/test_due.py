"""Evidence that expires waits for its owner; who is given evidence or a topic is told once."""

import datetime as dt

import pytest

from assessments.evidence import add_evidence
from assessments.evidence.keeping import set_owner
from assessments.models import Evidence, ProfileAnswer
from assessments.profile.writing import name_owner
from core import clock
from notifications.due_items import due_items
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

pytestmark = pytest.mark.django_db


def kept(office, started, title, days=None, **fields):
    evidence = add_evidence(started.answer("1.2"), office.officer, title=title, note="บันทึก")
    valid = clock.today() + dt.timedelta(days=days) if days is not None else None
    Evidence.objects.filter(pk=evidence.pk).update(valid_until=valid, **fields)
    return evidence


def waiting(office, user):
    return [
        (item.title, (item.due_on - clock.today()).days)
        for item in due_items(office.agency, user)
        if item.object_type == "assessments.evidence"
    ]


def test_expiring_evidence_waits_for_its_owner_and_keeps_its_secrets():
    office = make_office()
    started = make_assessment(office)
    kept(office, started, "ใบรับรอง", 30)
    kept(office, started, "หมดแล้ว", -2, owner=office.champion1)
    kept(office, started, "ลับ", 3, owner=office.champion1, is_confidential=True)
    kept(office, started, "อีกนาน", 31)
    kept(office, started, "ตลอดไป")

    assert waiting(office, office.officer) == [("ต่ออายุหลักฐาน 1.2-01 ใบรับรอง", 30)]
    assert waiting(office, office.champion1) == [
        ("ต่ออายุหลักฐาน 1.2-02 หมดแล้ว", -2),
        ("ต่ออายุหลักฐาน 1.2-03", 3),
    ]


def test_new_owner_of_evidence_is_told_once_for_all_pieces():
    office = make_office()
    started = make_assessment(office)
    rows = [kept(office, started, "หนึ่ง"), kept(office, started, "สอง")]
    for _again in range(2):
        set_owner(list(Evidence.objects.order_by("pk")), office.champion1, office.officer)
    notice = Notification.objects.get(rule="evidence_given")
    assert (notice.recipient, notice.kind) == (office.champion1, "assigned")
    assert notice.title == "ท่านเป็นผู้ดูแลหลักฐาน 2 รายการ: 1.2-01, 1.2-02"
    assert len(rows) == 2


def test_owner_of_a_topic_is_told_but_not_whoever_names_himself():
    office = make_office()
    make_assessment(office)
    answer = ProfileAnswer.objects.order_by("topic__number").first()
    name_owner(answer, office.officer, office.officer)
    assert not Notification.objects.filter(rule="topic_assigned").exists()
    name_owner(answer, office.champion1, office.officer)
    notice = Notification.objects.get(rule="topic_assigned")
    assert (notice.recipient, notice.kind) == (office.champion1, "assigned")
