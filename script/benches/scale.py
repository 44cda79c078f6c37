"""Whether pages stay as quick when the data grows: one office alone, then among many with years.

Measures the same pages of the same office before and after the other offices and years are
seeded; the ratio of the two times and of the two query counts, taken in one run, is the figure.
"""

import time

from script.benches import _measuring as measuring  # first: it sets Django up

from django.db import connection  # isort: skip
from django.test.utils import CaptureQueriesContext  # isort: skip
from django.urls import reverse  # isort: skip

from assessments.models import ItemAnswer, LineAnswer  # isort: skip

PAGES = {
    "home": "my-work",
    "calendar": "workflows:calendar",
    "committees": "committees:overview",
    "profile": "profile:overview",
    "assessment": "assessments:overview",
    "evidence": "evidence:library",
    "plan": "improvement:plan",
    "approvals": "approvals:inbox",
    "reports": "reports:index",
    "sop": "sop:list",
    "register": "processes:list",
}


def addresses(agency) -> dict[str, str]:
    """Return the main pages of the office, those that exist under these names."""
    found = {page: reverse(name, args=[agency.code, measuring.LAST_YEAR])
             for page, name in PAGES.items()}  # fmt: skip
    found["people"] = reverse("agencies:person-list", args=[agency.code])
    found["audit"] = reverse("agencies:audit-log", args=[agency.code])
    answer = ItemAnswer.objects.filter(
        category_assessment__assessment__cycle__agency=agency,
        category_assessment__assessment__cycle__fiscal_year=measuring.LAST_YEAR,
    ).first()
    found["item"] = reverse(
        "assessments:item-detail", args=[agency.code, measuring.LAST_YEAR, answer.pk]
    )
    return found


def measured(client, pages: dict[str, str], rounds: int) -> dict[str, tuple[float, int]]:
    """Return {page: (median ms, queries)}."""
    found = {}
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as queries:
            status = client.get(address).status_code
        assert status == 200, f"{address} answers {status}"
        count = len(queries)  # now: the next request starts counting anew
        median = measuring.milliseconds(lambda: client.get(address), rounds)  # noqa: B023 - called at once
        found[name] = (median, count)
    return found


def main() -> int:
    quick = measuring.is_quick(__doc__)
    offices, years, rounds = (12, 2, 5) if quick else (200, 5, 20)
    agency = measuring.prepare(1)[0]
    client = measuring.browser(measuring.person(agency, "officer"))
    pages = addresses(agency)
    alone = measured(client, pages, rounds)
    started = time.perf_counter()
    made = measuring.prepare(offices, years)
    seconds = time.perf_counter() - started
    among = measured(client, pages, rounds)

    figures: dict[str, float | int] = {}
    for name in pages:
        figures[f"{name}.ratio"] = among[name][0] / alone[name][0]
        figures[f"{name}.ms_alone"], figures[f"{name}.queries_alone"] = alone[name]
        figures[f"{name}.ms_among"], figures[f"{name}.queries_among"] = among[name]
    figures["offices"] = offices
    figures["office_years"] = len(made) * years + 1
    figures["checklist_answers"] = LineAnswer.objects.count()
    figures["seeded_office_years_per_second"] = len(made) * years / seconds
    figures["ratio_max"] = max(figures[f"{name}.ratio"] for name in pages)
    figures["pages_that_ask_more"] = sum(among[name][1] > alone[name][1] for name in pages)
    measuring.report("scale", figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
