"""Every page that people reach by its links: axe-core, width on phone and desk, console."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from assessments.models import CriteriaEdition
from tests.browser.conftest import DESK, PHONE
from tests.browser.seeding import seed_meeting, seed_year

AXE = settings.NODE_MODULES / "axe-core" / "axe.min.js"
# The same screen with other rows: one of each is looked at.
SAMPLES = 1
# Downloads, and the pages of Django's own administration.
NOT_PAGES = re.compile(
    r"/(export|excel|template|paper\.pdf|files/\d+|pages/\d+)/?$|\.(docx|ics|svg|xlsx|yaml)$|^/(admin|static)/"
)
# Only what is wrong is described in full: describing the rest is a third of the work. Nor is the
# style sheet fetched a second time, for which no rule of these asks.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],
    "preload": {"assets": ["media"]},
}


def kind_of(address: str) -> str:
    """Return the address with the parts that only choose a row taken out."""
    path, _, query = address.partition("?")
    path = re.sub(r"/\d+(?=/)", "/N", path.replace("/2570/", "/", 1))
    path = re.sub(r"/(sop|checks)/[\w-]+(?=/)", r"/\1/SLUG", path)
    return path + "?" + re.sub(r"=[^&]*", "=", query)


def faults_of(page) -> list[str]:
    """Return what axe calls serious or critical on the page shown."""
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [
        f"{fault['id']}: {node['target'][0]} {node['html'][:120]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:2]
    ]


def look_at(visitor, address: str, size: dict, other: dict) -> list[str]:
    """Open a page and return what is wrong with it."""
    page = visitor.page
    page.set_viewport_size(size)
    answer = page.goto(visitor.server + address)
    if answer.status >= 400:
        return [f"{address}: {answer.status}"]
    faults = faults_of(page)
    for shown in (size, other):
        if shown is not size:
            page.set_viewport_size(shown)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > shown["width"]:
            faults.append(f"{width} px wide on {shown['width']}")
    return [f"{address}: {fault}" for fault in faults]


def links_of(visitor) -> list[str]:
    """Return the addresses of the portal's own pages of this year that the page leads to."""
    found = visitor.page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
    parts = [urlsplit(address) for address in found]
    here = urlsplit(visitor.server).netloc
    return [
        part.path + (f"?{part.query}" if part.query else "")
        for part in parts
        if part.netloc == here
        and not NOT_PAGES.search(part.path)
        and not re.search(r"/o/\w+/(?!2570)\d{4}/", part.path)
    ]


def walk(visitor, start: str, size: dict, other: dict) -> tuple[list[str], list[str]]:
    """Follow every link from the page; return the pages seen and what is wrong with them."""
    visitor.page.context.add_init_script(path=AXE)
    waiting, seen, counts, faults = [start], [], {}, []
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if address in seen or counts.get(kind, 0) >= SAMPLES:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        seen.append(address)
        faults += look_at(visitor, address, size, other)
        waiting += links_of(visitor)
    return seen, faults + visitor.reports


@pytest.mark.parametrize(
    ("username", "size", "other", "least"),
    [
        ("officer", DESK, PHONE, 60),
        ("director", PHONE, DESK, 30),
        ("champion1", PHONE, DESK, 30),
    ],
)
def test_every_page_that_links_lead_to_is_accessible(
    demo_office, visit, on_day, username, size, other, least
):
    on_day("2027-06-15")
    seed_year()
    visitor = visit(username)

    seen, faults = walk(visitor, visitor.address(""), size, other)

    assert faults == []
    assert len(seen) >= least


ENGLISH = [
    "",
    "assessment/",
    "calendar/?show=gantt",
    "committees/",
    "plan/",
    "approvals/",
    "reports/",
]


def test_english_pages_are_accessible(demo_office, visit, on_day):
    on_day("2027-06-15")
    seed_year()
    visitor = visit("officer")
    visitor.page.context.add_init_script(path=AXE)
    visitor.page.context.add_cookies(
        [{"name": "pmqa_language", "value": "en", "url": visitor.server}]
    )
    faults, languages = [], set()

    for path in ENGLISH:
        faults += look_at(visitor, visitor.address(path), DESK, PHONE)
        languages.add(visitor.page.locator("html").get_attribute("lang"))

    assert faults == []
    assert languages == {"en"}
    assert visitor.reports == []


def main_pages(visitor, meeting) -> list[str]:
    """Return the pages that people work on most, by their addresses."""
    here = f"meetings/{meeting.pk}/"
    item = meeting.agenda.get(title="ร่างผลการประเมิน")
    edition = CriteriaEdition.objects.latest("pk")
    return [
        *map(
            visitor.address,
            [
                "committees/",
                "meetings/",
                here,
                f"{here}agenda/",
                f"{here}people/",
                f"{here}minutes/?item={item.pk}",
                "meetings/resolutions/",
                "evidence/",
                "profile/1/",
            ],
        ),
        f"/meetings/reply/{meeting.attendees.earliest('pk').token}/",
        f"/o/demo/settings/criteria/{edition.pk}/",
    ]


def test_main_pages_are_accessible(demo_office, visit, on_day):
    on_day("2027-06-15")
    seed_year()
    meeting = seed_meeting()
    visitor = visit("officer")
    visitor.page.context.add_init_script(path=AXE)
    faults, languages = [], set()

    for language in ("th", "en"):
        visitor.page.context.add_cookies(
            [{"name": "pmqa_language", "value": language, "url": visitor.server}]
        )
        # Each page in one language at one size more; the walk above meets most of them in Thai.
        for path in main_pages(visitor, meeting)[0 if language == "th" else 1 :: 2]:
            faults += look_at(visitor, path, PHONE, DESK)
            languages.add(visitor.page.locator("html").get_attribute("lang"))

    assert faults == []
    assert languages == {"th", "en"}
    assert visitor.reports == []
