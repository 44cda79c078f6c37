"""How long every page takes, beside a signed-in empty page with the full layout.

The pages are the GET addresses of the permission matrix, with the office that it builds: so no
page is forgotten. An app whose lists grow says how in its tests/<app>/matrix.py:

    def more(office, count):
        "Add `count` further rows to each list."

Then the pages of the self-assessment once more in an office with 60 assessments, with 1 and with
500 evidence files (`_assessments`), and those of 300 indicators (`_indicators`); `--assessments`
measures only these.

Prints for each page its ratio to the empty page, its median time, and its query count at one row
and at thirty. The ratios are taken in one run, so they hold on a slow machine too.
"""

import argparse
import importlib
import json
import os
import statistics
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "pmqa_portal.settings_test"
os.environ["DATABASE_URL"] = ""
import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after set-up
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from script.benches import _assessments, _indicators  # noqa: E402
from tests.permission_matrix.addresses import all_addresses  # noqa: E402
from tests.permission_matrix.table import LAYERS, apps_with_rows, rows_of  # noqa: E402
from tests.permission_matrix.world import make_world  # noqa: E402

LOGIN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REFERENCE = "layout-reference"
ROWS = 30
# Who opens a page for the measurement: the first of these whom the matrix lets in.
ROLES = ("officer", "director", "administrator", "champion1", "member", "staff", "observer")
RESULT = Path("build/bench-pages.json")


def pages(office) -> dict[str, tuple[Client, str]]:
    """Return {URL name: (client, address)} of every page that shows HTML."""
    clients = {}
    for role in ROLES:
        clients[role] = _signed_in(office.people[role])
    found = {}
    for app in apps_with_rows():
        for row in rows_of(app):
            if "get" not in row.allowed or row.name not in all_addresses():
                continue
            role = next((role for role in ROLES if role in row.allowed["get"]), None)
            if role is None or row.kind == "public":
                continue
            address = office.address(row)
            query = row.query(office) if callable(row.query) else row.query
            if query:
                from urllib.parse import urlencode

                address += "?" + urlencode(query)
            response = clients[role].get(address)
            if response.status_code == 200 and "text/html" in response.headers["Content-Type"]:
                found[row.name] = (clients[role], address)
            elif response.status_code >= 400:
                print(f"{row.name}: not measured, answers {response.status_code}")
    return found


def query_counts(found) -> dict[str, int]:
    counts = {}
    for name, (client, address) in found.items():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts[name] = len(queries)
    return counts


def medians(found, rounds: int) -> dict[str, float]:
    """Return {URL name: median milliseconds}; a round asks each page once, so all age alike."""
    times: dict[str, list[float]] = {name: [] for name in found}
    for _ in range(rounds):
        for name, (client, address) in found.items():
            started = time.perf_counter()
            client.get(address)
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def add_rows(office) -> list[str]:
    """Let every app that can add rows to its lists; return those apps."""
    grown = []
    for app in LAYERS:
        if app in apps_with_rows():
            module = importlib.import_module(f"tests.{app}.matrix")
            if hasattr(module, "more"):
                module.more(office, ROWS - 1)
                grown.append(app)
    return grown


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few rounds; ends within 45 s")
    parser.add_argument("--assessments", action="store_true", help="only the seeded office")
    options = parser.parse_args()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    figures = {} if options.assessments else all_pages(2 if options.quick else 40)
    # The office keeps its 60 years: its empty page is what the others are measured by.
    figures |= _assessments.measure(_signed_in, 3 if options.quick else 40)
    figures |= _indicators.measure(_signed_in, 3 if options.quick else 40)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=1) + "\n")
    return 0 if figures else 1


def _signed_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=LOGIN_BACKEND)
    return client


def all_pages(rounds: int) -> dict[str, float | int]:
    """Print and return the figures of every page of the matrix."""
    office, _ = make_world(LAYERS[-1])
    found = pages(office)
    if REFERENCE not in found:
        raise SystemExit(f"{REFERENCE} does not answer: nothing to measure against")
    few = query_counts(found)
    grown = add_rows(office)
    many = query_counts(found)
    times = medians(found, rounds)

    empty = times[REFERENCE]
    figures: dict[str, float | int] = {}
    for name in sorted(found, key=lambda name: -times[name]):
        figures[f"{name}.ratio"] = round(times[name] / empty, 2)
        figures[f"{name}.ms"] = round(times[name], 1)
        figures[f"{name}.queries"] = few[name]
        figures[f"{name}.queries_at_{ROWS}"] = many[name]
        print(
            f"{name}: {times[name] / empty:.2f} × empty page, {times[name]:.1f} ms, "
            f"queries {few[name]} at 1 row, {many[name]} at {ROWS}"
        )
    figures["pages"] = len(found)
    figures["ratio_median"] = round(statistics.median(times.values()) / empty, 2)
    figures["ratio_max"] = round(max(times.values()) / empty, 2)
    figures["queries_max"] = max(many.values())
    figures["pages_that_ask_more_with_more_rows"] = sum(many[name] > few[name] for name in found)
    for figure in list(figures)[-5:]:
        print(f"{figure}: {figures[figure]}")
    print(f"empty_page_ms: {empty:.1f}")
    print(f"apps_with_{ROWS}_rows: {' '.join(grown) or 'none'}")
    return {**figures, "empty_page_ms": round(empty, 2)}


if __name__ == "__main__":
    raise SystemExit(main())
