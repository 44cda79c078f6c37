"""Targets, printed versions, levels, rank and history of announced totals."""

from decimal import Decimal

import pytest
from django.utils import translation

from agencies.models import AuditEntry
from assessments.models import LevelBand, OfficialResult, OfficialTarget
from assessments.official import checks, history, levels, results, shown, targets
from documents.revisions import NotEditable
from tests.agencies.factories import make_office

TOTAL = Decimal("4.74511")


@pytest.fixture
def thai():
    with translation.override("th"):
        yield


def band(name, lowest=None, highest=None):
    ends = [None if end is None else Decimal(end) for end in (lowest, highest)]
    return LevelBand(scale="0-5", name=name, lowest=ends[0], highest=ends[1])


BANDS = [
    band("เริ่มต้น", "0", "3"),
    band("พัฒนา", "3", "4.5"),
    band("มุ่งสู่ระบบราชการ 4.0", "4.5", "5"),
]


def test_printed_versions_that_differ_are_flagged_and_each_kept(thai):
    printed = [("ข้อความหน้า 3", Decimal("4.74451"), 5), ("หน้า 4", Decimal("4.7451"), 4)]
    (found,) = checks.check_printed(TOTAL, printed)
    assert found.is_flag
    assert found.words == (
        "ผลรวมพิมพ์ไว้ไม่ตรงกัน: ที่ประกาศคือ 4.74511 แต่พบ 4.74451 (ข้อความหน้า 3) · 4.7451 (หน้า 4) "
        "ระบบเก็บไว้ตามที่พิมพ์ทุกแห่งและไม่แก้ไข"
    )


def test_version_with_fewer_decimals_is_only_told(thai):
    (found,) = checks.check_printed(TOTAL, [("หน้า 4", Decimal("4.7451"), 4)])
    assert (found.code, found.is_flag) == ("rounded", False)
    assert checks.check_printed(TOTAL, [("หน้า 4", TOTAL, 5)]) == []
    assert checks.check_printed(None, [("หน้า 4", TOTAL, 5)]) == []


def test_announced_level_is_compared_with_the_band_of_the_total(thai):
    def said(total, name, bands=BANDS):
        return [(row.code, row.is_flag) for row in levels.check_level(Decimal(total), name, bands)]

    assert said("4.74511", "มุ่งสู่ระบบราชการ  4.0") == [("level", False)]
    assert said("4.4", "มุ่งสู่ระบบราชการ 4.0") == [("level_differs", True)]
    assert said("4.74511", "ดีเด่น") == [("level_differs", True)]
    assert said("4.74511", "") == []
    (found,) = levels.check_level(Decimal("4.4"), "มุ่งสู่ระบบราชการ 4.0", BANDS)
    assert found.words == (
        "ระดับที่ประกาศ “มุ่งสู่ระบบราชการ 4.0” คือ 4.50000–5.00000 แต่ผลรวม 4.40000 อยู่นอกช่วง 0.10000 "
        "ตามช่วงของหน่วยงานตรงกับ “พัฒนา”"
    )


def test_nothing_is_concluded_from_unknown_bounds():
    unknown = [band("มุ่งสู่ระบบราชการ 4.0", "4.5"), band("พัฒนา", None, "4.5"), band("เริ่มต้น")]
    assert levels.check_level(Decimal(4), "มุ่งสู่ระบบราชการ 4.0", unknown) == []
    assert levels.check_level(Decimal(4), "ดีเด่น", unknown) == []
    assert levels.range_words(unknown[0]) == "4.50000–…"


def test_total_on_a_shared_bound_lies_in_the_higher_band():
    assert levels.band_of(Decimal("4.5"), BANDS).name == "มุ่งสู่ระบบราชการ 4.0"
    assert levels.band_of(Decimal("4.49999"), BANDS).name == "พัฒนา"
    assert levels.band_of(Decimal(5), BANDS).name == "มุ่งสู่ระบบราชการ 4.0"
    assert levels.band_of(Decimal("5.00001"), BANDS) is None


def test_target_says_whether_it_was_met_and_by_how_much(thai):
    wanted = {(2567, "0-5"): Decimal("4.50000")}
    result = OfficialResult(fiscal_year=2567, scale="0-5", total=TOTAL)
    assert targets.met(result, wanted).words == "บรรลุเป้าหมาย 4.50000 (+0.24511)"
    result.total = Decimal("4.5")
    assert targets.met(result, wanted).words == "บรรลุเป้าหมาย 4.50000 (+0.00000)"
    result.total = Decimal("4.4")
    assert targets.met(result, wanted).words == "ไม่บรรลุเป้าหมาย 4.50000 (−0.10000)"
    result.total = None
    assert targets.met(result, wanted) is None
    assert targets.met(OfficialResult(fiscal_year=2568, scale="0-5", total=TOTAL), wanted) is None


def test_rank_says_its_base_or_that_it_is_not_known(thai):
    def words(**fields):
        return shown.rank_words(OfficialResult(**fields))

    assert words(rank=38) == "38 จาก … (ไม่ทราบจำนวน)"
    assert words(rank=38, rank_among="ระดับประเทศ") == "38 จาก … (ระดับประเทศ ไม่ทราบจำนวน)"
    assert words(rank=38, rank_of=225) == "38 จาก 225"
    assert words(rank=38, rank_of=225, rank_among="ระดับประเทศ") == "38 จาก 225 (ระดับประเทศ)"
    assert words(rank=None) == ""


def test_history_draws_totals_of_one_body_and_scale_with_the_newest_target(thai):
    rows = [
        OfficialResult(fiscal_year=year, body=body, scale="0-5", total=Decimal(total))
        for year, body, total in [(2567, "สพฐ.", "4.7"), (2565, "สพฐ.", "4.4"), (2567, "กพร", "4")]
    ]
    (trend,) = history.trends_of(
        rows, {(2566, "0-5"): Decimal(4), (2568, "0-5"): Decimal("4.5"), (2569, "percent"): 90}
    )
    assert (str(trend["target"]), trend["target_year"]) == ("4.5", 2568)
    assert "2565 = 4.4, 2567 = 4.7" in trend["svg"]
    assert "stroke-dasharray" in trend["svg"]


@pytest.fixture
def office(db):
    return make_office()


def test_target_is_set_changed_and_taken_away_on_its_version(office):
    def put(target, version):
        targets.set_target(office.agency, 2567, "0-5", target, version=version, by=office.officer)

    put(Decimal("4.5"), 0)
    with pytest.raises(NotEditable):
        put(Decimal("4.6"), 0)
    put(Decimal("4.6"), 1)
    with pytest.raises(NotEditable):
        put(Decimal("4.7"), 1)
    assert targets.targets_of(office.agency) == {(2567, "0-5"): Decimal("4.60000")}
    put(None, 2)
    assert not OfficialTarget.objects.exists()


def test_entered_versions_stay_as_printed_and_stand_on_the_page(client_for, office):
    client = client_for(office.officer)
    sent = {
        "body": "สพฐ.", "fiscal_year": "2567", "scale": "0-5", "total": "4.74511", "rank": "38",
        "rank_among": "ระดับประเทศ", "place_1": "ข้อความหน้า 3", "printed_1": "๔.๗๔๔๕๑",
        "place_2": "หน้า 4", "printed_2": "4.7451",
    }  # fmt: skip
    lost = client.post(office.url("2570/assessment/official/add/"), sent | {"place_2": ""})
    assert lost.status_code == 422
    assert "เขียนว่าผลรวมนี้พิมพ์ไว้ที่ใด" in lost.text
    assert 'value="4.7451"' in lost.text
    assert client.post(office.url("2570/assessment/official/add/"), sent).status_code == 302
    result = OfficialResult.objects.get()
    assert [(place, str(total), count) for place, total, count in results.printed_of(result)] == [
        ("ข้อความหน้า 3", "4.74451", 5),
        ("หน้า 4", "4.74510", 4),
    ]
    form = client.get(office.url(f"2570/assessment/official/{result.pk}/"))
    assert 'value="4.7451"' in form.text
    client.post(
        office.url("2570/assessment/official/settings/target/"),
        {"fiscal_year": "2567", "scale": "0-5", "target": "4.5"},
    )
    page = client.get(office.url("2570/assessment/official/"))
    for words in ("บรรลุเป้าหมาย 4.50000 (+0.24511)", "38 จาก … (ระดับประเทศ ไม่ทราบจำนวน)", "4.7451<"):
        assert words in page.text


def test_level_is_added_changed_and_removed_with_errors_at_the_field(client_for, office):
    client = client_for(office.officer)
    base = "2570/assessment/official/settings/"
    sent = {"scale": "0-5", "name": "มุ่งสู่ระบบราชการ 4.0", "lowest": "๔.๕", "highest": "4"}
    wrong = client.post(office.url(base + "bands/add/"), sent)
    assert (wrong.status_code, LevelBand.objects.count()) == (422, 0)
    assert "ปลายช่วงต่ำกว่าต้นช่วง" in wrong.text
    client.post(office.url(base + "bands/add/"), sent | {"highest": ""})
    kept = LevelBand.objects.get()
    assert (kept.lowest, kept.highest) == (Decimal("4.5"), None)
    address = office.url(f"{base}bands/{kept.pk}/")
    assert client.post(address, sent | {"highest": "5", "version": "1"}).status_code == 302
    assert client.post(address, sent | {"highest": "", "version": "1"}).status_code == 409
    assert client.post(address + "remove/", {"version": "1"}).status_code == 409
    assert not AuditEntry.objects.filter(action="official.band_remove").exists()
    assert client.post(address + "remove/", {"version": "2"}).status_code == 302
    assert not LevelBand.objects.exists()
