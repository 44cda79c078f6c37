"""How quick and how safe autosave is while many people write at once.

Editors save the same items through the page's own address, each with the version it has read, and
take the newer text over when they are told 409. `lost` counts acknowledged texts that neither
the item nor its history has: it must be 0. `naive_lost` is what a save that compares in Python
loses in the same crowd, so that a 0 of ours means something.

    script/bench autosave                                     SQLite, as fast as they can
    script/bench autosave --postgresql --editors 200 --minutes 5

With `--minutes` each editor saves, reads and types on for some seconds, as people do.
"""

import argparse
import os
import random
import statistics
import threading
import time

from script.benches import _postgresql


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="the short form, within 45 s")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own")
    parser.add_argument("--editors", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=0)
    return parser.parse_args()


OPTIONS = _options()
if OPTIONS.postgresql:
    os.environ["BENCH_DATABASE_URL"] = _postgresql.start()

from script.benches import _measuring as measuring  # noqa: E402 - first: it sets Django up

# isort: split
from django.contrib.contenttypes.models import ContentType  # noqa: E402 - after set-up
from django.db import connection  # noqa: E402 - after set-up
from django.urls import reverse  # noqa: E402 - after set-up

from assessments.models import ItemAnswer  # noqa: E402 - after set-up
from documents.models import TextRevision  # noqa: E402 - after set-up

AUTOSAVE = {"HTTP_X_REQUESTED_WITH": "autosave"}
# Seconds that a person types between two saves.
TYPING = 8


def in_threads(count: int, act) -> None:
    """Run act(number) in as many threads, all starting together; a fault ends the run."""
    start, faults = threading.Barrier(count), []

    def run(number):
        try:
            start.wait()
            act(number)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def turns(saves: int, seconds: float):
    """Yield the number of each save: so many at once, or for so long with time to type."""
    if not seconds:
        yield from range(saves)
        return
    end, turn = time.monotonic() + seconds, 0
    time.sleep(random.uniform(0, TYPING))
    while time.monotonic() < end:
        yield turn
        turn += 1
        time.sleep(random.uniform(0, 2 * TYPING))


def crowd(agency, answers, editors: int, saves: int, seconds: float = 0) -> dict[str, float | int]:
    """Let the editors save; return times, refusals and what was lost."""
    clients = [measuring.browser(measuring.person(agency, "officer")) for _number in range(editors)]
    times, acknowledged, conflicts = [], [], []

    def edit(number):
        answer = answers[number % len(answers)]
        address = reverse(
            "assessments:narrative-save", args=[agency.code, measuring.LAST_YEAR, answer.pk]
        )
        version = ItemAnswer.objects.get(pk=answer.pk).version
        for turn in turns(saves, seconds):
            token = f"ข้อความ {number}-{turn}"
            data = {"narrative": token, "version": version, "request_id": f"{number}-{turn}"}
            started = time.perf_counter()
            response = clients[number].post(address, data, **AUTOSAVE)
            times.append((time.perf_counter() - started) * 1000)
            version = response.json()["version"]
            if response.status_code == 200:
                acknowledged.append((answer.pk, token))
            else:
                assert response.status_code == 409, response.content[:300]
                conflicts.append(token)

    started = time.perf_counter()
    in_threads(editors, edit)
    took = time.perf_counter() - started
    kept = {
        (pk, data["narrative"])
        for pk, data in TextRevision.objects.filter(
            content_type=ContentType.objects.get_for_model(ItemAnswer)
        ).values_list("object_id", "data")
    }
    return {
        "saves": len(times),
        "acknowledged": len(acknowledged),
        "conflicts_told": len(conflicts),
        "lost": sum(row not in kept for row in acknowledged),
        "saves_per_second": len(times) / took,
        "ms_median": statistics.median(times),
        "ms_p95": statistics.quantiles(times, n=20)[-1],
    }


def naive_loss(answer, editors: int) -> int:
    """Return how many of the editors' texts a save that compares in Python loses."""
    ItemAnswer.objects.filter(pk=answer.pk).update(version=0, narrative="")
    acknowledged, all_compared = [], threading.Barrier(editors)

    def save(number):
        row = ItemAnswer.objects.get(pk=answer.pk)
        is_newest = ItemAnswer.objects.get(pk=answer.pk).version == row.version
        all_compared.wait()
        if is_newest:
            row.narrative, row.version = f"{number}", row.version + 1
            row.save()
            acknowledged.append(number)

    in_threads(editors, save)
    return len(acknowledged) - ItemAnswer.objects.get(pk=answer.pk).version


def main() -> int:
    editors, saves, items = (16, 8, 8) if OPTIONS.quick else (100, 40, 20)
    editors = OPTIONS.editors or editors
    agency = measuring.prepare(1)[0]
    answers = list(
        ItemAnswer.objects.filter(category_assessment__assessment__cycle__agency=agency)[:items]
    )
    client = measuring.browser(measuring.person(agency, "officer"))
    page = reverse("layout-reference", args=[agency.code, measuring.LAST_YEAR])
    empty = measuring.milliseconds(lambda: client.get(page), 10)
    alone = crowd(agency, answers, 1, 20)
    together = crowd(agency, answers, editors, saves, OPTIONS.minutes * 60)
    figures: dict[str, float | int] = {
        "editors": editors,
        "minutes": OPTIONS.minutes,
        "on_postgresql": int(OPTIONS.postgresql),
        "items": items,
        **together,
        "ms_alone": alone["ms_median"],
        "ratio_alone_to_empty_page": alone["ms_median"] / empty,
        "ratio_together_to_alone": together["ms_median"] / alone["ms_median"],
        "empty_page_ms": empty,
        "naive_lost": naive_loss(answers[0], editors),
    }
    measuring.report("autosave", figures)
    return 1 if together["lost"] or alone["lost"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
