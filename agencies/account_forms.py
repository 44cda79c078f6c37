"""allauth's account forms with our labels; fields and checks are allauth's."""

from allauth.account import forms as allauth_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def _dress(form, labels, autofocus):
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
        form.fields[name].help_text = ""
    form.fields[autofocus].widget.attrs["autofocus"] = True


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress(self, {"login": _("User name"), "password": _("Password")}, "login")
        self.fields["login"].widget.attrs["autocapitalize"] = "none"


class _MatchingPasswords:
    """Says in our words that the two new passwords differ."""

    def add_error(self, field, error):
        if field == "password2" and not isinstance(error, ValidationError):
            error = _("The two new passwords are not the same.")
        super().add_error(field, error)


class ChangePasswordForm(_MatchingPasswords, allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": _("Present password"),
            "password1": _("New password"),
            "password2": _("New password again"),
        }
        _dress(self, labels, "oldpassword")


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress(self, {"email": _("E-mail")}, "email")


class ResetPasswordKeyForm(_MatchingPasswords, allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {"password1": _("New password"), "password2": _("New password again")}
        _dress(self, labels, "password1")
