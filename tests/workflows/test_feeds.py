"""Calendar subscriptions: who may read them, and what stands in them."""

import datetime as dt
import logging

import pytest
import vobject
from django.test import Client

from agencies.enums import OfficeRole
from agencies.models import AgencyMembership, AuditEntry
from notifications.due_items import due_items
from tests.agencies.factories import make_office
from tests.workflows.factories import UNKNOWN, day, make_cycle, months
from workflows import feeds
from workflows.enums import ResponsibleKind
from workflows.models import AwardStage, CalendarFeed
from workflows.shift_plans import plan_shift
from workflows.shifting import apply_shift
from workflows.steps import finish_step

pytestmark = pytest.mark.django_db

DIRECTOR = {
    "responsible_kind": ResponsibleKind.OFFICE_ROLE,
    "responsible_value": OfficeRole.DIRECTOR,
    "responsible_text": "ผู้อำนวยการ",
}


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2026-11-16"))
    return make_office()


def _read(token, **headers):
    return Client().get(f"/calendar/{token}.ics", headers=headers)


def _events(response):
    calendar = vobject.readOne(response.content.decode())
    return {
        event.uid.value.partition("@")[0]: event for event in calendar.contents.get("vevent", [])
    }


def test_feed_holds_due_items_windows_and_award_stages_of_the_person(office):
    cycle = make_cycle(
        office.agency, [[DIRECTOR, months(5, 14)], [months(8, 8)], [DIRECTOR, UNKNOWN]]
    )
    stage = AwardStage.objects.create(
        agency=office.agency,
        fiscal_year=2570,
        award="รางวัลเลิศรัฐ",
        title="รับสมัคร",
        starts_on=day("2026-12-01"),
        ends_on=day("2027-01-15"),
    )
    _feed, token = feeds.issue_feed(office.agency, office.director)
    response = _read(token)
    assert (response.status_code, response["Content-Type"]) == (
        200,
        "text/calendar; charset=utf-8",
    )
    assert response["Cache-Control"] == "private, no-store"
    step = cycle.steps.get(number=1)
    assert {
        key: (str(event.summary.value), event.dtstart.value, event.dtend.value)
        for key, event in _events(response).items()
    } == {
        # 31 December 2027 is a holiday, so the step is due on 4 January 2028.
        f"due-workflows.step-{step.pk}": (
            "ครบกำหนด: ขั้นตอน 1",
            day("2028-01-04"),
            day("2028-01-05"),
        ),
        f"step-{step.pk}-window-1": ("ขั้นที่ 1 ขั้นตอน 1", day("2027-03-01"), day("2028-01-01")),
        f"award-{stage.pk}": ("รางวัลเลิศรัฐ: รับสมัคร", day("2026-12-01"), day("2027-01-16")),
    }
    window = _events(response)[f"step-{step.pk}-window-1"]
    assert window.description.value == (
        f"{cycle.version.procedure.name}\nผู้รับผิดชอบ: ผู้อำนวยการ\nครบกำหนด 4 มกราคม 2571"
    )
    assert window.url.value == (f"http://127.0.0.1:8000/o/office/2570/calendar/steps/{step.pk}/")


def test_feed_has_every_dated_item_that_reminders_read(office):
    make_cycle(office.agency, [[months(7, 7)], [months(8, 9)], [UNKNOWN], [DIRECTOR, months(1, 1)]])
    _feed, token = feeds.issue_feed(office.agency, office.officer)
    events = _events(_read(token))
    assert sorted(
        (event.url.value, event.dtstart.value)
        for key, event in events.items()
        if key.startswith("due-")
    ) == sorted(
        (f"http://127.0.0.1:8000{item.url}", item.due_on)
        for item in due_items(office.agency, office.officer)
        if item.due_on
    )


def test_a_shifted_step_keeps_its_uid_and_counts_up(office, frozen_today):
    step = make_cycle(office.agency, [[months(7, 7)]]).steps.get()
    _feed, token = feeds.issue_feed(office.agency, office.officer)
    before = _events(_read(token))
    frozen_today(day("2026-11-20"))
    days = day("2027-05-01"), day("2027-06-10")
    plan = plan_shift(step, 1, *days)
    apply_shift(step, 1, *days, office.officer, reason="ประชุมเลื่อน", token=plan.token)
    after = _events(_read(token))
    assert set(before) == set(after)
    assert {e.sequence.value for e in before.values()} == {"0"}
    assert {e.dtend.value for e in before.values()} == {day("2027-06-01")}
    assert {e.sequence.value for e in after.values()} == {"1"}
    assert {e.dtend.value for e in after.values()} == {day("2027-06-11")}
    assert {e.last_modified.value for e in after.values()} == {
        dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
    }


def test_a_done_step_is_no_longer_due_but_stays(office, frozen_today):
    step = make_cycle(office.agency, [[months(0, 0)]]).steps.get()
    _feed, token = feeds.issue_feed(office.agency, office.officer)
    finish_step(step, office.officer, day("2026-11-16"), 1)
    events = _events(_read(token))
    assert {key: event.summary.value for key, event in events.items()} == {
        f"step-{step.pk}-window-1": "เสร็จแล้ว: ขั้นที่ 1 ขั้นตอน 1"
    }


def test_feed_answers_304_until_something_changes(office, frozen_today):
    step = make_cycle(office.agency, [[months(7, 7)]]).steps.get()
    _feed, token = feeds.issue_feed(office.agency, office.officer)
    first = _read(token)
    frozen_today(day("2026-11-17"))
    again = _read(token, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert _read(token, if_modified_since=first["Last-Modified"]).status_code == 304
    assert _read(token).content == first.content
    step.windows.update(due_on=day("2027-06-02"))
    assert _read(token, if_none_match=first["ETag"]).status_code == 200
    assert _read(token, if_modified_since=first["Last-Modified"]).status_code == 200


def _left(office, feed):
    AgencyMembership.objects.filter(user=office.member).update(is_active=False)


def _disabled(office, feed):
    office.member.is_active = False
    office.member.save()


def _closed(office, feed):
    office.agency.is_active = False
    office.agency.save()


def _revoked(office, feed):
    assert feeds.revoke_feed(office.agency, office.member)


def _renewed(office, feed):
    feeds.issue_feed(office.agency, office.member)


@pytest.mark.parametrize("change", [_left, _disabled, _closed, _revoked, _renewed])
def test_feed_is_not_found_after(office, caplog, change):
    caplog.set_level(logging.CRITICAL, "django.request")
    feed, token = feeds.issue_feed(office.agency, office.member)
    assert _read(token).status_code == 200
    change(office, feed)
    assert _read(token).status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 43, "ก" * 10, "b" * 5000])
def test_feed_of_an_unknown_token_is_not_found(office, caplog, token):
    caplog.set_level(logging.CRITICAL, "django.request")
    feeds.issue_feed(office.agency, office.member)
    assert _read(token).status_code == 404


def test_only_the_hash_of_the_token_is_kept(office):
    feed, token = feeds.issue_feed(office.agency, office.member)
    assert len(token) == 43
    assert token not in str(CalendarFeed.objects.values().get())
    assert len(feed.token_hash) == 64
    assert AuditEntry.objects.filter(action="feed.issue").count() == 1


def test_feed_is_not_read_more_than_sixty_times_an_hour(office, caplog, frozen_today):
    caplog.set_level(logging.CRITICAL, "django.request")
    _feed, token = feeds.issue_feed(office.agency, office.member)
    assert {_read(token).status_code for _number in range(60)} == {200}
    refused = _read(token)
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    frozen_today(day("2026-11-17"))
    assert _read(token).status_code == 200


def test_feed_remembers_when_it_was_last_read(office, frozen_today):
    feed, token = feeds.issue_feed(office.agency, office.member)
    _read(token)
    feed.refresh_from_db()
    assert feed.last_read_at == dt.datetime(2026, 11, 16, 2, 0, tzinfo=dt.UTC)


def test_the_address_is_shown_once_and_can_be_ended(office, client_for):
    client = client_for(office.observer)
    page, renew = "/o/office/subscription/", "/o/office/subscription/renew/"
    assert "/calendar/" not in _main(client.get(page))
    shown = client.post(renew)
    address = shown.context["address"]
    assert address.startswith("http://127.0.0.1:8000/calendar/")
    assert address in shown.content.decode()
    assert address not in client.get(page).content.decode()
    assert Client().get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert client.post("/o/office/subscription/revoke/").status_code == 302
    assert CalendarFeed.objects.get().revoked_at is not None


def _main(response):
    return response.content.decode().partition("<main")[2].replace("/2570/calendar/", "")


def test_year_file_holds_every_step_of_the_year(office, client_for):
    cycle = make_cycle(office.agency, [[DIRECTOR, months(7, 7)], [months(8, 8), UNKNOWN]])
    make_cycle(make_office("other").agency, [[months(7, 7)]])
    response = client_for(office.member).get("/o/office/2570/calendar/year.ics")
    assert response["Content-Disposition"] == 'attachment; filename="pmqa-office-2570.ics"'
    assert sorted(_events(response)) == sorted(
        f"step-{step.pk}-window-1" for step in cycle.steps.all()
    )


@pytest.mark.parametrize("count", [1, 30])
def test_feed_queries_do_not_grow(office, django_assert_num_queries, count):
    make_cycle(office.agency, [[months(7, 7), months(8, 8)] for _number in range(count)])
    _feed, token = feeds.issue_feed(office.agency, office.officer)
    with django_assert_num_queries(15):
        assert _read(token).status_code == 200
