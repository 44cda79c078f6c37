from django.urls import path

from notifications import operations_views, preference_views, views, webhook_views

app_name = "notifications"
urlpatterns = [
    path("", views.notification_list, name="list"),
    path("read/", views.notifications_read, name="read-all"),
    path("settings/", preference_views.office_notices, name="office-notices"),
    path("<int:pk>/read/", views.notification_read, name="read"),
    path("<int:pk>/open/", views.notification_open, name="open"),
    path("messages/", views.delivery_list, name="deliveries"),
    path("messages/<int:pk>/again/", views.delivery_send_again, name="delivery-again"),
    path("operations/", operations_views.operations_page, name="operations"),
    path("operations/retry/", operations_views.operations_retry, name="operations-retry"),
    path("operations/flags/<int:pk>/clear/", operations_views.flag_clear, name="flag-clear"),
    path(
        "operations/schedules/<int:pk>/switch/",
        operations_views.schedule_switch,
        name="schedule-switch",
    ),
    path("operations/schedules/<int:pk>/run/", operations_views.schedule_run, name="schedule-run"),
    path("webhooks/", webhook_views.webhook_list, name="webhook-list"),
    path("webhooks/add/", webhook_views.webhook_add, name="webhook-add"),
    path("webhooks/<int:pk>/", webhook_views.webhook_edit, name="webhook-edit"),
    path("webhooks/<int:pk>/secret/", webhook_views.webhook_secret, name="webhook-secret"),
    path("webhooks/<int:pk>/switch/", webhook_views.webhook_switch, name="webhook-switch"),
    path("webhooks/<int:pk>/test/", webhook_views.webhook_test, name="webhook-test"),
]
