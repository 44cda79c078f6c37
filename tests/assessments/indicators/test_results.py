"""Typing the values of a round: who, when, and that nobody's figure is lost."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from agencies.models import AuditEntry
from approvals.transitions import RequirementsMissing, perform
from assessments.enums import Direction, RoundStatus
from assessments.indicators.checking import missing_for_closing
from assessments.indicators.reading import meets
from assessments.models import Indicator, IndicatorValue, MonitoringRound, MonitoringSettings
from documents.models import TextRevision
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.assessments.factories import make_open_cycle
from tests.assessments.indicators.result_rows import RULES, make_round
from workflows.models import Cycle

pytestmark = pytest.mark.django_db
YEAR = 2570
LEVELS = ["60", "70", "80", "90", "100"]
AUTOSAVE = {"X-Requested-With": "autosave"}


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def cycle(office):
    return make_open_cycle(office.agency, YEAR, office.officer)


@pytest.fixture
def kept(cycle):
    return make_round(cycle, 9)


@pytest.fixture
def indicator(office, cycle):
    return Indicator.objects.create(
        cycle=cycle,
        group="7.2",
        name="ความพึงพอใจของผู้รับบริการ",
        unit="ร้อยละ",
        rule="five-levels",
        thresholds=LEVELS,
        target=85,
        owner=office.champion1,
        checker=office.champion2,
    )


def address(office, indicator, tail="round/9/"):
    return office.url(f"{YEAR}/indicators/{indicator.pk}/{tail}")


def store(indicator, value, by, months=9, **fields):
    return IndicatorValue.objects.create(
        indicator=indicator, fiscal_year=YEAR, months=months, value=value, entered_by=by, **fields
    )


def test_owner_types_into_the_row_and_sees_score_and_status(client_for, office, kept, indicator):
    answer = client_for(office.champion1).post(
        address(office, indicator), {"value": "๘๗.๕", "version": 0}, headers=AUTOSAVE
    )
    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["version"], shown["score"], shown["chip"]) == (1, "3.75000", "in_progress")
    assert shown["target"] == "ถึงเป้าหมาย"
    stored = IndicatorValue.objects.get()
    assert (stored.value, stored.status, stored.entered_by) == (
        Decimal("87.5"),
        "entered",
        office.champion1,
    )
    assert AuditEntry.objects.filter(action="indicator.value").count() == 1


def test_a_repeated_request_is_one_save(client_for, office, kept, indicator):
    client = client_for(office.champion1)
    data = {"value": "80", "version": 0, "request_id": "a1"}
    versions = [
        client.post(address(office, indicator), data, headers=AUTOSAVE).json()["version"]
        for _time in range(2)
    ]
    assert versions == [1, 1]
    assert TextRevision.objects.count() == 1


def test_conflict_shows_both_values(client_for, office, kept, indicator):
    client_for(office.champion1).post(address(office, indicator), {"value": "80", "version": 0})
    late = client_for(office.officer).post(
        address(office, indicator), {"value": "90", "version": 0}, headers=AUTOSAVE
    )
    assert late.status_code == 409
    assert (late.json()["text"], late.json()["version"]) == ("80", 1)
    assert late.json()["by"] == str(office.champion1)
    page = client_for(office.officer).post(
        address(office, indicator), {"value": "90", "version": 0}
    )
    assert page.status_code == 409
    assert 'value="90"' in page.text
    assert 'class="pmqa-text">80</span>' in page.text
    assert IndicatorValue.objects.get().value == 80


def test_a_bad_number_is_told_at_its_field_and_kept(client_for, office, kept, indicator):
    client = client_for(office.champion1)
    told = client.post(address(office, indicator), {"value": "มาก", "version": 0}, headers=AUTOSAVE)
    assert told.status_code == 422
    assert "ตัวเลข" in told.json()["message"]
    page = client.post(address(office, indicator), {"value": "มาก", "version": 0})
    assert page.status_code == 422
    assert 'value="มาก"' in page.text
    assert not IndicatorValue.objects.exists()


def test_an_emptied_value_is_missing_and_a_real_0_is_data(client_for, office, kept, indicator):
    client = client_for(office.champion1)
    client.post(address(office, indicator), {"value": "0", "version": 0})
    assert IndicatorValue.objects.get().value == 0
    shown = client.post(address(office, indicator), {"value": "", "version": 1}, headers=AUTOSAVE)
    assert shown.json()["score"] == "–"
    assert IndicatorValue.objects.get().value is None


@pytest.mark.parametrize("status", [RoundStatus.PLANNED, RoundStatus.CLOSED, RoundStatus.ACCEPTED])
def test_only_an_open_round_takes_values(client_for, office, cycle, indicator, status):
    make_round(cycle, 9, status)
    answer = client_for(office.champion1).post(
        address(office, indicator), {"value": "80", "version": 0}, headers=AUTOSAVE
    )
    assert answer.status_code == 423
    assert not IndicatorValue.objects.exists()


def test_a_closed_year_takes_no_values(client_for, office, kept, indicator):
    Cycle.objects.update(status="closed")
    answer = client_for(office.champion1).post(
        address(office, indicator), {"value": "80", "version": 0}
    )
    assert answer.status_code == 409
    assert not IndicatorValue.objects.exists()


def test_others_do_not_type_and_an_officer_in_place_is_recorded(
    client_for, office, kept, indicator
):
    data = {"value": "80", "version": 0}
    for person in (office.champion2, office.director, office.observer):
        assert client_for(person).post(address(office, indicator), data).status_code == 403
    client = client_for(office.officer)
    assert "แทน" in client.get(address(office, indicator, "?round=9")).text
    client.post(address(office, indicator), data)
    assert IndicatorValue.objects.get().entered_by == office.officer


def test_words_are_saved_one_field_at_a_time(client_for, office, kept, indicator):
    client = client_for(office.champion1)
    client.post(address(office, indicator), {"value": "80", "version": 0})
    client.post(address(office, indicator), {"remedy": "เพิ่มช่องทาง", "version": 1})
    stored = IndicatorValue.objects.get()
    assert (stored.value, stored.remedy, stored.version) == (80, "เพิ่มช่องทาง", 2)


def test_the_score_is_explained_in_a_sentence(client_for, office, kept, indicator):
    store(indicator, Decimal("87.5"), office.champion1)
    page = client_for(office.champion1).get(address(office, indicator, "?round=9")).text
    assert "87.5 อยู่ระหว่าง 80 (3) และ 90 (4)" in page
    assert "3 + 7.5 ÷ 10 = 3.75000" in page


def test_a_second_person_confirms_and_the_value_is_locked(client_for, office, kept, indicator):
    value = store(indicator, 80, office.champion1)
    check = office.url(f"{YEAR}/indicators/check/?round=9")
    ticked = {"act": "confirm", "rows": f"{value.pk}:1"}
    assert client_for(office.champion1).post(check, ticked).status_code == 422
    assert client_for(office.champion2).post(check, ticked).status_code == 302
    value.refresh_from_db()
    assert (value.status, value.checked_by, value.version) == ("confirmed", office.champion2, 2)
    late = client_for(office.champion1).post(
        address(office, indicator), {"value": "99", "version": 2}, headers=AUTOSAVE
    )
    assert late.status_code == 423
    value.refresh_from_db()
    assert value.value == 80


def test_returning_needs_a_reason_and_opens_the_value_again(client_for, office, kept, indicator):
    value = store(indicator, 80, office.champion1)
    client = client_for(office.champion2)
    check = office.url(f"{YEAR}/indicators/check/?round=9")
    refused = client.post(check, {"act": "return", "rows": f"{value.pk}:1", "reason": " "})
    assert refused.status_code == 422
    client.post(check, {"act": "return", "rows": f"{value.pk}:1", "reason": "ตัวหารผิด"})
    value.refresh_from_db()
    assert (value.status, value.check_note) == ("returned", "ตัวหารผิด")
    told = Notification.objects.get(recipient=office.champion1)
    assert (told.body, told.kind) == ("ตัวหารผิด", "returned")
    again = client_for(office.champion1).post(
        address(office, indicator), {"value": "82", "version": 2}
    )
    assert again.status_code == 302
    value.refresh_from_db()
    assert (value.status, value.value) == ("entered", 82)


def test_return_is_offered_only_while_the_owner_can_mend(client_for, office, kept, indicator):
    store(indicator, 80, office.champion1)
    client = client_for(office.champion2)
    pages = (
        address(office, indicator, "?round=9"),
        office.url(f"{YEAR}/indicators/check/?round=9"),
    )
    assert all('value="return"' in client.get(page).text for page in pages)
    MonitoringRound.objects.update(status="closed")
    assert not any('value="return"' in client.get(page).text for page in pages)


def test_round_that_is_over_takes_no_more_checks(office, kept, indicator):
    value = store(indicator, 80, office.champion1)
    MonitoringRound.objects.update(status="closed")
    with pytest.raises(RequirementsMissing):
        perform(value, "return", office.champion2, comment="ตัวหารผิด")
    MonitoringRound.objects.update(status="accepted")
    with pytest.raises(RequirementsMissing):
        perform(value, "confirm", office.champion2)
    MonitoringRound.objects.update(status="closed")
    perform(value, "confirm", office.champion2)
    assert value.status == "confirmed"


def test_target_is_met_by_exactly_its_value():
    higher, lower = (Indicator(direction=way, target=Decimal(5)) for way in Direction)
    assert [meets(higher, Decimal(value)) for value in ("4.99", "5", "5.01")] == [False, True, True]
    assert [meets(lower, Decimal(value)) for value in ("4.99", "5", "5.01")] == [True, True, False]
    assert meets(lower, None) is meets(Indicator(), Decimal(5)) is None


def test_who_typed_never_confirms_and_officers_check_what_has_no_checker(
    client_for, office, kept, indicator
):
    Indicator.objects.update(checker=None)
    value = store(indicator, 80, office.officer)
    check = office.url(f"{YEAR}/indicators/check/?round=9")
    ticked = {"act": "confirm", "rows": f"{value.pk}:1"}
    told = client_for(office.officer).post(check, ticked, follow=True)
    assert "ผู้อื่น" in told.text
    IndicatorValue.objects.update(entered_by=office.champion1)
    client_for(office.officer).post(check, ticked)
    value.refresh_from_db()
    assert value.status == "confirmed"


def test_what_is_missing_for_closing_is_said_in_words(office, cycle, kept, indicator):
    waiting = store(indicator, 80, office.champion1)
    late = Indicator.objects.create(cycle=cycle, code="K-1", name="เบิกจ่าย", unit="ร้อยละ")
    with translation.override("th"):
        assert missing_for_closing(kept) == [
            "7.2 ความพึงพอใจของผู้รับบริการ: ยังไม่ตรวจ",
            "K-1 เบิกจ่าย: ยังไม่มีค่า",
        ]
        perform(waiting, "confirm", office.champion2)
        late.delete()
        assert missing_for_closing(kept) == []


def test_the_list_filters_by_person_state_and_item(client_for, office, cycle, kept, indicator):
    store(indicator, 80, office.champion1)
    Indicator.objects.create(cycle=cycle, kind="krs", code="K-1", name="เบิกจ่าย", unit="ร้อยละ")
    client = client_for(office.champion1)
    room = office.url(f"{YEAR}/indicators/?round=9")

    def names(query):
        page = client.get(f"{room}&{query}")
        return [line["indicator"].name for line in page.context["lines"]]

    assert names("who=mine") == ["ความพึงพอใจของผู้รับบริการ"]
    assert names("state=missing") == ["เบิกจ่าย"]
    assert names("state=short") == ["ความพึงพอใจของผู้รับบริการ"]
    assert names("kind=krs") == ["เบิกจ่าย"]
    assert names("group=7.2&state=waiting") == ["ความพึงพอใจของผู้รับบริการ"]
    assert names("q=พอใจ") == ["ความพึงพอใจของผู้รับบริการ"]
    assert names("state=nonsense") == ["ความพึงพอใจของผู้รับบริการ", "เบิกจ่าย"]


def test_days_overdue_are_said(client_for, office, cycle, indicator, frozen_today):
    frozen_today(dt.date(2027, 7, 17))
    make_round(cycle, 9)
    page = client_for(office.officer).get(office.url(f"{YEAR}/indicators/?round=9")).text
    assert "เลยกำหนด 2 วัน" in page


def test_an_older_definition_is_marked(client_for, office, kept, indicator):
    store(indicator, 80, office.champion1, definition_version=1)
    Indicator.objects.update(version=2)
    page = client_for(office.officer).get(address(office, indicator, "?round=9")).text
    assert "กรอกตามนิยามเดิม" in page


def test_rules_of_the_office_are_saved_and_conflicts_shown(client_for, office, cycle):
    client = client_for(office.officer)
    rules = office.url(f"{YEAR}/indicators/settings/")
    assert client.post(rules, RULES | {"months": "๖, 9,12"}).status_code == 302
    stored = MonitoringSettings.objects.get()
    assert (stored.floor, stored.round_months, stored.version) == ("zero", [6, 9, 12], 1)
    late = client.post(rules, RULES | {"due_days": "20"})
    assert late.status_code == 409
    assert 'value="20"' in late.text
    for wrong in ("", "หก", "0, 6", "99"):
        assert client.post(rules, RULES | {"months": wrong, "version": 1}).status_code == 422
    assert MonitoringSettings.objects.get().version == 1


def test_the_floor_of_the_office_scores_the_row(client_for, office, kept, indicator):
    MonitoringSettings.objects.create(agency=office.agency, floor="zero")
    shown = client_for(office.champion1).post(
        address(office, indicator), {"value": "12", "version": 0}, headers=AUTOSAVE
    )
    assert shown.json()["score"] == "0.00000"


def test_other_offices_see_nothing(client_for, office, kept, indicator):
    stranger = make_office("elsewhere")
    client = client_for(stranger.officer)
    assert client.get(address(office, indicator, "")).status_code == 404
    own = stranger.url(f"{YEAR}/indicators/{indicator.pk}/")
    assert client.get(own).status_code == 404
    assert not MonitoringRound.objects.filter(cycle__agency=stranger.agency).exists()


def test_the_owner_proves_an_indicator_outside_category_7(client_for, office, cycle):
    agreement = Indicator.objects.create(
        cycle=cycle, kind="krs", name="เบิกจ่าย", unit="ร้อยละ", owner=office.champion1
    )
    attach = office.url(f"{YEAR}/evidence/attach/?indicator={agreement.pk}")
    data = {"title": "รายงาน", "note": "เก็บที่กลุ่มบริหารงานการเงิน"}
    assert client_for(office.observer).post(attach, data).status_code == 403
    assert client_for(office.champion1).post(attach, data).status_code == 302
    page = client_for(office.champion1).get(address(office, agreement, ""))
    assert "KPI-01" in page.text
