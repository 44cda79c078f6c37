"""How long a preview takes: from the request to the picture of its first page.

A worker runs beside, as script/server starts it, idle but for the preview. The page is played: it
asks, looks again as often as it does, and fetches the picture. The stages are read from the job.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from script.benches import _measuring as measuring  # first: it sets Django up

from celery import current_app  # isort: skip
from django.conf import settings  # isort: skip
from django.db.models import Model  # isort: skip

from agencies.models import Agency, User  # isort: skip
from assessments.models import ItemAnswer  # isort: skip
from documents.models import PaperJob  # isort: skip
from reports.letters import writing  # isort: skip
from reports.letters.starting_texts import BY_CODE  # isort: skip

GOAL_SECONDS = 2.0
ROUNDS = 5
# Seconds: how often the page looks (templates/documents/_preview.html), and we at the job; how
# long somebody writes between two previews; how long the worker may take to start.
PAGE_LOOKS, WE_LOOK, WRITING, STARTING = 0.3, 0.01, 2.0, 60.0
OPEN = ("queued", "running")


@contextmanager
def worker() -> Iterator[None]:
    """Run a worker on the database of the benchmark."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "pmqa_portal.settings",
        "DATA_DIR": str(settings.DATA_DIR),
        "DEMO": "1",
    }
    command = [sys.executable, "-m", "celery", "--quiet", "--app", "pmqa_portal", "worker"]
    command += ["--concurrency", "2", "--loglevel", "ERROR"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    current_app.conf.task_always_eager = False
    running = subprocess.Popen(command, env=environment)
    try:
        yield
    finally:
        running.terminate()
        running.wait(30)
        current_app.conf.task_always_eager = True


def preview_once(browser, address: str) -> dict[str, float]:
    """Ask for a preview as the page does; return seconds in all and by stage."""
    began = time.perf_counter()
    browser.post(address, headers={"HX-Request": "true"})
    asked = time.perf_counter()
    job = PaperJob.objects.latest("pk")
    stages, stage, since, looked = {"asking": asked - began}, "queued", asked, asked
    while True:
        row = PaperJob.objects.values("status", "stage").get(pk=job.pk)
        now = time.perf_counter()
        name = (row["stage"] or "reading") if row["status"] == "running" else row["status"]
        if name != stage:
            stages[stage] = stages.get(stage, 0) + now - since
            stage, since = name, now
        if row["status"] not in OPEN:
            if row["status"] != "done":
                raise SystemExit(f"bench: the preview {address} ended {row['status']}")
            break
        if now - began > STARTING:
            raise SystemExit("bench: no worker takes the preview")
        time.sleep(WE_LOOK)
    # The page sees the end when it looks next.
    looks = int((now - looked) / PAGE_LOOKS) + 1
    time.sleep(max(0.0, looked + looks * PAGE_LOOKS - time.perf_counter()))
    if browser.get(f"{address}status/", {"seen": f"{job.pk}.queued"}).status_code != 200:
        raise SystemExit("bench: the preview's page does not answer")
    stages["page"] = time.perf_counter() - now
    return stages | {"seconds": time.perf_counter() - began}


def preview_times(agency: Agency, cycle: Model, officer: User) -> dict[str, float]:
    """Return the medians for a category's report and for a letter, each changed before."""
    browser = measuring.browser(officer)
    answer = ItemAnswer.objects.filter(category_assessment__assessment__cycle=cycle).first()
    letter = writing.begin(agency, cycle.fiscal_year, BY_CODE["memo-results"], officer)
    here = f"/o/{agency.code}/{cycle.fiscal_year}/documents/previews"
    category = f"{here}/category-report/{answer.category_assessment_id}/whole/"
    memo = f"{here}/memo/{letter.pk}/whole/"

    def write_answer(number: int) -> None:
        ItemAnswer.objects.filter(pk=answer.pk).update(narrative=f"{answer.narrative} {number}")

    def write_letter(number: int) -> None:
        type(letter).objects.filter(pk=letter.pk).update(body=f"{letter.body}<p>{number}</p>")

    figures: dict[str, float] = {"goal_seconds": GOAL_SECONDS}
    with worker():
        preview_once(browser, memo)
        for name, address, write in (
            ("category", category, write_answer),
            ("letter", memo, write_letter),
        ):
            for key, value in _medians(browser, address, write).items():
                figures[f"{name}.{key}"] = value
    return figures


def _medians(browser, address: str, write: Callable[[int], None]) -> dict[str, float]:
    rounds = []
    for number in range(ROUNDS):
        write(number)
        time.sleep(WRITING)
        rounds.append(preview_once(browser, address))
    names = sorted({name for row in rounds for name in row})
    found = {name: statistics.median(row.get(name, 0) for row in rounds) for name in names}
    return found | {"slowest_seconds": max(row["seconds"] for row in rounds)}


def main() -> int:
    """Measure previews alone: `python -m script.benches._previews`."""
    agency = measuring.prepare(1)[0]
    officer = measuring.person(agency, "officer")
    for name, value in preview_times(agency, agency.cycles.get(), officer).items():
        print(f"{name}: {value:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
