"""How allauth behaves in the portal: nobody signs up; people are added by their office."""

from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies import login_delay


class PortalAccountAdapter(DefaultAccountAdapter):
    """Sign-in by user name, messages in our words, links from the configured address."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Contact your office."),
        "username_password_mismatch": _(
            "The user name or the password is not right. Check both and try again."
        ),
        "enter_current_password": _("This is not the present password."),
        "incorrect_password": _("The password is not right."),
        "invalid_password_reset": _("This link is no longer valid. Ask for a new one."),
        "too_many_login_attempts": _("Too many attempts. Wait 15 minutes and try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        login_delay.wait(request.META.get("REMOTE_ADDR", ""))
        return super().authenticate(request, **credentials)

    def authentication_failed(self, request, **credentials):
        login_delay.count_failure(request.META.get("REMOTE_ADDR", ""))

    def post_login(self, request, user, **kwargs):
        """Show the screens in the language the person chose in the profile."""
        response = super().post_login(request, user, **kwargs)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", max_age=365 * 24 * 3600
        )
        return response

    def respond_user_inactive(self, request, user):
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("account_login")

    def set_password(self, user, password):
        """Set a password the person chose: it is no longer a temporary one."""
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])

    def get_password_change_redirect_url(self, request):
        return reverse("home")

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Tell of a changed password only; signing in and out need no message."""
        if message_template == "account/messages/password_changed.txt":
            messages.add_message(request, level, _("The new password is set."))

    def format_email_subject(self, subject):
        return f"PMQA: {subject}"

    def get_reset_password_from_key_url(self, key):
        """Build the link on BASE_URL: the request's Host header may be forged."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + path.replace("UID-KEY", quote(key))

    def send_mail(self, template_prefix, email, context):
        """Send one account mail; nothing in it comes from the request."""
        context = {
            "user": context["user"],
            "password_reset_url": context["password_reset_url"],
        }
        self.render_mail(template_prefix, email, context).send()
