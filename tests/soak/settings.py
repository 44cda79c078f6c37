"""Settings of the processes that a fault test starts: as in the tests, but with a real queue."""

import os

os.environ["PMQA_SOAK_PROCESS"] = "1"

from pmqa_portal.settings_test import *  # noqa: F403 - a thin layer over the tests' own
from pmqa_portal.settings_test import DATABASES, INSTALLED_APPS

CELERY_TASK_ALWAYS_EAGER = False
CELERY_TASK_EAGER_PROPAGATES = False
# Schedules every second, so that a fault test need not last for minutes.
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "notifications.tasks.tick",
        "schedule": 1.0,
        "options": {"expires": 10},
    }
}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.soak.apps.SoakConfig"]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ.get("SOAK_SMTP_PORT", "1"))
EMAIL_TIMEOUT = 5
EMAIL_USE_TLS = EMAIL_USE_SSL = False
EMAIL_HOST_USER = EMAIL_HOST_PASSWORD = ""
SCHEDULER_MAX_AGE = 20
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"]["timeout"] = 60
