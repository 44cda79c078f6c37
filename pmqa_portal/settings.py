"""Settings, all read from the environment; `.env.example` documents each one.

Without configuration: SQLite, files under DATA_DIR, Celery on a file-system broker.
"""

import contextlib
import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
# The tests must not depend on a developer's own .env: settings_test turns it off.
if env.bool("PMQA_READ_DOTENV", True):
    env.read_env(str(BASE_DIR / ".env"), override=False)

DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", False)
# The demo office has known passwords: script/server sets DEMO=1 and listens on loopback only.
DEMO = env.bool("DEMO", False)
# The day a demo pretends (2027-06-15); ignored without DEMO or DEBUG.
PMQA_TODAY = env.str("PMQA_TODAY", "")
# A page with nothing but the layout, against which script/bench measures the others.
LAYOUT_REFERENCE = env.bool("LAYOUT_REFERENCE", DEBUG)


def _kept_secret(path: Path) -> str:
    """Return the key stored in `path`, made on first use, readable by the owner only.

    Web, worker and scheduler may start together: the first to link its file wins, and nobody
    reads a half-written key.
    """
    if not path.exists():
        own = path.with_name(f"{path.name}.{os.getpid()}")
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    return path.read_text().strip()


SECRET_KEY = env.str("SECRET_KEY", "") or _kept_secret(DATA_DIR / "secret_key")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
# Links in mails and on papers; never taken from the request.
BASE_URL = env.str("BASE_URL", f"http://127.0.0.1:{env.int('PORT', 8000)}").rstrip("/")
# True behind a TLS proxy: secure cookies, HSTS, redirect. deploy/ sets it.
HTTPS = env.bool("HTTPS", False)
# Proxies in front of the portal that add to X-Forwarded-For; without the right number every
# visitor would seem to come from the proxy's one address.
PROXY_COUNT = env.int("PROXY_COUNT", 1 if HTTPS else 0)

INSTALLED_APPS = [
    "pmqa_portal",
    "reports",
    "improvement",
    "assessments",
    "workflows",
    "committees",
    "approvals",
    "documents",
    "notifications",
    "agencies",
    "core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "pmqa_portal.apps.PortalStaticFilesConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "pmqa_portal.middleware.refuse_nul_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "agencies.middleware.login_required_middleware",
    "agencies.middleware.office_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "pmqa_portal.urls"
WSGI_APPLICATION = "pmqa_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pmqa_portal.context_processors.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database -------------------------------------------------------------------------------
# IMMEDIATE takes the write lock at BEGIN; with deferred transactions most concurrent SQLite
# writers fail with "database is locked" instead of waiting their turn.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": ("PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"),
}
_database = dj_database_url.parse(
    env.str("DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'pmqa.sqlite3'}"
)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = SQLITE_OPTIONS
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Background work ------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "")
# The longest that a task may take: asked to stop, then killed. PDF jobs have 60 s of their own.
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # Longer than the longest task, so that no running task is delivered a second time.
        "visibility_timeout": 3600,
        # A server that does not answer costs a page three seconds, twice a minute.
        "socket_connect_timeout": 2,
        "socket_timeout": 3,
        "socket_keepalive": True,
        "health_check_interval": 25,
        "retry_on_timeout": False,
    }
    CACHES = {
        "default": {
            "BACKEND": "pmqa_portal.cache.TolerantRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        }
    }
else:
    _queue = DATA_DIR / "queue"
    for _folder in ("messages", "processed", "control"):
        (_queue / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "processed_folder": str(_queue / "processed"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
        # Whoever looks at a page while writing waits for its drawing, not for the queue.
        "polling_interval": 0.3,
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA_DIR / "cache"),
        }
    }
CELERY_TASK_IGNORE_RESULT = True
# A task is done when it is done, not when it was begun; it may run twice (each looks first).
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# One more try at once: a page does not wait for the broker, the sweepers find what it missed.
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 3
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Workers and the scheduler wait for a broker that is away, however long.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TIMEZONE = "Asia/Bangkok"
# The scheduler only knocks and remembers nothing, so that a second one does no harm; what is due
# stands in one table (notifications/schedules.py). A knock that waited in the queue for longer
# than the next one is thrown away.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "notifications.tasks.tick",
        "schedule": 15.0,
        "options": {"expires": 30},
    }
}
# Seconds after which a silent scheduler makes /readyz fail; 0 where none is expected.
SCHEDULER_MAX_AGE = env.int("SCHEDULER_MAX_AGE", 180)
REMINDER_INTERVAL = env.int("REMINDER_INTERVAL", 3600)

# --- Messages to other systems --------------------------------------------------------------
# The LINE Official Account that reminds people; without a token LINE is offered nowhere.
LINE_CHANNEL_ACCESS_TOKEN = env.str("LINE_CHANNEL_ACCESS_TOKEN", "")
LINE_CHANNEL_SECRET = env.str("LINE_CHANNEL_SECRET", "")
LINE_API_URL = env.str("LINE_API_URL", "https://api.line.me")
# Whether webhooks may lead into the own network and use http.
WEBHOOKS_INSIDE = env.bool("WEBHOOKS_INSIDE", DEBUG)

# --- E-mail ---------------------------------------------------------------------------------
if env.str("EMAIL_URL", ""):
    vars().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "PMQA <pmqa@localhost>")

# --- Files ----------------------------------------------------------------------------------
MEDIA_ROOT = DATA_DIR / "files"
STORAGE_URL = env.str("STORAGE_URL", "")
_files_storage = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": str(MEDIA_ROOT)},
}
if STORAGE_URL:
    # STORAGE_URL=s3://bucket/prefix ; keys and end point come from the usual AWS_* variables.
    _bucket, _, _prefix = STORAGE_URL.removeprefix("s3://").partition("/")
    _files_storage = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _bucket,
            "location": _prefix,
            "endpoint_url": env.str("AWS_S3_ENDPOINT_URL", None),
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": True,
        },
    }
STORAGES = {
    "default": _files_storage,
    # Compressing costs a minute at the first start and gains nothing on the loopback address.
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HTTPS
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
# What drawing one pass of a paper may take; it is ended when it takes more.
PAPER_SECONDS_PER_PASS = env.int("PAPER_SECONDS_PER_PASS", 60)
PAPER_MEMORY_MB = env.int("PAPER_MEMORY_MB", 1024)
PAPER_FILE_MB = env.int("PAPER_FILE_MB", 200)

NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", str(DATA_DIR / "static"))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", NODE_MODULES / "bootstrap/dist"),
    ("bootstrap-icons", NODE_MODULES / "bootstrap-icons/font"),
    ("sarabun/files", NODE_MODULES / "@fontsource/sarabun/files"),
    ("air-datepicker", NODE_MODULES / "air-datepicker"),
    ("squire-rte", NODE_MODULES / "squire-rte/dist"),
]
PDF_FONT_DIR = NODE_MODULES / "@expo-google-fonts/sarabun"

# --- Language and time ----------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "pmqa_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

# --- Accounts -------------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "agencies.adapters.PortalAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# django-axes counts failures; allauth's own limits by address would lock a whole office,
# which shares one address.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
PASSWORD_RESET_TIMEOUT = 24 * 3600
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "agencies.lockout.locked_out"
AXES_USERNAME_CALLABLE = "agencies.lockout.username_of"
AXES_CLIENT_IP_CALLABLE = "agencies.lockout.address_of"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 9},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- HTTP -----------------------------------------------------------------------------------
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secret_links": {"()": "pmqa_portal.logs.HideSecretLinks"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["secret_links"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
