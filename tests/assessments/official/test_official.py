"""Official results: kept as received, flagged, never corrected; locked and unlocked."""

from decimal import Decimal

import pytest
from django.utils import translation

from agencies.models import AuditEntry
from assessments.models import OfficialResult
from assessments.official import checks, results, shown
from documents.revisions import NotEditable
from tests.agencies.factories import make_office
from tests.assessments.factories import answer_all, make_assessment

# The sheet of an office for fiscal year 2567: its total lies below every category.
SHEET = dict(enumerate(map(Decimal, ["5", "4.75", "5", "5", "5", "5", "4.80653"]), start=1))
TOTAL = Decimal("4.74511")
SENT = {
    "body": "สพฐ.",
    "fiscal_year": "๒๕๖๗",
    "scale": "0-5",
    "total": "๔.๗๔๕๑๑",
    "level_name": "มุ่งสู่ระบบราชการ 4.0",
    "rank": "38",
    "announced_on": "1/8/2567",
    **{f"category_{number}": str(score) for number, score in SHEET.items()},
}


def test_total_below_every_category_is_flagged_and_not_corrected():
    with translation.override("th"):
        below, whole = checks.check("0-5", TOTAL, SHEET)
    assert below.is_flag
    assert below.words == (
        "ผลรวมที่ได้รับ 4.74511 ต่ำกว่าคะแนนหมวดที่ต่ำที่สุด (หมวด 2: 4.75000) จึงไม่ใช่ค่าเฉลี่ยของ 7 หมวด"
        "ไม่ว่าถ่วงน้ำหนักอย่างไร ระบบเก็บตามประกาศและไม่แก้ไข"
    )
    assert not whole.is_flag
    assert whole.words == "ค่าเฉลี่ย 7 หมวดคือ 4.93665 ผลรวมที่ประกาศต่างไป −0.19154"


def test_other_sheets_say_what_is_odd_and_nothing_else():
    def codes(*args):
        return [row.code for row in checks.check(*args)]

    ones = dict.fromkeys(range(1, 8), Decimal(4))
    assert codes("0-5", Decimal(4), ones) == []
    assert codes("0-5", Decimal("4.1"), ones) == ["above", "whole"]
    assert codes("0-5", Decimal("4.9"), SHEET) == ["whole"]
    assert codes("0-1000", Decimal(28), ones) == []
    assert codes("0-1000", Decimal(29), ones) == ["whole"]
    assert codes("0-5", Decimal(4), {1: Decimal(4)}) == ["left"]
    assert codes("0-5", None, SHEET) == []
    assert codes("0-5", TOTAL, {}) == []


@pytest.fixture
def office():
    return make_office()


def enter(office, **fields):
    columns = {"fiscal_year": 2567, "body": "สพฐ.", "scale": "0-5", "total": TOTAL} | fields
    return results.add_result(office.agency, columns, SHEET, office.officer)


pytestmark = pytest.mark.django_db


def test_sheet_is_entered_with_thai_digits_and_shown_as_received(client_for, office):
    client = client_for(office.officer)
    assert client.post(office.url("2570/assessment/official/add/"), SENT).status_code == 302
    stored = OfficialResult.objects.get()
    assert (stored.fiscal_year, str(stored.total), stored.rank) == (2567, "4.74511", 38)
    assert results.scores_of(stored) == SHEET
    page = client_for(office.observer).get(office.url("2570/assessment/official/"))
    for words in ("4.74511", "4.80653", "4.93665", "มุ่งสู่ระบบราชการ 4.0", "bi-flag-fill"):
        assert words in page.text
    assert AuditEntry.objects.filter(action="official.add").count() == 1


def test_typing_errors_stand_at_the_field_and_lose_nothing(client_for, office):
    client = client_for(office.officer)
    address = office.url("2570/assessment/official/add/")
    page = client.post(address, SENT | {"category_3": "50", "rank": "9", "rank_of": "5"})
    assert page.status_code == 422
    assert "เกินสเกล (5)" in page.text
    assert 'value="4.80653"' in page.text
    empty = {key: value for key, value in SENT.items() if not key.startswith("category")}
    assert client.post(address, empty | {"total": ""}).status_code == 422
    enter(office)
    page = client.post(address, SENT)
    assert page.status_code == 422
    assert OfficialResult.objects.count() == 1


def test_locked_result_changes_only_after_unlocking_with_a_reason(client_for, office):
    result = enter(office)
    client = client_for(office.officer)
    base = f"2570/assessment/official/{result.pk}/"
    assert client.post(office.url(base + "lock/"), {"version": "1"}).status_code == 302
    late = client.post(office.url(base), SENT | {"version": "2", "total": "4.9"})
    assert late.status_code == 409
    client.post(office.url(base + "unlock/"), {"version": "2", "reason": " "})
    assert OfficialResult.objects.get().is_locked
    client.post(office.url(base + "unlock/"), {"version": "2", "reason": "ประกาศแก้ไข"})
    assert (
        client.post(office.url(base), SENT | {"version": "3", "total": "4.74451"}).status_code
        == 302
    )
    assert str(OfficialResult.objects.get().total) == "4.74451"
    log = AuditEntry.objects.filter(action__startswith="official.").order_by("sequence")
    assert [(row.action, row.summary) for row in log] == [
        ("official.add", "สพฐ. 2567"),
        ("official.lock", "สพฐ. 2567"),
        ("official.unlock", "ประกาศแก้ไข"),
        ("official.edit", "สพฐ. 2567"),
    ]


def test_second_saver_is_told_and_writes_nothing(client_for, office):
    result = enter(office)
    results.save_result(result, {"note": "คนแรก"}, SHEET, version=1, by=office.officer)
    page = client_for(office.officer).post(
        office.url(f"2570/assessment/official/{result.pk}/"), SENT | {"version": "1", "total": "1"}
    )
    assert page.status_code == 422
    assert 'value="2"' in page.text
    assert str(OfficialResult.objects.get().total) == "4.74511"
    with pytest.raises(results.Changed):
        results.lock_result(result, office.officer, version=1)
    with pytest.raises(NotEditable):
        results.unlock_result(result, office.officer, "x", version=2)


def test_own_figures_are_converted_only_to_be_shown(office):
    started = make_assessment(office, year=2567)
    answer_all(started.category(1), office.officer)
    result = OfficialResult.objects.prefetch_related("scores").get(pk=enter(office).pk)
    state = shown.states_of(office.agency, [2567])[2567]
    page = shown.present(result, state)
    assert str(page["rows"][0]["own"]) == "5.00000"
    assert str(page["rows"][1]["difference"]) == "4.75000"
    assert str(page["total"]["own"]) == "0.71429"
    assert str(page["total"]["difference"]) == "4.03082"
    assert str(state.total) == "500/7"


def test_points_edition_stands_beside_points(office):
    started = make_assessment(office, year=2567, edition="pmqa-2562")
    result = OfficialResult(scale="0-1000", total=Decimal(850))
    state = shown.states_of(office.agency, [2567])[2567]
    from assessments.answering import set_percent

    set_percent(started.answer("7.1"), 50, office.officer)
    state = shown.states_of(office.agency, [2567])[2567]
    assert str(shown.own_total(result, state)) == "30.00000"
    assert str(shown.own_category(result.scale, state.categories[6])) == "30.00000"
    result.scale = "0-5"
    assert str(shown.own_category(result.scale, state.categories[6])) == "0.37500"


def test_overview_shows_the_newest_result_with_its_flag(client_for, office):
    make_assessment(office)
    enter(office, fiscal_year=2569)
    page = client_for(office.member).get(office.url("2570/assessment/"))
    assert "ต่ำกว่าคะแนนหมวดที่ต่ำที่สุด" in page.text
    assert "4.74511" in page.text


def test_result_of_another_office_is_not_there(client_for, office):
    result = enter(make_office("elsewhere"))
    client = client_for(office.officer)
    address = office.url(f"2570/assessment/official/{result.pk}/")
    assert client.get(address).status_code == 404
    assert client.post(address + "lock/", {"version": "1"}).status_code == 404
