"""What a locked-out person sees, and the audit entry of it."""

from django.core.cache import cache
from django.db import transaction
from django.shortcuts import render

from agencies import audit
from agencies.models import User

_TELL_ONCE_SECONDS = 15 * 60


def username_of(request, credentials=None) -> str:
    """Return the user name to count failures by: letter case must not give further tries."""
    name = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(name).strip().lower()[:60]


def address_of(request) -> str:
    """Return the address to count failures by; the middleware has resolved proxies."""
    return request.META.get("REMOTE_ADDR", "")


def locked_out(request, original_response=None, credentials=None):
    """Answer 429 with a calm page; the first time, tell the audit log of the person's offices."""
    username, address = username_of(request, credentials), address_of(request)
    user = User.objects.filter(username__iexact=username).first()
    if user and cache.add(f"locked-out:{user.pk}:{address}", 1, _TELL_ONCE_SECONDS):
        with transaction.atomic():
            for membership in user.memberships.select_related("agency"):
                audit.record(membership.agency, None, "account.locked", user, summary=user.username)
    return render(request, "account/locked_out.html", status=429)
