"""Home, health checks and the empty page that others are measured against."""

import datetime as dt

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from agencies.middleware import public
from agencies.models import AgencyMembership
from core import clock, fiscal_year
from core.shared_reads import shared_reads
from notifications import schedules
from pmqa_portal import home as home_page
from pmqa_portal.celery import app as celery_app


@require_GET
def home(request):
    """Lead to the work of the person's office in the running fiscal year."""
    membership = (
        AgencyMembership.objects.filter(user=request.user, is_active=True, agency__is_active=True)
        .select_related("agency")
        .order_by("pk")
        .first()
    )
    if membership is None:
        return render(request, "pmqa_portal/no_office.html")
    year = fiscal_year.fiscal_year_of(clock.today())
    return redirect("my-work", agency_code=membership.agency.code, year=year)


@require_GET
def my_work(request, agency_code, year):
    """Show what waits for the person, by due date, and the room of the person's role."""
    with shared_reads():
        context = home_page.present(request.user, request.membership, year)
        return render(request, "pmqa_portal/my_work.html", context)


@public
@require_GET
def healthz(request):
    """Say that the web process answers."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_GET
def readyz(request):
    """Say whether database, broker, storage and scheduler work; 503 and why when one does not."""
    parts = {
        "database": _database,
        "broker": _broker,
        "storage": _storage,
        "scheduler": _scheduler,
    }
    state = {}
    for name, check in parts.items():
        try:
            check()
            state[name] = "ok"
        except schedules.NoBeat as silence:
            state[name] = str(silence)
        except Exception as error:  # any failure of a service means "not ready"
            state[name] = type(error).__name__
    ready = all(value == "ok" for value in state.values())
    return JsonResponse(state, status=200 if ready else 503)


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker():
    if settings.REDIS_URL:
        with celery_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)


def _storage():
    default_storage.exists("probe")


def _scheduler():
    if settings.SCHEDULER_MAX_AGE:
        schedules.require_beat(dt.timedelta(seconds=settings.SCHEDULER_MAX_AGE))


@require_GET
def layout_reference(request, agency_code, year):
    """Show nothing but the layout; script/bench measures the other pages against it."""
    return render(request, "pmqa_portal/layout_reference.html")
