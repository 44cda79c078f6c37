"""The signed-in person's own account page."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies import people
from agencies.forms import ProfileForm


@require_http_methods(["GET", "POST"])
def account_profile(request):
    """Change the own name, position, contact and language."""
    user = request.user
    initial = {name: getattr(user, name) for name in (*people.ACCOUNT_FIELDS, "language")}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        people.update_own_profile(user, language=language, **form.account())
        with translation.override(language):
            messages.success(request, _("Saved."))
        response = redirect("account-profile")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", max_age=365 * 24 * 3600
        )
        return response
    memberships = user.memberships.filter(is_active=True).select_related("agency", "unit")
    return render(request, "account/profile.html", {"form": form, "memberships": memberships})
