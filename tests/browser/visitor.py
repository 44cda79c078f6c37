"""A person in front of a browser: opens pages, fills forms, presses buttons."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.agencies.factories import PASSWORD

OFFICE, YEAR = "demo", 2570
# What a browser reports of a form that came back with its faults (422), of a change that came
# second (409) and of a lost line: tests provoke these.
EXPECTED_REPORTS = re.compile(r"status of (409|422)|ERR_INTERNET_DISCONNECTED")


class Visitor:
    """One signed-in person. Addresses are those below /o/<office>/<year>/."""

    def __init__(self, page: Page, server: str):
        self.page = page
        self.server = server
        self.reports: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.reports.append(str(error)))

    def _note(self, message) -> None:
        if message.type == "error" and not EXPECTED_REPORTS.search(message.text):
            self.reports.append(f"{self.page.url}: {message.text}")

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.server}/accounts/login/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.send("form[action='/accounts/login/']")
        assert "/accounts/login" not in self.page.url, f"{username} could not sign in"

    def address(self, path: str) -> str:
        return f"/o/{OFFICE}/{YEAR}/{path}"

    def open(self, path: str) -> None:
        """Open a page of the office's year, or any address that begins with a slash."""
        path = path if path.startswith("/") else self.address(path)
        answer = self.page.goto(self.server + path)
        assert answer.status < 400, f"{path}: {answer.status}"

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def fill(self, **fields) -> None:
        """Write into the fields of the only form that has them, by name."""
        for name, value in fields.items():
            self.page.locator(f"form[method=post] [name='{name}']").fill(str(value))

    def choose(self, name: str, words: str) -> None:
        """Choose the option of a select whose text holds the words."""
        field = self.page.locator(f"form[method=post] select[name='{name}']")
        option = field.locator("option", has_text=words).first
        field.select_option(option.get_attribute("value"))

    def send(self, form: str) -> None:
        """Press the form's button and wait for the page that answers."""
        button = self.page.locator(form).locator("button:not([type=button])").first
        self.press(button)

    def send_to(self, path_end: str) -> None:
        """Press the button of the form whose address ends so."""
        self.send(f"form[action$='{path_end}']")

    def press(self, button: Locator | str) -> None:
        """Press a button or link and wait for the next page."""
        button = self.page.locator(button).first if isinstance(button, str) else button
        with self.page.expect_navigation():
            button.click()

    def unfold(self, inside: str) -> None:
        """Open every folded part around the element."""
        folded = self.page.locator(f"details:not([open]):has({inside})")
        while folded.count():
            folded.first.locator("> summary").click()

    def links(self, selector: str) -> list[str]:
        """Return the addresses of links, each once, in the order of the page."""
        found = [link.get_attribute("href") for link in self.page.locator(selector).all()]
        return list(dict.fromkeys(found))

    def sees(self, *words: str) -> None:
        for text in words:
            expect(self.page.locator("main")).to_contain_text(text)

    def save_state(self, name: str) -> Locator:
        """Return the place where a long text says whether the server has it."""
        return self.page.locator(f"section:has(textarea[name={name}]) [data-pmqa-save-state]").last

    def is_saved(self, name: str) -> None:
        """Wait until the long text says that the server has it."""
        expect(self.save_state(name)).to_have_attribute("data-state", "saved", timeout=10_000)

    def write_long_text(self, name: str, text: str, *, wait_for_autosave: bool = False) -> None:
        """Write a text that saves itself; press its button unless it shall save on its own."""
        self.page.fill(f"textarea[name={name}]", text)
        if not wait_for_autosave:
            form = f"form[data-pmqa-autosave]:has(textarea[name={name}])"
            self.page.locator(form).locator("button[type=submit]").click()
        self.is_saved(name)

    def print_paper(self, kind: str, target: Path) -> Path:
        """Ask for a paper where its button stands, wait for it, and download the PDF."""
        self.page.set_default_timeout(180_000)
        self.press(f"form[action*='/papers/{kind}/'] button")
        link = self.page.locator("a[href$='/paper.pdf']")
        link.wait_for()
        with self.page.expect_download() as download:
            link.click()
        download.value.save_as(target)
        self.page.set_default_timeout(30_000)
        return target
