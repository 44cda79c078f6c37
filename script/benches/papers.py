"""How long each paper takes to draw, beside a paper of one empty page, and per page.

Papers are drawn in a process of their own, as by the worker; its start is in every time.
"""

import time

from script.benches import _measuring as measuring  # first: it sets Django up

from django.db.models import Model  # isort: skip

from agencies.models import Agency  # isort: skip
from committees.orders import draft_order  # isort: skip
from documents import papers  # isort: skip
from documents.papers import PaperKind  # isort: skip

# Papers that a seeded office has something to print for, by their usual weight.
# After so long no further paper is begun: the heaviest takes 20 s on a busy machine.
QUICK_SECONDS = 18
KINDS = ("order", "improvement-plan", "sop", "application-report", "self-assessment")


def subjects(agency: Agency) -> dict[str, Model]:
    """Return {kind: what is printed} for the papers that are there."""
    officer = measuring.person(agency, "officer")
    cycle = agency.cycles.get()
    rows = {
        "order": draft_order(agency, measuring.LAST_YEAR, by=officer),
        "sop": cycle.version,
    }
    known = {kind.kind for kind in papers.kinds()}
    return {name: rows.get(name, cycle) for name in KINDS if name in known}


def main() -> int:
    quick, started = measuring.is_quick(__doc__), time.perf_counter()
    rounds = 1 if quick else 5
    agency = measuring.prepare(1)[0]
    papers.register(
        PaperKind(
            kind="bench-empty",
            model=Agency,
            template="pdf/base.html",
            context=lambda agency: {},
            title=lambda agency: "ว่าง",
            agency_of=lambda agency: agency,
            fiscal_year_of=lambda agency: measuring.LAST_YEAR,
        )
    )
    empty = measuring.milliseconds(lambda: papers.render("bench-empty", agency), rounds + 1)
    figures: dict[str, float | int] = {"empty_page_ms": empty}
    for kind, obj in subjects(agency).items():
        if quick and time.perf_counter() - started > QUICK_SECONDS:
            print(f"{kind}: not measured, the time of --quick is over")
            continue
        pages = []
        took = measuring.milliseconds(
            lambda: pages.append(papers.render(kind, obj).page_count),  # noqa: B023 - called at once
            rounds,
        )
        figures[f"{kind}.ratio"] = took / empty
        figures[f"{kind}.ms"] = took
        figures[f"{kind}.pages"] = pages[0]
        figures[f"{kind}.ms_per_page"] = took / pages[0]
    figures["ratio_max"] = max(value for key, value in figures.items() if key.endswith(".ratio"))
    measuring.report("papers", figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
