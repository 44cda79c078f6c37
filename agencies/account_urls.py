"""Account pages. Only these of allauth's pages exist; nobody signs up."""

from allauth.account import views
from django.urls import path, re_path
from django.views.decorators.http import require_GET, require_http_methods

from agencies import account_forms, profile_views
from agencies.middleware import public

# allauth's class views would take PUT for POST.
get_or_post = require_http_methods(["GET", "POST"])

urlpatterns = [
    path(
        "login/",
        public(get_or_post(views.LoginView.as_view(form_class=account_forms.LoginForm))),
        name="account_login",
    ),
    path("logout/", get_or_post(views.logout), name="account_logout"),
    path("profile/", profile_views.account_profile, name="account-profile"),
    path(
        "password/change/",
        get_or_post(views.PasswordChangeView.as_view(form_class=account_forms.ChangePasswordForm)),
        name="account_change_password",
    ),
    path(
        "password/reset/",
        public(
            get_or_post(views.PasswordResetView.as_view(form_class=account_forms.ResetPasswordForm))
        ),
        name="account_reset_password",
    ),
    path(
        "password/reset/done/",
        public(require_GET(views.password_reset_done)),
        name="account_reset_password_done",
    ),
    # A regular expression, because the key too holds hyphens.
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(
            get_or_post(
                views.PasswordResetFromKeyView.as_view(
                    form_class=account_forms.ResetPasswordKeyForm
                )
            )
        ),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        public(require_GET(views.password_reset_from_key_done)),
        name="account_reset_password_from_key_done",
    ),
]
