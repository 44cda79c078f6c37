"""The administrator's page: what stands still, what failed, and mending it."""

import datetime as dt

import pytest

from agencies.models import AuditEntry
from core import clock
from notifications import address_flags, operations, schedules, tasks
from notifications.models import AddressFlag, Delivery, Schedule, Webhook
from tests.agencies.factories import make_office
from tests.notifications.test_deliveries import make_delivery

pytestmark = pytest.mark.django_db


def page_of(client_for, office, user):
    return client_for(user).get(office.url("notifications/operations/"))


def test_page_says_that_nothing_runs_and_then_that_it_does(client_for):
    office = make_office()
    administrator = office.people["administrator"]
    assert "งานเบื้องหลังหยุดอยู่" in page_of(client_for, office, administrator).text

    schedules.tick(worker="worker@machine")

    page = page_of(client_for, office, administrator)
    assert "งานเบื้องหลังหยุดอยู่" not in page.text
    assert "worker@machine" in {row.name for row in page.context["machinery"].workers}
    assert "ข้อความที่รอส่ง" in page.text and "ทุก 1 นาที" in page.text
    # Only who runs the server may start and pause what runs for all offices.
    assert "ทำทันที" not in page.text


def test_page_shows_stuck_messages_of_the_own_office_only(client_for):
    office, other = make_office(), make_office("other")
    make_delivery(office, status="failed", error="550 no such person")
    make_delivery(other, status="failed", error="552 mailbox full")
    page = page_of(client_for, office, office.people["administrator"]).text
    assert "550 no such person" in page
    assert "552 mailbox full" not in page


def test_why_a_schedule_failed_is_told_to_who_runs_the_server_only(client_for):
    office = make_office()
    schedules.write_table()
    words = "IntegrityError: Key (title)=(ลับของอีกหน่วยงาน)"
    Schedule.objects.filter(name="send-reminders").update(
        last_result=words, last_run_at=clock.now()
    )
    administrator = office.people["administrator"]
    page = page_of(client_for, office, administrator).text
    assert "ลับของอีกหน่วยงาน" not in page and "ไม่สำเร็จ" in page
    administrator.is_superuser = True
    administrator.save()
    assert "ลับของอีกหน่วยงาน" in page_of(client_for, office, administrator).text


def test_all_failed_are_sent_again_but_not_unknown_nor_flagged(client_for, mailoutbox):
    office = make_office()
    unknown = make_delivery(office, status="unknown")
    failed = make_delivery(office, status="failed")
    flagged = make_delivery(office, office.director, status="failed")
    address_flags.flag(flagged, "550")

    client_for(office.people["administrator"]).post(office.url("notifications/operations/retry/"))

    states = dict(Delivery.objects.values_list("pk", "status"))
    assert states[unknown.pk] == "unknown"
    assert states[flagged.pk] == "failed"
    assert states[failed.pk] in {"pending", "sent"}
    assert AuditEntry.objects.filter(action="messages.retry").count() == 1


def test_one_message_sent_again_by_hand_clears_its_flag():
    office = make_office()
    delivery = make_delivery(office, status="failed")
    address_flags.flag(delivery, "550")
    assert operations.send_once_more(delivery, office.officer)
    assert AddressFlag.objects.get().cleared_by == office.officer


def test_flag_is_cleared_on_the_page(client_for):
    office = make_office()
    address_flags.flag(make_delivery(office), "550 5.1.1 no such person")
    administrator = client_for(office.people["administrator"])
    flag = AddressFlag.objects.get()
    assert "550 5.1.1" in administrator.get(office.url("notifications/operations/")).text
    administrator.post(office.url(f"notifications/operations/flags/{flag.pk}/clear/"))
    assert "550 5.1.1" not in administrator.get(office.url("notifications/operations/")).text


def test_wrong_line_token_is_shown_for_what_it_is(client_for, settings):
    settings.LINE_CHANNEL_ACCESS_TOKEN = "old"
    office = make_office()
    make_delivery(office, channel="line", error="LINE 401 Authentication failed")
    page = page_of(client_for, office, office.people["administrator"]).text
    assert "LINE ไม่รับข้อความจากระบบ" in page


def test_who_runs_the_server_pauses_and_starts_schedules(client_for):
    office = make_office()
    administrator = office.people["administrator"]
    administrator.is_superuser = True
    administrator.save()
    schedules.write_table()
    row = Schedule.objects.get(name="sweep-deliveries")
    later = clock.now() + dt.timedelta(hours=1)
    Schedule.objects.filter(pk=row.pk).update(next_run_at=later)
    browser, base = client_for(administrator), f"notifications/operations/schedules/{row.pk}/"

    browser.post(office.url(base + "run/"))
    row.refresh_from_db()
    assert row.next_run_at <= clock.now()
    browser.post(office.url(base + "switch/"))
    row.refresh_from_db()
    assert row.is_active is False


def test_webhook_shows_its_secret_once(client_for):
    office = make_office()
    browser = client_for(office.people["administrator"])
    form = {"name": "สารบรรณ", "url": "https://example.org/in", "kinds": ["overdue"]}

    added = browser.post(office.url("notifications/webhooks/add/"), form)

    hook = Webhook.objects.get()
    assert (hook.kinds, hook.is_active, len(hook.secret)) == (["overdue"], True, 43)
    assert hook.secret in added.text
    assert hook.secret not in browser.get(office.url("notifications/webhooks/")).text
    renewed = browser.post(office.url(f"notifications/webhooks/{hook.pk}/secret/"))
    first, hook = hook.secret, Webhook.objects.get()
    assert hook.secret != first and hook.secret in renewed.text
    browser.post(office.url(f"notifications/webhooks/{hook.pk}/switch/"))
    assert Webhook.objects.get().is_active is False


@pytest.mark.parametrize("url", ["http://example.org/", "ftp://example.org/", "https://u:p@a.org/"])
def test_bad_address_of_a_webhook_is_refused_at_the_field(client_for, url):
    office = make_office()
    answer = client_for(office.people["administrator"]).post(
        office.url("notifications/webhooks/add/"), {"name": "x", "url": url}
    )
    assert answer.context["form"].errors.keys() == {"url"}
    assert not Webhook.objects.exists()


def test_test_message_tells_on_the_row_how_it_went(client_for):
    office = make_office()
    hook = Webhook.objects.create(
        agency=office.agency, name="x", url="https://127.0.0.1/", secret="s"
    )
    client_for(office.people["administrator"]).post(
        office.url(f"notifications/webhooks/{hook.pk}/test/")
    )
    tasks.try_webhook(hook.pk)
    assert Webhook.objects.get().last_error == "the address leads into a private network"


def test_office_whose_reminders_fail_keeps_nobody_back(monkeypatch):
    make_office("first"), make_office("last")
    done = []

    def write(agency):
        if agency.code == "first":
            raise ValueError("broken provider")
        done.append(agency.code)

    monkeypatch.setattr("notifications.reminders.write_reminders", write)
    with pytest.raises(ValueError, match="broken provider"):
        tasks.send_reminders()
    assert done == ["last"]
