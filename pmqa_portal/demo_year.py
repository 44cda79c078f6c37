"""The demo office's fiscal year 2569, finished: an example to read, and last year's texts.

Made only by the functions that people's clicks call, each on the day it is told to have happened;
so logs, notices and frozen papers look as they would. The texts are in demo_data/year_2569.yaml.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from ruamel.yaml import YAML

from agencies.models import Agency, User
from approvals.transitions import perform
from assessments.answering import (
    add_finding,
    answer_line,
    mark_part,
    save_narrative,
    set_written,
    start_assessment,
)
from assessments.evidence import add_evidence, link_evidence
from assessments.indicators.writing import add_indicator, years_of
from assessments.models import Assessment, CategoryAssessment, ItemAnswer, Measure
from assessments.official.results import add_result
from assessments.profile.writing import save_answer
from committees.demo import load_committees
from committees.orders import draft_order, sign_order
from committees.roles import CHAMPION_CATEGORIES, SHARED_CATEGORY
from core.clock import frozen
from documents.stored_files import store_bytes
from improvement.enums import PointKind
from improvement.matrix import place
from improvement.planning import add_action, start_plan
from improvement.points import gather
from improvement.projects import add_project
from notifications.models import Notification
from pmqa_portal.demo_files import FILES
from reports.demo import load_letters
from workflows.models import Cycle, Procedure
from workflows.opening import open_cycle
from workflows.queries import main_cycle
from workflows.steps import finish_step

YEAR = 2569
SOP = "sisaket-pmqa"
TEXTS = Path(__file__).with_name("demo_data") / "year_2569.yaml"
ORDER_NUMBER = "112"

OPENED = dt.date(2026, 3, 2)
SEATED = dt.date(2026, 5, 11)
SIGNED = dt.date(2026, 5, 15)
PROFILE_WRITTEN = dt.date(2026, 6, 8)
WRITTEN = dt.date(2026, 6, 19)
SUBMITTED = dt.date(2026, 6, 24)
REVIEWED = dt.date(2026, 6, 26)
ACCEPTED = dt.date(2026, 6, 30)
PLANNED = dt.date(2026, 7, 17)
APPROVED = dt.date(2026, 7, 24)
ANNOUNCED = dt.date(2026, 9, 18)
FINISHED = dt.date(2026, 9, 25)
# When each step was done, by its number in the SOP.
STEPS_DONE = {
    1: dt.date(2026, 9, 18),
    2: SIGNED,
    3: dt.date(2026, 6, 2),
    4: dt.date(2026, 6, 12),
    5: ACCEPTED,
    6: APPROVED,
    7: dt.date(2026, 9, 22),
    8: FINISHED,
}

People = dict[str, User]


def load_last_year(agency: Agency) -> Cycle:
    """Make the finished fiscal year 2569 of the demo office, or return it when it is there.

    The office has its people (`agencies.demo.load_office`) and the SOP `sisaket-pmqa`. Sends no
    mail; the notices of the year count as read.
    """
    existing = main_cycle(agency, YEAR)
    if existing:
        return existing
    texts = YAML(typ="safe").load(TEXTS.read_text(encoding="utf-8"))
    people = {user.username: user for user in User.objects.filter(memberships__agency=agency)}
    with transaction.atomic(), nobody_gets_mail(people):
        cycle = _open(agency, people)
        _appoint(agency, people)
        assessment = _start(cycle, people)
        _write_profile(assessment, texts["profile"], people)
        _write_items(assessment, texts, people)
        _submit_and_accept(assessment, people)
        _plan(assessment, texts["actions"], people)
        _finish_steps(cycle, people["officer"])
        _announce(agency, people["officer"])
        load_letters(
            agency,
            YEAR,
            officer=people["officer"],
            announced_on=SIGNED,
            reported_on=ACCEPTED,
            given_on=FINISHED,
        )
    return cycle


@contextmanager
def nobody_gets_mail(people: People) -> Iterator[None]:
    """Take the addresses away while the past is made, and call its notices read."""
    rows = list(people.values())
    addresses = {user.pk: user.email for user in rows}
    for user in rows:
        user.email = ""
    User.objects.bulk_update(rows, ["email"])
    yield
    for user in rows:
        user.email = addresses[user.pk]
    User.objects.bulk_update(rows, ["email"])
    Notification.objects.filter(recipient__in=rows, read_at=None).update(read_at=_end_of_year())


def _end_of_year() -> dt.datetime:
    return dt.datetime.combine(FINISHED, dt.time(9), dt.UTC)


def _open(agency: Agency, people: People) -> Cycle:
    version = Procedure.objects.get(agency=agency, slug=SOP).versions.latest("pk")
    with frozen(OPENED):
        return open_cycle(agency, version, YEAR, people["officer"])


def _appoint(agency: Agency, people: People) -> None:
    """Seat both committees and sign the order that appoints them."""
    with frozen(SEATED):
        load_committees(agency, YEAR, people["officer"])
        order = draft_order(agency, YEAR, by=people["officer"])
        perform(order, "submit", people["officer"])
    with frozen(SIGNED):
        sign_order(order, people["director"], number=ORDER_NUMBER, signed_on=SIGNED)


def _start(cycle: Cycle, people: People) -> Assessment:
    with frozen(PROFILE_WRITTEN):
        start_assessment(cycle, by=people["officer"])
    return Assessment.objects.select_related("cycle__agency", "edition").get(cycle=cycle)


def _write_profile(assessment: Assessment, texts: dict[int, str], people: People) -> None:
    answers = assessment.profile_answers.select_related("topic", "assessment__cycle__agency")
    with frozen(PROFILE_WRITTEN):
        for answer in answers:
            text = texts[answer.topic.number]
            save_answer(answer, text, version=answer.version, by=people["officer"])


def _write_items(assessment: Assessment, texts: dict[str, Any], people: People) -> None:
    """Answer all items; those of category 7 with indicators instead of checklists."""
    answers = (
        ItemAnswer.objects.filter(category_assessment__assessment=assessment)
        .select_related(
            "item",
            "category_assessment__category",
            "category_assessment__assessment__edition",
            "category_assessment__assessment__cycle__agency",
        )
        .prefetch_related("item__lines")
    )
    with frozen(WRITTEN):
        for answer in answers:
            number = answer.category_assessment.category.number
            by = people["officer" if number == SHARED_CATEGORY else f"champion{number}"]
            _write_item(answer, texts["items"][answer.item.code], by)
        _measure({answer.item_id: answer for answer in answers}, texts["indicators"], people)


def _write_item(answer: ItemAnswer, text: dict[str, Any], by: User) -> None:
    lines = list(answer.item.lines.all())
    have = lines[: text.get("yes", 0)]
    for line in lines:
        answer_line(answer, line, "yes" if line in have else "no", by)
    save_narrative(answer, text["narrative"], version=answer.version, by=by)
    add_finding(answer, "strength", text["strength"], by)
    weakness = next(iter(answer.item.typical_ofi), None)
    if weakness:
        add_finding(answer, "ofi", weakness, by)
    _support(answer, text, have, by)
    set_written(answer, True)


def _support(answer: ItemAnswer, text: dict[str, Any], lines: list, by: User) -> None:
    """Attach the item's evidence: a file, a link or a note, to the lines that it proves."""
    keep = partial(add_evidence, answer, by, title=text["evidence"])
    if "file" in text:
        make, content_type, pages = FILES[text["file"]]
        agency = answer.category_assessment.assessment.cycle.agency
        stored = store_bytes(agency, text["file"], make(), content_type, by, pages=pages)
        evidence = keep(file=stored)
    elif "url" in text:
        evidence = keep(url=text["url"])
    else:
        evidence = keep(note=f"เก็บไว้ในแฟ้ม PMQA {YEAR} หัวข้อ {answer.item.code}")
    for line in lines:
        link_evidence(evidence, answer, line=line)


def _measure(answers: dict[int, ItemAnswer], rows: list[dict[str, Any]], people: People) -> None:
    measures = {measure.code: measure for measure in Measure.objects.filter(item__in=answers)}
    for row in rows:
        measure = measures[row["measure"]]
        answer = answers[measure.item_id]
        fields = {
            "name": row["name"],
            "measure": measure,
            "unit": row["unit"],
            "target": Decimal(str(row["target"])),
            "perspective": row["perspective"],
            "owner": people[row["owner"]],
            "owner_unit": people[row["owner"]].memberships.get().unit,
            "checker": people["deputy"],
        }
        values = [Decimal(str(value)) for value in row["values"]]
        yearly = dict(zip(years_of(answer), values, strict=True))
        add_indicator(answer, fields, yearly, people["officer"])


def _submit_and_accept(assessment: Assessment, people: People) -> None:
    """Champions submit, the Working Team's chair accepts, Steering's chair accepts the whole."""
    categories = list(
        CategoryAssessment.objects.filter(assessment=assessment).select_related(
            "category", "assessment__edition", "assessment__cycle__agency"
        )
    )
    with frozen(SUBMITTED):
        for category in categories:
            _submit(category, people)
    with frozen(REVIEWED):
        for category in categories:
            perform(category, "accept", people["deputy"])
    with frozen(ACCEPTED):
        perform(assessment, "accept", people["director"])


def _submit(category: CategoryAssessment, people: People) -> None:
    number = category.category.number
    if number != SHARED_CATEGORY:
        perform(category, "submit", people[f"champion{number}"])
        return
    for part in CHAMPION_CATEGORIES:
        mark_part(category, part, people[f"champion{part}"])
    perform(category, "submit", people["officer"])


def _plan(assessment: Assessment, rows: list[dict[str, Any]], people: People) -> None:
    """Gather the points, place six OFI and answer them with actions; the director approves."""
    by = people["officer"]
    with frozen(PLANNED):
        plan = start_plan(assessment.cycle, by)
        gather(plan, by)
        points = {
            point.finding.item_answer.item.code: point
            for point in plan.points.filter(kind=PointKind.OFI).select_related(
                "plan__cycle__agency", "finding__item_answer__item"
            )
        }
        names = dict.fromkeys(row["project"] for row in rows if "project" in row)
        projects = {name: add_project(plan, {"name": name}, by) for name in names}
        for row in rows:
            point = points[row["item"]]
            place(point, *row["place"], point.version, by)
            add_action(plan, _fields_of(row, point, projects, people), by)
        perform(plan, "submit", by)
    with frozen(APPROVED):
        perform(plan, "approve", people["director"])


def _fields_of(row: dict[str, Any], point, projects: dict, people: People) -> dict[str, Any]:
    """Return an action's fields as its form would have them."""
    quarters = row.get("quarters", [None] * 4)
    as_written = ("title", "starts_on", "ends_on", "measure")
    return {name: row[name] for name in as_written} | {
        "point": point,
        "project": projects.get(row.get("project")),
        "owner": people[row["owner"]],
        "category_number": int(row["item"][0]),
        "target": str(row["target"]),
        "budget": Decimal(row["budget"]),
        **{
            f"budget_q{number}": None if share is None else Decimal(share)
            for number, share in enumerate(quarters, start=1)
        },
    }


def _announce(agency: Agency, by: User) -> None:
    """Enter an example of an announced result: its total lies below every category."""
    received = ["5", "4.75", "5", "5", "5", "5", "4.80653"]
    fields = {
        "fiscal_year": YEAR,
        "body": "สพฐ.",
        "edition_code": "pmqa-4.0",
        "scale": "0-5",
        "total": Decimal("4.74511"),
        "level_name": "มุ่งสู่ระบบราชการ 4.0",
        "rank": 38,
        "announced_on": ANNOUNCED,
        "note": "ตัวอย่าง: คัดตามประกาศ สอบถาม สพฐ. เรื่องน้ำหนักแล้ว รอหนังสือตอบ",
    }
    with frozen(FINISHED):
        add_result(agency, fields, dict(enumerate(map(Decimal, received), start=1)), by)


def _finish_steps(cycle: Cycle, by: User) -> None:
    for step in cycle.steps.select_related("cycle__agency").order_by("number"):
        day = STEPS_DONE[step.number]
        with frozen(day):
            finish_step(step, by, day, step.version, started_on=min(day, _start_of(step, day)))


def _start_of(step, day: dt.date) -> dt.date:
    first = step.windows.order_by("starts_on").values_list("starts_on", flat=True).first()
    return first or day
