"""The pages of the self-assessment in an office with 60 assessments, with 1 and 500 evidence files.

Imported after Django is set up. Each page is measured beside the empty page of the same office in
the same rounds; a saved field counts as a page. Times are of the processor (SQLite works in the
same process), so that other programs on the machine do not count.
"""

import itertools
import time
from statistics import median

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, User
from assessments.enums import Answer, EvidenceKind
from assessments.models import (
    Assessment,
    ChecklistLine,
    Evidence,
    EvidenceLink,
    ItemAnswer,
    LineAnswer,
)
from core import clock
from documents.models import StoredFile
from pmqa_portal.seeding import seed_offices

YEARS, LAST_YEAR = 60, 2570
FILES = (1, 500)
BAR = 3.0
# What a page may ask at most; the others may ask what all pages may.
MOST_QUERIES = {
    "assessment-list": 12,
    "overview": 15,
    "category-1": 20,
    "category-7": 20,
    "item-results": 16,
    "saved-line": 12,
    "saved-text": 12,
}
MOST_OF_OTHERS = 15


def office_of_many_years() -> tuple[Agency, Assessment]:
    """Seed the office; all checklist lines of its last year are answered."""
    settings.DEMO = True
    agency = seed_offices(1, YEARS, LAST_YEAR)[0]
    assessment = Assessment.objects.get(cycle__agency=agency, cycle__fiscal_year=LAST_YEAR)
    answers = {
        row.item_id: row
        for row in ItemAnswer.objects.filter(category_assessment__assessment=assessment)
    }
    LineAnswer.objects.filter(item_answer__in=answers.values()).delete()
    by = User.objects.get(username=f"{agency.code}-officer")
    LineAnswer.objects.bulk_create(
        LineAnswer(
            item_answer=answers[line.item_id],
            line=line,
            answer=Answer.YES,
            answered_at=clock.now(),
            answered_by=by,
        )
        for line in ChecklistLine.objects.filter(item__in=answers)
    )
    return agency, assessment


def set_files(assessment: Assessment, count: int) -> None:
    """Leave the year with so many evidence files, spread over its checklist lines and items."""
    cycle = assessment.cycle
    EvidenceLink.objects.filter(evidence__cycle=cycle).delete()
    Evidence.objects.filter(cycle=cycle).delete()
    by = User.objects.get(username=f"{cycle.agency.code}-officer")
    files = StoredFile.objects.bulk_create(
        StoredFile(
            agency=cycle.agency,
            sha256=f"{count:04}{number:060}",
            name=f"หลักฐาน {number}.pdf",
            content_type="application/pdf",
            size=1000,
            pages=3,
            created_by=by,
        )
        for number in range(count)
    )
    lines = list(
        LineAnswer.objects.filter(
            item_answer__category_assessment__assessment=assessment
        ).select_related("item_answer__item")
    )
    places = list(itertools.islice(itertools.cycle(lines), count))
    rows = Evidence.objects.bulk_create(
        Evidence(
            cycle=cycle,
            code=f"{place.item_answer.item.code}-{number + 1:02}",
            kind=EvidenceKind.FILE,
            file=file,
            title=f"รายงานผลการดำเนินงาน {number}",
            created_at=clock.now(),
            created_by=by,
        )
        for number, (place, file) in enumerate(zip(places, files, strict=True))
    )
    EvidenceLink.objects.bulk_create(
        EvidenceLink(evidence=row, item_answer_id=place.item_answer_id, line_id=place.line_id)
        for row, place in zip(rows, places, strict=True)
    )


def acts_of(agency: Agency, assessment: Assessment, client: Client) -> dict:
    """Return {page name: function that asks for it}, the empty page first."""
    here = [agency.code, LAST_YEAR]
    answers = ItemAnswer.objects.filter(category_assessment__assessment=assessment)
    first, result = answers.get(item__code="1.1"), answers.get(item__code="7.1")
    line = first.item.lines.order_by("order")[0]

    def page(name, *words):
        address = reverse(name, args=[*here, *words])
        return lambda: client.get(address)

    line_address = reverse("assessments:line-answer", args=[*here, first.pk, line.pk])
    text_address = reverse("assessments:narrative-save", args=[*here, first.pk])
    numbers = itertools.count()

    def save_text():
        number = next(numbers)
        version = ItemAnswer.objects.values_list("version", flat=True).get(pk=first.pk)
        data = {"narrative": f"ข้อความ {number}", "version": version, "request_id": f"b{number}"}
        return client.post(text_address, data, HTTP_X_REQUESTED_WITH="autosave")

    return {
        "empty": page("layout-reference"),
        "assessment-list": page("assessments:assessment-list"),
        "overview": page("assessments:overview"),
        "category-1": page("assessments:category-detail", 1),
        "category-7": page("assessments:category-detail", 7),
        "item": page("assessments:item-detail", first.pk),
        "item-results": page("assessments:item-detail", result.pk),
        "insight": page("assessments:insight"),
        "evidence-library": page("evidence:library"),
        "evidence-gaps": page("evidence:gaps"),
        "saved-line": lambda: client.post(line_address, {"answer": "yes"}, HTTP_HX_REQUEST="true"),
        "saved-text": save_text,
    }


def measure(client_of, rounds: int) -> dict[str, float | int]:
    """Print and return ratio, milliseconds and queries of each page at 1 and at 500 files."""
    agency, assessment = office_of_many_years()
    client = client_of(User.objects.get(username=f"{agency.code}-officer"))
    count = Assessment.objects.filter(cycle__agency=agency).count()
    figures: dict[str, float | int] = {"assessments.rows": count}
    over = 0
    for files in FILES:
        set_files(assessment, files)
        acts = acts_of(agency, assessment, client)
        queries, times = measured(acts, rounds)
        # A text's save first asks for the version, which the page has already.
        queries["saved-text"] -= 1
        for name in acts:
            ratio, most = times[name] / times["empty"], MOST_QUERIES.get(name, MOST_OF_OTHERS)
            is_ok = ratio <= BAR and queries[name] <= most
            over += not is_ok
            key = f"assessments.{name}.files_{files}"
            figures[f"{key}.ratio"] = round(ratio, 2)
            figures[f"{key}.ms"] = round(times[name], 1)
            figures[f"{key}.queries"] = queries[name]
            print(
                f"{key}: {ratio:.2f} × empty page (bar: {BAR:.2f}), {times[name]:.1f} ms, "
                f"queries {queries[name]} (bar: {most}) {'ok' if is_ok else 'OVER'}"
            )
    figures["assessments.over_their_bar"] = over
    print(f"assessments.over_their_bar: {over} (office with {count} assessments)")
    return figures


def _is_frame(sql: str) -> bool:
    """Return whether the statement only opens or ends a transaction."""
    return sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))


def measured(acts: dict, rounds: int) -> tuple[dict[str, int], dict[str, float]]:
    """Return how often each act asks the database, and its median milliseconds of the processor."""
    queries, times = {}, {name: [] for name in acts}
    for name, act in acts.items():
        response = act()
        assert response.status_code in (200, 204, 302), (name, response.status_code)
        with CaptureQueriesContext(connection) as asked:
            act()
        queries[name] = sum(not _is_frame(row["sql"]) for row in asked)
    for _round in range(rounds):
        for name, act in acts.items():
            started = time.process_time()
            act()
            times[name].append((time.process_time() - started) * 1000)
    return queries, {name: median(values) for name, values in times.items()}
