"""What people do in a PMQA year, each step through the screens."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from agencies.demo import PEOPLE
from agencies.models import User
from assessments import answering
from assessments.evidence import add_evidence
from assessments.models import ItemAnswer
from tests.browser.visitor import Visitor

FIRST_NAMES = {person[0]: person[2] for person in PEOPLE}
LEVELS = ("basic", "advance", "significance")
# How many levels of each item are complete, by category. Category 2: 5, 5, 5 and 4 of 5.
COMPLETE_LEVELS = {
    1: (3, 3, 3, 3),
    2: (3, 3, 3, 2),
    3: (2, 2, 2, 2),
    4: (1, 1, 1, 1),
    5: (1, 1, 1, 1),
    6: (2, 2, 2, 2),
}
# This year's value of each group's indicators, of a target of 80: 100, 105 or 110 per cent.
RESULTS = {1: "80", 2: "84", 3: "88", 4: "80", 5: "84", 6: "88"}
STEERING = {
    "director": "chair",
    "deputy": "vice_chair",
    **{f"champion{number}": "member" for number in range(1, 7)},
    "officer": "secretary",
}


def open_year(officer: Visitor, sop: str) -> None:
    """Choose the SOP, look at the days, then open the fiscal year."""
    officer.open("calendar/open/")
    officer.choose("sop", sop)
    officer.find("select[name=year]").select_option("2570")
    officer.press("button[name=preview]")
    expect(officer.find("tbody tr").first).to_contain_text("1 มี.ค. – 31 ธ.ค. 2570")
    officer.press("button[name=open]")


def seat(officer: Visitor, committee: str, username: str, role: str, **categories: int) -> None:
    """Give a person a seat in the committee with this address."""
    officer.open(f"{committee}members/add/")
    officer.choose("user", FIRST_NAMES[username])
    officer.find("form[method=post] select[name=role]").select_option(role)
    for name, number in categories.items():
        officer.find(f"select[name={name}]").select_option(str(number))
    officer.press("form[method=post]:has(select[name=role]) button.btn-primary")


def fill_committees(officer: Visitor) -> None:
    """Set up Steering Committee and Working Team; one team stays small, with a reason."""
    officer.open("committees/")
    officer.press("button[name=shape][value=two]")
    steering, working = (
        f"committees/{address.rpartition('=')[2]}/"
        for address in officer.links(".pmqa-tabs a[href*='committee=']")
    )
    for username, role in STEERING.items():
        seat(officer, steering, username, role)
    seat(officer, working, "deputy", "chair")
    for number in range(1, 7):
        seat(officer, working, f"champion{number}", "member", champion_of=number)
    for number in range(1, 6):
        seat(officer, working, f"staff{number}", "member", team_of=number)
    seat(officer, working, "officer", "secretary")
    officer.open("committees/")
    expect(officer.find(".committees-check--warning")).to_have_count(1)
    officer.press(".committees-check--warning a[href$='/override/']")
    officer.fill(reason="อัตรากำลังกลุ่มนี้มีคนเดียว")
    officer.send("form:has(textarea[name=reason])")
    expect(officer.find(".committees-check--warning")).to_have_count(0)


def draft_order(officer: Visitor) -> str:
    """Draft the appointment order and submit it; return its address."""
    officer.send_to("/committees/orders/new/")
    officer.send_to("/submit/")
    return officer.page.url.removeprefix(officer.server)


def sign_order(director: Visitor, number: str, day: str) -> None:
    """Find the order among what waits, and sign it with number and day of the register."""
    director.open("approvals/")
    director.press(".pmqa-task a.btn-primary")
    director.fill(number=number, signed_on=day)
    director.send_to("/sign/")
    expect(director.find(".pmqa-chip--done").first).to_be_visible()


def write_profile(officer: Visitor) -> None:
    """Write the 13 topics of the organisational profile."""
    for number in range(1, 14):
        officer.open(f"profile/{number}/")
        text = f"ข้อมูลลักษณะสำคัญขององค์การ หัวข้อที่ {number} ของสำนักงานตัวอย่าง ปีงบประมาณ พ.ศ. 2570"
        officer.write_long_text("text", text, wait_for_autosave=number == 1)


def items_of(visitor: Visitor, category: int) -> list[str]:
    visitor.open(f"assessment/category/{category}/")
    return visitor.links("tbody th a[href*='/item/']")


def answer_lines(champion: Visitor, complete: int) -> None:
    """Answer every line of the item shown: “have it” in the complete levels, else “not yet”."""
    answers = {
        button.get_attribute("id"): "yes" if place < complete else "no"
        for place, level in enumerate(LEVELS)
        for button in champion.find(f"#level-{level} button.as-yesno__yes").all()
    }
    for yes_id, answer in answers.items():
        button = f"#{answer}-{yes_id.removeprefix('yes-')}"
        champion.unfold(button)
        with champion.page.expect_response(lambda response: "/line/" in response.url):
            champion.find(button).click()
        expect(champion.find(button)).to_have_attribute("aria-pressed", "true")


def add_finding(champion: Visitor, kind: str, text: str) -> None:
    field = f"#finding-{kind}"
    champion.unfold(field)
    champion.find(field).fill(text)
    champion.press(f"form:has({field}) button[type=submit]")
    champion.sees(text)


def attach_evidence(champion: Visitor, title: str, file: Path) -> None:
    """Attach the file to the first line of the item shown, or to the item itself."""
    attach = "a[href*='/evidence/attach/']"
    champion.unfold(attach)
    champion.press(f"main {attach}")
    champion.find("[name=files]").set_input_files(file)
    champion.fill(title=title)
    champion.send("form:has([name=files])")
    champion.sees(title)


def write_item(
    champion: Visitor, item: str, complete: int, *, make_file: Callable[[str], Path], slowly: bool
) -> None:
    """Answer an item completely: lines, narrative, finding, evidence."""
    champion.open(item)
    code = champion.find("h1").inner_text().split()[0]
    answer_lines(champion, complete)
    narrative = f"หัวข้อ {code}: สำนักงานดำเนินการตามแผนปฏิบัติการ ทบทวนทุกไตรมาส และรายงานผลต่อผู้บริหาร"
    champion.write_long_text("narrative", narrative, wait_for_autosave=slowly)
    kind = "strength" if complete == 3 else "ofi"
    words = {"strength": "ผู้บริหารสื่อสารทิศทางทั่วถึง", "ofi": "ยังไม่ได้ติดตามผลอย่างเป็นระบบ"}
    add_finding(champion, kind, f"{words[kind]} ({code})")
    attach_evidence(champion, f"หลักฐานหัวข้อ {code}", make_file(code))


def write_item_at_once(item: str, username: str, complete: int) -> None:
    """Answer an item as `write_item` does, without the screens: these are the same for each."""
    by = User.objects.get(username=username)
    answer = ItemAnswer.objects.select_related(
        "item", "category_assessment__assessment__cycle__agency", "category_assessment__category"
    ).get(pk=int(item.rstrip("/").rpartition("/")[2]))
    code, full = answer.item.code, LEVELS[:complete]
    for line in answer.item.lines.all():
        answering.answer_line(answer, line, "yes" if line.level in full else "no", by)
    answering.save_narrative(answer, f"หัวข้อ {code}: ทบทวนทุกไตรมาส", version=0, by=by)
    kind = "strength" if complete == 3 else "ofi"
    answering.add_finding(answer, kind, f"ข้อค้นพบของหัวข้อ {code}", by)
    add_evidence(answer, by, title=f"หลักฐานหัวข้อ {code}", note="บันทึกการประชุม")


def write_results(
    champion: Visitor, item: str, value: str, *, make_file: Callable[[str], Path]
) -> None:
    """Enter an indicator for every measure the item requires, with three years of values."""
    champion.open(item)
    code = champion.find("h1").inner_text().split()[0]
    required = "#indicators li:has(.pmqa-small) a[href*='measure=']"
    for number, address in enumerate(champion.links(required), start=1):
        champion.open(address)
        champion.fill(name=f"ร้อยละความสำเร็จ {code} ตัวที่ {number}", unit="ร้อยละ", target="80")
        champion.fill(value_2568="70", value_2569="75", value_2570=value)
        champion.send("form:has([name=value_2570])")
    champion.sees("ร้อยละความสำเร็จ")
    add_finding(champion, "ofi", f"ผลลัพธ์ยังต่ำกว่าคู่เทียบ ({code})")
    attach_evidence(champion, f"รายงานผลลัพธ์ {code}", make_file(code))


def submit_category(visitor: Visitor, number: int) -> None:
    visitor.open(f"assessment/category/{number}/")
    visitor.send_to(f"/category/{number}/submit/")
    expect(visitor.find(".pmqa-chip--waiting").first).to_be_visible()


def add_action(officer: Visitor, title: str, **fields: str) -> None:
    """Make an action of the first OFI that waits for one."""
    officer.open("plan/")
    officer.press("main a[href*='?point=']")
    officer.choose("owner", FIRST_NAMES["champion3"])
    officer.fill(title=title, **fields)
    officer.send("form:has([name=starts_on])")


def open_waiting_matter(director: Visitor) -> None:
    director.open("approvals/")
    director.press(".pmqa-task a.btn-primary")
