"""iCalendar: the secret address that calendar programs read, and the page that gives it out."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from agencies.middleware import public
from approvals.transitions import AlreadyChanged
from core import clock
from core.refusals import already_changed
from workflows import feeds
from workflows.ical import CONTENT_TYPE, calendar_file

# How long the portal remembers since when a feed reads as it does.
_REMEMBERED = 30 * 24 * 3600


@public
@require_safe
def calendar_feed(request, token):
    """Serve a subscription to whoever holds its address; 404 for every other address."""
    feed = feeds.feed_of(token)
    if feed is None:
        raise Http404
    if not feeds.may_read_now(feed):
        return HttpResponse(status=429, headers={"Retry-After": "3600"})
    feeds.note_read(feed)
    events, name = feeds.feed_events(feed), feeds.feed_name(feed)
    digest = hashlib.sha256(repr((name, events)).encode()).hexdigest()
    since = _same_since(feed, digest)
    etag, moment = f'"{digest[:32]}"', int(since.timestamp())
    unchanged = get_conditional_response(request, etag=etag, last_modified=moment)
    response = unchanged or _file(calendar_file(name, events, since))
    response["ETag"], response["Last-Modified"] = etag, http_date(moment)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _same_since(feed, digest):
    """Return since when the feed reads as it does now."""
    key = f"calendar-feed-{feed.pk}-{digest[:32]}"
    return cache.get_or_set(key, clock.now().replace(microsecond=0), _REMEMBERED)


def _file(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def year_file(request, agency_code, year):
    """Send the office's calendar of the year as a file, for a calendar of one's own."""
    events = feeds.year_events(request.agency, year)
    name = f"PMQA {request.agency.short_name or request.agency.name_th} {year}"
    response = _file(calendar_file(name, events, clock.now()))
    response["Content-Disposition"] = f'attachment; filename="pmqa-{agency_code}-{year}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def feed_detail(request, agency_code):
    """Show whether the person subscribes in this office; the address itself is not kept."""
    return _page(request, feeds.live_feed(request.agency, request.user))


@require_POST
def feed_renew(request, agency_code):
    """Make a new address, end the old one, and show the new one this once."""
    try:
        feed, token = feeds.issue_feed(request.agency, request.user)
    except AlreadyChanged:
        message = _("The address has been renewed in another window.")
        return already_changed(request, message, _detail_url(request))
    return _page(request, feed, settings.BASE_URL + reverse("calendar-feed", args=[token]))


@require_POST
def feed_revoke(request, agency_code):
    """End the person's address at once."""
    if feeds.revoke_feed(request.agency, request.user):
        messages.success(request, _("The address no longer works."))
    return redirect(_detail_url(request))


def _page(request, feed, address=""):
    context = {
        "feed": feed,
        "address": address,
        "app_address": f"webcal:{address.partition(':')[2]}" if address else "",
    }
    response = render(request, "workflows/feed_detail.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _detail_url(request):
    return reverse("feeds:detail", args=[request.agency.code])
