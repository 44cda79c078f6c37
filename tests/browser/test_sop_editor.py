"""The SOP of จัดระบบบริหารงาน written anew on the screens is the shipped file again."""

from dataclasses import replace

from playwright.sync_api import expect

from agencies.models import Agency, User
from tests.browser.visitor import OFFICE, Visitor
from workflows.models import ProcedureVersion
from workflows.sop.drafts import new_procedure
from workflows.sop.files import read_sop, shipped_files, sop_data
from workflows.sop.section_html import section_html

SOURCE = "phetchabun-2-1"
SAVED = 15_000


def as_written(sop):
    """Return the SOP's content: its texts as rich text, whichever way they are stored."""
    sections = [
        (each["number"], each["title"], each["shows"], section_html(each)) for each in sop.sections
    ]
    return replace(sop, slug="", sections=sections, objectives=list(sop.objectives))


class Desk:
    """The officer's editor: waits after each step until the server has it."""

    def __init__(self, officer: Visitor, version: ProcedureVersion):
        self.page = officer.page
        self.path = f"sop/{version.procedure.slug}/{version.number}/edit/"
        self.officer = officer

    def open(self, part=""):
        self.officer.open(self.path + part)

    def saved(self):
        state = self.page.locator("[data-pmqa-save-state]")
        expect(state).to_have_attribute("data-state", "saved", timeout=SAVED)
        self.page.wait_for_function("() => !window.pmqaSopSaver.dirty.size", timeout=SAVED)

    def field(self, name):
        return self.page.locator(f"[data-pmqa-panel] [name='{name}']")

    def fill_list(self, name, values):
        for value in values:
            self.page.locator(f"#{name} [data-pmqa-list-add]").click()
            self.page.locator(f"#{name} textarea").last.fill(value)

    def write_head(self, sop):
        self.open("?part=head")
        fields = {"name": sop.name, "office_name": sop.office_name, "unit_name": sop.unit_name}
        fields |= {"print_title": sop.print_options["title"], "source_note": sop.source_note}
        for name, value in fields.items():
            self.page.fill(f"[name={name}]", value)
        self.page.select_option("[name=layout]", sop.layout)
        self.page.select_option("[name=digits]", sop.print_options["digits"])
        self.fill_list("objectives", sop.objectives)
        self.fill_list("references", sop.references)
        self.saved()

    def write_sections(self, sop):
        self.open("?part=text")
        for section in sop.sections:
            self.page.locator("[data-pmqa-row-add]").first.click()
            row = self.page.locator(".sop-section").last
            row.locator("[name$=-title]").fill(section["title"])
            if section["shows"]:
                row.locator("[name$=-shows]").select_option(section["shows"])
                continue
            row.locator(".pmqa-rich__text").click()
            if section["items"]:
                kind = "ol" if section["items"][0]["number"] else "ul"
                row.locator(f"[data-pmqa-rich-do={kind}]").click()
            texts = section["paragraphs"] or [item["text"] for item in section["items"]]
            for place, text in enumerate(texts):
                if place:
                    self.page.keyboard.press("Enter")
                self.page.keyboard.insert_text(text)
        self.saved()

    def write_step(self, step, by_hand=False):
        new = "[data-pmqa-op][value=add]" if step.number > 1 else "[data-pmqa-open-step]"
        self.page.locator(new).first.click()
        expect(self.page.locator("#p-title")).to_be_focused(timeout=SAVED)
        if by_hand:
            self.page.keyboard.type(step.title)
        else:
            self.page.fill("#p-title", step.title)
        self.field("detail").fill(step.detail)
        self.field("standard").fill(step.standard)
        self.field("responsible_text").fill(step.responsible_text)
        self.field("responsible").select_option(f"office_role:{step.responsible_value}")
        symbols = self.page.locator(".sop-node")
        for place, node in enumerate(step.nodes):
            if place:
                self.page.locator(".sop-panel [data-pmqa-row-add]").first.click()
            symbol = symbols.nth(place)
            symbol.locator(f"[value={node.symbol}]").check(force=True)
            symbol.locator("[name$=-label]:not([name*=_label])").fill(node.label)
        self.saved()

    def titles(self):
        return [box.input_value() for box in self.page.locator(".sop-in--title").all()]


def test_sop_is_written_on_the_screens_as_the_source_has_it(demo_office, visit):
    source = read_sop(shipped_files()[SOURCE].read_text())
    agency, officer = Agency.objects.get(code=OFFICE), User.objects.get(username="officer")
    draft = new_procedure(agency, "งานใหม่", officer, slug="written-anew")
    visitor = visit("officer")
    desk = Desk(visitor, draft)

    desk.write_head(source)
    desk.write_sections(source)
    desk.open()
    for step in source.steps:
        desk.write_step(step, by_hand=step.number == 2)
    loop = desk.page.locator(".sop-node [name$=-edge_to]")
    loop.select_option(index=1)
    desk.saved()
    desk.page.locator("summary", has_text="คอลัมน์").click()
    with desk.page.expect_navigation():
        desk.page.locator("[name=hide][value=time]").check()

    # Up and back by the keyboard: the row keeps the focus, the place is told.
    title = desk.page.locator(".sop-in--title").nth(4)
    title.focus()
    desk.page.keyboard.press("Alt+ArrowUp")
    live = desk.page.locator("#sop-live")
    expect(live).to_have_text("“สังเคราะห์ปัญหา ข้อเสนอแนะ” เป็นขั้นที่ 4 จาก 5")
    assert desk.titles()[3] == source.steps[4].title
    assert desk.page.evaluate("document.activeElement.value") == source.steps[4].title
    desk.page.keyboard.press("Alt+ArrowDown")
    expect(live).to_have_text("“สังเคราะห์ปัญหา ข้อเสนอแนะ” เป็นขั้นที่ 5 จาก 5")

    # What a lost line kept back reaches the server on the next visit.
    desk.page.context.set_offline(True)
    desk.page.locator(".sop-in[name=remark]").first.fill("เขียนตอนออฟไลน์")
    state = desk.page.locator("[data-pmqa-save-state]")
    expect(state).to_have_attribute("data-state", "offline", timeout=SAVED)
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.goto("about:blank")
    desk.page.context.set_offline(False)
    desk.open()
    expect(desk.page.locator(".sop-in[name=remark]").first).to_have_value(
        "เขียนตอนออฟไลน์", timeout=SAVED
    )
    desk.page.locator(".sop-in[name=remark]").first.fill("")
    desk.saved()
    desk.open()
    assert desk.titles() == [step.title for step in source.steps]

    written = sop_data(ProcedureVersion.objects.get(pk=draft.pk))
    assert as_written(written) == as_written(source)
    assert visitor.reports == []
