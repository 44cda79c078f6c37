from django.urls import path

from notifications import preference_views

urlpatterns = [
    path("", preference_views.account_notices, name="account-notices"),
]
