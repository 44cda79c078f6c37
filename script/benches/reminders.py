"""How long the daily reminders take: per office, and again when all of them are written.

`ratio_again` compares the second run of the day, which must write nothing, with the first one.
"""

import datetime as dt
import time

from script.benches import _measuring as measuring  # first: it sets Django up

from django.db import connection  # isort: skip
from django.test.utils import CaptureQueriesContext  # isort: skip

from core import clock  # isort: skip
from notifications.models import Notification  # isort: skip
from notifications.reminders import write_reminders  # isort: skip
from workflows.models import Step  # isort: skip

OPENED_LONG_AGO = dt.timedelta(days=400)


def run(agencies, day) -> tuple[float, int]:
    started = time.perf_counter()
    written = sum(write_reminders(agency, day) for agency in agencies)
    return time.perf_counter() - started, written


def main() -> int:
    quick = measuring.is_quick(__doc__)
    agencies = measuring.prepare(20 if quick else 200)
    due = Step.objects.filter(due_on__isnull=False).order_by("due_on")
    # A week before a step of every office is due.
    day = due.first().due_on - dt.timedelta(days=7)
    with clock.frozen(day):
        first, written = run(agencies, day)
        again, written_again = run(agencies, day)
        with CaptureQueriesContext(connection) as queries:
            write_reminders(agencies[0], day)
    figures: dict[str, float | int] = {
        "offices": len(agencies),
        "reminders": written,
        "reminders_written_again": written_again,
        "notifications": Notification.objects.count(),
        "ms_per_office": first * 1000 / len(agencies),
        "ms_per_office_again": again * 1000 / len(agencies),
        "ratio_again": again / first,
        "queries_per_office": len(queries),
        "reminders_per_second": written / first,
    }
    measuring.report("reminders", figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
