"""The administrator's page on background work and messages."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from notifications import address_flags, operations, schedule_words, schedules
from notifications.permissions import can_operate_deliveries, can_run_machinery, can_see_operations
from notifications.queries import deliveries_visible_to, flags_visible_to, schedules_visible_to

MOST_SHOWN = 50


@require_GET
def operations_page(request, agency_code):
    """Show queue, beat, workers, schedules, stuck messages, flagged addresses, LINE, webhooks."""
    if not can_see_operations(request.user, request.agency):
        raise PermissionDenied
    agency = request.agency
    stuck = deliveries_visible_to(request.user).filter(agency=agency, status__in=operations.STUCK)
    machinery = operations.machinery()
    context = {
        "machinery": machinery,
        "schedules": [_in_words(row) for row in machinery.schedules],
        "counts": operations.counts_of(agency),
        "stuck": stuck.select_related("recipient", "webhook")[:MOST_SHOWN],
        "flags": flags_visible_to(request.user, agency)[:MOST_SHOWN],
        "failures": operations.failures_of(agency),
        "line": operations.line_state(agency),
        "webhooks": operations.webhooks_of(agency),
        "may_run": can_run_machinery(request.user),
    }
    return render(request, "notifications/operations.html", context)


def _in_words(row):
    return {
        "row": row,
        "name": schedule_words.name_of(row),
        "how_often": schedule_words.how_often(row),
        "result": schedule_words.result_of(row),
        "has_failed": schedule_words.has_failed(row),
    }


@require_POST
def operations_retry(request, agency_code):
    """Send all failed messages of the office again."""
    if not can_see_operations(request.user, request.agency):
        raise PermissionDenied
    count = operations.retry_all_failed(request.agency, request.user)
    words = ngettext(
        "%(count)s message is queued again.", "%(count)s messages are queued again.", count
    )
    messages.success(request, words % {"count": count})
    return redirect("notifications:operations", agency_code)


@require_POST
def flag_clear(request, agency_code, pk):
    """Let messages go to a flagged address again."""
    if not can_operate_deliveries(request.user, request.agency):
        raise PermissionDenied
    flag = get_object_or_404(flags_visible_to(request.user, request.agency), pk=pk)
    if address_flags.clear(flag, request.user):
        messages.success(request, _("Messages go to this address again."))
    if can_see_operations(request.user, request.agency):
        return redirect("notifications:operations", agency_code)
    return redirect("notifications:deliveries", agency_code)


@require_POST
def schedule_switch(request, agency_code, pk):
    """Pause a schedule of the portal, or let it go on."""
    row = _schedule(request, pk)
    schedules.switch(row, not row.is_active)
    return redirect("notifications:operations", agency_code)


@require_POST
def schedule_run(request, agency_code, pk):
    """Let a schedule run with the next beat."""
    if schedules.run_now(_schedule(request, pk)):
        messages.success(request, _("It runs within half a minute."))
    return redirect("notifications:operations", agency_code)


def _schedule(request, pk):
    if not can_run_machinery(request.user):
        raise PermissionDenied
    return get_object_or_404(schedules_visible_to(request.user), pk=pk)
