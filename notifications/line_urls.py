from django.urls import path

from notifications import line_views

app_name = "line"
urlpatterns = [
    path("", line_views.account_line, name="account"),
    path("code/", line_views.line_code, name="code"),
    path("unlink/", line_views.line_unlink, name="unlink"),
    # Entered at LINE as the channel's webhook address.
    path("webhook/", line_views.line_webhook, name="webhook"),
]
