"""What people and offices choose: kinds by channel, quiet hours, digest, escalation."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import (
    AgencyNoticeSettings,
    ContactSettings,
    NoticePreference,
    Notification,
)
from notifications.notices import write_rows
from tests.agencies.factories import make_office
from tests.notifications.factories import notice

pytestmark = pytest.mark.django_db
PAGE = "/accounts/notices/"
# Papers that are ready are told in the portal alone.
ALL_MAIL = [
    f"{kind}:email"
    for kind in (
        "assigned", "decision", "returned", "approved", "due_soon", "overdue", "escalation",
        "comment", "meeting", "round", "window", "other",
    )
]  # fmt: skip


def test_person_mutes_one_kind_and_sets_hours(client_for):
    office = make_office()
    wanted = [value for value in ALL_MAIL if value != "comment:email"]
    answer = client_for(office.officer).post(
        PAGE,
        {"wanted": wanted, "quiet_from": "20.00", "quiet_until": "๐๗.๐๐", "wants_digest": "on"},
    )
    assert answer.status_code == 302
    rows = NoticePreference.objects.values_list("user", "kind", "channel", "is_wanted")
    assert list(rows) == [(office.officer.pk, "comment", "email", False)]
    saved = ContactSettings.objects.get()
    assert (saved.quiet_from, saved.quiet_until, saved.wants_digest) == (
        dt.time(20),
        dt.time(7),
        True,
    )
    # Everything wanted again: the defaults hold, no row is left.
    client_for(office.officer).post(PAGE, {"wanted": ALL_MAIL})
    assert not NoticePreference.objects.exists()
    assert ContactSettings.objects.get().wants_digest is False


def test_bad_hours_come_back_in_thai_and_lose_nothing(client_for):
    office = make_office()
    answer = client_for(office.officer).post(
        PAGE, {"wanted": ["assigned:email"], "quiet_from": "25.00", "quiet_until": "7.00"}
    )
    assert "เขียนเวลา" in answer.text
    assert 'value="25.00"' in answer.text
    assert answer.text.count(" checked") == 1
    assert not ContactSettings.objects.exists()


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("20.00", "", "ทั้งสองเวลา"),
        ("", "7.00", "ทั้งสองเวลา"),
        ("7.00", "7.00", "ต้องต่างจากเวลาเริ่ม"),
    ],
)
def test_quiet_hours_need_two_different_times(start, end, words, client_for):
    office = make_office()
    answer = client_for(office.officer).post(PAGE, {"quiet_from": start, "quiet_until": end})
    assert words in answer.text


def test_unknown_kinds_and_channels_write_nothing(client_for):
    office = make_office()
    client_for(office.officer).post(
        PAGE, {"wanted": [*ALL_MAIL, "x:email", "comment:webhook", "z"]}
    )
    assert not NoticePreference.objects.exists()


def test_line_is_offered_where_the_portal_has_an_account(settings, client_for):
    office = make_office()
    assert 'id="channel-line"' not in client_for(office.officer).get(PAGE).text
    settings.LINE_CHANNEL_ACCESS_TOKEN = "token"
    assert 'id="channel-line"' in client_for(office.officer).get(PAGE).text


def test_office_sets_digest_and_escalation(client_for):
    office = make_office()
    page = office.url("notifications/settings/")
    answer = client_for(office.officer).post(
        page, {"digest_at": "9.15", "escalate_after_days": "", "escalates_to_officers": "on"}
    )
    assert answer.status_code == 302
    saved = AgencyNoticeSettings.objects.get(agency=office.agency)
    assert (saved.digest_at, saved.escalate_after_days) == (dt.time(9, 15), None)
    assert (saved.escalates_to_head, saved.escalates_to_officers) == (False, True)
    assert office.agency.audit_entries.filter(action="notices.settings").count() == 1
    answer = client_for(office.officer).post(
        page, {"digest_at": "9.15", "escalate_after_days": "0"}
    )
    assert answer.status_code == 200
    assert AgencyNoticeSettings.objects.get().escalate_after_days is None


def test_list_is_filtered_by_kind_and_unread_and_marked_one_by_one(client_for):
    office = make_office()
    write_rows(
        [
            notice(office, kind="comment", number=1, title="ความเห็นใหม่"),
            notice(office, kind="meeting", number=2, title="เชิญประชุม", url="/o/x/"),
        ]
    )
    client = client_for(office.officer)
    home = office.url("notifications/")
    page = client.get(home).text
    assert "ความเห็นใหม่" in page and "เชิญประชุม\nhttp" in page
    comments = client.get(home, {"kind": "comment"}).text
    assert "ความเห็นใหม่" in comments and "เชิญประชุม" not in comments

    comment = Notification.objects.get(kind="comment")
    answer = client.post(office.url(f"notifications/{comment.pk}/read/?kind=comment&unread=1"))
    assert answer.url == f"{home}?kind=comment&unread=1&"
    comment.refresh_from_db()
    assert comment.read_at is not None
    assert "ความเห็นใหม่" not in client.get(home, {"unread": "1"}).text
    assert "ไม่มีรายการ" in client.get(home, {"kind": "comment", "unread": "1"}).text


def test_unread_notices_are_counted_for_pages_and_not_for_saves(client_for):
    office = make_office()
    write_rows([notice(office, kind="meeting", number=1, title="เชิญประชุม")])
    client = client_for(office.officer)
    address = office.url("notifications/settings/")
    pages = [
        client.get(address),
        client.post(address, {"digest_at": "9.15", "escalate_after_days": "0"}),
    ]
    assert [page.context["page"]["unread"] for page in pages] == [1, 1]
    with CaptureQueriesContext(connection) as queries:
        assert client.post(address, {"digest_at": "9.15"}).status_code == 302
    assert not any("notifications_notification" in row["sql"] for row in queries)
