"""LINE: the page on which a person links an account, and the address that LINE calls."""

import json

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from agencies.middleware import public
from notifications import line_linking
from notifications.channels import line
from notifications.contacts import contact_settings_of

# LINE sends at most a few events at once; each is far below this.
MOST_BYTES = 256 * 1024


@require_GET
def account_line(request):
    """Show whether the person's LINE is linked, and the code while it works."""
    contact = contact_settings_of(request.user)
    context = {
        "is_on": line.is_on(),
        "contact": contact,
        "code": line_linking.live_code(contact),
        "minutes": int(line_linking.CODE_LIFETIME.total_seconds() // 60),
    }
    response = render(request, "notifications/line.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def line_code(request):
    """Give the person a new code."""
    if line.is_on():
        line_linking.new_code(request.user)
    return redirect("line:account")


@require_POST
def line_unlink(request):
    """End the person's link."""
    line_linking.unlink(request.user)
    messages.success(request, _("LINE is no longer linked."))
    return redirect("line:account")


@public
@csrf_exempt  # LINE's signature over the body stands in for the token
@require_POST
def line_webhook(request):
    """Take what LINE tells; 400 when LINE did not sign it, 404 where LINE is not set up."""
    if not settings.LINE_CHANNEL_SECRET:
        raise Http404
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return HttpResponse(status=413)
    body = request.body
    if not line_linking.is_signed(body, request.headers.get("X-Line-Signature", "")):
        return HttpResponse(status=400)
    try:
        content = json.loads(body)
    except ValueError:
        return HttpResponse(status=400)
    line_linking.take_events(content)
    return HttpResponse("ok", content_type="text/plain")
