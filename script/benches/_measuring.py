"""What the benchmarks share: a database of their own, seeded offices, medians and the result file.

Import it first: it sets up Django with the settings of the tests, on SQLite in a folder that
goes away at the end, or on the database of BENCH_DATABASE_URL.
"""

import argparse
import json
import logging
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "pmqa_portal.settings_test"
# Never the caller's database: one that the benchmark itself has started, or none.
os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "")
import django

django.setup()

from django.conf import settings  # noqa: E402 - after set-up
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from agencies.models import Agency, User  # noqa: E402

LAST_YEAR = 2570
_LOGIN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def is_quick(doc: str) -> bool:
    """Read the command line: `--quick` asks for the short form, which ends within 45 s."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="the short form, within 45 s")
    return parser.parse_args().quick


def prepare(offices: int, years: int = 1) -> list[Agency]:
    """Migrate, seed the offices and return those made now; may be called again for more."""
    if not hasattr(prepare, "is_done"):
        setup_test_environment()
        # Refusals are counted; their log lines would only cost time.
        logging.getLogger("django.request").setLevel(logging.ERROR)
        settings.DEMO = True
        call_command("migrate", verbosity=0)
        prepare.is_done = True
    from pmqa_portal.seeding import seed_offices

    return seed_offices(offices, years, LAST_YEAR)


def person(agency: Agency, name: str) -> User:
    return User.objects.get(username=f"{agency.code}-{name}")


def browser(user: User) -> Client:
    """Return a browser in which the person is signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=_LOGIN_BACKEND)
    return client


def milliseconds(act: Callable[[], object], rounds: int) -> float:
    """Return the median time of the act."""
    times = []
    for _round in range(rounds):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def report(name: str, figures: dict[str, float | int]) -> None:
    """Print the figures, one a line, and write them to build/bench-NAME.json."""
    rounded = {
        key: round(value, 3) if isinstance(value, float) else value
        for key, value in figures.items()
    }
    for key, value in rounded.items():
        print(f"{key}: {value}")
    result = Path(f"build/bench-{name}.json")
    result.parent.mkdir(exist_ok=True)
    result.write_text(json.dumps(rounded, indent=1) + "\n")
