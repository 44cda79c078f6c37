"""A year of three monitoring rounds: opened, reported, closed, accepted; then compared."""

import datetime as dt
from decimal import Decimal

from playwright.sync_api import expect

from agencies.models import Agency
from approvals.transitions import perform
from improvement.planning import add_action, start_plan
from tests.browser.seeding import person
from workflows.models import Procedure
from workflows.opening import open_cycle

# Months → the day, the percent typed, the word beside it, and how it went.
ROUNDS = (
    (6, "2027-03-31", "๔๐", "เสี่ยง (ต่ำกว่าแผน)", ""),
    (9, "2027-06-30", "80", "ตามแผน", "เพิ่มขึ้น"),
    (12, "2027-09-30", "100", "แล้วเสร็จ", "เพิ่มขึ้น"),
)


def seed_plan() -> None:
    """Open the year and let the director approve a plan with one action of champion1."""
    agency, officer = Agency.objects.get(code="demo"), person("officer")
    version = Procedure.objects.get(agency=agency, slug="sisaket-pmqa").versions.get()
    plan = start_plan(open_cycle(agency, version, 2570, officer), officer)
    fields = {
        "title": "รวบรวมหลักฐานรายหมวด",
        "category_number": 4,
        "owner": person("champion1"),
        "starts_on": dt.date(2026, 10, 1),
        "ends_on": dt.date(2027, 9, 30),
        "measure": "ร้อยละหลักฐานที่ครบ",
        "budget": Decimal(0),
    }
    add_action(plan, fields, officer)
    perform(plan, "submit", officer)
    perform(plan, "approve", person("director"))


def test_three_rounds_of_a_year(demo_office, on_day, visit):
    on_day("2026-10-05")
    seed_plan()
    officer, champion, director = visit("officer"), visit("champion1"), visit("director")
    for months, day, percent, word, _way in ROUNDS:
        on_day(day)
        officer.open(f"rounds/{months}/")
        officer.send_to(f"rounds/{months}/open/")
        champion.open(f"rounds/{months}/")
        champion.find("input[name=actual_pct]").fill(percent)
        champion.find("input[name=actual_pct]").press("Enter")
        saved = champion.find("[data-pmqa-entry-words]")
        expect(saved).to_have_attribute("data-state", "saved", timeout=10_000)
        expect(champion.find("[data-pmqa-word]")).to_have_text(word)
        officer.open(f"rounds/{months}/")
        officer.send_to(f"rounds/{months}/close/")
        director.open("approvals/")
        director.press(director.find("main a").filter(has_text=f"รอบ {months} เดือน").first)
        director.send_to("/approve/")
        officer.open(f"rounds/{months}/")
        officer.sees("ผู้อำนวยการรับทราบรายงานนี้แล้ว")
    champion.open("rounds/compare/")
    cells = champion.find(".rd-compare tbody td.pmqa-number").all_inner_texts()
    assert [text.split()[0] for text in cells] == ["40.00", "80.00", "100.00"]
    assert [way in text for text, (*_rest, way) in zip(cells, ROUNDS, strict=True)] == [True] * 3
