from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self):
        from agencies import page_figures
        from notifications.queries import unread_of

        page_figures.register("unread", unread_of)
