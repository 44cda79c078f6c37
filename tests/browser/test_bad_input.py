"""Mistakes at the keyboard, on the line and between two people: said clearly, nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from agencies.models import Agency
from tests.browser.seeding import YEAR, answer_of, person, seed_year
from workflows.models import Procedure
from workflows.opening import open_cycle

THAI = re.compile("[ก-๙]{3}")


@pytest.fixture
def assessment(demo_office, on_day):
    on_day("2027-06-15")
    return seed_year()


def refused_at(visitor, field: str):
    """Return the message at the field, which must be shown and in Thai."""
    message = visitor.find(f"#div_id_{field} .invalid-feedback").first
    expect(message).to_be_visible()
    expect(message).to_contain_text(THAI)
    return message


def test_impossible_date_keeps_the_text_and_offers_repairs(assessment, visit):
    officer = visit("officer")
    officer.open("plan/")
    officer.send_to("/plan/withdraw/")
    officer.press("main td a[href*='/plan/actions/']")
    officer.fill(title="สำรวจซ้ำ", starts_on="31/6/2570")
    officer.send("form:has([name=starts_on])")

    expect(refused_at(officer, "starts_on")).to_contain_text("31 มิถุนายน")
    expect(officer.find("[name=title]")).to_have_value("สำรวจซ้ำ")
    expect(officer.find("[name=starts_on]")).to_have_value("31/6/2570")
    officer.find("#div_id_starts_on [data-pmqa-date-repair]").last.click()
    expect(officer.find("[name=starts_on]")).to_have_value("1/7/2570")
    expect(officer.find("#div_id_starts_on [data-pmqa-date-echo]")).to_contain_text("2570")
    officer.send("form:has([name=starts_on])")
    officer.sees("สำรวจซ้ำ")
    assert officer.reports == []


def test_order_of_an_incomplete_committee_says_who_is_missing(assessment, visit):
    officer = visit("officer")
    officer.open("committees/")
    officer.press("a[href*='/committees/orders/']")

    officer.sees("หมวด 6")
    expect(officer.find("main .pmqa-notice--warning li").first).to_contain_text(THAI)
    expect(officer.find("form[action$='/submit/']")).to_have_count(0)
    assert officer.reports == []


def test_second_champion_of_a_category_is_refused_at_the_field(assessment, visit):
    officer = visit("officer")
    officer.open("committees/")
    working = officer.links(".pmqa-tabs a")[1].rpartition("=")[2]
    officer.open(f"committees/{working}/members/add/")
    officer.choose("user", person("staff1").first_name)
    officer.find("select[name=champion_of]").select_option("1")
    officer.press("form[method=post]:has(select[name=role]) button.btn-primary")

    refused_at(officer, "champion_of")
    chosen = officer.find("select[name=user] option:checked")
    expect(chosen).to_contain_text(person("staff1").first_name)
    expect(officer.find("select[name=champion_of]")).to_have_value("1")
    assert officer.reports == []


@pytest.mark.parametrize("fault", ["wrong", "oversized"])
def test_file_that_cannot_be_kept_is_refused_at_the_field(
    assessment, visit, tmp_path, settings, fault
):
    settings.MAX_UPLOAD_BYTES = 1000
    file = tmp_path / "รายงาน.pdf"
    file.write_bytes(b"MZ not a PDF" if fault == "wrong" else b"%PDF-1.7\n" + b"0" * 2000)
    champion = visit("champion1")
    champion.open(f"evidence/attach/?item={answer_of(assessment, '1.2').pk}")
    champion.find("[name=files]").set_input_files(file)
    champion.fill(title="รายงานประจำปี")
    champion.find("form:has([name=files]) button.btn-primary").click()

    row = champion.find(".ev-row[data-state=refused]")
    expect(row).to_contain_text("รายงาน.pdf")
    expect(row).to_contain_text(THAI)
    expect(champion.find("[name=title]")).to_have_value("รายงานประจำปี")
    assert champion.reports == []


def test_faulty_sop_file_is_refused_whole_and_kept(assessment, visit):
    officer = visit("officer")
    officer.open("sop/import/")
    officer.fill(text="sop: small\nname: งานทดสอบ\nsteps: none\n")
    officer.send("form:has([name=text])")

    expect(officer.find(".sop-faults li").first).to_contain_text(THAI)
    expect(officer.find("[name=text]")).to_have_value("sop: small\nname: งานทดสอบ\nsteps: none\n")
    assert officer.reports == []


def test_unknown_sop_and_unknown_edition_are_refused_with_a_message(demo_office, visit, on_day):
    on_day("2027-06-15")
    officer = visit("officer")
    officer.open("calendar/open/")
    officer.page.evaluate("document.querySelector('[name=sop] option:last-child').value = '987654'")
    officer.find("select[name=sop]").select_option("987654")
    officer.press("button[name=preview]")
    refused_at(officer, "sop")

    agency = Agency.objects.get(code="demo")
    version = Procedure.objects.get(agency=agency, slug="sisaket-pmqa").versions.get()
    open_cycle(agency, version, YEAR, person("officer"))
    officer.open("assessment/")
    officer.page.evaluate("document.querySelector('[name=edition]').value = 'pmqa-9.9'")
    officer.send_to("/assessment/start/")
    expect(officer.find("#edition-error")).to_contain_text("pmqa-9.9")
    expect(officer.find("#edition-error")).to_contain_text(THAI)
    assert officer.reports == []


def test_narrative_typed_without_a_line_is_kept_and_saved_when_it_is_back(assessment, visit):
    champion = visit("champion1")
    champion.open(f"assessment/item/{answer_of(assessment, '1.2').pk}/")
    text = "ผู้บริหารทบทวนมาตรการป้องกันการทุจริตทุกไตรมาส"
    champion.page.context.set_offline(True)
    champion.find("textarea[name=narrative]").fill(text)
    state = champion.save_state("narrative")
    expect(state).to_have_attribute("data-state", "offline", timeout=10_000)
    expect(champion.find("textarea[name=narrative]")).to_have_value(text)

    champion.page.context.set_offline(False)
    champion.is_saved("narrative")

    champion.page.reload()
    expect(champion.find("textarea[name=narrative]")).to_have_value(text)
    assert champion.reports == []


def test_second_writer_of_a_narrative_sees_both_texts(assessment, visit):
    champion, officer = visit("champion1"), visit("officer")
    page = f"assessment/item/{answer_of(assessment, '1.2').pk}/"
    champion.open(page)
    officer.open(page)
    champion.write_long_text("narrative", "ข้อความของเจ้าภาพ")
    officer.page.fill("textarea[name=narrative]", "ข้อความของเจ้าหน้าที่")
    conflict = officer.find("#narrative [data-pmqa-conflict]")
    expect(conflict).to_be_visible(timeout=10_000)

    expect(conflict).to_contain_text("ข้อความของเจ้าภาพ")
    expect(conflict).to_contain_text(person("champion1").first_name)
    expect(officer.find("textarea[name=narrative]")).to_have_value("ข้อความของเจ้าหน้าที่")
    officer.find("#narrative [data-pmqa-keep-mine]").click()
    officer.is_saved("narrative")
    champion.page.reload()
    expect(champion.find("textarea[name=narrative]")).to_have_value("ข้อความของเจ้าหน้าที่")
    assert officer.reports == []
    assert champion.reports == []
