import datetime as dt

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies import audit
from agencies.models import (
    ActingPeriod,
    Agency,
    AgencyMembership,
    AuditEntry,
    Holiday,
    Unit,
    User,
)
from agencies.roles import may_decide_as_director
from tests.agencies.factories import UnitFactory, make_office, make_person

pytestmark = pytest.mark.django_db
NEW_PERSON = {
    "title": "นาง", "first_name": "เกษร", "last_name": "ตัวอย่าง", "position": "ครู",
    "email": "", "phone": "", "unit": "", "role": "staff", "username": "kesorn",
}  # fmt: skip


def membership(office, name):
    return AgencyMembership.objects.get(agency=office.agency, user=office.people[name])


def test_added_person_without_email_gets_a_slip_shown_once(client_for):
    office = make_office()
    client = client_for(office.officer)

    answer = client.post(office.url("settings/people/add/"), NEW_PERSON)

    page = answer.content.decode()
    password = page.split("data-temporary-password>")[1].split("<")[0]
    assert User.objects.get(username="kesorn").check_password(password)
    assert answer.headers["Cache-Control"] == "no-store"
    assert password not in client.get(office.url("settings/people/")).content.decode()


def test_added_person_with_email_gets_a_link(client_for):
    office = make_office()

    client_for(office.officer).post(
        office.url("settings/people/add/"), NEW_PERSON | {"email": "kesorn@example.com"}
    )

    (message,) = mail.outbox
    assert message.to == ["kesorn@example.com"]
    assert "/accounts/password/reset/key/" in message.body


@pytest.mark.parametrize("role", ["administrator", "director"])
def test_officer_cannot_add_or_become_a_higher_role(client_for, role):
    office = make_office()
    client = client_for(office.officer)
    own = membership(office, "officer")

    client.post(office.url("settings/people/add/"), NEW_PERSON | {"role": role})
    client.post(office.url(f"settings/people/{own.pk}/"), NEW_PERSON | {"role": role})

    assert not User.objects.filter(username="kesorn").exists()
    assert membership(office, "officer").role == "officer"


def test_extra_fields_are_ignored(client_for):
    office, other = make_office(), make_office("other")

    client_for(office.officer).post(
        office.url("settings/people/add/"),
        NEW_PERSON
        | {"agency": other.agency.pk, "is_staff": "1", "is_superuser": "1", "password": "x"},
    )

    user = User.objects.get(username="kesorn")
    assert [row.agency for row in user.memberships.all()] == [office.agency]
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_unit_of_another_office_is_no_choice(client_for):
    office, other = make_office(), make_office("other")

    client_for(office.officer).post(
        office.url("settings/people/add/"), NEW_PERSON | {"unit": other.unit.pk}
    )

    assert not User.objects.filter(username="kesorn").exists()


def test_taken_username_is_told_and_typing_kept(client_for):
    office = make_office()

    page = client_for(office.officer).post(
        office.url("settings/people/add/"), NEW_PERSON | {"username": "Officer"}
    )

    assert "ชื่อผู้ใช้นี้มีผู้ใช้แล้ว ใช้ officer1 ได้" in page.content.decode()
    assert 'value="เกษร"' in page.content.decode()


def test_officer_cannot_reset_the_directors_password(client_for):
    office = make_office()
    pk = membership(office, "director").pk
    client = client_for(office.officer)

    for path in ("", "password/", "deactivate/"):
        assert client.get(office.url(f"settings/people/{pk}/{path}")).status_code == 403
        assert client.post(office.url(f"settings/people/{pk}/{path}")).status_code == 403


@pytest.mark.parametrize("count", [1, 3, 40])
def test_people_list_pages_by_30(client_for, count):
    office = make_office()
    for number in range(count):
        make_person(office.agency, f"extra{number:02}")

    answer = client_for(office.officer).get(office.url("settings/people/"))

    assert len(answer.context["page_obj"]) == min(13 + count, 30)


def test_people_list_filters_and_searches(client_for):
    office = make_office()
    unit = UnitFactory(agency=office.agency)
    AgencyMembership.objects.filter(user=office.champion2).update(unit=unit)
    client = client_for(office.officer)

    def shown(query):
        answer = client.get(office.url(f"settings/people/?{query}"))
        return [row.user.username for row in answer.context["page_obj"]]

    assert shown("q=champion5") == ["champion5"]
    assert shown(f"unit={unit.pk}") == ["champion2"]
    assert shown("role=director") == ["director"]
    assert shown("state=inactive") == []


def test_lists_take_the_same_queries_at_1_and_30_rows(client_for):
    office = make_office()
    client = client_for(office.officer)
    paths = [office.url(f"settings/{name}/") for name in ("people", "units", "acting", "audit")]
    counts = []
    for rows in (range(1), range(1, 30)):
        for number in rows:
            unit = UnitFactory(agency=office.agency, head=office.champion1)
            make_person(office.agency, f"extra{number}", unit=unit)
            start = dt.date(2027, 1, 1) + dt.timedelta(days=number)
            ActingPeriod.objects.create(
                agency=office.agency, absent=office.director, acting=office.deputy,
                starts_on=start, ends_on=start,
            )  # fmt: skip
            audit.record(office.agency, office.officer, "test", office.agency)
        counted = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counted.append(len(queries))
        counts.append(counted)

    assert counts[0] == counts[1]
    assert max(counts[1]) <= 15


def test_units_are_added_at_the_end_and_move(client_for):
    office = make_office()
    client = client_for(office.admin)
    client.post(office.url("settings/units/add/"), {"name": "กลุ่มสอง", "short_name": "", "head": ""})
    second = Unit.objects.get(name="กลุ่มสอง")

    client.post(office.url(f"settings/units/{second.pk}/move/"), {"to": "up"})

    assert [unit.name for unit in office.agency.units.all()] == ["กลุ่มสอง", "กลุ่มอำนวยการ"]


def test_unit_with_people_is_not_closed(client_for):
    office = make_office()
    empty = UnitFactory(agency=office.agency)
    client = client_for(office.officer)
    for unit in (office.unit, empty):
        client.post(office.url(f"settings/units/{unit.pk}/switch/"), {"active": "0"})

    assert Unit.objects.get(pk=office.unit.pk).is_active
    assert not Unit.objects.get(pk=empty.pk).is_active


def acting_data(office, **changes):
    return {
        "absent": office.director.pk, "acting": office.deputy.pk, "kind": "acting_for",
        "starts_on": "1/6/2570", "ends_on": "30/6/2570", "order_reference": "9/2570", **changes,
    }  # fmt: skip


def test_acting_period_lends_the_pen_within_its_days(client_for):
    office = make_office()
    client = client_for(office.officer)

    assert client.post(office.url("settings/acting/add/"), acting_data(office)).status_code == 302

    for day, may in [((5, 31), False), ((6, 1), True), ((6, 30), True), ((7, 1), False)]:
        on = dt.date(2027, *day)
        assert may_decide_as_director(office.deputy, office.agency, on) is may


def test_officer_cannot_lend_himself_the_directors_pen(client_for):
    office = make_office()
    data = acting_data(office) | {"acting": office.officer.pk}

    page = client_for(office.officer).post(office.url("settings/acting/add/"), data)

    assert "ไม่สามารถบันทึกให้ตนเองเป็นผู้รักษาราชการแทนได้" in page.content.decode()
    assert not may_decide_as_director(office.officer, office.agency, dt.date(2027, 6, 15))


def test_overlapping_acting_period_is_refused(client_for):
    office = make_office()
    client = client_for(office.officer)
    client.post(office.url("settings/acting/add/"), acting_data(office))

    page = client.post(
        office.url("settings/acting/add/"),
        acting_data(office, acting=office.champion1.pk, starts_on="30/6/2570", ends_on="5/7/2570"),
    )

    assert "รักษาราชการแทนบุคคลนี้อยู่แล้ว" in page.content.decode()
    assert ActingPeriod.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ends_on": "31/5/2570"}, "วันสิ้นสุดต้องไม่อยู่ก่อนวันเริ่มต้น"),
        ({"acting": "director"}, "ผู้รักษาราชการแทนต้องไม่ใช่คนเดียวกัน"),
    ],
)
def test_bad_acting_period_is_told(client_for, changes, message):
    office = make_office()
    if "acting" in changes:
        changes = {"acting": office.director.pk}

    page = client_for(office.officer).post(
        office.url("settings/acting/add/"), acting_data(office, **changes)
    )

    assert message in page.content.decode()
    assert not ActingPeriod.objects.exists()


def test_running_period_ends_today_and_a_future_one_is_withdrawn(client_for, frozen_today):
    frozen_today(dt.date(2027, 6, 15))
    office = make_office()
    client = client_for(office.officer)
    client.post(office.url("settings/acting/add/"), acting_data(office))
    client.post(
        office.url("settings/acting/add/"),
        acting_data(office, starts_on="1/8/2570", ends_on="2/8/2570"),
    )

    for period in ActingPeriod.objects.all():
        client.post(office.url(f"settings/acting/{period.pk}/end/"))

    assert ActingPeriod.objects.get().ends_on == dt.date(2027, 6, 15)


def test_office_settings_read_days_and_ignore_the_code(client_for):
    office = make_office()

    client_for(office.admin).post(
        office.url("settings/office/"),
        {
            "name_th": "ชื่อใหม่", "short_name": "ใหม่", "head_position": "ผอ.",
            "paper_digits": "arabic", "reminder_days": "1, ๑๔, 45", "code": "stolen",
        },
    )  # fmt: skip

    agency = Agency.objects.get(pk=office.agency.pk)
    assert agency.reminder_days == [45, 14, 1]
    # Digits are a matter of the page "look of papers".
    assert (agency.code, agency.paper_digits, agency.reminds_overdue) == (
        "office", "thai", False,
    )  # fmt: skip


def test_bad_reminder_days_are_told(client_for):
    office = make_office()

    page = client_for(office.admin).post(
        office.url("settings/office/"), {"name_th": "x", "reminder_days": "30, สามวัน"}
    )

    assert "ระบุตัวเลข 1 ถึง 180" in page.content.decode()
    assert "30, สามวัน" in page.content.decode()


def test_holiday_year_is_filled_on_request(client_for):
    office = make_office()
    client = client_for(office.officer)
    assert client.get(office.url("settings/holidays/?year=2572")).context["rows"] == []

    client.post(office.url("settings/holidays/fill/"), {"year": "2572"})

    rows = client.get(office.url("settings/holidays/?year=2572")).context["rows"]
    assert rows[0].date == dt.date(2029, 1, 1)
    assert all(row.is_provisional for row in rows)


def test_national_holiday_cannot_be_deleted(client_for):
    office = make_office()
    national = Holiday.objects.get(agency=None, date=dt.date(2027, 4, 13))

    answer = client_for(office.officer).post(office.url(f"settings/holidays/{national.pk}/delete/"))

    assert answer.status_code == 404
    assert Holiday.objects.filter(pk=national.pk).exists()


def test_csv_with_bad_lines_imports_nothing_and_names_each(client_for):
    office = make_office()
    text = "18/6/2570,วันทำบุญ\n31/2/2570,ผิด\n19/6/2570,\n"

    answer = client_for(office.officer).post(
        office.url("settings/holidays/import/"),
        {"year": "2570", "file": SimpleUploadedFile("days.csv", text.encode())},
    )

    assert answer.status_code == 400
    assert "บรรทัดที่ 2" in answer.content.decode()
    assert "บรรทัดที่ 3" in answer.content.decode()
    assert not Holiday.objects.filter(agency=office.agency).exists()


def test_next_year_without_holidays_warns(client_for, frozen_today):
    frozen_today(dt.date(2028, 6, 1))
    office = make_office()

    page = client_for(office.officer).get(office.url("settings/")).content.decode()

    assert "settings/holidays/?year=2572" in page


def test_audit_log_is_read_by_the_director_and_filters(client_for):
    office = make_office()
    client_for(office.officer).post(office.url("settings/people/add/"), NEW_PERSON)
    client = client_for(office.director)

    shown = client.get(office.url("settings/audit/")).context["rows"]
    none = client.get(office.url("settings/audit/?action=unit.add")).context["rows"]

    assert [(entry.action, entry.actor) for entry, _label, _words in shown] == [
        ("person.add", office.officer)
    ]
    assert none == []
    assert AuditEntry.objects.get().address == "127.0.0.1"
    assert client_for(office.member).get(office.url("settings/audit/")).status_code == 403


def test_demo_office_loads_twice_without_doubling():
    from agencies.demo import load_office

    first = load_office()
    counts = [model.objects.count() for model in (Agency, User, Unit, AgencyMembership)]
    assert load_office() == first

    assert [model.objects.count() for model in (Agency, User, Unit, AgencyMembership)] == counts
    assert counts == [2, 20, 11, 20]
    assert first.memberships.get(role="director").user.get_full_name() == "นายกิตติ ตัวอย่างไพศาล"
    assert not User.objects.get(username="officer2").memberships.filter(agency=first).exists()
