"""A person's notifications, and the messages an operator looks after."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from notifications.centre import by_day, filter_from, filtered, kinds_of
from notifications.chat_text import chat_text
from notifications.enums import DeliveryStatus
from notifications.operations import send_once_more
from notifications.permissions import can_operate_deliveries
from notifications.queries import deliveries_visible_to, notifications_visible_to

PAGE = 30


@require_GET
def notification_list(request, agency_code):
    """List the person's notifications by day, newest first; by kind or only the unread."""
    rows = _own(request)
    wanted = filter_from(request.GET)
    page = Paginator(filtered(rows, wanted), PAGE).get_page(request.GET.get("page"))
    notices = list(page)
    kinds = kinds_of(rows)
    return render(
        request,
        "notifications/list.html",
        {
            "page_obj": page,
            "days": by_day(notices),
            "chat": chat_text(notices) if len(notices) > 1 else "",
            "kinds": kinds,
            "unread": sum(count for _kind, count in kinds),
            "wanted": wanted,
            "may_operate": can_operate_deliveries(request.user, request.agency),
        },
    )


def _own(request):
    return notifications_visible_to(request.user).filter(agency=request.agency)


@require_POST
def notification_open(request, agency_code, pk):
    """Mark one notification as read and lead to what it tells of."""
    rows = _own(request)
    notice = get_object_or_404(rows, pk=pk)
    rows.filter(pk=pk, read_at=None).update(read_at=clock.now())
    if url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    return redirect("notifications:list", agency_code=agency_code)


@require_POST
def notification_read(request, agency_code, pk):
    """Mark one notification as read and stay in the list as it was filtered."""
    rows = _own(request)
    notice = get_object_or_404(rows, pk=pk)
    rows.filter(pk=notice.pk, read_at=None).update(read_at=clock.now())
    query = filter_from(request.GET).query
    address = reverse("notifications:list", args=[agency_code])
    return redirect(f"{address}?{query}" if query else address)


@require_POST
def notifications_read(request, agency_code):
    """Mark all of the person's notifications as read."""
    _own(request).filter(read_at=None).update(read_at=clock.now())
    messages.success(request, _("All notifications are marked as read."))
    return redirect("notifications:list", agency_code=agency_code)


@require_GET
def delivery_list(request, agency_code):
    """List messages; what failed or is unknown comes first."""
    if not can_operate_deliveries(request.user, request.agency):
        raise PermissionDenied
    rows = deliveries_visible_to(request.user).filter(agency=request.agency)
    stuck = rows.filter(status__in=[DeliveryStatus.FAILED, DeliveryStatus.UNKNOWN])
    return render(
        request,
        "notifications/deliveries.html",
        {
            "stuck": stuck[:100],
            "page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        },
    )


@require_POST
def delivery_send_again(request, agency_code, pk):
    """Send a failed or unknown message once more, at an operator's word."""
    if not can_operate_deliveries(request.user, request.agency):
        raise PermissionDenied
    rows = deliveries_visible_to(request.user).filter(agency=request.agency)
    if send_once_more(get_object_or_404(rows, pk=pk), request.user):
        messages.success(request, _("The message is queued again."))
    return redirect("notifications:deliveries", agency_code=agency_code)
