"""What `manage.py check` says about a configuration that is not fit for real work.

The defaults suit one machine and a try-out. A known password that others can reach is an error
at every start; the rest are warnings of `check --deploy`.
"""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}


@register(Tags.security)
def check_demo_stays_on_this_machine(app_configs, **options):
    """Refuse the demo office, whose passwords are printed, on an address others can reach."""
    reachable = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK - {"testserver"})
    if settings.DEMO and reachable:
        return [
            Error(
                f"DEMO is on, and ALLOWED_HOSTS names {', '.join(reachable)}.",
                hint="The demo accounts have a known password. Unset DEMO, or serve on loopback.",
                id="pmqa.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def check_engines_are_for_real_work(app_configs, **options):
    """Name each part that still runs on its embedded default."""
    found = []
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        found.append(
            Warning(
                "The database is SQLite, which one machine alone can use.",
                hint="Set DATABASE_URL to a PostgreSQL server.",
                id="pmqa.W001",
            )
        )
    if not settings.REDIS_URL:
        found.append(
            Warning(
                "Tasks go through files: killing a worker loses the task it was working on.",
                hint="Set REDIS_URL.",
                id="pmqa.W002",
            )
        )
    if settings.EMAIL_BACKEND == "django.core.mail.backends.filebased.EmailBackend":
        found.append(
            Warning(
                "E-mail is written to DATA_DIR/mail and reaches nobody.",
                hint="Set EMAIL_URL.",
                id="pmqa.W003",
            )
        )
    if settings.HTTPS and not settings.BASE_URL.startswith("https://"):
        found.append(
            Warning(
                f"Links in mails and on papers begin with {settings.BASE_URL}.",
                hint="Set BASE_URL to the address that people open.",
                id="pmqa.W004",
            )
        )
    return found
