from django.urls import path

from notifications import preference_views, views

app_name = "notifications"
urlpatterns = [
    path("", views.notification_list, name="list"),
    path("read/", views.notifications_read, name="read-all"),
    path("settings/", preference_views.office_notices, name="office-notices"),
    path("<int:pk>/read/", views.notification_read, name="read"),
    path("<int:pk>/open/", views.notification_open, name="open"),
    path("messages/", views.delivery_list, name="deliveries"),
    path("messages/<int:pk>/again/", views.delivery_send_again, name="delivery-again"),
]
