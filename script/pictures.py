"""What script/screenshots looks at: one picture a line, as small PNG files."""

# ruff: noqa: E402 - models can be imported only after django.setup()

import datetime as dt
import io
import os
import shutil
import sys
import time
import urllib.request
from pathlib import Path

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

import django

django.setup()

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from agencies.models import Agency, User
from approvals.transitions import perform
from assessments.answering import add_finding, answer_line, save_narrative, start_assessment
from assessments.evidence import add_evidence
from assessments.models import ItemAnswer
from committees.copying import copy_committees
from committees.models import Meeting
from committees.orders import draft_order, sign_order
from core.clock import frozen
from improvement.models import ImprovementPlan
from improvement.planning import add_action, start_plan
from workflows.models import Cycle, Procedure
from workflows.opening import open_cycle
from workflows.sop.drafts import new_draft
from workflows.steps import finish_step

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
LAST, NOW = "/o/demo/2569", "/o/demo/2570"
COLOURS = 128

# Name, who looks (None: nobody signed in), address, on a phone, in which language.
PICTURES = [
    ("sign-in", None, "/accounts/login/", False, "th"),
    ("sign-in-phone", None, "/accounts/login/", True, "th"),
    ("my-work-officer", "officer", "/", False, "th"),
    ("my-work-champion", "champion1", "/", False, "th"),
    ("my-work-champion-phone", "champion1", "/", True, "th"),
    ("my-work-director", "director", "/", False, "th"),
    ("calendar-gantt", "officer", f"{NOW}/calendar/?show=gantt", False, "th"),
    ("committees", "officer", f"{LAST}/committees/", False, "th"),
    ("overview", "officer", f"{LAST}/assessment/", False, "th"),
    ("overview-en", "officer", f"{LAST}/assessment/", False, "en"),
    ("item", "champion1", "{item}", False, "th"),
    ("item-phone", "champion1", "{item}", True, "th"),
    ("decision-phone", "director", "{decision}", True, "th"),
    ("meeting", "officer", "{meeting}", False, "th"),
    ("minutes", "officer", "{meeting}minutes/", False, "th"),
    ("evidence", "officer", f"{LAST}/evidence/", False, "th"),
    ("indicators", "officer", f"{LAST}/indicators/", False, "th"),
    ("rounds", "officer", f"{LAST}/rounds/9/", False, "th"),
    ("plan-year", "officer", f"{LAST}/plan/year/", False, "th"),
    ("papers", "officer", f"{LAST}/reports/", False, "th"),
    ("award", "officer", f"{LAST}/award/", False, "th"),
    ("house-look", "officer", "/o/demo/settings/papers/", False, "th"),
    ("dashboard-phone", "director", f"{LAST}/dashboards/", True, "th"),
    ("sop", "officer", f"{NOW}/sop/doh-pmqa/", False, "th"),
    ("sop-editor", "officer", "{editor}", False, "th"),
    ("sop-editor-phone", "officer", "{editor}", True, "th"),
    ("processes", "officer", f"{NOW}/processes/", False, "th"),
]


def main(server: str, folder: Path, only: str) -> None:
    wait_for(server)
    places = prepare()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        pages: dict[tuple, Page] = {}
        for name, user, address, phone, language in PICTURES:
            if only not in name:
                continue
            key = (user, phone, language)
            if key not in pages:
                pages[key] = visitor(browser, server, user, phone, language)
            page = pages[key]
            answer = page.goto(server + address.format(**places))
            if answer is None or not answer.ok:
                sys.exit(f"{name}: {page.url} is not there")
            page.wait_for_load_state("networkidle")
            width = page.evaluate("document.documentElement.scrollWidth")
            note = (
                "" if width <= page.viewport_size["width"] else f"  WIDER THAN THE SCREEN: {width}"
            )
            print(f"{name}: {save(page.screenshot(), folder / f'{name}.png')} kB{note}")
        browser.close()


def wait_for(server: str) -> None:
    for _try in range(100):
        try:
            urllib.request.urlopen(f"{server}/healthz").close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("the server does not answer")


def prepare() -> dict[str, str]:
    """Bring the running year to its middle of June; return addresses with their ids."""
    agency, officer = Agency.objects.get(code="demo"), User.objects.get(username="officer")
    version = Procedure.objects.get(agency=agency, slug="sisaket-pmqa").versions.latest("pk")
    with frozen(dt.date(2027, 3, 1)):
        cycle = open_cycle(agency, version, 2570, officer)
        copy_committees(agency, 2569, 2570, by=officer)
        order = draft_order(agency, 2570, by=officer)
        perform(order, "submit", officer)
        director = User.objects.get(username="director")
        sign_order(order, director, number="1", signed_on=dt.date(2027, 3, 1))
    with frozen(dt.date(2027, 6, 1)):
        assessment = start_assessment(cycle, by=officer)
        finish_early_steps(cycle, officer)
        answers = ItemAnswer.objects.filter(
            category_assessment__assessment=assessment, item__category__number__in=(1, 2)
        ).select_related(
            "item",
            "category_assessment__category",
            "category_assessment__assessment__cycle__agency",
        )
        for answer in answers:
            write_half(answer, User.objects.get(username="champion1"))
    submit_plan(cycle, officer)
    request = agency.approval_requests.get(status="pending")
    item = answers.get(item__code="1.1")
    return {
        "item": f"{NOW}/assessment/item/{item.pk}/",
        "decision": f"{NOW}/approvals/{request.pk}/",
        "editor": editor_of(agency, officer),
        "meeting": f"{LAST}/meetings/{held_meeting(agency).pk}/",
    }


def held_meeting(agency: Agency) -> Meeting:
    """Return the demo year's meeting that was held and minuted."""
    return Meeting.objects.get(agency=agency, fiscal_year=2569, status="held")


def editor_of(agency: Agency, officer: User) -> str:
    """Begin the next version of an SOP with a decision; return its editor at that step."""
    draft = new_draft(Procedure.objects.get(agency=agency, slug="doh-pmqa"), officer)
    step = draft.steps.filter(nodes__symbol="decision").first()
    return f"{NOW}/sop/doh-pmqa/{draft.number}/edit/?step={step.pk}"


def finish_early_steps(cycle: Cycle, officer: User) -> None:
    for step in cycle.steps.select_related("cycle__agency").order_by("number")[1:3]:
        day = dt.date(2027, 5, 12 + step.number * 3)
        finish_step(step, officer, day, step.version, started_on=day - dt.timedelta(days=9))


def write_half(answer: ItemAnswer, champion: User) -> None:
    lines = list(answer.item.lines.all())
    for place, line in enumerate(lines[: 1 + len(lines) // 2]):
        answer_line(answer, line, "no" if place == 2 else "yes", champion)
    text = "ทบทวนวิสัยทัศน์ร่วมกับผู้แทนสถานศึกษาเมื่อเดือนตุลาคม 2569 และถ่ายทอดในที่ประชุมประจำเดือน"
    save_narrative(answer, text, version=answer.version, by=champion)
    add_finding(answer, "strength", "ผู้บริหารสื่อสารทิศทางด้วยตนเองทุกเดือน", champion)
    add_finding(answer, "ofi", "ยังไม่ได้วัดการรับรู้ของบุคลากรหลังการถ่ายทอด", champion)
    add_evidence(
        answer, champion, title="รายงานการประชุมประจำเดือน", note="แฟ้ม PMQA 2570", line=lines[0]
    )


def submit_plan(cycle: Cycle, officer: User) -> None:
    """Submit the actions of last year's plan as this year's, a year later."""
    plan = start_plan(cycle, officer)
    last_plan = ImprovementPlan.objects.get(cycle__fiscal_year=2569)
    fields = ("title", "category_number", "owner", "measure", "target", "budget")
    for action in last_plan.actions.select_related("owner"):
        days = {
            "starts_on": action.starts_on.replace(year=action.starts_on.year + 1),
            "ends_on": action.ends_on.replace(year=action.ends_on.year + 1),
        }
        add_action(plan, {name: getattr(action, name) for name in fields} | days, officer)
    perform(plan, "submit", officer)


def visitor(browser: Browser, server: str, user: str | None, phone: bool, language: str) -> Page:
    context = browser.new_context(
        viewport=PHONE if phone else DESK, locale="th-TH", has_touch=phone
    )
    page = context.new_page()
    if user:
        page.goto(f"{server}/accounts/login/")
        page.fill("[name=login]", user)
        page.fill("[name=password]", "pmqa-demo")
        page.press("[name=password]", "Enter")
        page.wait_for_load_state()
    context.add_cookies([{"name": "pmqa_language", "value": language, "url": server}])
    return page


def save(picture: bytes, path: Path) -> int:
    """Write the picture with few colours; return its size in kB."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size // 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
