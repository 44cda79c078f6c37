"""Mails of the accounts. One function per mail."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.models import Agency, User


def password_link(user: User) -> str:
    """Return the address, valid for 24 hours and once, at which the person sets a password."""
    return settings.BASE_URL + reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )


def send_password_link(user: User, agency: Agency) -> None:
    """Mail a person of the office the user name and the link to set a password."""
    with translation.override(user.language):
        body = render_to_string(
            "emails/password_link.txt",
            {"user": user, "agency": agency, "password_reset_url": password_link(user)},
        )
        subject = _("Set your password")
        EmailMessage(f"PMQA: {subject}", body, settings.DEFAULT_FROM_EMAIL, [user.email]).send()
