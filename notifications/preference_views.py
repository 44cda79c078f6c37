"""What a person wants to be told where and when; what the office decided for all."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.permissions import can_manage_office
from notifications.channels import line
from notifications.contacts import contact_settings_of
from notifications.digests import DIGEST_KINDS
from notifications.enums import Channel
from notifications.forms import ContactForm, OfficeNoticesForm
from notifications.office_settings import notice_settings_of, save_notice_settings
from notifications.preferences import matrix_of, save_hours, save_matrix


@require_http_methods(["GET", "POST"])
def account_notices(request):
    """Choose by kind and channel what is sent; set quiet hours and the daily digest."""
    channels = [Channel.EMAIL, *([Channel.LINE] if line.is_on() else [])]
    form = ContactForm(request.POST or None, instance=contact_settings_of(request.user))
    wanted = None
    if request.method == "POST":
        wanted = _wanted(request.POST.getlist("wanted"))
        if form.is_valid():
            save_hours(request.user, form.save(commit=False))
            save_matrix(request.user, wanted, channels)
            messages.success(request, _("Saved."))
            return redirect("account-notices")
    context = {
        "form": form,
        "contact": contact_settings_of(request.user),
        "channels": channels,
        "matrix": _matrix(request.user, channels, wanted),
        "line_is_on": line.is_on(),
    }
    return render(request, "notifications/preferences.html", context)


def _wanted(values: list[str]) -> set[tuple[str, str]]:
    pairs = (value.partition(":") for value in values)
    return {(kind, channel) for kind, _colon, channel in pairs}


def _matrix(user, channels, wanted) -> list[dict]:
    """Return a row a kind: as saved, or as just entered when the form came back."""
    rows = []
    for kind, cells in matrix_of(user):
        rows.append(
            {
                "kind": kind,
                "in_digest": kind in DIGEST_KINDS,
                "cells": [
                    {
                        "channel": channel,
                        "value": f"{kind}:{channel}",
                        "is_wanted": is_wanted if wanted is None else (kind, channel) in wanted,
                    }
                    for channel, is_wanted in cells
                    if channel in channels
                ],
            }
        )
    return rows


@require_http_methods(["GET", "POST"])
def office_notices(request, agency_code):
    """Set the office's digest hour and who is told of what is overdue for long."""
    if not can_manage_office(request.user, request.agency):
        raise PermissionDenied
    form = OfficeNoticesForm(request.POST or None, instance=notice_settings_of(request.agency))
    if request.method == "POST" and form.is_valid():
        save_notice_settings(form.save(commit=False), request.user)
        messages.success(request, _("Saved."))
        return redirect("agencies:settings", agency_code)
    return render(request, "notifications/office_settings.html", {"form": form})
