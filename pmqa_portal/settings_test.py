"""Settings of the test suite: eager tasks, fast passwords, strict templates, a folder of its own.

Everything else is as in production. The database follows DATABASE_URL: script/test runs the
suite once without it (SQLite) and once with PostgreSQL and Redis.
"""

import atexit
import os
import shutil
import sys
import tempfile


def _own_data_dir() -> None:
    """Give each test process a DATA_DIR; a child process (PDF job, command) shares its parent's.

    A DATA_DIR from the caller's environment is never used: it may hold real files.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if os.environ.get("PMQA_TEST_DATA_OF") == worker:
        return
    folder = tempfile.mkdtemp(prefix="pmqa-test-")
    os.environ.update(DATA_DIR=folder, PMQA_TEST_DATA_OF=worker)
    owner = os.getpid()
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(folder, ignore_errors=True))


_own_data_dir()
os.environ.update(SECRET_KEY="only-for-tests", PMQA_READ_DOTENV="0")

from pmqa_portal.settings import *  # noqa: E402, F403 - a thin layer over the real settings
from pmqa_portal.settings import (  # noqa: E402 - read after the environment is set
    BASE_DIR,
    DATA_DIR,
    DATABASES,
    REDIS_URL,
    STORAGES,
    TEMPLATES,
)

LAYOUT_REFERENCE = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: one in memory has one connection for all threads of a live server.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    # A query that forgets its order gets the rows backwards, so that its test fails here and not
    # by chance on PostgreSQL.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects=ON;"
# Accounts are made by the hundred; MD5 keeps that quick and protects nothing here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
SCHEDULER_MAX_AGE = 0  # none runs beside the tests
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# WhiteNoise serves straight from the sources and warns of a STATIC_ROOT that does not exist.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
if REDIS_URL:
    # Parallel test processes share one server: each takes a database of its own.
    _number = os.environ.get("PYTEST_XDIST_WORKER", "gw14").removeprefix("gw")
    CACHES = {
        "default": {
            "BACKEND": "pmqa_portal.cache.TolerantRedisCache",
            "LOCATION": f"{REDIS_URL.rsplit('/', 1)[0]}/{1 + int(_number) % 15}",
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


class UndefinedVariable(str):
    """Fails the test in which one of our own templates reads a variable nobody supplied.

    Templates of packages (crispy, allauth, the admin) rely on undefined meaning empty, and for
    them this object is the empty string, as in production. Whose template asks is seen from the
    node being rendered: Django notes on each node the template that it was parsed from.
    """

    __slots__ = ()

    def __bool__(self):
        return _read_by_own_template()

    def __contains__(self, text):
        return text == "%s" or str.__contains__(self, text)

    def __mod__(self, missing):
        if _read_by_own_template():
            raise AssertionError(f"undefined template variable: {missing}")
        return ""


def _read_by_own_template() -> bool:
    from django.template.base import Node

    frame = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            name = str(node.origin.name)
            return name.startswith((str(BASE_DIR / "templates"), "<unknown source>"))
        frame = frame.f_back
    return False


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()
