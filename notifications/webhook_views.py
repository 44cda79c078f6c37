"""Screens of an office's webhooks (administrators)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notifications import tasks, webhooks
from notifications.models import Webhook
from notifications.permissions import can_manage_webhooks
from notifications.queries import webhooks_visible_to
from notifications.webhook_forms import WebhookForm


@require_GET
def webhook_list(request, agency_code):
    _require(request)
    return _list_page(request)


@require_http_methods(["GET", "POST"])
@sensitive_variables("secret")
def webhook_add(request, agency_code):
    _require(request)
    form = WebhookForm(request.POST or None, instance=Webhook(agency=request.agency))
    if request.method == "POST" and form.is_valid():
        secret = webhooks.save_webhook(form.save(commit=False), request.user)
        return _list_page(request, form.instance, secret)
    return render(request, "notifications/webhook_form.html", {"form": form, "hook": None})


@require_http_methods(["GET", "POST"])
def webhook_edit(request, agency_code, pk):
    hook = _webhook(request, pk)
    form = WebhookForm(request.POST or None, instance=hook)
    if request.method == "POST" and form.is_valid():
        webhooks.save_webhook(form.save(commit=False), request.user)
        messages.success(request, _("Saved."))
        return redirect("notifications:webhook-list", agency_code)
    return render(request, "notifications/webhook_form.html", {"form": form, "hook": hook})


@require_POST
@sensitive_variables("secret")
def webhook_secret(request, agency_code, pk):
    """Make a new secret and show it this once."""
    hook = _webhook(request, pk)
    secret = webhooks.renew_secret(hook, request.user)
    return _list_page(request, hook, secret)


@require_POST
def webhook_switch(request, agency_code, pk):
    hook = _webhook(request, pk)
    webhooks.switch(hook, not hook.is_active, request.user)
    return redirect("notifications:webhook-list", agency_code)


@require_POST
def webhook_test(request, agency_code, pk):
    """Let the worker post a test message."""
    hook = _webhook(request, pk)
    tasks.try_webhook.delay_on_commit(hook.pk)
    messages.success(
        request, _("A test message is on its way. Reload in a moment to see how it went.")
    )
    return redirect("notifications:webhook-list", agency_code)


def _require(request):
    if not can_manage_webhooks(request.user, request.agency):
        raise PermissionDenied


def _webhook(request, pk):
    _require(request)
    return get_object_or_404(webhooks_visible_to(request.user).filter(agency=request.agency), pk=pk)


@sensitive_variables("secret")
def _list_page(request, shown=None, secret=""):
    context = {
        "webhooks": webhooks_visible_to(request.user).filter(agency=request.agency),
        "shown": shown,
        "secret": secret,
    }
    response = render(request, "notifications/webhook_list.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
