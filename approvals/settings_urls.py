from django.urls import path

from approvals import settings_views

app_name = "approval_settings"
urlpatterns = [path("", settings_views.chains, name="chains")]
